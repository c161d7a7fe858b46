package main

import (
	"fmt"
	"strings"

	"ficstead/bench/rescue/damage"
	"ficstead/bench/rescue/measure"
	"ficstead/bench/rescue/truth"
	"ficstead/internal/archive"
	"ficstead/internal/intake"
	"ficstead/internal/repair/heal"
)

// secondRow is a recipe whose works also exist in a better copy.
type secondRow struct {
	recipe        string
	alone, healed measure.Score
}

// seconds heals damaged files from a clean page of the same work, and accepts
// all that is proposed.
func (o *options) seconds(works []truth.Work) []secondRow {
	var rows []secondRow
	for _, name := range []string{"R1", "R2", "R6", "R7", "R9", "R10"} {
		recipe := mustFind(name)
		scores := make([]secondRow, len(works))
		each(o.workers, len(works), func(k int) { scores[k] = second(recipe, &works[k]) })
		row := secondRow{recipe: name}
		for _, s := range scores {
			row.alone.Sum(s.alone)
			row.healed.Sum(s.healed)
		}
		rows = append(rows, row)
	}
	return rows
}

func second(recipe damage.Recipe, w *truth.Work) (s secondRow) {
	f := recipe.Make(*w, seedOf(w, recipe))
	r := read(f.Name, f.Data, measure.OfTruth(&f.Truth))
	borders := measure.Para
	if recipe.LinesToo() {
		borders |= measure.Line
	}
	s.alone = measure.Compare(&r.truth, r.before, r.after, borders)
	s.healed = s.alone
	page := damage.Recipe{HTML: true, Italics: damage.ItalicsKept, Scenes: damage.ScenesKept}.Make(*w, 1)
	copied, _, err := intake.Read(page.Name, page.Data, archive.RefuseAll())
	if err != nil {
		return s
	}
	m := r.mended
	m.Chapters = append([]archive.Chapter(nil), m.Chapters...)
	heal.Manuscript(&m, copied.Chapters, "a better copy", archive.Choices{"*": true})
	s.healed = measure.Compare(&r.truth, r.before, measure.Look(&r.truth, measure.OfManuscript(&m)), borders)
	return s
}

func printSeconds(out *strings.Builder, rows []secondRow) {
	fmt.Fprintln(out, "| recipe | characters | paragraphs | scenes | italics |\n|---|---|---|---|---|")
	for _, r := range rows {
		a, h := r.alone, r.healed
		fmt.Fprintf(out, "| %s | %.5f → %.5f | %.4f → %.4f | %.4f → %.4f | %.4f → %.4f |\n", r.recipe, a.CharsAfter(), h.CharsAfter(),
			a.Paras.F1(), h.Paras.F1(), a.Scenes.F1(), h.Scenes.F1(), a.Italics.F1(), h.Italics.F1())
	}
}
