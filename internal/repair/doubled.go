package repair

import (
	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
)

// leastDoubled is how many words a paragraph must have to be there twice by
// mistake: refrains are shorter.
const leastDoubled = 20

// longestShown is how much of such a paragraph a mend shows, in bytes.
const longestShown = 300

// doubled drops the second of two paragraphs that follow each other and are the
// same in every letter.
func doubled(p *pass, row []prose.Block) []prose.Block {
	if !p.story {
		return row
	}
	i := -1
	var last prose.Block // that stays
	return replaced(row, func(b prose.Block) ([]prose.Block, bool) {
		i++
		if i == 0 || !isTwice(last, b) {
			last = b
			return nil, false
		}
		said := b.Text()
		end := lastWords(lastLine(b))
		m := archive.Mend{Rule: "doubled-paragraph", Before: end + "\n\n" + excerpt(said, 0, min(len(said), longestShown)), After: end, Confidence: 0.9, Applied: true}
		if p.decide(m, end+"\n"+firstWords(firstLine(b))) {
			return nil, true
		}
		last = b
		return nil, false
	})
}

// isTwice reports whether b says what a says.
func isTwice(a, b prose.Block) bool {
	const least = 4 * leastDoubled // bytes
	if a.Kind() != prose.Paragraph || b.Kind() != prose.Paragraph || len(a.Runs()) != len(b.Runs()) || textLength(a) < least || textLength(a) != textLength(b) || a.HasImage() {
		return false
	}
	said := a.Text()
	return said == b.Text() && text.Words(said) >= leastDoubled
}
