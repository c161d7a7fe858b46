package archive

import (
	"slices"
	"time"

	"ficstead/internal/base/prose"
)

// Rescued is a whole archive as another program's dump tells it, unjudged. Keys
// are the identities of things at the old archive, such as "efiction:host:uid:12"
// and stay the same whenever the same archive is read again.
type Rescued struct {
	Key     string // identity of the archive, such as "efiction:example.com"; "" if its things' keys must tell
	Kind    string // "efiction", "automated-archive", "ficstead-json"
	Version string // of the program, "" if unknown
	Site    RescuedSite

	People     []RescuedPerson
	Series     []RescuedSeries
	Favourites []Favourite
	Pages      []RescuedPage // rules, help, welcome, news

	// Claimed are the counts that the archive kept of itself ("stories",
	// "reviews", …), Found those of what was read; only the words are counted
	// where the stories are read. What differs is a Finding.
	Claimed, Found map[string]int
	Findings       []Finding

	// Partial says that the dump was cut off, or lacks tables that its program has:
	// that something is not in it says nothing.
	Partial bool
	Latest  time.Time // when anything in it was last written; zero if unknown
}

// RescuedSite is what an archive said of itself. Passwords are never read.
type RescuedSite struct {
	Name, Slogan string
	URL          string // without a slash at the end, "" if unknown
	Language     string // BCP 47, "" if unknown
}

// RescuedPerson is a member of the old archive: a pseud that nobody here has
// claimed. Email is for claiming only and is shown to nobody.
type RescuedPerson struct {
	Key    string
	Name   string
	Email  string
	Bio    prose.Doc
	Site   string // their homepage
	Joined time.Time
	Author bool // of any story
}

// RescuedSeries is a series with its parts, which may be series themselves.
type RescuedSeries struct {
	Key     string
	Title   string
	Summary prose.Doc
	Owner   string // key of a person
	Open    bool   // others could add to it
	Parts   []RescuedPart
	Reviews []Review // of the series as a whole
}

// RescuedPart is a story or a series within one; the other key is "".
type RescuedPart struct {
	Story, Series string // keys
	Number        int
	Confirmed     bool // false: proposed, and never accepted by the owner
}

// RescuedStory is one story with all that belongs to it alone. Its manuscript
// has been read and not yet mended; Source.Key is its Key.
type RescuedStory struct {
	Key        string
	Manuscript Manuscript
	People     []string // keys of its creators, in the manuscript's order
	Pending    bool     // never approved: must not become public
	Featured   bool
	Reviews    []Review
	// OldChapters has a row for each chapter of the manuscript: what old
	// addresses call it.
	OldChapters []OldChapter
	// Original is the story's own record (docs/formats/records.md) with its bytes
	// as they were: intake.Read makes the same Manuscript of it, and mends it.
	Original []byte
	// Findings are what was found while this story was read; the archive's own
	// are in Rescued. MergeFindings makes one list of them.
	Findings []Finding
}

// OldChapter is how the old archive told a chapter: by its place in the story as
// counted there, which may have gaps and doubles, and by its own number.
type OldChapter struct{ Place, ID int }

// Review is what a reader wrote about a work, and the author's answer.
type Review struct {
	Key     string // at the old archive
	Chapter int    // from 1; 0 for the whole work
	Person  string // key of the reviewer, "" for a guest
	Name    string // as signed
	Text    prose.Doc
	Answer  prose.Doc // by the author; empty if none
	Rating  int       // in the old archive's own points; 0 if none, which says nothing bad
	Written time.Time
}

// Favourite is a person's mark on a story, series or author at the old archive.
type Favourite struct {
	Person string // key
	Of     string // key of a story, a series or a person
	Note   prose.Doc
}

// RescuedPage is a page of the old archive that is no story.
type RescuedPage struct {
	Name, Title string
	Text        prose.Doc
	By          string    // as signed, "" if not
	Written     time.Time // zero if unknown
	Comments    []Review
}

// Finding is what an archivist should know of how a dump was read. Level is
// "note" (a decision), "doubt" (a decision to look at) or "loss" (something that
// is not in the dump or its folder).
type Finding struct {
	Level string   `json:"level"`
	About string   `json:"about"` // what it is about: "encoding", "missing text", "co-authors", …
	Text  string   `json:"text"`  // a sentence
	Where []string `json:"where"` // keys or paths, the first of them
	Count int      `json:"count"` // of all
}

// findingsShown is how many places a merged Finding names.
const findingsShown = 20

// MergeFindings adds more to list, and returns it: those that say the same of
// different places become one, which counts them all and names the first.
func MergeFindings(list []Finding, more ...Finding) []Finding {
	for _, f := range more {
		i := slices.IndexFunc(list, func(g Finding) bool { return g.Level == f.Level && g.About == f.About && g.Text == f.Text })
		if i < 0 {
			f.Where = slices.Clone(f.Where[:min(len(f.Where), findingsShown)])
			list = append(list, f)
			continue
		}
		g := &list[i]
		g.Count += f.Count
		g.Where = append(g.Where, f.Where[:min(len(f.Where), findingsShown-len(g.Where))]...)
	}
	return list
}
