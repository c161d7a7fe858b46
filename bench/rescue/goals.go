package main

import (
	"fmt"
	"strings"

	"ficstead/bench/rescue/measure"
)

// goal is one line of the table of goals.
type goal struct {
	axis, floor, want string
	rows              []string // recipes and probes whose scores count
	figure            func(measure.Score) float64
	least             float64
	natural           bool // only on texts that people wrote: words made up at random keep no company
	why               string
}

// goals in the order of the table. Why is told where one is not met: what is
// left, the rule that would get there, and its price.
var goals = []goal{
	{axis: "mojibake, five reversible kinds: exact paragraphs", floor: "–", want: "100 %", rows: []string{"latin-1", "cp1252", "double", "C1", "MacRoman"}, figure: exact, least: 1},
	{axis: "mojibake with lost bytes: exact paragraphs", floor: ".345 (ftfy)", want: "80 %", rows: []string{"cp1252 with holes"}, figure: exact, least: .8},
	{axis: "`?` for quotes: exact paragraphs", floor: "–", want: "–", rows: []string{"? for quotes"}, figure: exact},
	{axis: "italics `i X/i`, `_X_`, `*X*`, `[i]`, entity: F1", floor: ".997", want: ".998", rows: []string{"i X/i", "i X/i page", "_X_", "*X*", "[i]X[/i]", "&lt;i&gt;", "&lt;i&gt; page"}, figure: italics, least: .998},
	{axis: "italics `iX/i`: F1", floor: ".62", want: ".95", rows: []string{"iX/i"}, figure: italics, least: .95},
	{axis: "spaces lost at tags: precision", floor: ".98", want: ".99", rows: stripped, figure: joinPrecision, least: .99, natural: true},
	{axis: "spaces lost at tags: recall", floor: ".57", want: ".85", rows: stripped, figure: joinRecall, least: .85, natural: true},
	{axis: "italics lost at tags, proposed: F1", floor: ".42", want: ".65", rows: stripped, figure: proposedItalics, least: .65, natural: true},
	{axis: "spaces lost at random: precision", floor: ".99", want: ".99", rows: random, figure: joinPrecision, least: .99, natural: true},
	{axis: "spaces lost at random: recall", floor: ".5", want: ".80", rows: random, figure: joinRecall, least: .8, natural: true},
	{axis: "hard wrap without blank lines: paragraph F1", floor: ".96", want: ".985", rows: []string{"wrapped", "wrapped, indents"}, figure: paragraphs, least: .985},
	{axis: "paragraphs lost, proposed: F1", floor: ".3–.67", want: ".85", rows: []string{"no paragraphs"}, figure: parted, least: .85},
	{axis: "scene markers: F1", floor: ".955", want: ".995", rows: []string{"markers", "markers, page", "one line each", "double spaced", "wrapped, blank", "wrapped"}, figure: scenes, least: .995},
	{axis: "scene breaks lost: recall among the first twenty proposed", floor: "–", want: ".2, none inserted", rows: []string{"breaks lost"}, figure: rankedBreaks, least: .2},
	{axis: "R1: characters", floor: ".9995", want: ".99995", rows: []string{"R1"}, figure: measure.Score.CharsAfter, least: .99995, natural: true},
	{axis: "running heads: characters", floor: "–", want: "–", rows: []string{"heads"}, figure: measure.Score.CharsAfter},
	{axis: "notes in their fields: block F1", floor: "–", want: "–", rows: []string{"notes"}, figure: func(s measure.Score) float64 { return s.Notes.F1() }},
	{axis: "metadata of headers and headings: exact", floor: "–", want: "100 %", rows: []string{"header", "notes", "R10"}, figure: func(s measure.Score) float64 { return s.Fields.Ratio() }, least: 1},
	{axis: "undo of every mend gives what was read: files", floor: "–", want: "100 %", figure: func(s measure.Score) float64 { return s.Undo.Ratio() }, least: 1},
	{axis: "mended text needs no mend: files", floor: "–", want: "100 %", figure: func(s measure.Score) float64 { return s.Again.Ratio() }, least: 1},
	{axis: "same file, same result: files", floor: "–", want: "100 %", figure: func(s measure.Score) float64 { return s.Repeatable.Ratio() }, least: 1},
}

var (
	stripped = []string{"stripped", "stripped page"}
	random   = []string{"joins 0.2 %", "joins 2 %"}
)

func exact(s measure.Score) float64           { return s.Exact.Ratio() }
func italics(s measure.Score) float64         { return s.Italics.F1() }
func paragraphs(s measure.Score) float64      { return s.Paras.F1() }
func scenes(s measure.Score) float64          { return s.Scenes.F1() }
func parted(s measure.Score) float64          { return s.Parted.F1() }
func joinPrecision(s measure.Score) float64   { return s.Joins.Precision() }
func joinRecall(s measure.Score) float64      { return s.Joins.Recall() }
func proposedItalics(s measure.Score) float64 { return s.Proposed.F1() }
func rankedBreaks(s measure.Score) float64    { return s.Ranked.Ratio() }

// scoresOf gathers the scores of a goal by work: all of its rows for one work
// are one draw of the bootstrap. A goal without rows counts all.
func scoresOf(g *goal, rows []row) []measure.Score {
	byWork := map[string]int{}
	var scores []measure.Score
	for i := range rows {
		r := &rows[i]
		if len(g.rows) > 0 && !contains(g.rows, r.recipe.Name) {
			continue
		}
		for k, w := range r.works {
			if g.natural && w.Ground == "generated" || len(g.rows) > 0 && r.recipe.Language != "" {
				continue
			}
			at, ok := byWork[w.Name]
			if !ok {
				at = len(scores)
				byWork[w.Name] = at
				scores = append(scores, measure.Score{})
			}
			scores[at].Sum(r.scores[k])
		}
	}
	return scores
}

func contains(list []string, s string) bool {
	for _, t := range list {
		if t == s {
			return true
		}
	}
	return false
}

// printGoals writes the table, and below it what is not met.
func printGoals(out *strings.Builder, rows []row, more []result) {
	fmt.Fprintln(out, "| axis | floor | goal | reached | 95 % interval | |\n|---|---|---|---|---|---|")
	var unmet []string
	for i := range goals {
		g := &goals[i]
		scores := scoresOf(g, rows)
		if len(scores) == 0 {
			continue
		}
		is := measure.Bootstrap(scores, g.figure)
		met := is.Value >= g.least
		fmt.Fprintf(out, "| %s | %s | %s | %s | %s – %s | %s |\n", g.axis, g.floor, g.want, figure(is.Value), figure(is.Low), figure(is.High), mark(met, g.least > 0))
		if !met {
			unmet = append(unmet, fmt.Sprintf("- **%s**: %s instead of %s. %s", g.axis, figure(is.Value), g.want, g.why))
		}
	}
	for _, r := range more {
		fmt.Fprintf(out, "| %s | %s | %s | %s | %s | %s |\n", r.axis, r.floor, r.want, r.reached, r.interval, mark(r.met, !r.open))
		if !r.met && !r.open {
			unmet = append(unmet, fmt.Sprintf("- **%s**: %s instead of %s. %s", r.axis, r.reached, r.want, r.why))
		}
	}
	if len(unmet) > 0 {
		fmt.Fprintf(out, "\n### Not met\n\n%s\n", strings.Join(unmet, "\n"))
	}
}

// result is a line of the table that is not counted from scores.
type result struct {
	axis, floor, want, reached, interval, why string
	met, open                                 bool
}

// figure prints so many digits as tell it from 1.
func figure(f float64) string {
	switch s := fmt.Sprintf("%.3f", f); {
	case f == 1, f < .99:
		return s
	default:
		return fmt.Sprintf("%.5f", f)
	}
}

func mark(met, is bool) string {
	switch {
	case !is:
		return ""
	case met:
		return "met"
	}
	return "**not met**"
}
