package epub

import (
	"errors"
	"time"

	"ficstead/internal/base/zipfile"
)

// Why a file cannot be read. Errors of zipfile come wrapped.
var (
	ErrNot       = errors.New("not an EPUB")
	ErrEncrypted = errors.New("the EPUB is encrypted")
	ErrNoText    = errors.New("the EPUB holds no text")
	ErrBomb      = zipfile.ErrBomb
)

// Book is what an EPUB holds.
type Book struct {
	Version string // of the package read, such as "2.0"; Write has its own

	Title        string
	Creators     []Creator
	Contributors []Creator
	Language     string // BCP 47 as written
	Dir          string // in which pages progress: "rtl", "ltr" or "" (by language)
	Description  string // may be HTML
	Subjects     []string
	Publisher    string
	Rights       string
	Source       string
	Identifiers  []Identifier // the book's own first
	Dates        []Date
	Modified     time.Time // zero if not told
	Collections  []Collection
	Metas        map[string][]string // all other metadata: name or property → values

	Spine     []Item // the text, in reading order, without the table of contents
	Resources []Item // what the text uses: pictures, styles, fonts
	Cover     string // address of the cover picture, "" if there is none
	TOC       []Entry

	Damage []string // whole sentences: what could not be read
}

// Creator is who made the book, or had a part in it.
type Creator struct {
	Name   string
	SortAs string
	Role   string // MARC relator such as "aut", "" if not told
}

// Identifier is one name of the book. Scheme is "" if not told.
type Identifier struct{ Scheme, Value string }

// Date is a date as the book tells it. Event is "" in EPUB 3.
type Date struct {
	Event string
	Value string
	Time  time.Time // zero if Value is no date
}

// Collection is a series or set that the book is part of.
type Collection struct {
	Title    string
	Position string // "" if not told; may be "1.5"
	Type     string // "series", "set" or ""
}

// Item is one file of the book.
type Item struct {
	ID         string
	Href       string
	MediaType  string
	Properties []string
	Data       []byte // nil for fonts, sound and film, which Read leaves where they are; not to be changed
	Title      string // as the table of contents names it
	Kind       string // its landmark, such as "cover", "titlepage", "bodymatter"
	Aside      bool   // not part of the reading order proper
}

// Entry is one line of the table of contents.
type Entry struct {
	Title    string
	Href     string // with the fragment; "" if it is a heading only
	Children []Entry
}

// Limits are the bounds for a book: as for any ZIP, but tolerant of what
// programs that make EPUBs do to names, and of a lost directory. All of a book
// is held in memory at once, so that there is less of it; the longest works we
// have seen unpack to 30 MB.
func Limits() zipfile.Limits {
	l := zipfile.Bounds()
	l.Twice, l.Salvage = true, true
	l.Total = 128 << 20
	return l
}
