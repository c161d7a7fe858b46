package main

import (
	"fmt"
	"strings"

	"ficstead/bench/rescue/damage"
	"ficstead/bench/rescue/measure"
)

func (r *row) sum() (s measure.Score) {
	for _, t := range r.scores {
		s.Sum(t)
	}
	return s
}

// printScores writes recipes × axes.
func printScores(out *strings.Builder, rows []row) {
	fmt.Fprintln(out, "| recipe | characters before → after | joins P / R | paragraphs | scenes | italics | notes | exact paragraphs | fields | undo | again |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|---|---|")
	for i := range rows {
		r := &rows[i]
		s := r.sum()
		fmt.Fprintf(out, "| %s | %.4f → %.5f | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", r.recipe.Name, s.CharsBefore(), s.CharsAfter(),
			precisionRecall(s.Joins), change(s.ParasBefore, s.Paras), unlessLost(s.ScenesBefore, s.Scenes), unlessLost(s.ItalicsBefore, s.Italics),
			f1(s.Notes), share(s.Exact), share(s.Fields), share(s.Undo), share(s.Again))
		if s.Proposed.Any() {
			fmt.Fprintf(out, "| ‑ italics proposed | | | | | %s | | | | | |\n", precisionRecall(s.Proposed))
		}
		if s.Parted.Any() {
			fmt.Fprintf(out, "| ‑ paragraphs proposed | | | %.4f | | | | | | | |\n", s.Parted.F1())
		}
		if s.Ranked.Of > 0 {
			fmt.Fprintf(out, "| ‑ breaks proposed, first 20 | | | | %s | | | | | | |\n", share(s.Ranked))
		}
	}
}

func precisionRecall(p measure.PRF) string {
	if !p.Any() {
		return "–"
	}
	return fmt.Sprintf("%.4f / %.3f", p.Precision(), p.Recall())
}

func f1(p measure.PRF) string {
	if !p.Any() {
		return "–"
	}
	return fmt.Sprintf("%.4f", p.F1())
}

func change(before, after measure.PRF) string {
	if !before.Any() && !after.Any() {
		return "–"
	}
	return fmt.Sprintf("%.3f → %.4f", before.F1(), after.F1())
}

// unlessLost is change, of what may be lost without a trace.
func unlessLost(before, after measure.PRF) string {
	if before.Right+after.Right == 0 && before.Wrong+after.Wrong == 0 {
		return "–"
	}
	return change(before, after)
}

func share(s measure.Share) string {
	if s.Of == 0 {
		return "–"
	}
	return fmt.Sprintf("%d/%d", s.Right, s.Of)
}

// printGrounds writes the axes that depend on the words themselves, by ground.
func printGrounds(out *strings.Builder, rows []row) {
	fmt.Fprintln(out, "\n| by ground | ground | joins P / R | italics proposed P / R, F1 | characters |\n|---|---|---|---|---|")
	for i := range rows {
		r := &rows[i]
		if r.recipe.Joins == 0 && r.recipe.Italics != damage.ItalicsFused {
			continue
		}
		var names []string
		sums := map[string]*measure.Score{}
		for k, w := range r.works {
			if sums[w.Ground] == nil {
				names = append(names, w.Ground)
				sums[w.Ground] = &measure.Score{}
			}
			sums[w.Ground].Sum(r.scores[k])
		}
		for _, name := range names {
			s := sums[name]
			proposed := "–"
			if s.Proposed.Any() {
				proposed = fmt.Sprintf("%s, %.3f", precisionRecall(s.Proposed), s.Proposed.F1())
			}
			fmt.Fprintf(out, "| %s | %s | %s | %s | %.5f |\n", r.recipe.Name, name, precisionRecall(s.Joins), proposed, s.CharsAfter())
		}
	}
}
