package repair

import (
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// The habits that are read from a document.
const (
	leastBreaks = 3  // rows of line breaks that show a habit
	leastLines  = 10 // of a chapter that is one paragraph
	meanOfProse = 60 // characters; lines of verse are shorter
)

// lineBreaks makes paragraphs where a document used line breaks for them: two
// in a row, or single ones where a whole chapter is one paragraph. Longer rows
// than the usual are the breaks between scenes.
func lineBreaks(p *pass, row []prose.Block) []prose.Block {
	if !anyBreak(row) {
		return row // a paragraph is a line: no habit to see
	}
	usual, rows := usualBreaks(row)
	if rows < leastBreaks {
		if isOneParagraph(row) {
			return p.splitLines(row)
		}
		return row
	}
	larger, splits := 0, 0
	var first prose.Block // that is split, at its first row of line breaks
	for _, b := range row {
		for _, n := range paragraphBreaks(b) {
			larger += count(n > usual)
		}
		if b.Kind() == prose.Paragraph && hasDouble(b) {
			if splits == 0 {
				first = b
			}
			splits++
		}
	}
	if splits == 0 || !p.decideSplit(first.SplitAt(2), strings.Repeat("<br>", usual)) {
		return row
	}
	scenes := p.story && larger*rareGap <= rows
	var out []prose.Block
	for _, b := range row {
		if b.Kind() != prose.Paragraph || !hasDouble(b) {
			out = append(out, b)
			continue
		}
		parts := splitParagraphs(b, usual)
		for i, part := range parts {
			switch {
			case part.Kind() != prose.Empty:
				out = append(out, part)
			case scenes && i > 0 && i+1 < len(parts) && isScene(parts[i-1]) && isScene(parts[i+1]) && p.decideRoom(parts[i-1], parts[i+1]):
				out = append(out, prose.SceneBreak())
			}
		}
	}
	return out
}

// anyBreak reports whether a paragraph of row holds a line break.
func anyBreak(row []prose.Block) bool {
	return slices.ContainsFunc(row, func(b prose.Block) bool {
		return b.Kind() == prose.Paragraph && slices.ContainsFunc(b.Runs(), func(r prose.Run) bool { return r.Break })
	})
}

// usualBreaks returns the length that rows of two and more line breaks mostly
// have, and how many rows there are.
func usualBreaks(row []prose.Block) (usual, rows int) {
	lengths := map[int]int{}
	for _, b := range row {
		for _, n := range paragraphBreaks(b) {
			if n >= 2 {
				lengths[n]++
				rows++
			}
		}
	}
	for n, times := range lengths {
		if times > lengths[usual] || times == lengths[usual] && n < usual {
			usual = n
		}
	}
	return usual, rows
}

func paragraphBreaks(b prose.Block) []int {
	if b.Kind() != prose.Paragraph {
		return nil
	}
	return b.Breaks()
}

func hasDouble(b prose.Block) bool {
	for _, n := range b.Breaks() {
		if n >= 2 {
			return true
		}
	}
	return false
}

// splitParagraphs cuts b at rows of two and more line breaks. Between parts
// that a longer row than usual held apart it puts an empty paragraph.
func splitParagraphs(b prose.Block, usual int) []prose.Block {
	var out []prose.Block
	for i, part := range b.SplitAt(usual + 1) {
		if i > 0 {
			out = append(out, prose.EmptyParagraph())
		}
		out = append(out, part.SplitAt(2)...)
	}
	return out
}

// isOneParagraph reports whether a whole chapter stands in one paragraph whose
// lines are the real ones.
func isOneParagraph(row []prose.Block) bool {
	blocks, lines, sum, sentences := 0, 0, 0, 0
	for _, b := range row {
		switch b.Kind() {
		case prose.Paragraph:
			blocks++
			for _, l := range b.Lines() {
				text := l.Text()
				lines++
				sum += len([]rune(text))
				sentences += count(endsSentence(text))
			}
		case prose.Empty:
		default:
			blocks++
		}
	}
	return lines >= leastLines && lines >= leastLines*blocks/2 && sum > meanOfProse*lines && sentences*10 >= lines*7
}

func (p *pass) splitLines(row []prose.Block) []prose.Block {
	at := slices.IndexFunc(row, func(b prose.Block) bool { return b.Kind() == prose.Paragraph && len(b.Breaks()) > 0 })
	if at < 0 || !p.decideSplit(row[at].Lines(), "<br>") {
		return row
	}
	return replaced(row, func(b prose.Block) ([]prose.Block, bool) {
		if b.Kind() != prose.Paragraph || len(b.Breaks()) == 0 {
			return nil, false
		}
		return b.Lines(), true
	})
}

// decideSplit asks once for the chapter, at the first place where it is split.
func (p *pass) decideSplit(parts []prose.Block, between string) bool {
	parts = without(parts, prose.Empty)
	if len(parts) < 2 {
		return false
	}
	above, below := lastWords(lastLine(parts[0])), firstText(parts[1:])
	m := archive.Mend{Rule: "line-breaks", Before: above + between + below, After: above + "</p><p>" + below, Confidence: 0.95, Applied: true}
	return p.decide(m, above)
}

func firstText(row []prose.Block) string {
	for _, b := range row {
		if text := firstWords(firstLine(b)); text != "" {
			return text
		}
	}
	return ""
}

// decideRoom asks whether a break made of room is one.
func (p *pass) decideRoom(above, below prose.Block) bool {
	return p.decide(lostBreak(lastLine(above), firstLine(below), true), firstWords(below.Text()))
}

func lastLine(b prose.Block) string {
	text := b.Text()
	return text[strings.LastIndexByte(text, '\n')+1:]
}

func firstLine(b prose.Block) string {
	line, _, _ := strings.Cut(b.Text(), "\n")
	return line
}
