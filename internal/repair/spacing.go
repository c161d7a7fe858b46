package repair

import (
	"fmt"
	"slices"

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
		return p.roomToBreaks(row, 0)
	}
	return row
}

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
	larger, dropped := 0, 0
	for _, n := range runs {
		larger += count(n > usual)
		dropped += n
	}
	p.tellSplit("spacing", fmt.Sprintf("%d empty paragraphs", dropped), dropped, row)
	if p.story && larger > 0 && larger*rareGap <= len(runs) {
		return p.roomToBreaks(row, usual)
	}
	return without(row, prose.Empty)
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
// paragraphs between two of text, and drops all other empty ones: those beside
// breaks, headings, pictures and quotes are mere room.
func (p *pass) roomToBreaks(row []prose.Block, usual int) []prose.Block {
	var out []prose.Block
	n := 0
	for _, b := range row {
		if b.Kind() == prose.Empty {
			n++
			continue
		}
		if n > usual && len(out) > 0 {
			above := out[len(out)-1]
			switch {
			case isScene(above) && isScene(b) && p.tellRoom(above, b):
				out = append(out, prose.SceneBreak())
			case usual == 0 && !isSpaced(above) && !isSpaced(b):
				for range n {
					out = append(out, prose.EmptyParagraph())
				}
			case usual == 0:
				p.changed = true
			}
		}
		out = append(out, b)
		n = 0
	}
	return out
}

// isScene reports whether b is story text that a scene may begin or end with.
func isScene(b prose.Block) bool {
	text := b.Text()
	return b.Kind() == prose.Paragraph && !b.HasImage() && (endsSentence(text) || len(text) > 60) && !isTitled(text)
}

// isSpaced reports whether b has room around it anyhow.
func isSpaced(b prose.Block) bool { return b.Kind() == prose.Break || b.Kind() == prose.Heading }
