package repair

import (
	"ficstead/internal/archive"
	"ficstead/internal/base/fiction"
	"ficstead/internal/base/prose"
)

// How many lost breaks are offered for a chapter.
const (
	mostTurns = 20
	// Of those that are rather likely, at most one in so many words; of others
	// the best ones.
	wordsPerTurn  = 700
	wordsPerGuess = 2500
	likelyTurn    = 0.2
	leastOfTurns  = 0.1
	leastBlocks   = 24     // of a chapter that is looked at
	mostBlocks    = 20_000 // of one chapter: half a million words, which tell their breaks
)

// turns offers places where a scene break may have been lost without a trace,
// in works that have no break at all. It makes none: nobody can know.
func turns(p *pass, row []prose.Block) []prose.Block {
	if !p.story || p.parted || len(row) < leastBlocks || len(row) > mostBlocks {
		return row
	}
	var paragraphs []string
	var at []int // in row
	words := 0
	for i, b := range row {
		if b.Kind() == prose.Paragraph && len(b.Runs()) > 0 {
			t := b.Text()
			paragraphs, at = append(paragraphs, t), append(at, i)
			words += len(t) / 6
		}
	}
	breaks := map[int]bool{}
	for rank, turn := range fiction.Turns(paragraphs, min(mostTurns, max(1, words/wordsPerTurn))) {
		least := likelyTurn
		if rank <= words/wordsPerGuess {
			least = leastOfTurns
		}
		i := at[turn.Before]
		above, below := paragraphs[turn.Before-1], paragraphs[turn.Before]
		if turn.Confidence < least || i == 0 || row[i-1].Kind() != prose.Paragraph || isTitled(below) || isTitled(above) {
			continue
		}
		before, after := lastWords(lastLine(row[i-1])), firstWords(firstLine(row[i]))
		m := archive.Mend{
			Rule: "possible-break", Before: before + "\n\n" + after, After: before + "\n\n" + SceneBreak + "\n\n" + after, Confidence: turn.Confidence,
		}
		if p.decide(m, after) {
			breaks[i] = true
		}
	}
	if len(breaks) == 0 {
		return row
	}
	i := -1
	return replaced(row, func(b prose.Block) ([]prose.Block, bool) {
		i++
		return []prose.Block{prose.SceneBreak(), b}, breaks[i]
	})
}
