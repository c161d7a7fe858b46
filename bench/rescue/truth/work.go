package truth

import (
	"strings"
	"unicode"
)

// Work is a story with its exact form.
type Work struct {
	Ground   string // where it is from, the row of the scoreboard
	Name     string // tells it from the others of its ground
	Part     Part
	Title    string
	Author   string
	Names    []string // of its characters
	Chapters []Chapter
	// Source is the file as it was found, for grounds that are read from files;
	// nil if there is none.
	Source []byte
	// Wrapped says that the source is hard-wrapped text.
	Wrapped bool
}

// Part says what a work may be used for.
type Part string

// Development works are for those who write rules, test works for the scoreboard.
const (
	Development Part = "dev"
	Test        Part = "test"
)

// Chapter is one chapter. The text has no scene break at its ends.
type Chapter struct {
	Title    string
	Notes    []Block
	Text     []Block
	EndNotes []Block
}

// Block is a paragraph or a scene break.
type Block struct {
	Break   bool
	Text    string // with "\n" where a line ends
	Italics []Span // apart and in order
	Inner   []Span // within those: marks that were opened once more
}

// Span is a stretch of a block, in code points.
type Span struct{ From, To int }

// Paragraph reads the notation of the passages: {italic}, and {one {within} another}.
func Paragraph(s string) Block {
	var b Block
	var text strings.Builder
	var open []int
	at := 0
	for _, r := range s {
		switch {
		case r == '{':
			open = append(open, at)
		case r == '}' && len(open) > 0:
			span := Span{open[len(open)-1], at}
			open = open[:len(open)-1]
			if len(open) == 0 {
				b.Italics = append(b.Italics, span)
			} else {
				b.Inner = append(b.Inner, span)
			}
		default:
			text.WriteRune(r)
			at++
		}
	}
	b.Text = text.String()
	return b
}

// Words counts the words of all chapters.
func (w *Work) Words() int {
	n := 0
	for _, c := range w.Chapters {
		for _, b := range c.Text {
			n += len(strings.FieldsFunc(b.Text, unicode.IsSpace))
		}
	}
	return n
}

// Cut returns w with at most that many words, whole paragraphs from the start.
func (w Work) Cut(words int) Work {
	var chapters []Chapter
	for _, c := range w.Chapters {
		if words <= 0 {
			break
		}
		for i, b := range c.Text {
			if words -= len(strings.Fields(b.Text)); words <= 0 {
				c.Text, c.EndNotes = trimBreaks(c.Text[:i+1]), nil
				break
			}
		}
		chapters = append(chapters, c)
	}
	w.Chapters = chapters
	w.Source = nil
	return w
}

func trimBreaks(row []Block) []Block {
	for len(row) > 0 && row[0].Break {
		row = row[1:]
	}
	for len(row) > 0 && row[len(row)-1].Break {
		row = row[:len(row)-1]
	}
	return row
}
