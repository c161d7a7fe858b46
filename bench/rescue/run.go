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
	"ficstead/internal/intake"
)

// works are what is damaged: generated, written here, and pieces of books.
func (o *options) works() []truth.Work {
	return append(o.written(o.seeds), pieces(o.corpus, o.part)...)
}

// written are the works that are ours, so many of them generated.
func (o *options) written(seeds int) []truth.Work {
	words := 2500
	if o.quick {
		words = 2000
	}
	works := truth.Passages(o.part)
	for i := range seeds {
		works = append(works, truth.Generate(o.part, o.first+uint64(i), words))
	}
	return works
}

// pieceWords is how much of a book is damaged: its beginning.
const pieceWords = 2500

// pieces are the beginnings of books whose form is exact. Standard Ebooks has
// many chapters of one novel; a few of them are enough.
func pieces(corpus string, part truth.Part) []truth.Work {
	var works []truth.Work
	chapters := 0
	for _, w := range truth.Books(corpus, part) {
		if w.Ground == "Standard Ebooks" {
			if chapters++; chapters > 4 {
				continue
			}
		}
		if !w.Wrapped {
			works = append(works, untitled(w.Cut(pieceWords)))
		}
	}
	return works
}

// untitled takes off chapter titles: those of books are numbers, and are nothing
// to find in a heading that says the number already.
func untitled(w truth.Work) truth.Work {
	for i := range w.Chapters {
		w.Chapters[i].Title = ""
	}
	return w
}

// cleanWorks are what must not be harmed: the same, whole books and saved pages.
func (o *options) cleanWorks(parts ...truth.Part) []truth.Work {
	seeds := o.seeds
	if !o.quick {
		seeds *= 10 // reading clean text is quick
	}
	works := o.written(seeds)
	for _, part := range parts {
		for _, w := range truth.Foreign(part) {
			works = append(works, w)
		}
		if !o.quick {
			works = append(append(works, truth.Books(o.corpus, part)...), truth.Pages(o.corpus, part)...)
		}
	}
	return works
}

// row is one recipe with the scores of each work.
type row struct {
	recipe damage.Recipe
	works  []truth.Work
	scores []measure.Score
	failed []string
}

// job is one work for one recipe.
type job struct {
	row, column int
	work        *truth.Work
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
	var rows []row
	var todo []job
	foreign := truth.Foreign(o.part)
	for i, r := range o.recipes() {
		these := works
		if r.Language != "" {
			these = []truth.Work{foreign[r.Language]}
		}
		for k := range these {
			todo = append(todo, job{i, k, &these[k]})
		}
		rows = append(rows, row{recipe: r, works: these, scores: make([]measure.Score, len(these)), failed: make([]string, len(these))})
	}
	each(o.workers, len(todo), func(k int) {
		j := todo[k]
		r := &rows[j.row]
		r.scores[j.column], r.failed[j.column] = o.repair(r.recipe, j.work)
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
	failed := ""
	if r.failed != nil {
		failed = w.Name + ": " + r.failed.Error()
	}
	borders := measure.Para
	if recipe.LinesToo() {
		borders |= measure.Line
	}
	s := measure.Compare(&r.truth, r.before, r.after, borders)
	s.Words = f.Truth.Words()
	s.Fields = fields(&f, &r.mended)
	if recipe.Italics == damage.ItalicsFused {
		s.Proposed = measure.Spans(&r.truth, accepted("italic", f.Name, f.Data, &r))
	}
	if recipe.Layout == damage.NoParagraphs {
		s.Parted = measure.Places(&r.truth, accepted("paragraph", f.Name, f.Data, &r), borders)
	}
	if f.Lost && (recipe.What != "" || recipe.Name == "breaks lost") {
		s.Ranked = ranked(&r)
	}
	s.Undo.Add(undone(f.Name, f.Data, &r))
	s.Again.Add(again(&r))
	if recipe.What != "" {
		twice, _, _ := intake.Read(f.Name, f.Data, nil)
		s.Repeatable.Add(print(&twice) == print(&r.mended))
	}
	if o.show > 0 {
		o.print(recipe, w.Name, &r)
	}
	return s, failed
}

// print shows the first places that are not as they should be, but for what the
// recipe left no trace of.
func (o *options) print(recipe damage.Recipe, work string, r *reading) {
	perfect := measure.Look(&r.truth, r.truth)
	traceless := map[string]bool{
		"italics lost": recipe.Italics == damage.ItalicsDropped || recipe.Italics == damage.ItalicsCaps,
		"break lost":   recipe.Scenes == damage.ScenesDropped,
	}
	var out strings.Builder
	shown := 0
	for _, h := range measure.Harms(&r.truth, perfect, r.after) {
		if shown == o.show {
			break
		}
		if traceless[h.Kind()] {
			continue
		}
		shown++
		fmt.Fprintf(&out, "%s %s %s\n   is     %s\n   should %s\n", recipe.Name, work, h.Kind(), h.After, h.Before)
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
