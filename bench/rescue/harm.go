package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"ficstead/bench/rescue/damage"
	"ficstead/bench/rescue/measure"
	"ficstead/bench/rescue/truth"
	"ficstead/internal/archive"
)

// harmRow is what was done to the clean text of one ground.
type harmRow struct {
	ground, form string
	words        int
	harms        []harmed
	right        int            // edits that a person judged to be repairs
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
	found,
}

// found is the form that a work was found in.
var found = damage.Recipe{Name: "as found"}

// has reports whether a work can be had in a form. What is found wrapped says
// nothing more when it is written anew.
func has(w *truth.Work, form damage.Recipe) bool {
	if form.Name == found.Name {
		return w.Source != nil
	}
	return len(w.Chapters) > 0 && !w.Wrapped
}

func harmOf(form damage.Recipe, w *truth.Work) harmRow {
	switch {
	case form.Name != found.Name:
		f := form.Make(*w, 0)
		return harm(form, f.Name, f.Data, measure.OfTruth(&f.Truth), w)
	case w.Wrapped:
		return harm(form, w.Name, w.Source, measure.OfTruth(w), w)
	}
	return harm(form, w.Name, w.Source, measure.Flat{}, w)
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
			if !has(&works[i], form) {
				continue
			}
			k := key{works[i].Ground, form.Name}
			if _, ok := at[k]; !ok {
				at[k] = len(rows)
				rows = append(rows, harmRow{ground: k.ground, form: k.form, asked: map[string]int{}})
			}
			todo = append(todo, job{at[k], form, &works[i]})
		}
	}
	done := make([]harmRow, len(todo))
	each(o.workers, len(todo), func(k int) {
		done[k] = harmOf(todo[k].form, todo[k].work)
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
	h.right += d.right
	if h.asked == nil {
		h.asked = map[string]int{}
	}
	for rule, n := range d.asked {
		h.asked[rule] += n
	}
}

func harm(form damage.Recipe, name string, data []byte, is measure.Flat, w *truth.Work) harmRow {
	h := harmRow{asked: map[string]int{}, words: w.Words()}
	r := read(name, data, is)
	if h.words == 0 {
		h.words = wordsOf(&r.raw)
	}
	if r.failed != nil {
		h.failed = append(h.failed, w.Name+": "+r.failed.Error())
		return h
	}
	for _, m := range r.mended.Mends {
		if !m.Applied {
			h.asked[m.Rule]++
		}
	}
	for _, place := range measure.Harms(&r.truth, r.before, r.after) {
		p := harmed{place, w.Name, blame(place, &r)}
		if p.isRight() || w.Source != nil && form.Name == found.Name && toTitle(&place, &r) {
			h.right++
		} else {
			h.harms = append(h.harms, p)
		}
	}
	return h
}

// blame names the applied mend that shares most with the place, of the rules
// that do such things.
func blame(h measure.Harm, r *reading) string {
	best, rule := 0, "untold"
	for _, m := range r.mended.Mends {
		if !m.Applied || !does(m.Rule, &h) {
			continue
		}
		if n := shared(ink(m.Before), ink(h.Before)); n > best {
			best, rule = n, m.Rule
		}
	}
	return rule
}

// does reports whether a rule could do that.
func does(rule string, h *measure.Harm) bool {
	inline := h.On(measure.Markup) || h.On(measure.Characters)
	switch {
	case strings.Contains(rule, "italic"):
		return h.On(measure.Markup) || h.Kinds[0] == "characters lost" && !h.On(measure.Structure)
	case strings.Contains(rule, "break"):
		return h.On(measure.Structure)
	case rule == "wrap" || rule == "paragraphs" || rule == "hyphen":
		return !h.On(measure.Markup)
	}
	return inline || h.On(measure.Structure)
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

func wordsOf(m *archive.Manuscript) (n int) {
	for _, c := range m.Chapters {
		n += c.Words
	}
	return n
}

func (h *harmRow) list() {
	for _, f := range h.failed {
		fmt.Printf("%s (%s) FAILED %s\n", h.ground, h.form, f)
	}
	for _, rule := range slices.Sorted(maps.Keys(h.asked)) {
		fmt.Printf("%s (%s) asks %s %d\n", h.ground, h.form, rule, h.asked[rule])
	}
	for _, p := range h.harms {
		fmt.Printf("%s (%s) %s | rule %s | %s\n   was %s\n   is  %s\n", h.ground, h.form, p.work, p.rule, p.Kind(), p.Before, p.After)
	}
}

// printHarm writes the table of clean grounds, and sums each word once: as it
// was found, or as a page if it was written here.
func printHarm(out *strings.Builder, rows []harmRow) {
	fmt.Fprintln(out, "\n| clean ground | words | edits: characters | structure | markup | true repairs | per 10,000 words | at most (95 %) | questions per 10,000 | by rule |\n|---|---|---|---|---|---|---|---|---|---|")
	var all, modern harmRow
	for _, r := range rows {
		r.print(out, r.ground+", "+r.form)
		if r.form == primary(r.ground) {
			all.add(r)
			if r.ground == "AO3" || r.ground == "FanFiction.net" {
				modern.add(r)
			}
		}
	}
	all.print(out, "**all, each word once**")
	if modern.words > 0 {
		modern.print(out, "**AO3 and FanFiction.net**")
	}
}

// primary is the form of a ground that counts.
func primary(ground string) string {
	switch ground {
	case "passages", "generated", "other languages":
		return "page"
	}
	return found.Name
}

func (h *harmRow) print(out *strings.Builder, name string) {
	count, rules := map[string]int{}, map[string]int{}
	for _, p := range h.harms {
		for _, axis := range []string{measure.Characters, measure.Structure, measure.Markup} {
			if p.On(axis) {
				count[axis]++
			}
		}
		rules[p.rule]++
	}
	asked := 0
	for _, n := range h.asked {
		asked += n
	}
	per := func(n float64) string { return fmt.Sprintf("%.3f", n*10000/float64(max(1, h.words))) }
	var by []string
	for _, rule := range slices.Sorted(maps.Keys(rules)) {
		by = append(by, fmt.Sprintf("%s %d", rule, rules[rule]))
	}
	fmt.Fprintf(out, "| %s | %d | %d | %d | %d | %d | %s | %s | %s | %s |\n", name, h.words, count[measure.Characters], count[measure.Structure], count[measure.Markup], h.right,
		per(float64(len(h.harms))), per(atMost(len(h.harms))), per(float64(asked)), strings.Join(by, ", "))
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
