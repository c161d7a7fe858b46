package frame

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/fiction"
	"ficstead/internal/base/prose"
)

// Decide notes a mend and reports whether it is to be made. Key is the text to
// look for in the source to learn where it stands.
type Decide func(m archive.Mend, key string) bool

// Chapter takes out of c what is no story and moves notes to where they belong.
// Title is what the chapter is called, number which it is; it reports whether
// anything changed.
func Chapter(c *archive.Chapter, number int, title string, decide Decide) bool {
	f := chapter{row: c.Text.Blocks(), number: number, title: title, decide: decide, kept: map[string]bool{}}
	if len(f.row) == 0 {
		return false
	}
	was := len(f.row)
	f.siteLines()
	f.heading()
	above := f.notesAbove()
	below := f.notesBelow()
	if len(f.row) == was {
		return false
	}
	c.Text = prose.New(f.row)
	if len(above) > 0 {
		c.Notes = prose.New(joined(c.Notes.Blocks(), above))
	}
	if len(below) > 0 {
		c.EndNotes = prose.New(joined(below, c.EndNotes.Blocks()))
	}
	return true
}

func joined(a, b []prose.Block) []prose.Block { return append(append([]prose.Block(nil), a...), b...) }

// chapter is a row of blocks that loses some at its edges.
type chapter struct {
	row    []prose.Block
	number int
	title  string
	decide Decide
	kept   map[string]bool // what a person wants to stay
}

// keep remembers that a person wants block i to stay.
func (f *chapter) keep(i int) { f.kept[f.say(i)] = true }

func (f *chapter) isKept(i int) bool { return f.kept[f.say(i)] }
func (f *chapter) isRoom(i int) bool { return isRoom(f.row[i]) }
func isRoom(b prose.Block) bool      { return b.Kind() == prose.Empty || b.Kind() == prose.Break }
func isText(b prose.Block) bool {
	return (b.Kind() == prose.Paragraph || b.Kind() == prose.Heading) && !b.HasImage()
}
func said(b prose.Block) string     { return strings.TrimSpace(b.Text()) }
func (f *chapter) say(i int) string { return said(f.row[i]) }
func (f *chapter) texts(i int) bool { return isText(f.row[i]) }
func (f *chapter) story(i int) bool {
	return !f.isRoom(i) && f.row[i].Kind() != prose.Heading && !f.isKept(i) && !isTitled(f.say(i))
}

// cut takes blocks [from, to) out, and the room that then begins or ends the
// chapter.
func (f *chapter) cut(from, to int) []prose.Block {
	taken := append([]prose.Block(nil), f.row[from:to]...)
	if from > 0 {
		before := append([]prose.Block(nil), f.row[:from]...)
		for to == len(f.row) && len(before) > 0 && isRoom(before[len(before)-1]) {
			before = before[:len(before)-1]
		}
		f.row = append(before, f.row[to:]...)
		return taken
	}
	f.row = f.row[to:]
	for len(f.row) > 0 && isRoom(f.row[0]) {
		f.row = f.row[1:]
	}
	return taken
}

// isTitled reports whether a line may stand above a story without being of it.
func isTitled(text string) bool {
	const longest = 80
	if utf8.RuneCountInString(text) > longest || strings.ContainsRune(text, '\n') {
		return false
	}
	return fiction.HeadingOf(text).Kind > fiction.Bare || !strings.ContainsAny(text, `.!?,;"“”…`) && strings.ToUpper(text) == text
}

// excerpt is enough of a text to know it again.
func excerpt(text string) string {
	const enough = 80
	line, _, _ := strings.Cut(text, "\n")
	if len(line) <= enough {
		return line
	}
	end := strings.LastIndexByte(line[:enough], ' ')
	if end <= 0 {
		for end = enough; !utf8.RuneStart(line[end]); end-- {
		}
	}
	return line[:end]
}

// fold keeps what titles are compared by: letters and digits.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
