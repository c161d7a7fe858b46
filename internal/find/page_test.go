package find

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/find/query"
)

// A walk along cursors lists each work once, in every order, though the work
// that a cursor came from goes meanwhile.
func TestCursorsOutliveChanges(t *testing.T) {
	d := newDice(41)
	for _, sort := range query.Sorts {
		w := d.world(45)
		f := w.finder()
		q := Question{Sort: sort, Seed: 5, Per: 20, Query: []string{"", "moon"}[d.IntN(2)], Now: now}
		s := w.scan(owner, q)
		want := s.sorted(slices.DeleteFunc(slices.Clone(s.seen), func(work archive.Work) bool { return !s.passes(work, q) }), q)
		q.Per = max(2, len(want)/4)
		var got []archive.WorkID
		for q.After = Start; q.After != ""; {
			a, err := f.Works(t.Context(), owner, q)
			if err != nil || len(a.Ignored) > 0 || len(a.IDs) == 0 {
				t.Fatalf("by %s, behind %q: %v, %v, %v", sort, q.After, a.IDs, a.Ignored, err)
			}
			got = append(got, a.IDs...)
			q.After = a.Next
			last := a.IDs[len(a.IDs)-1]
			w.works = slices.DeleteFunc(w.works, func(work archive.Work) bool { return work.ID == last })
			f = w.finder()
		}
		if !slices.EqualFunc(got, want, func(id archive.WorkID, work archive.Work) bool { return id == work.ID }) {
			t.Errorf("by %s: %v, want %d works", sort, got, len(want))
		}
	}
}

func TestCursorOfAnotherListIsTold(t *testing.T) {
	f := newDice(42).world(60).finder()
	a, err := f.Works(t.Context(), owner, Question{Sort: query.ByTitle})
	if err != nil || a.Next == "" {
		t.Fatal(a.Next, err)
	}
	for _, after := range []string{a.Next, "AQAAAAAA", "\xff", strings.Repeat("A", 999)} {
		got, err := f.Works(t.Context(), owner, Question{Sort: query.ByKudos, After: after, Page: 7})
		if err != nil || len(got.Ignored) != 1 || got.Ignored[0].Field != "after" || got.Page != 1 || len(got.IDs) != 20 {
			t.Errorf("after=%.20q: page %d of %d works, %v, %v", after, got.Page, len(got.IDs), got.Ignored, err)
		}
	}
	end := Question{Sort: query.ByTitle, After: a.Next}
	for end.After != "" {
		if a, err = f.Works(t.Context(), owner, end); err != nil {
			t.Fatal(err)
		}
		end.After = a.Next
	}
	if a.Previous == "" || a.Page != 0 || a.Pages < 2 {
		t.Errorf("the last page is %+v", a)
	}
}

// Questions that ask the same are answered from one answer, for all who see the same.
func TestEqualQuestionsAreAskedOnce(t *testing.T) {
	w := newDice(43).world(60)
	for i := range w.works {
		w.works[i].Keeper = 1 // who alone sees more than others
	}
	f := w.finder()
	answers := f.current.Load().answers
	ask := func(v archive.Viewer, params string) Answer {
		t.Helper()
		values, _ := url.ParseQuery(params)
		q, _ := ParseQuestion(values)
		q.Now = now
		a, err := f.Works(t.Context(), v, q)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	member, moderator := archive.Viewer{Person: 7}, archive.Viewer{Person: 7, Moderator: true}
	for i, test := range []struct {
		v      archive.Viewer
		params string
		fresh  int // answers that had to be made
	}{
		{member, "q=moon+tea&words=<=1000&include=1&include=2", 3}, // of whom, of the question, of the page
		{member, "q=(tea+moon)+moon&words=0..1k&include=2&include=1&sort=&page=1&per=20&theme=dark", 0},
		{archive.Viewer{Person: 8}, "q=tea+AND+moon&words=<1001&include=2&include=1&sort=best", 1}, // of whom
		{archive.Viewer{}, "q=moon+tea&words=<=1000&include=1&include=2", 2},
		{moderator, "q=moon+tea&words=<=1000&include=1&include=2", 3},
		{archive.Viewer{Person: 1}, "q=moon+tea&words=<=1000&include=1&include=2", 3},
		{member, "per=50", 2},
		{member, "per=50&sort=title", 1},
		{member, "per=50&q=dir:asc+sort:title+()", 0},
		{member, "per=50&sort=title&dir=asc&seed=4", 0},
	} {
		before := len(answers.kept)
		ask(test.v, test.params)
		if fresh := len(answers.kept) - before; fresh != test.fresh {
			t.Errorf("%d: %+v asks %s: %d answers were made, want %d", i, test.v, test.params, fresh, test.fresh)
		}
	}
	if a := ask(member, "q=moon)+tea&words=<=1000&include=1&include=2"); len(a.Ignored) == 0 || !strings.Contains(a.Ignored[0].Message, "closing parenthesis") {
		t.Errorf("what is wrong with the spelling is not told: %v", a.Ignored)
	}
}

func TestRandomOrder(t *testing.T) {
	f := newDice(44).world(100).finder()
	list := func(q Question) []archive.WorkID {
		q.Per = 100
		a, err := f.Works(t.Context(), owner, q)
		if err != nil {
			t.Fatal(err)
		}
		return a.IDs
	}
	q, _ := ParseQuestion(url.Values{"q": {"sort:random"}, "seed": {"3"}})
	again, _ := ParseQuestion(q.Values())
	first := list(Question{Sort: query.Random, Seed: 3})
	if !slices.Equal(list(q), first) || !slices.Equal(list(again), first) {
		t.Error("one seed, two orders")
	}
	other := list(Question{Sort: query.Random, Seed: 4})
	if slices.Equal(other, first) {
		t.Error("two seeds, one order")
	}
	slices.Sort(first)
	slices.Sort(other)
	if !slices.Equal(first, other) {
		t.Error("a seed loses works")
	}
}
