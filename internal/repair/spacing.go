package repair

import (
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// The habits of spacing that are read from a document.
const (
	emptyMostly  = 35 // of a hundred: empty paragraphs are spacing
	apartMostly  = 70 // of a hundred: so many neighbours must be held apart
	emptySeldom  = 20 // of a hundred: empty paragraphs are breaks
	fewestBlocks = 8  // paragraphs a habit can be read from
)

// spacing takes out empty paragraphs that only make room between all others.
// Where they are seldom, the author left room at that place: a scene break.
// In between they may group what belongs together, as in the chats and letters
// that stories quote, and they stay.
func spacing(p *pass, row []prose.Block) []prose.Block {
	if !slices.ContainsFunc(row, func(b prose.Block) bool { return b.Kind() == prose.Empty }) {
		return row
	}
	gaps := emptyRuns(row)
	empty, full, runs := 0, 0, 0
	for _, n := range gaps {
		empty += n
		runs += count(n > 0)
	}
	for _, b := range row {
		full += count(b.Kind() == prose.Paragraph)
	}
	switch {
	case empty == 0 || empty+full < fewestBlocks:
		return row
	case empty*100 > emptyMostly*(empty+full) && runs*100 >= apartMostly*len(gaps):
		return p.dropSpacing(row, usualRun(gaps))
	case p.story && runs*100 <= emptySeldom*full:
		return p.tidyEdges(p.roomToBreaks(row, 0))
	}
	return row
}

// tidyEdges drops the room around breaks and headings, which have their own.
func (p *pass) tidyEdges(row []prose.Block) []prose.Block {
	beside := func(above, below prose.Block, _ int) bool { return isSpaced(above) || isSpaced(below) }
	if !p.decideSpacing(row, beside) {
		return row
	}
	var out []prose.Block
	var above prose.Block
	n := 0
	for _, b := range row {
		if b.Kind() == prose.Empty {
			n++
			continue
		}
		for ; n > 0 && !beside(above, b, n); n-- {
			out = append(out, prose.EmptyParagraph())
		}
		out, above, n = append(out, b), b, 0
	}
	return out
}

// isSpaced reports whether b has room around it anyhow.
func isSpaced(b prose.Block) bool { return b.Kind() == prose.Break || b.Kind() == prose.Heading }

// emptyRuns returns how many empty paragraphs stand before each block that is
// not empty, the first left out.
func emptyRuns(row []prose.Block) []int {
	var runs []int
	n, begun := 0, false
	for _, b := range row {
		if b.Kind() == prose.Empty {
			n++
			continue
		}
		if begun {
			runs = append(runs, n)
		}
		n, begun = 0, true
	}
	return runs
}

// usualRun is the length most runs have, those of none left out.
func usualRun(runs []int) int {
	lengths := map[int]int{}
	usual := 1
	for _, n := range runs {
		lengths[n]++
	}
	for n, times := range lengths {
		if n > 0 && (times > lengths[usual] || times == lengths[usual] && n < usual) {
			usual = n
		}
	}
	return usual
}

// dropSpacing removes runs of up to usual empty paragraphs; longer ones, if
// they are rare, are scene breaks.
func (p *pass) dropSpacing(row []prose.Block, usual int) []prose.Block {
	runs := emptyRuns(row)
	larger := 0
	for _, n := range runs {
		larger += count(n > usual)
	}
	if !p.decideSpacing(row, func(_, _ prose.Block, n int) bool { return n <= usual }) {
		return row
	}
	if p.story && larger > 0 && larger*rareGap <= len(runs) {
		row = p.roomToBreaks(row, usual)
	}
	return without(row, prose.Empty)
}

// decideSpacing asks once for the chapter whether empty paragraphs are mere room,
// at the first place where they are.
func (p *pass) decideSpacing(row []prose.Block, isRoom func(above, below prose.Block, n int) bool) bool {
	above := prose.Block{}
	n := 0
	for _, b := range row {
		switch {
		case b.Kind() == prose.Empty:
			n++
			continue
		case n > 0 && isRoom(above, b, n):
			before, after := edge(above, lastWords(lastLine(above))), edge(b, firstWords(firstLine(b)))
			m := archive.Mend{
				Rule: "spacing", Before: before + "</p>" + strings.Repeat("<p><br></p>", n) + "<p>" + after, After: before + "</p><p>" + after,
				Confidence: 0.95, Applied: true,
			}
			return p.decide(m, firstText([]prose.Block{above, b}))
		}
		above, n = b, 0
	}
	return false
}

// edge is what a person sees of b where it ends or begins.
func edge(b prose.Block, words string) string {
	if b.Kind() == prose.Break {
		return "* * *"
	}
	return words
}

func without(row []prose.Block, kind prose.Kind) []prose.Block {
	var out []prose.Block
	for _, b := range row {
		if b.Kind() != kind {
			out = append(out, b)
		}
	}
	return out
}

// roomToBreaks makes a scene break of each run of more than usual empty
// paragraphs between two of text.
func (p *pass) roomToBreaks(row []prose.Block, usual int) []prose.Block {
	out, made := make([]prose.Block, 0, len(row)), false
	n := 0
	for _, b := range row {
		if b.Kind() == prose.Empty {
			n++
			continue
		}
		if full := len(out); n > usual && full > 0 && isScene(out[full-1]) && isScene(b) && p.decideRoom(out[full-1], b) {
			out, n, made = append(out, prose.SceneBreak()), 0, true
		}
		for range n {
			out = append(out, prose.EmptyParagraph())
		}
		out, n = append(out, b), 0
	}
	if !made {
		return row
	}
	for range n {
		out = append(out, prose.EmptyParagraph())
	}
	return out
}

// isScene reports whether b is story text that a scene may begin or end with.
func isScene(b prose.Block) bool {
	text := b.Text()
	return b.Kind() == prose.Paragraph && !b.HasImage() && (endsSentence(text) || len(text) > 60) && !isTitled(text)
}
