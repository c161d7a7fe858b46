package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/index/segment"
)

// solving is an expression while its works are looked up.
type solving struct {
	ctx context.Context // a solving never outlives its call
	s   *Snapshot
}

// solve returns those rows of in that answer e.
func (x *solving) solve(e Expr, in rows) rows {
	if in.n == 0 || x.ctx.Err() != nil { // Find returns the error
		return rows{}
	}
	switch e := e.(type) {
	case All:
		return in
	case None:
		return rows{}
	case And:
		for _, step := range x.plan(e) {
			in = x.solve(step.e, in)
		}
		return in
	case Or:
		return x.any(e, in)
	case Not:
		return in.andNot(x.solve(e.Expr, in))
	case Range:
		return x.between(e, in)
	case Words:
		return x.words(e, in)
	case Works:
		return x.s.these(e, in)
	}
	var room [16]*segment.Set
	return x.s.within(x.s.sets(room[:0], e), in)
}

// any returns those rows of in that answer one of parts.
func (x *solving) any(parts Or, in rows) rows {
	if others, ok := x.s.otherLanguages(parts); ok {
		return in.andNot(x.any(others, in))
	}
	if in.many != nil {
		if sets := x.s.bitmaps(parts); sets != nil {
			return manyOf(roaring.And(in.many, roaring.FastOr(sets...)))
		}
	}
	var found rows
	var all *roaring.Bitmap // found, where it is a bitmap that nobody else has
	for _, e := range parts {
		one := x.solve(e, in)
		switch {
		case all != nil:
			all.Or(one.bitmap())
		case found.n > 0 && found.n+one.n > fewRows:
			all = roaring.Or(found.bitmap(), one.bitmap())
		default:
			found = found.or(one)
		}
	}
	if all != nil {
		return manyOf(all)
	}
	return found
}

// otherLanguages returns the languages that are not among parts, if parts are
// most of all languages.
func (s *Snapshot) otherLanguages(parts Or) (others Or, ok bool) {
	asked := map[string]bool{}
	for _, e := range parts {
		code, ok := e.(Language)
		if !ok {
			return nil, false
		}
		asked[string(code)] = true
	}
	for _, part := range s.parts {
		for _, code := range part.Languages() {
			if other := Language(code); !asked[code] && !slices.Contains(others, Expr(other)) {
				others = append(others, other)
			}
		}
	}
	return others, len(others) < len(parts)
}

// bitmaps returns the sets of parts if all of them are kept as bitmaps, else nil.
func (s *Snapshot) bitmaps(parts Or) (bitmaps []*roaring.Bitmap) {
	for _, e := range parts {
		switch e.(type) {
		case Tag, Language, Trait, Visibility, Focus, Creator, Series:
		default:
			return nil
		}
		var room [16]*segment.Set
		for _, set := range s.sets(room[:0], e) {
			if set.IsList() {
				return nil
			}
			bitmaps = append(bitmaps, set.Bitmap())
		}
	}
	return bitmaps
}

// step is a part of an And, and about how many rows answer it.
type step struct {
	e    Expr
	cost int
}

// plan puts the parts of an And in the order in which they are best looked up:
// the fewest first, those last that must look at what they are given.
func (x *solving) plan(parts And) []step {
	steps := make([]step, 0, len(parts))
	for _, e := range parts {
		steps = append(steps, step{e, x.s.estimate(e, estimateDepth)})
	}
	slices.SortStableFunc(steps, func(a, b step) int { return cmp.Compare(a.cost, b.cost) })
	return steps
}

// sets appends the sets of an expression that is one set in each segment that has it.
func (s *Snapshot) sets(sets []*segment.Set, e Expr) []*segment.Set {
	put := func(f segment.Family, n uint32) []*segment.Set {
		return s.each(sets, func(p *segment.Segment) *segment.Set { return p.Set(f, n) })
	}
	tag := func(f segment.Family, id archive.TagID) []*segment.Set {
		if n, ok := s.numbers.Ordinal(s.words.Canonical(id)); ok {
			return put(f, n)
		}
		return sets
	}
	switch e := e.(type) {
	case Tag:
		return tag(segment.ByTag, archive.TagID(e))
	case Focus:
		return tag(segment.ByFocus, archive.TagID(e))
	case Creator:
		return put(segment.ByCreator, uint32(e))
	case Series:
		return put(segment.BySeries, uint32(e))
	case Language:
		return s.each(sets, func(p *segment.Segment) *segment.Set { return p.LanguageSet(string(e)) })
	case Visibility:
		return s.each(sets, func(p *segment.Segment) *segment.Set { return p.VisibilitySet(archive.Visibility(e)) })
	case Trait:
		return s.each(sets, func(p *segment.Segment) *segment.Set { return p.TraitSet(segment.Trait(e)) })
	}
	panic(fmt.Sprintf("index: unknown expression %T", e))
}

// each appends the set that of returns of each segment, unless it is empty.
func (s *Snapshot) each(sets []*segment.Set, of func(*segment.Segment) *segment.Set) []*segment.Set {
	for _, part := range s.parts {
		if set := of(part); set != nil {
			sets = append(sets, set)
		}
	}
	return sets
}

// listRows is where sets are rather intersected as bitmaps than row by row.
const listRows = 1024

// within returns those rows of in that one of sets has, which are of segments
// one behind the other.
func (s *Snapshot) within(sets []*segment.Set, in rows) rows {
	total := 0
	for _, set := range sets {
		total += set.Len()
	}
	switch {
	case total == 0 || in.n == 0:
		return rows{}
	case total <= listRows || in.many == nil && total < in.n || in.dense != nil && total <= fewRows && areLists(sets):
		list := make([]uint32, 0, total)
		for _, set := range sets {
			list = set.AppendTo(list)
		}
		return fewOf(in.among(list))
	case in.many == nil:
		list := make([]uint32, 0, in.n)
		for _, set := range sets {
			list = appendAmong(list, set, in)
		}
		return fewOf(list)
	}
	found := sets[0].Within(in.many)
	for _, set := range sets[1:] {
		found.Or(set.Within(in.many))
	}
	return manyOf(found)
}

func areLists(sets []*segment.Set) bool {
	for _, set := range sets {
		if !set.IsList() {
			return false
		}
	}
	return true
}

// appendAmong appends those of a few rows that a set has.
func appendAmong(list []uint32, set *segment.Set, in rows) []uint32 {
	if set.Len() <= fewRows { // it may be a list, to be read once
		at := len(list)
		list = set.AppendTo(list)
		return list[:at+len(in.among(list[at:]))]
	}
	for _, row := range in.few {
		if set.Contains(row) {
			list = append(list, row)
		}
	}
	return list
}

// these returns the rows of in whose works are among ids.
func (s *Snapshot) these(ids Works, in rows) rows {
	list := make([]uint32, 0, len(ids))
	for _, id := range ids {
		if row, ok := s.rowOf(id); ok {
			list = append(list, row)
		}
	}
	slices.Sort(list)
	return fewOf(in.among(slices.Compact(list)))
}
