package measure

import (
	"unicode"

	"ficstead/bench/rescue/truth"
	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// Gap is what stands before a character.
type Gap uint8

// What can stand there; each includes the space.
const (
	Space Gap = 1 << iota
	Line      // a line end within a paragraph
	Para      // the start of a paragraph
	Scene     // a scene break
	Chap      // the start of a chapter
	Hard      // a space that does not break
	Room      // an empty paragraph
)

// Role is what a character belongs to.
type Role uint8

// The roles.
const (
	Story Role = iota
	Note
)

// Flat is a text without white space, and what stood between its characters.
type Flat struct {
	Chars   []rune
	Gaps    []Gap // before each of Chars
	Roles   []Role
	Italics []Span
	Notes   []Span // each block of notes
}

// Span is a stretch of Chars.
type Span struct{ From, To int }

// flattener writes a Flat.
type flattener struct {
	Flat
	gap    Gap
	italic int // where the open span began; -1 if none is open
	role   Role
}

func (f *flattener) between(g Gap) {
	f.gap |= g | Space
	if g >= Para {
		f.endItalic()
	}
}

func (f *flattener) rune(r rune) {
	if unicode.IsSpace(r) {
		f.gap |= Space
		switch r {
		case '\u00a0', '\u202f', '\u2007':
			f.gap |= Hard
		case '\n':
			f.gap |= Line
		}
		return
	}
	f.Chars = append(f.Chars, r)
	f.Gaps = append(f.Gaps, f.gap)
	f.Roles = append(f.Roles, f.role)
	f.gap = 0
}

func (f *flattener) text(s string, italic bool) {
	if italic && f.italic < 0 {
		f.italic = len(f.Chars)
	} else if !italic && hasInk(s) {
		f.endItalic()
	}
	for _, r := range s {
		f.rune(r)
	}
}

func hasInk(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) {
			return true
		}
	}
	return false
}

func (f *flattener) endItalic() {
	if f.italic >= 0 && f.italic < len(f.Chars) {
		f.Italics = append(f.Italics, Span{f.italic, len(f.Chars)})
	}
	f.italic = -1
}

// note flattens within a note.
func (f *flattener) note(write func()) {
	f.between(Para)
	f.role = Note
	from := len(f.Chars)
	write()
	f.role = Story
	f.between(Para)
	if len(f.Chars) > from {
		f.Notes = append(f.Notes, Span{from, len(f.Chars)})
	}
}

// OfTruth flattens a work.
func OfTruth(w *truth.Work) Flat {
	f := flattener{italic: -1}
	for _, c := range w.Chapters {
		f.between(Para | Chap)
		f.truths(c.Notes, true)
		f.truths(c.Text, false)
		f.truths(c.EndNotes, true)
	}
	f.endItalic()
	return f.Flat
}

func (f *flattener) truths(row []truth.Block, notes bool) {
	for _, b := range row {
		switch {
		case b.Break:
			f.between(Scene)
		case notes:
			f.note(func() { f.truth(b) })
		default:
			f.between(Para)
			f.truth(b)
		}
	}
}

func (f *flattener) truth(b truth.Block) {
	rs := []rune(b.Text)
	at := 0
	for _, s := range b.Italics {
		f.text(string(rs[at:s.From]), false)
		f.text(string(rs[s.From:s.To]), true)
		at = s.To
	}
	f.text(string(rs[at:]), false)
	f.endItalic()
}

// OfManuscript flattens what was read.
func OfManuscript(m *archive.Manuscript) Flat {
	f := flattener{italic: -1}
	f.notes(m.Notes)
	for _, c := range m.Chapters {
		f.between(Para | Chap)
		f.notes(c.Summary)
		f.notes(c.Notes)
		f.blocks(c.Text.Blocks())
		f.notes(c.EndNotes)
	}
	f.notes(m.EndNotes)
	f.endItalic()
	return f.Flat
}

func (f *flattener) notes(d prose.Doc) {
	for _, b := range d.Blocks() {
		f.note(func() { f.blocks([]prose.Block{b}) })
	}
}

func (f *flattener) blocks(row []prose.Block) {
	for _, b := range row {
		switch {
		case b.Kind() == prose.Break:
			f.between(Scene)
		case b.Kind() == prose.Empty:
			f.between(Room)
		case len(b.Blocks()) > 0:
			f.between(Para)
			f.blocks(b.Blocks())
		default:
			f.between(Para)
			f.runs(b.Runs())
		}
	}
}

func (f *flattener) runs(runs []prose.Run) {
	for _, r := range runs {
		switch {
		case r.Break:
			f.rune('\n')
		case r.IsText():
			f.text(r.Text, r.Has("em"))
		}
	}
	f.endItalic()
}

// OfText flattens text without structure.
func OfText(s string) Flat {
	f := flattener{italic: -1}
	for _, r := range s {
		f.rune(r)
	}
	return f.Flat
}
