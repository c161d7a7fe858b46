package passages

import (
	"embed"
	"fmt"
	"html/template"

	"ficstead/internal/archive"
	"ficstead/internal/fulltext"
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

//go:embed templates
var templates embed.FS

var listFragment = page.NewFragment[list](templates, "passages")

// A list is the places in one work.
type list struct {
	Passages []Passage
	More     string // how many more there are, "" for none
}

// A Passage is a place as pages show it.
type Passage struct {
	Where         page.Link // where it stands
	Paragraph     string    // "" if only the chapter is known
	Tongue        page.Tongue
	Pieces        []Piece
	Before, After bool // the paragraph begins earlier, or ends later
}

// A Piece is some of a passage's text.
type Piece struct {
	Text   string
	Marked bool
}

// HTML shows places in a work, and how many more there are.
func HTML(w archive.Work, places []fulltext.Passage, more int) template.HTML {
	if len(places) == 0 {
		return ""
	}
	return listFragment.HTML(newList(w, places, more))
}

func newList(w archive.Work, places []fulltext.Passage, more int) list {
	var l list
	for _, p := range places {
		l.Passages = append(l.Passages, New(w, p))
	}
	if more > 0 {
		l.More = "and " + words.Counted(more, "more place", "more places") + " in this work"
	}
	return l
}

// New makes a place in a work ready to be shown.
func New(w archive.Work, p fulltext.Passage) Passage {
	shown := Passage{
		Where:  page.Link{Href: address.Paragraph(w.ID, p.Chapter, p.Anchor), Label: fmt.Sprintf("Chapter %d", p.Chapter)},
		Tongue: page.TongueOf(p.Language), Pieces: Pieces(p.Text, p.Marks), Before: p.Before, After: p.After,
	}
	if p.Paragraph > 0 {
		shown.Paragraph = fmt.Sprintf("paragraph %s", words.Number(p.Paragraph))
	}
	switch {
	case len(w.Chapters) == 1:
		shown.Where.Label = "In the story"
	case p.Chapter > 0 && p.Chapter <= len(w.Chapters) && w.Chapters[p.Chapter-1].Title != "":
		shown.Where.Label += ": " + w.Chapters[p.Chapter-1].Title
	}
	return shown
}

// Pieces cuts a text at its marks. Marks that are none of it are passed over.
func Pieces(text string, marks []fulltext.Span) []Piece {
	var pieces []Piece
	at := 0
	for _, m := range marks {
		if m.From < at || m.To <= m.From || m.To > len(text) {
			continue
		}
		if m.From > at {
			pieces = append(pieces, Piece{text[at:m.From], false})
		}
		pieces = append(pieces, Piece{text[m.From:m.To], true})
		at = m.To
	}
	if at < len(text) {
		pieces = append(pieces, Piece{text[at:], false})
	}
	return pieces
}
