package prose

import (
	"cmp"
	"slices"
	"strings"
)

// Kind is what a block is.
type Kind uint8

// The kinds of blocks.
const (
	Paragraph Kind = iota + 1
	Empty          // a paragraph without anything in it
	Break          // a scene break
	Heading        // of Level 1 to 6
	Pre            // text whose white space counts
	Quote
	List // of Items
	Item
	Definitions // of Terms and Definitions
	Term
	Definition
	Table // of Rows, with a Caption first if it has one
	Caption
	Row // of Cells
	Cell
	Figure
	FigureCaption // the last of a Figure
	Details       // with a Summary first
	Summary
)

var kindNames = [...]string{"", "paragraph", "empty", "break", "heading", "pre", "quote", "list", "item", "definitions", "term", "definition",
	"table", "caption", "row", "cell", "figure", "figure caption", "details", "summary"}

// String is the kind's name, for messages.
func (k Kind) String() string { return kindNames[int(k)%len(kindNames)] }

// holdsBlocks reports whether a block of kind k has blocks, not runs.
func (k Kind) holdsBlocks() bool {
	switch k {
	case Quote, List, Item, Definitions, Definition, Table, Row, Cell, Figure, FigureCaption, Details:
		return true
	}
	return false
}

// isRow reports whether a block of kind k may stand in the document itself.
func (k Kind) isRow() bool {
	switch k {
	case Item, Term, Definition, Caption, Row, Cell:
		return false
	}
	return true
}

// Block is one paragraph, scene break, list and so on. It is a value: methods
// that seem to change it return another.
type Block struct {
	kind  Kind
	level uint8 // of a Heading; 1 for a Cell that heads, and for a List that counts
	part  uint8 // of a Row: head, body or foot
	cols  uint16
	rows  uint16
	start int // of a List that counts, if it is not 1
	align string
	lang  string
	dir   string
	runs  []Run
	kids  []Block
	html  string // the canonical print of a block that stands in a Doc itself; "" of all others
}

// The parts of a table.
const (
	head uint8 = iota
	body
	foot
)

// NewParagraph makes a paragraph.
func NewParagraph(runs ...Run) Block { return Block{kind: Paragraph, runs: runs} }

// TextParagraph makes a paragraph of plain text; line ends become line breaks.
func TextParagraph(s string) Block {
	var runs []Run
	for line := range strings.Lines(s) {
		if len(runs) > 0 {
			runs = append(runs, LineBreak())
		}
		runs = append(runs, Run{Text: strings.TrimRight(line, "\n")})
	}
	return NewParagraph(runs...)
}

// NewHeading makes a heading of level 1 to 6.
func NewHeading(level int, runs ...Run) Block {
	return Block{kind: Heading, level: uint8(min(max(level, 1), 6)), runs: runs}
}

// SceneBreak makes a scene break.
func SceneBreak() Block { return Block{kind: Break} }

// EmptyParagraph makes a paragraph without anything in it.
func EmptyParagraph() Block { return Block{kind: Empty} }

// NewQuote makes a quote of blocks.
func NewQuote(blocks ...Block) Block { return Block{kind: Quote, kids: blocks} }

// Kind says what b is.
func (b Block) Kind() Kind { return b.kind }

// Level is that of a heading, 1 to 6.
func (b Block) Level() int { return int(b.level) }

// Align is "", "left", "right", "center" or "justify".
func (b Block) Align() string { return b.align }

// Language is the BCP 47 tag of b where it differs from what is around it.
func (b Block) Language() string { return b.lang }

// Dir is "ltr", "rtl" or "auto" where it differs from what is around it.
func (b Block) Dir() string { return b.dir }

// Runs returns what a block that holds text holds. Callers must not change it.
func (b Block) Runs() []Run { return b.runs }

// Blocks returns what a block that holds blocks holds. Callers must not change it.
func (b Block) Blocks() []Block { return b.kids }

// HTML prints b as it stands in the canonical form.
func (b Block) HTML() string { return cmp.Or(b.html, printCanonical([]Block{b})) }

// Text is what a reader sees: a newline for each line break, the alternative
// text of pictures, blocks within apart by blank lines.
func (b Block) Text() string {
	if b.kind.holdsBlocks() {
		var parts []string
		for _, k := range b.kids {
			parts = append(parts, k.Text())
		}
		return strings.Join(parts, "\n\n")
	}
	if len(b.runs) == 1 && b.runs[0].Image == nil {
		return b.runs[0].text()
	}
	n := 0
	for i := range b.runs {
		n += len(b.runs[i].text())
	}
	var s strings.Builder
	s.Grow(n)
	for i := range b.runs {
		s.WriteString(b.runs[i].text())
	}
	return s.String()
}

// writeWords writes Text as it is counted, readings and pictures left out, and
// a line end.
func (b *Block) writeWords(s *strings.Builder) {
	for i := range b.runs {
		if r := &b.runs[i]; r.Image == nil && (len(b.runs) == 1 || !r.Has("rt") && !r.Has("rp")) {
			s.WriteString(r.text())
		}
	}
	s.WriteByte('\n')
}

// HasImage reports whether a picture stands in b itself.
func (b Block) HasImage() bool {
	return slices.ContainsFunc(b.runs, func(r Run) bool { return r.Image != nil })
}

// WithRuns returns b holding other runs.
func (b Block) WithRuns(runs ...Run) Block {
	b.html = ""
	b.runs = runs
	return b
}

// WithBlocks returns b holding other blocks.
func (b Block) WithBlocks(blocks ...Block) Block {
	b.html = ""
	b.kids = blocks
	return b
}

// WithAlign returns b aligned otherwise; "" takes the alignment away.
func (b Block) WithAlign(align string) Block {
	b.html = ""
	b.align = align
	return b
}

// MapText returns b with every stretch of text replaced by what f makes of it,
// in b and in all it holds. f sees one stretch at a time, so what spans two
// (half of it in italics) is seen in two parts.
func (b Block) MapText(f func(string) string) Block {
	runs := make([]Run, len(b.runs))
	for i, r := range b.runs {
		if r.IsText() {
			r.Text = f(r.Text)
		}
		runs[i] = r
	}
	b.runs = runs
	kids := make([]Block, len(b.kids))
	for i, k := range b.kids {
		kids[i] = k.MapText(f)
	}
	b.kids, b.html = kids, ""
	return b
}

// Lines cuts b at every line break: one block of b's kind for each line.
// A line without anything in it is an empty paragraph.
func (b Block) Lines() []Block { return b.SplitAt(1) }

// SplitAt cuts b wherever at least n line breaks stand in a row, which are
// then gone. With n = 1 each further break in a row makes an empty paragraph;
// with more, a row of breaks is one cut however long it is.
func (b Block) SplitAt(n int) []Block {
	var parts []Block
	rest := 0 // where the part being read begins
	for i := 0; i < len(b.runs); {
		end, breaks := i, 0
		for ; end < len(b.runs) && b.runs[end].isBlank(); end++ {
			if b.runs[end].Break {
				breaks++
			}
		}
		if breaks >= max(n, 1) {
			parts = append(parts, b.between(rest, i))
			for range breaks - 1 {
				if n == 1 {
					parts = append(parts, EmptyParagraph())
				}
			}
			rest = end
		}
		i = max(end, i+1)
	}
	return append(parts, b.between(rest, len(b.runs)))
}

func (b Block) between(from, to int) Block {
	if from == to {
		return EmptyParagraph()
	}
	return b.WithRuns(b.runs[from:to:to]...)
}

// Breaks returns how many line breaks stand in each row of them, in order.
func (b Block) Breaks() []int {
	var rows []int
	n := 0
	for _, r := range b.runs {
		switch {
		case r.Break:
			n++
		case !r.isBlank() && n > 0:
			rows, n = append(rows, n), 0
		}
	}
	return rows
}

// Join makes one block of the kind of the first of several, with sep between
// their texts ("\n" is a line break).
func Join(sep string, blocks ...Block) Block {
	joined := blocks[0].WithRuns()
	for i, b := range blocks {
		switch {
		case i == 0:
		case sep == "\n":
			joined.runs = append(joined.runs, LineBreak())
		case sep != "":
			joined.runs = append(joined.runs, Run{Text: sep})
		}
		joined.runs = append(joined.runs, b.runs...)
	}
	return joined
}
