package main

import (
	"fmt"
	"hash/fnv"
	"os"
	"strings"
	"sync"

	"ficstead/bench/rescue/damage"
	"ficstead/bench/rescue/measure"
	"ficstead/bench/rescue/truth"
)

// works are what is damaged: generated, written here, and pieces of books.
func (o *options) works() []truth.Work {
	words := 4000
	if o.quick {
		words = 2000
	}
	works := truth.Passages(o.part)
	for i := range o.seeds {
		works = append(works, truth.Generate(o.part, o.first+uint64(i), words))
	}
	return works
}

// cleanWorks are what must not be harmed: the same, whole books and saved pages.
func (o *options) cleanWorks(works []truth.Work) []truth.Work {
	if o.quick {
		return works
	}
	return append(append(works, truth.Books(o.corpus, o.part)...), truth.Pages(o.corpus, o.part)...)
}

// row is one recipe with the scores of each work.
type row struct {
	recipe damage.Recipe
	scores []measure.Score
	failed []string
}

func (o *options) recipes() []damage.Recipe {
	all := append(damage.Recipes(), damage.Probes()...)
	if o.only == "" {
		return all
	}
	var some []damage.Recipe
	for _, r := range all {
		for _, name := range strings.Split(o.only, ";") {
			if r.Name == strings.TrimSpace(name) || name == "R" && len(r.What) > 0 {
				some = append(some, r)
			}
		}
	}
	return some
}

// repairs measures all recipes on all works.
func (o *options) repairs(works []truth.Work) []row {
	rows := make([]row, 0, 64)
	for _, r := range o.recipes() {
		rows = append(rows, row{recipe: r, scores: make([]measure.Score, len(works)), failed: make([]string, len(works))})
	}
	each(o.workers, len(rows)*len(works), func(k int) {
		r, w := &rows[k/len(works)], &works[k%len(works)]
		r.scores[k%len(works)], r.failed[k%len(works)] = o.repair(r.recipe, w)
	})
	for _, r := range rows {
		for _, f := range r.failed {
			if f != "" {
				fmt.Fprintln(os.Stderr, r.recipe.Name, f)
			}
		}
	}
	return rows
}

// seedOf is another one for each work and recipe.
func seedOf(w *truth.Work, r damage.Recipe) uint64 {
	h := fnv.New64a()
	h.Write([]byte(w.Name + "\x00" + r.Name))
	return h.Sum64()
}

func (o *options) repair(recipe damage.Recipe, w *truth.Work) (measure.Score, string) {
	f := recipe.Make(*w, seedOf(w, recipe))
	r := read(f.Name, f.Data, measure.OfTruth(&f.Truth))
	if r.failed != nil {
		return measure.Score{}, w.Name + ": " + r.failed.Error()
	}
	s := measure.Compare(&r.truth, r.before, r.after)
	s.Words = f.Truth.Words()
	s.Fields = fields(&f, &r.mended)
	if recipe.Italics == damage.ItalicsFused {
		s.Proposed = proposed(f.Name, f.Data, &r)
	}
	if f.Lost && (recipe.What != "" || recipe.Name == "breaks lost") {
		s.Ranked = ranked(&r)
	}
	s.Undo.Add(undone(f.Name, f.Data, &r))
	s.Again.Add(again(&r))
	twice := read(f.Name, f.Data, r.truth)
	s.Repeatable.Add(print(&twice.mended) == print(&r.mended))
	if o.show > 0 {
		o.print(recipe.Name, w.Name, &r)
	}
	return s, ""
}

// print shows the first places that are not as they should be.
func (o *options) print(recipe, work string, r *reading) {
	perfect := measure.Look(&r.truth, r.truth)
	var out strings.Builder
	for i, h := range measure.Harms(&r.truth, perfect, r.after) {
		if i == o.show {
			break
		}
		fmt.Fprintf(&out, "%s %s %s\n   is     %s\n   should %s\n", recipe, work, h.Kind(), h.After, h.Before)
	}
	os.Stdout.WriteString(out.String())
}

// each runs f for all numbers below n, several at once.
func each(workers, n int, f func(int)) {
	next := make(chan int)
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for k := range next {
				f(k)
			}
		})
	}
	for k := range n {
		next <- k
	}
	close(next)
	all.Wait()
}
