package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/index/segment"
	"ficstead/internal/index/tally"
)

// facts are what is known of works from how they were asked for. They make
// counting quick, and never change what is counted.
type facts struct {
	tags     []uint32 // ordinals of filter tags that all have
	cells    func(segment.Cell) bool
	cellRows *roaring.Bitmap
	stretch  *tally.Range
}

// cellShare is where few works are found rather before their cells are looked
// at: one in so many.
const cellShare = 8

// find answers an expression, and says what is known of the answer.
func (x *solving) find(e Expr, seen sight) (rows, facts) {
	parts := flat(nil, e)
	var f facts
	var cells, others []Expr
	for _, e := range parts {
		if number, ok := x.tallied(e); ok {
			f.tags = append(f.tags, number)
		}
		if x.ofCells(e) {
			cells = append(cells, e)
		} else {
			others = append(others, e)
		}
	}
	f.cells = x.cellTest(cells, seen.audience)
	if r, ok := onlyRange(parts); ok {
		from, to := x.s.parts[0].Interval(r.Column, r.Least, r.Most)
		f.stretch = &tally.Range{Column: r.Column, From: int(from), To: int(to)}
	}
	in := seen.all
	steps := x.plan(others)
	if len(cells) > 0 && (len(steps) == 0 || steps[0].cost > x.s.all/cellShare) {
		in = x.solve(And(cells), in)
		if seen.own == nil && in.many != nil {
			f.cellRows = in.many
		}
		cells = nil
	}
	if len(cells) > 0 {
		steps = x.plan(parts)
	}
	for _, step := range steps {
		in = x.solve(step.e, in)
	}
	return in, f
}

// tallied returns the number that tally has for a tag, language or trait.
func (x *solving) tallied(e Expr) (number uint32, ok bool) {
	switch e := e.(type) {
	case Tag:
		return x.s.numbers.Ordinal(x.s.words.Canonical(archive.TagID(e)))
	case Language:
		return x.s.table.OfLanguage(string(e))
	case Trait:
		return tally.OfTrait(segment.Trait(e)), true
	}
	return 0, false
}

// flat appends the parts of an expression that all must be answered.
func flat(parts And, e Expr) And {
	switch e := e.(type) {
	case And:
		for _, part := range e {
			parts = flat(parts, part)
		}
		return parts
	case All:
		return parts
	}
	return append(parts, e)
}

// onlyRange returns the range that is all that is asked for.
func onlyRange(parts And) (Range, bool) {
	if len(parts) != 1 {
		return Range{}, false
	}
	r, ok := parts[0].(Range)
	return r, ok && r.Column < segment.ColumnCount
}

// ofCells reports whether the cell of a work tells if it answers e.
func (x *solving) ofCells(e Expr) bool {
	isNot := func(e Expr) bool { return !x.ofCells(e) }
	switch e := e.(type) {
	case Trait, Language, Visibility, All, None:
		return true
	case Tag:
		switch x.s.words.Kind(x.s.words.Canonical(archive.TagID(e))) {
		case archive.Rating, archive.Warning, archive.Category:
			return true
		}
		return false
	case Not:
		return x.ofCells(e.Expr)
	case And:
		return !slices.ContainsFunc(e, isNot)
	case Or:
		return !slices.ContainsFunc(e, isNot)
	}
	return false
}

// cellTest returns whether the works of a cell of the base answer all of parts
// and are seen.
func (x *solving) cellTest(parts []Expr, seen tally.Audience) func(segment.Cell) bool {
	if len(parts) == 0 {
		return nil
	}
	var visible [archive.Public + 1]bool
	for v := range visible {
		visible[v] = seen.Sees(archive.Visibility(v))
	}
	passes := x.cellTests(parts, true)
	return func(c segment.Cell) bool { return visible[c.Visibility&3] && passes(c) }
}

// cellTests joins the tests of parts: all must pass, or else one.
func (x *solving) cellTests(parts []Expr, all bool) func(segment.Cell) bool {
	tests := make([]func(segment.Cell) bool, len(parts))
	for i, e := range parts {
		tests[i] = x.oneCellTest(e)
	}
	return func(c segment.Cell) bool {
		for _, passes := range tests {
			if passes(c) != all {
				return !all
			}
		}
		return all
	}
}

func (x *solving) oneCellTest(e Expr) func(segment.Cell) bool {
	switch e := e.(type) {
	case Trait:
		return func(c segment.Cell) bool { return c.Traits.Has(segment.Trait(e)) }
	case Language:
		n, ok := slices.BinarySearch(x.s.parts[0].Languages(), string(e))
		return func(c segment.Cell) bool { return ok && int(c.Language) == n }
	case Visibility:
		return func(c segment.Cell) bool { return c.Visibility == archive.Visibility(e) }
	case Tag:
		ord, ok := x.s.numbers.Ordinal(x.s.words.Canonical(archive.TagID(e)))
		return func(c segment.Cell) bool { return ok && slices.Contains(c.Small, ord) }
	case Not:
		passes := x.oneCellTest(e.Expr)
		return func(c segment.Cell) bool { return !passes(c) }
	case And:
		return x.cellTests(e, true)
	case Or:
		return x.cellTests(e, false)
	}
	_, all := e.(All)
	return func(segment.Cell) bool { return all }
}
