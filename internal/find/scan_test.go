package find

import (
	"cmp"
	"errors"
	"flag"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/index"
)

// change makes a change of all that is in w.
func (w *world) change() index.Change {
	c := index.Change{Tags: slices.Collect(maps.Values(w.tags)), Linked: slices.Collect(maps.Keys(w.tags)), Links: w.links}
	for _, work := range w.works {
		c.Docs = append(c.Docs, docOf(work))
	}
	return c
}

func (w *world) finder() *Finder {
	f := &Finder{gate: newGate()}
	if w.texts != nil {
		f.inside = insideOf{w}
	}
	f.current.Store(newState(index.New().With(w.change()), 1))
	return f
}

// truth is what the answer to a question must be.
type truth struct {
	*scan
	found  []archive.Work // in order
	facets map[archive.Kind][]Facet
}

func (w *world) truth(v archive.Viewer, q Question) truth {
	s := w.scan(v, q)
	found := s.sorted(slices.DeleteFunc(slices.Clone(s.seen), func(work archive.Work) bool { return !s.passes(work, q) }), q)
	return truth{s, found, s.facets(found, q)}
}

// check compares the answer to q with the truth.
func (w *world) check(t *testing.T, f *Finder, v archive.Viewer, q Question) Answer {
	t.Helper()
	return w.truth(v, q).check(t, f, v, q)
}

func (want truth) check(t *testing.T, f *Finder, v archive.Viewer, q Question) Answer {
	t.Helper()
	found := want.found
	answer, err := f.Works(t.Context(), v, q)

	per, page := cmp.Or(q.Per, 20), cmp.Or(q.Page, 1)
	pages := max(1, (len(found)+per-1)/per)
	if page > pages != errors.Is(err, errs.NotFound) || page <= pages && err != nil {
		t.Fatalf("%+v: page %d of %d: %v", q, page, pages, err)
	}
	if answer.Total != len(found) || answer.Pages != pages {
		t.Fatalf("%+v asks %+v: %d works on %d pages, want %d on %d", v, q, answer.Total, answer.Pages, len(found), pages)
	}
	if ids := idsOf(found[min((page-1)*per, len(found)):min(page*per, len(found))]); !slices.Equal(answer.IDs, ids) {
		t.Fatalf("%+v asks %+v: works %v, want %v", v, q, answer.IDs, ids)
	}
	if !reflect.DeepEqual(answer.Facets, want.facets) {
		t.Fatalf("%+v asks %+v: facets\n%v, want\n%v", v, q, answer.Facets, want.facets)
	}
	want.checkLanguages(t, answer, found, q)
	if err == nil {
		want.checkCursors(t, f, v, q, answer, found)
	}
	return answer
}

func idsOf(works []archive.Work) (ids []archive.WorkID) {
	for _, work := range works {
		ids = append(ids, work.ID)
	}
	return ids
}

// checkWalk goes from cursor to cursor through all that was found.
func (want truth) checkWalk(t *testing.T, f *Finder, v archive.Viewer, q Question) {
	t.Helper()
	var ids []archive.WorkID
	q.Per = max(1, len(want.found)/7)
	for q.After = Start; q.After != ""; {
		a, err := f.Works(t.Context(), v, q)
		if err != nil || len(ids) > len(want.found) {
			t.Fatalf("%+v asks %+v: %v, %d works of %d", v, q, err, len(ids), len(want.found))
		}
		ids = append(ids, a.IDs...)
		q.After = a.Next
	}
	if !slices.Equal(ids, idsOf(want.found)) {
		t.Fatalf("%+v asks %+v: a walk leads along %v, want %v", v, q, ids, idsOf(want.found))
	}
}

// checkCursors goes on from a page and comes back, by its cursors.
func (w *world) checkCursors(t *testing.T, f *Finder, v archive.Viewer, q Question, answer Answer, found []archive.Work) {
	t.Helper()
	end := min(answer.Page*answer.Per, len(found))
	if (answer.Next == "") != (end == len(found)) || answer.Previous != "" {
		t.Fatalf("%+v: page %d of %d leads on to %q and back to %q", q, answer.Page, answer.Pages, answer.Next, answer.Previous)
	}
	if answer.Next == "" {
		return
	}
	on := q
	on.Page, on.After = 5, answer.Next
	next, err := f.Works(t.Context(), v, on)
	ids := idsOf(found[end:min(end+answer.Per, len(found))])
	if err != nil || !slices.Equal(next.IDs, ids) || next.Total != answer.Total || next.Page != 0 || (next.Next == "") != (end+answer.Per >= len(found)) {
		t.Fatalf("%+v: behind page %d come %v, %v, want %v", q, answer.Page, next.IDs, err, ids)
	}
	on.After = next.Previous
	if back, err := f.Works(t.Context(), v, on); err != nil || !slices.Equal(back.IDs, answer.IDs) || (answer.Page == 1) != (next.Previous == Start) {
		t.Fatalf("%+v: back on page %d are %v, %v, want %v", q, answer.Page, back.IDs, err, answer.IDs)
	}
}

func (w *world) checkLanguages(t *testing.T, answer Answer, found []archive.Work, q Question) {
	t.Helper()
	for _, code := range []string{"en", "de", "zh", "fr"} {
		want := LanguageFacet{Code: code, Chosen: slices.Contains(q.Languages, code)}
		for _, work := range found {
			if work.Language == code {
				want.Count++
			}
		}
		listed := slices.Contains(answer.Languages, want)
		if listed != (want.Count > 0 || want.Chosen) {
			t.Fatalf("%+v: languages %v, want %v", q, answer.Languages, want)
		}
	}
}

// How much the slow truth is asked: more where there is time for it, by make truth.
var (
	archives  = flag.Uint64("archives", 3, "random archives that are asked")
	works     = flag.Int("works", 60, "works of the first, of each further one twice as many")
	questions = flag.Int("questions", 250, "questions to each")
	changes   = flag.Int("changes", 25, "times that an archive changes between questions")
)

// finders returns Finders of w that know it in every way there is: as usual, with
// all counted beforehand, and both as they are opened from a file.
func (w *world) finders(t *testing.T) []*Finder {
	t.Helper()
	usual, eager := w.finder(), w.finder()
	counted, err := index.New().Eager().With(w.change()).Rebuilt(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	eager.current.Store(newState(counted, 1))
	list := []*Finder{usual, eager}
	for _, f := range list[:2] {
		opened := w.finder()
		opened.current.Store(newState(reopened(t, f.current.Load().Snapshot), 1))
		list = append(list, opened)
	}
	return list
}

// reopened returns an index as it is opened from a file.
func reopened(t *testing.T, s *index.Snapshot) *index.Snapshot {
	t.Helper()
	path := filepath.Join(t.TempDir(), "snapshot")
	if err := s.WriteFile(path, index.Label{Store: "one", Generation: 1}); err != nil {
		t.Fatal(err)
	}
	file, err := index.OpenFile(path)
	if err == nil {
		err = file.Verify(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return file.Eager()
}

func TestAnswersAgainstScan(t *testing.T) {
	for seed := range *archives {
		d := newDice(seed)
		w := d.worldOf(*works<<seed, worldTags<<seed)
		finders := w.finders(t)
		some, most := 0, *questions
		for n := range most {
			v, q := d.viewer(), d.question(w)
			want, f := w.truth(v, q), finders[n%len(finders)]
			want.check(t, f, v, q)
			switch d.IntN(8) {
			case 0:
				want.checkWalk(t, f, v, q)
			case 1:
				want.checkFacetPage(t, f, v, q, d.facetQuestion())
			}
			if len(want.found) > 0 {
				some++
			}
		}
		if some < most/4 {
			t.Errorf("only %d of %d questions found anything", some, most)
		}
	}
}

// What nobody may see must not show in anything: every answer is the same as if
// the works out of sight did not exist.
func TestNothingLeaks(t *testing.T) {
	d := newDice(11)
	w := d.world(60) // few, so that many tags are of hidden works only
	f := w.finder()
	for _, v := range viewers {
		only := &world{works: w.visible(v), tags: w.tags, links: w.links, texts: map[archive.WorkID]string{}}
		for _, work := range only.works {
			if words, ok := w.texts[work.ID]; ok {
				only.texts[work.ID] = words
			}
		}
		g := only.finder()
		for range 300 {
			q := d.question(w)
			got, _ := f.Works(t.Context(), v, q)
			want, _ := g.Works(t.Context(), v, q)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%+v asks %+v:\n%+v, want\n%+v", v, q, got, want)
			}
		}
		for _, typed := range []string{"", "m", "moon", "mo 1", "tea", "ri 5", "1"} {
			for kind := range archive.Freeform + 1 {
				if got, want := f.Tags(t.Context(), v, kind, typed, 5), g.Tags(t.Context(), v, kind, typed, 5); !reflect.DeepEqual(got, want) {
					t.Fatalf("%q completes to %v, want %v", typed, got, want)
				}
			}
		}
		for id := archive.TagID(0); int(id) <= len(w.tags)+1; id++ {
			got, err := f.Tag(v, id)
			want, err2 := g.Tag(v, id)
			if !reflect.DeepEqual(got, want) || errors.Is(err, errs.NotFound) != errors.Is(err2, errs.NotFound) {
				t.Fatalf("tag %d is %+v, want %+v", id, got, want)
			}
		}
		if !reflect.DeepEqual(f.Fandoms(v), g.Fandoms(v)) || !reflect.DeepEqual(f.Languages(v), g.Languages(v)) {
			t.Fatal("fandoms or languages differ")
		}
	}
}

// A filter's count beside it is what including it leaves, and dropping one of
// the filters of a question that finds nothing leaves what Without says.
func TestCountsAreWhatTheLinkFinds(t *testing.T) {
	d := newDice(12)
	w := d.world(200)
	f := w.finder()
	dropped := 0
	for range 300 {
		v, q := d.viewer(), d.question(w)
		q.Page = 0
		a, err := f.Works(t.Context(), v, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, facets := range a.Facets {
			for _, facet := range facets {
				more := q
				more.Include = append(slices.Clone(q.Include), facet.ID)
				if b, _ := f.Works(t.Context(), v, more); b.Total != facet.Count {
					t.Fatalf("%+v: %v, but including it finds %d", q, facet, b.Total)
				}
			}
		}
		for _, less := range a.Without {
			dropped++
			if b := w.check(t, f, v, less.Question); b.Total != less.Total || b.Total == 0 {
				t.Fatalf("%+v without %s %s: %d, but it finds %d", q, less.Filter, less.Value, less.Total, b.Total)
			}
		}
	}
	if dropped < 50 {
		t.Errorf("only %d filters were dropped", dropped)
	}
}
