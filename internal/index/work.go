package index

import (
	"strings"
	"time"
	"unicode"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/index/segment"
)

// Doc is what is indexed of a work.
type Doc struct {
	ID         archive.WorkID
	Keeper     archive.PersonID
	Visibility archive.Visibility

	Title          string
	Creators       []archive.Creator
	Series         []archive.Series
	Tags           []archive.TagID // in the order in which the creator listed them
	Summary, Notes string          // plain text

	Language        string
	Complete        bool
	Words, Chapters int
	Kudos, Hits     int
	Comments        int
	Bookmarks       int
	Updated, Posted time.Time // the zero time is unknown
}

// numbers returns the columns of d.
func (d Doc) numbers() [segment.ColumnCount]int64 {
	moment := func(t time.Time) int64 {
		if t.IsZero() {
			return Unknown
		}
		return t.Unix()
	}
	return [segment.ColumnCount]int64{
		int64(d.Words), int64(d.Chapters), int64(d.Kudos), int64(d.Hits), int64(d.Comments),
		int64(d.Bookmarks), moment(d.Updated), moment(d.Posted),
	}
}

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

// creatorBreak stands between the creators of a work in its CreatorKey.
const creatorBreak = ", "

// CreatorKey is what works are ordered by creator by.
func CreatorKey(creators []archive.Creator) string {
	keys := make([]string, len(creators))
	for i, c := range creators {
		keys[i] = text.Key(c.String())
	}
	return strings.Join(keys, creatorBreak)
}
