package prose

import (
	"slices"
	"strings"
)

// What is read again costs as much as the first time, and nearly all stories
// are plain paragraphs: settled and patched know where reading again is in vain.

// longest is the print up to which the bounds on blocks and runs are far.
const longest = 2 << 20

// plainMarks are those that read back as they print whatever is around them.
const plainMarks = " em strong s u small sub sup code kbd mark cite ins del "

// settled reports whether blocks, as they were read, are known to read back
// from their print just so. False says that nobody knows.
func settled(blocks []Block, printed string) bool {
	if len(printed) > longest {
		return false
	}
	for i := range blocks {
		b := &blocks[i]
		switch b.kind {
		case Paragraph, Heading, Break, Empty:
		default:
			return false
		}
		if b.lang != "" || b.dir != "" {
			return false
		}
		for j := range b.runs {
			if !b.runs[j].isPlain() {
				return false
			}
		}
	}
	return true
}

// isPlain reports whether r is text or a line break under a few plain marks.
func (r *Run) isPlain() bool {
	const few = 8
	if !r.IsText() && !r.Break || len(r.Marks) > few {
		return false
	}
	for i := range r.Marks {
		m := &r.Marks[i]
		if m.Href != "" || m.Lang != "" || m.Dir != "" || !strings.Contains(plainMarks, " "+m.Tag+" ") {
			return false
		}
	}
	return true
}

// patched is New for a row of blocks that mostly come from documents: those
// are canonical wherever they stand, so only the others are printed and read.
// It reports false where blocks may matter to each other.
func patched(row []Block) (d Doc, ok bool) {
	strange, size := 0, 0
	for i := range row {
		if !row[i].kind.isRow() {
			return Doc{}, false
		}
		if row[i].html == "" {
			strange++
		}
		size += len(row[i].html)
	}
	if strange*4 > len(row) || size > longest {
		return Doc{}, false
	}
	blocks := make([]Block, 0, len(row)+8)
	for _, b := range row {
		switch {
		case b.kind == Break:
			blocks = append(blocks, Block{kind: Break, html: "<hr>"})
		case b.kind == Empty:
			blocks = append(blocks, Block{kind: Empty, html: "<p><br></p>"})
		case b.html != "":
			blocks = append(blocks, b)
		default:
			// Between breaks, because at the ends of a document empty paragraphs go.
			between, _ := ParseWith(printCanonical([]Block{SceneBreak(), b, SceneBreak()}), ParseOptions{DataImages: true})
			blocks = append(blocks, between.blocks[1:len(between.blocks)-1]...)
		}
	}
	blocks = slices.Clip(trimEmpty(blocks))
	html := joined(blocks)
	// Targets are told apart and quotations counted through the whole text.
	if len(html) > longest || strings.Contains(html, ` id="`) || strings.Contains(html, "<q>") {
		return Doc{}, false
	}
	return Doc{blocks, html}, true
}

// joined is the print of blocks that know theirs, which become parts of it.
func joined(blocks []Block) string {
	n := 0
	for i := range blocks {
		n += len(blocks[i].html)
	}
	var s strings.Builder
	s.Grow(n)
	for i := range blocks {
		s.WriteString(blocks[i].html)
	}
	html := s.String()
	for i := range blocks {
		blocks[i].html, html = html[:len(blocks[i].html)], html[len(blocks[i].html):]
	}
	return s.String()
}
