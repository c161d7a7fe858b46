package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
)

// solving is an expression while its works are looked up.
type solving struct {
	ctx context.Context // a solving never outlives its call
	s   *Snapshot
}

// solve returns those works of in that answer e. It changes neither in nor
// what it returns again.
func (x *solving) solve(e Expr, in *roaring.Bitmap) *roaring.Bitmap {
	switch e := e.(type) {
	case All:
		return in
	case None:
		return roaring.New()
	case And:
		return x.all(e, in)
	case Or:
		found := roaring.New()
		for _, part := range e {
			found.Or(x.solve(part, in))
		}
		return found
	case Not:
		return roaring.AndNot(in, x.solve(e.Expr, in))
	case Range:
		return x.s.between(in, e)
	case Words:
		return x.words(e, in)
	case Works:
		return x.s.these(e, in)
	}
	return x.s.setOf(e).Within(in)
}

// all looks up the parts of an And, those last that look at every work they are given.
func (x *solving) all(parts And, in *roaring.Bitmap) *roaring.Bitmap {
	sorted := slices.SortedStableFunc(slices.Values(parts), func(a, b Expr) int { return cmp.Compare(cost(a), cost(b)) })
	for _, e := range sorted {
		if in.IsEmpty() {
			break
		}
		in = x.solve(e, in)
	}
	return in
}

func cost(e Expr) int {
	switch e.(type) {
	case Range:
		return 2
	case Words, And, Or, Not:
		return 1
	}
	return 0
}

// setOf returns the works of an expression that is one set.
func (s *Snapshot) setOf(e Expr) *Set {
	switch e := e.(type) {
	case Tag:
		return s.filtered(archive.TagID(e))
	case Creator:
		return s.sets[byCreator].at(uint32(e))
	case Series:
		return s.sets[bySeries].at(uint32(e))
	case Language:
		if n, ok := s.languages.find(string(e)); ok {
			return s.sets[byLanguage].at(n)
		}
		return nil
	case Visibility:
		return s.sets[byVisibility].at(uint32(e))
	case Trait:
		return s.sets[byTrait].at(uint32(e))
	case Focus:
		return s.sets[byFocus].at(uint32(s.graph.canonical(archive.TagID(e))))
	}
	panic(fmt.Sprintf("index: unknown expression %T", e))
}

func (x *solving) words(e Words, in *roaring.Bitmap) *roaring.Bitmap {
	found := roaring.New()
	for _, place := range e.Places {
		if x.ctx.Err() != nil {
			break // Find returns the error
		}
		found.Or(x.s.words(place, e.Terms, in))
	}
	return found
}

// between returns the works of in whose number lies in r.
func (s *Snapshot) between(in *roaring.Bitmap, r Range) *roaring.Bitmap {
	var rows []uint32
	column := s.columns[r.Column]
	eachRow(in, func(row uint32) {
		if n := column[row]; n >= r.Least && n <= r.Most {
			rows = append(rows, row)
		}
	})
	found := roaring.New()
	found.AddMany(rows)
	return found
}

// these returns the works of in that are among ids.
func (s *Snapshot) these(ids Works, in *roaring.Bitmap) *roaring.Bitmap {
	found := roaring.New()
	for _, id := range ids {
		if id > 0 && int64(id) <= maxRow && in.Contains(uint32(id)) {
			found.Add(uint32(id))
		}
	}
	return found
}

// words returns the works of in that have the terms side by side in one passage of place.
func (s *Snapshot) words(place Place, terms []string, in *roaring.Bitmap) *roaring.Bitmap {
	numbers := make([]uint32, len(terms))
	if len(terms) == 0 || !s.terms.known(terms, numbers) {
		return roaring.New()
	}
	found := s.sets[place].at(numbers[0]).Within(in)
	for _, n := range numbers[1:] {
		if found.IsEmpty() {
			return found
		}
		found = s.sets[place].at(n).Within(found)
	}
	if len(numbers) == 1 {
		return found
	}
	return s.withPhrase(found, place, numbers)
}

// Estimate is about how many works must be looked at to answer e.
func (s *Snapshot) Estimate(e Expr) int {
	switch e := e.(type) {
	case And:
		least := s.Len()
		for _, part := range e {
			least = min(least, s.Estimate(part))
		}
		return least
	case Or:
		sum := 0
		for _, part := range e {
			sum = min(s.Len(), sum+s.Estimate(part))
		}
		return sum
	case All, Not, Range:
		return s.Len()
	case None:
		return 0
	case Works:
		return len(e)
	case Words:
		if len(e.Terms) > 1 {
			return s.Effort(e)
		}
		return s.Len()
	}
	return s.setOf(e).Len()
}

// Effort is how many works Find must at most look into for a phrase, 0 for a single word.
func (s *Snapshot) Effort(w Words) int {
	numbers := make([]uint32, len(w.Terms))
	if len(w.Terms) < 2 || !s.terms.known(w.Terms, numbers) {
		return 0
	}
	effort := 0
	for _, place := range w.Places {
		least := s.sets[place].at(numbers[0]).Len()
		for _, n := range numbers[1:] {
			least = min(least, s.sets[place].at(n).Len())
		}
		effort += least
	}
	return effort
}

// withPhrase returns the works of in that have the terms side by side.
func (s *Snapshot) withPhrase(in *roaring.Bitmap, place Place, terms []uint32) *roaring.Bitmap {
	has := func(w *work) bool { return s.hasInTags(w, terms) }
	if place != InTags {
		phrase := encode(terms)
		has = func(w *work) bool { return w.passages.has(place, phrase) }
	}
	var rows []uint32
	eachRow(in, func(row uint32) {
		if has(s.works.at(row)) {
			rows = append(rows, row)
		}
	})
	return roaring.BitmapOf(rows...)
}

func (s *Snapshot) hasInTags(w *work, terms []uint32) bool {
	return slices.ContainsFunc(w.tags, func(id uint32) bool {
		t := s.graph.tags.at(id)
		return t != nil && sideBySide(t.terms, terms)
	})
}

// has reports whether the work at row has exactly this tag.
func (s *Snapshot) has(row uint32, id archive.TagID) bool {
	return slices.Contains(s.works.at(row).tags, uint32(id))
}
