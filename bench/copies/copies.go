// Package copies measures how surely damaged copies of a text are found, and
// that different texts are never taken for copies.
package copies

import (
	"fmt"
	"slices"
	"strings"

	"ficstead/bench/rescue/damage"
	"ficstead/bench/rescue/truth"
	"ficstead/internal/archive"
	"ficstead/internal/base/shingle"
	"ficstead/internal/intake"
)

// Result counts pairs of texts.
type Result struct {
	Copies  int // damaged copies of the texts
	Met     int // of these, those whose sample has anything in common with the text's
	Found   int // and those that the comparison calls alike, too
	Pairs   int // of different texts
	Meeting int // of these, those that have something of their samples in common
	Merged  int // and those that the comparison calls alike
	Missed  []string
}

// words is how long each text is: a chapter.
const words = 1400

// text is one chapter of a book. Chapters of one book are different texts, and
// the hardest: they have names and habits in common.
type text struct {
	work   truth.Work
	set    shingle.Set
	sample []uint64
}

// Measure cuts the books of the corpus into chapters, damages each in several
// ways, reads it as a file and compares it with the chapter; and compares all
// chapters with each other, most of them at most.
func Measure(corpus string, most int) (Result, error) {
	var texts []text
	for _, part := range []truth.Part{truth.Development, truth.Test} {
		for _, w := range truth.Books(corpus, part) {
			for _, chapter := range pieces(w) {
				if len(texts) < most {
					texts = append(texts, textOf(chapter))
				}
			}
		}
	}
	var r Result
	recipes := damage.Recipes()
	for i, t := range texts {
		recipe := recipes[i%len(recipes)]
		if err := r.copy(t, recipe, uint64(i)); err != nil {
			return r, err
		}
	}
	for i, a := range texts {
		for _, b := range texts[i+1:] {
			r.Pairs++
			if meet(a.sample, b.sample) {
				r.Meeting++
			}
			if alike(a.set, b.set) != archive.Different {
				r.Merged++
			}
		}
	}
	return r, nil
}

func (r *Result) copy(t text, recipe damage.Recipe, seed uint64) error {
	file := recipe.Make(t.work, seed)
	m, _, err := intake.Read(file.Name, file.Data, nil)
	if err != nil {
		return fmt.Errorf("%s, %s: %w", t.work.Name, recipe.Name, err)
	}
	var sample []uint64
	var all []string
	for _, c := range m.Chapters {
		all = append(all, c.Text.Text())
		sample = append(sample, shingle.Sample(c.Text.Text())...)
	}
	slices.Sort(sample)
	r.Copies++
	if !meet(t.sample, sample) {
		r.Missed = append(r.Missed, t.work.Name+", "+recipe.Name+": not met")
		return nil
	}
	r.Met++
	if alike(t.set, shingle.Of(all...)) == archive.Different {
		r.Missed = append(r.Missed, t.work.Name+", "+recipe.Name+": different")
		return nil
	}
	r.Found++
	return nil
}

func alike(a, b shingle.Set) archive.Alike {
	is := shingle.Compare(a, b)
	return archive.JudgeAlike(is.Jaccard, is.OfFirst, is.OfSecond)
}

// meet reports whether two sorted samples have so much in common that the texts
// are compared.
func meet(a, b []uint64) bool {
	return shingle.Likely(shingle.Shared(a, b), len(a), len(b))
}

// pieces cuts a book into chapters of some length, whole paragraphs.
func pieces(w truth.Work) []truth.Work {
	var all []truth.Work
	var row []truth.Block
	n := 0
	flush := func() {
		if n >= words {
			piece := w
			piece.Name = fmt.Sprintf("%s, piece %d", w.Name, len(all)+1)
			piece.Source = nil
			piece.Chapters = []truth.Chapter{{Text: row}}
			all = append(all, piece)
		}
		row, n = nil, 0
	}
	for _, c := range w.Chapters {
		for _, b := range c.Text {
			if b.Break && len(row) == 0 {
				continue
			}
			row = append(row, b)
			n += len(strings.Fields(b.Text))
			if n >= words && !b.Break {
				flush()
			}
		}
	}
	return all
}

func textOf(w truth.Work) text {
	var b strings.Builder
	for _, block := range w.Chapters[0].Text {
		b.WriteString(block.Text)
		b.WriteByte('\n')
	}
	return text{work: w, set: shingle.Of(b.String()), sample: shingle.Sample(b.String())}
}
