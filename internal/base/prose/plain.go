package prose

import (
	"slices"
	"strconv"
	"strings"
)

// SceneBreakText is the line that stands for a scene break in plain text and
// Markdown.
const SceneBreakText = "* * *"

// Text prints d as plain text to be read: paragraphs apart by blank lines,
// scene breaks as a line of asterisks, quotes behind "> ", items behind "- " or
// their number, readings of ruby in parentheses, pictures by their alternative
// text.
func (d Doc) Text() string { return plain(d.blocks) }

func plain(row []Block) string {
	var p plainPrinter
	p.row(row)
	return strings.TrimRight(p.String(), "\n") + ending(row)
}

func ending(row []Block) string {
	if len(row) == 0 {
		return ""
	}
	return "\n"
}

type plainPrinter struct {
	strings.Builder
	indent  string // begins each line
	pending string // begins the next line instead: the mark of an item
	between string // begins the blank line before pending
	begun   bool
}

func (p *plainPrinter) row(row []Block) {
	for i, b := range row {
		p.block(b, i+1)
	}
}

func (p *plainPrinter) block(b Block, n int) {
	switch b.kind {
	case Empty:
	case Break:
		p.paragraph(SceneBreakText)
	case Quote:
		p.within("> ", "> ", b.kids)
	case List:
		for i, item := range b.kids {
			mark := "- "
			if b.level == 1 {
				mark = strconv.Itoa(max(b.start, 1)+i) + ". "
			}
			p.within(mark, strings.Repeat(" ", len(mark)), item.kids)
		}
	case Definition:
		p.within("    ", "    ", b.kids)
	case Row:
		cells := make([]string, len(b.kids))
		for i, cell := range b.kids {
			cells[i] = strings.Join(strings.Fields(plain(cell.kids)), " ")
		}
		p.paragraph(strings.Join(cells, " | "))
	default:
		if b.kind.holdsBlocks() {
			p.row(b.kids)
			return
		}
		p.paragraph(b.readable())
	}
}

// within prints a row of blocks behind a mark.
func (p *plainPrinter) within(first, others string, row []Block) {
	indent := p.indent
	if p.pending == "" {
		p.pending, p.between = indent, indent
	}
	p.pending += first
	p.indent += others
	p.row(row)
	p.indent, p.pending = indent, ""
}

func (p *plainPrinter) paragraph(s string) {
	if p.begun {
		p.WriteString(strings.TrimRight(p.gap(), " ") + "\n")
	}
	p.begun = true
	for line := range strings.SplitSeq(s, "\n") {
		if p.pending != "" {
			p.WriteString(p.pending)
			p.pending = ""
		} else {
			p.WriteString(p.indent)
		}
		p.WriteString(line)
		p.WriteByte('\n')
	}
}

// gap is what a blank line within quotes begins with.
func (p *plainPrinter) gap() string {
	if p.pending != "" {
		return p.between
	}
	return p.indent
}

// readable is the text of b with readings of ruby in parentheses, unless the
// source put them there.
func (b Block) readable() string {
	if !b.hasMark("rt") || b.hasMark("rp") {
		return b.Text()
	}
	var s strings.Builder
	reading := false
	for _, r := range b.runs {
		if is := r.Has("rt"); is != reading {
			reading = is
			if is {
				s.WriteByte('(')
			} else {
				s.WriteByte(')')
			}
		}
		s.WriteString(r.text())
	}
	if reading {
		s.WriteByte(')')
	}
	return s.String()
}

func (b Block) hasMark(tag string) bool {
	return slices.ContainsFunc(b.runs, func(r Run) bool { return r.Has(tag) })
}
