package main

import (
	"fmt"
	"math"
	"strings"

	"ficstead/bench/rescue/damage"
	"ficstead/bench/rescue/measure"
	"ficstead/bench/rescue/truth"
)

// harmRow is what was done to the clean text of one ground.
type harmRow struct {
	ground, form string
	words        int
	harms        []harmed
	told         map[string]int // applied mends of each rule
	asked        map[string]int // proposals of each rule
	failed       []string
}

// harmed is a place that was right and is not any more.
type harmed struct {
	measure.Harm
	work string
	rule string // the nearest mend's
}

// clean are the forms that clean text is read in.
var clean = []damage.Recipe{
	{Name: "page", HTML: true, Italics: damage.ItalicsKept, Scenes: damage.ScenesKept},
	{Name: "text", Italics: damage.ItalicsDropped, Scenes: damage.ScenesDropped},
}

// harms reads clean text and lists what was changed.
func (o *options) harms(works []truth.Work) []harmRow {
	type key struct{ ground, form string }
	at := map[key]int{}
	var rows []harmRow
	type job struct {
		row  int
		form damage.Recipe
		work *truth.Work
	}
	var todo []job
	for _, form := range clean {
		for i := range works {
			k := key{works[i].Ground, form.Name}
			if _, ok := at[k]; !ok {
				at[k] = len(rows)
				rows = append(rows, harmRow{ground: k.ground, form: k.form, told: map[string]int{}, asked: map[string]int{}})
			}
			todo = append(todo, job{at[k], form, &works[i]})
		}
	}
	done := make([]harmRow, len(todo))
	each(o.workers, len(todo), func(k int) {
		f := todo[k].form.Make(*todo[k].work, 0)
		done[k] = harm(f.Name, f.Data, measure.OfTruth(&f.Truth), todo[k].work)
	})
	for k, d := range done {
		rows[todo[k].row].add(d)
	}
	if o.list {
		for _, r := range rows {
			r.list()
		}
	}
	return rows
}

func (h *harmRow) add(d harmRow) {
	h.words += d.words
	h.harms = append(h.harms, d.harms...)
	h.failed = append(h.failed, d.failed...)
	for rule, n := range d.told {
		h.told[rule] += n
	}
	for rule, n := range d.asked {
		h.asked[rule] += n
	}
}

func harm(name string, data []byte, is measure.Flat, w *truth.Work) harmRow {
	h := harmRow{told: map[string]int{}, asked: map[string]int{}, words: w.Words()}
	r := read(name, data, is)
	if r.failed != nil {
		h.failed = append(h.failed, w.Name+": "+r.failed.Error())
		return h
	}
	for _, m := range r.mended.Mends {
		if m.Applied {
			h.told[m.Rule]++
		} else {
			h.asked[m.Rule]++
		}
	}
	for _, found := range measure.Harms(&r.truth, r.before, r.after) {
		h.harms = append(h.harms, harmed{found, w.Name, blame(found, &r)})
	}
	return h
}

// blame names the rule whose mend shares most with the place.
func blame(h measure.Harm, r *reading) string {
	best, rule := 0, "untold"
	for _, m := range r.mended.Mends {
		if !m.Applied {
			continue
		}
		if n := shared(ink(m.Before), ink(h.Before)); n > best {
			best, rule = n, m.Rule
		}
	}
	return rule
}

func ink(s string) string { return strings.Join(strings.Fields(s), "") }

// shared is how long the longest piece of a is, from any of its characters,
// that stands in b.
func shared(a, b string) int {
	best := 0
	for i := range a {
		for i+best+1 <= len(a) && strings.Contains(b, a[i:i+best+1]) {
			best++
		}
	}
	return best
}

func (h *harmRow) list() {
	for _, f := range h.failed {
		fmt.Printf("%s (%s) FAILED %s\n", h.ground, h.form, f)
	}
	for _, p := range h.harms {
		fmt.Printf("%s (%s) %s | rule %s | %s\n   was %s\n   is  %s\n", h.ground, h.form, p.work, p.rule, p.Axis, p.Before, p.After)
	}
}

func printHarm(out *strings.Builder, rows []harmRow) {
	fmt.Fprintln(out, "\n| clean ground | words | edits: characters | structure | markup | per 10,000 words | at most (95 %) | questions per 10,000 | by rule |\n|---|---|---|---|---|---|---|---|---|")
	for _, r := range rows {
		count, rules := map[string]int{}, map[string]int{}
		for _, h := range r.harms {
			count[h.Axis]++
			rules[h.rule]++
		}
		asked := 0
		for _, n := range r.asked {
			asked += n
		}
		per := func(n float64) string { return fmt.Sprintf("%.3f", n*10000/float64(max(1, r.words))) }
		fmt.Fprintf(out, "| %s, %s | %d | %d | %d | %d | %s | %s | %s | %v |\n", r.ground, r.form, r.words, count["characters"], count["structure"], count["markup"],
			per(float64(len(r.harms))), per(atMost(len(r.harms))), per(float64(asked)), rules)
	}
}

// atMost is the upper 95 % bound of a count: the rule of three for none.
func atMost(n int) float64 {
	bounds := [...]float64{3.0, 4.74, 6.3, 7.75, 9.15, 10.51}
	if n < len(bounds) {
		return bounds[n]
	}
	x := float64(n)
	return x + 1.645*math.Sqrt(x) + 1.35
}
