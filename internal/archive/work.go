package archive

import (
	"time"

	"ficstead/internal/base/prose"
)

// The identities of things are distinct types, so that one never stands for
// another. They are row numbers, dense from 1; what the world sees is Public.
type (
	WorkID    int64
	TagID     int64
	SeriesID  int64
	CreatorID int64
	PersonID  int64
	ImportID  int64
)

// Work is all that is known of a work but the text of its chapters.
type Work struct {
	ID         WorkID
	Keeper     PersonID // who brought or posted it
	Visibility Visibility
	Revision   int // counts from 1, one more at each change of the work

	// NoTextSearch keeps the text of the chapters out of every search. Titles,
	// tags and summaries are found all the same.
	NoTextSearch bool

	Title     string
	Creators  []Creator
	Recipient []string // gifted to, as written in the source
	Language  string   // BCP 47, "" if unknown
	Tags      []Tag    // of all kinds, in the creator's order within a kind
	Series    []Part
	// Collections are the names of the collections it was in at the source.
	Collections []string
	Summary     prose.Doc
	Notes       prose.Doc // before the text
	EndNotes    prose.Doc // after it

	Chapters        []ChapterHead // in order
	ChaptersPlanned int           // 0 if the creator has not said
	Complete        bool
	Words           int // of the chapters' texts, notes left out

	Posted  time.Time // when the creator first posted it; a day, or zero if unknown
	Updated time.Time // when its text last changed at the source
	Added   time.Time // when it came into this archive
	Changed time.Time // when this archive last changed it: the age of downloads

	Kudos, Hits, Comments, Bookmarks int

	Source Source
}

// Source is where a work was before it came here.
type Source struct {
	URL  string // as the file gives it
	Site string // host without www, such as "archiveofourown.org"
	Key  string // identity across all spellings of the address, such as "ao3:218676"; "" if none
}

// ChapterHead is what a table of contents needs.
type ChapterHead struct {
	Number int // from 1
	Title  string
	Words  int
}

// Chapter is one chapter with its text.
type Chapter struct {
	Number   int // from 1
	Title    string
	Summary  prose.Doc
	Notes    prose.Doc // before the text
	EndNotes prose.Doc // after it
	Text     prose.Doc
	Words    int // of Text
}

// Creator is a name that works are by. Account is the part a site puts in
// parentheses after a pseud, "pseud (account)"; it is "" when both are one.
type Creator struct {
	ID      CreatorID
	Name    string
	Account string
	URL     string // of the profile at the source, "" if unknown
}

// String is the name as readers know it: "pseud" or "pseud (account)".
func (c Creator) String() string {
	if c.Account == "" || c.Account == c.Name {
		return c.Name
	}
	return c.Name + " (" + c.Account + ")"
}

// Series is a row of works in order.
type Series struct {
	ID    SeriesID
	Title string
	URL   string // at the source, "" if unknown
}

// Part is a work's place in a series. Number is 0 if the source gives none.
type Part struct {
	Series Series
	Number int
}

// Attachment is a picture that belongs to a work. In prose it is the image
// address "image:" + Sum.
type Attachment struct {
	Sum       string // SHA-256 of Data, lower-case hex
	MediaType string // image/jpeg, image/png, image/gif or image/webp
	Data      []byte
}

// TagsOf returns the tags of one kind, in order.
func (w Work) TagsOf(kind Kind) []Tag {
	var tags []Tag
	for _, t := range w.Tags {
		if t.Kind == kind {
			tags = append(tags, t)
		}
	}
	return tags
}
