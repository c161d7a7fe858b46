package main

import (
	"testing"

	"ficstead/bench/rescue/damage"
	"ficstead/bench/rescue/measure"
	"ficstead/bench/rescue/truth"
)

func TestGoalsNameRecipes(t *testing.T) {
	for _, g := range goals {
		for _, name := range g.rows {
			if _, ok := damage.Find(name); !ok {
				t.Errorf("%s: no recipe %q", g.axis, name)
			}
		}
		if g.least > 0 && g.why == "" && len(g.rows) > 0 {
			t.Errorf("%s: says not why it might not be met", g.axis)
		}
	}
}

// TestScoresOf draws works, not files: all rows of a goal for one work are one.
func TestScoresOf(t *testing.T) {
	a, b := truth.Work{Name: "a", Ground: "passages"}, truth.Work{Name: "b", Ground: "generated"}
	one := measure.Score{Joins: measure.PRF{Right: 1}}
	rows := []row{
		{recipe: damage.Recipe{Name: "stripped"}, works: []truth.Work{a, b}, scores: []measure.Score{one, one}},
		{recipe: damage.Recipe{Name: "stripped page"}, works: []truth.Work{a, b}, scores: []measure.Score{one, one}},
		{recipe: damage.Recipe{Name: "R7"}, works: []truth.Work{a, b}, scores: []measure.Score{one, one}},
	}
	g := goal{rows: stripped}
	if s := scoresOf(&g, rows); len(s) != 2 || s[0].Joins.Right != 2 {
		t.Errorf("%+v", s)
	}
	g.natural = true
	if s := scoresOf(&g, rows); len(s) != 1 {
		t.Errorf("natural: %+v", s)
	}
}

func TestAtMost(t *testing.T) {
	for n, want := range map[int]float64{0: 3, 1: 4.74, 100: 117.8} {
		if got := atMost(n); got < want-.1 || got > want+.1 {
			t.Errorf("%d: %.2f, want %.2f", n, got, want)
		}
	}
}

// TestHeadingsAreNoHarm takes a heading out of a text into a title.
func TestHeadingsAreNoHarm(t *testing.T) {
	for lost, want := range map[string]bool{"CHAPTER XII. THE STORM": true, "The rain fell.": false} {
		w := truth.Work{Chapters: []truth.Chapter{{Text: []truth.Block{truth.Paragraph("It was over."), truth.Paragraph(lost), truth.Paragraph("Morning came.")}}}}
		is := measure.OfTruth(&w)
		r := reading{truth: is, before: measure.Look(&is, is)}
		w.Chapters[0].Text = append(w.Chapters[0].Text[:1:1], w.Chapters[0].Text[2])
		r.mended.Title = "The Storm"
		r.after = measure.Look(&is, measure.OfTruth(&w))
		harms := measure.Harms(&is, r.before, r.after)
		if len(harms) != 1 || toTitle(&harms[0], &r) != want {
			t.Errorf("%q: %d harms, a heading: %v", lost, len(harms), !want)
		}
	}
}
