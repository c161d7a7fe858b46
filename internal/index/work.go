package index

import (
	"math"
	"strings"
	"time"
	"unicode"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// Doc is what is indexed of a work.
type Doc struct {
	ID         archive.WorkID
	Keeper     archive.PersonID
	Visibility archive.Visibility

	Title          string
	Creators       []archive.Creator
	Series         []archive.Series
	Tags           []archive.TagID
	Focus          []archive.TagID // those that the work is mainly about
	Summary, Notes string          // plain text

	Language        string
	Complete        bool
	Words, Chapters int
	Kudos, Hits     int
	Comments        int
	Bookmarks       int
	Updated, Posted time.Time // the zero time is unknown
}

// Column is a number that every work has.
type Column uint8

// The columns. Moments are in seconds since 1970, Unknown if not known.
const (
	WordCount Column = iota
	Chapters
	Kudos
	Hits
	Comments
	Bookmarks
	Updated
	Posted
	columnCount
)

// Unknown stands in the columns of moments for a time that is not known.
const Unknown = math.MinInt64

// numbers returns the columns of d.
func (d Doc) numbers() [columnCount]int64 {
	moment := func(t time.Time) int64 {
		if t.IsZero() {
			return Unknown
		}
		return t.Unix()
	}
	return [columnCount]int64{
		int64(d.Words), int64(d.Chapters), int64(d.Kudos), int64(d.Hits), int64(d.Comments),
		int64(d.Bookmarks), moment(d.Updated), moment(d.Posted),
	}
}

// work is what a snapshot keeps of one work beside columns and sets: enough to
// say which sets it is in, and to look for phrases in it.
type work struct {
	keeper     archive.PersonID
	visibility archive.Visibility
	complete   bool
	language   uint32   // in the dictionary of languages
	creators   []uint32 // CreatorIDs
	series     []uint32 // SeriesIDs
	tags       []uint32 // TagIDs, as the work has them
	filters    []uint32 // TagIDs: the canonical ones and the metatags above them
	ownFocus   []uint32 // TagIDs, as the work has them
	focus      []uint32 // TagIDs: the canonical ones and the metatags above them
	crossover  bool
	oneShip    bool
	passages   passages
	keys       [keyCount]string // what the orders by name go by
}

const (
	titleKey = iota
	creatorKey
	keyCount
)

// TitleKey is what works are ordered by title by: what people would look under.
func TitleKey(title string) string {
	key := text.Key(title)
	bare := strings.TrimLeftFunc(key, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if bare == "" {
		return key
	}
	for _, article := range []string{"the ", "a ", "an "} {
		if rest, ok := strings.CutPrefix(bare, article); ok && rest != "" {
			return rest
		}
	}
	return bare
}

// CreatorKey is what works are ordered by creator by.
func CreatorKey(creators []archive.Creator) string {
	keys := make([]string, len(creators))
	for i, c := range creators {
		keys[i] = text.Key(c.String())
	}
	return strings.Join(keys, ", ")
}
