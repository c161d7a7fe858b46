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
	parts    []tally.Part
	cells    func() tally.Cells
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
		if part, ok := x.tallied(e); ok {
			f.parts = append(f.parts, part)
		}
		if x.ofCells(e) {
			cells = append(cells, e)
		} else {
			others = append(others, e)
		}
	}
	if len(cells) > 0 {
		parts := cells
		f.cells = func() tally.Cells { return x.s.cellsOf(parts, seen.audience) }
	}
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

// tallied returns what tally is told of a part that is a tag, language or trait, or
// one of some, or none.
func (x *solving) tallied(e Expr) (part tally.Part, ok bool) {
	if not, is := e.(Not); is {
		part, ok = x.tallied(not.Expr)
		part.Not = !part.Not
		return part, ok
	}
	any, ok := e.(Or)
	if !ok {
		any = Or{e}
	}
	for _, e := range any {
		number, ok := x.s.number(e)
		if !ok {
			return tally.Part{}, false
		}
		part.Any = append(part.Any, number)
	}
	return part, len(part.Any) > 0
}

// number returns the number that tally has for a tag, language or trait.
func (s *Snapshot) number(e Expr) (number uint32, ok bool) {
	switch e := e.(type) {
	case Tag:
		return s.numbers.Ordinal(s.words.Canonical(archive.TagID(e)))
	case Language:
		return s.table.OfLanguage(string(e))
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
	case Or:
		if len(e) == 1 {
			return flat(parts, e[0])
		}
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

// cellsOf returns the cells of the base whose works answer all of parts and are
// seen.
func (s *Snapshot) cellsOf(parts []Expr, seen tally.Audience) tally.Cells {
	cells := s.table.NoCells()
	for v := archive.Private; v <= archive.Public; v++ {
		if seen.Sees(v) {
			cells.Or(s.table.CellsVisible(v))
		}
	}
	for _, e := range parts {
		cells.And(s.cellsWith(e))
	}
	return cells
}

// cellsWith returns the cells whose works answer e. Callers must not change it.
func (s *Snapshot) cellsWith(e Expr) tally.Cells {
	switch e := e.(type) {
	case Visibility:
		return s.table.CellsVisible(archive.Visibility(e))
	case All:
		return s.table.NoCells().Not()
	case Not:
		return s.cellsWith(e.Expr).Not()
	case And:
		cells := s.table.NoCells().Not()
		for _, part := range e {
			cells.And(s.cellsWith(part))
		}
		return cells
	case Or:
		cells := s.table.NoCells()
		for _, part := range e {
			cells.Or(s.cellsWith(part))
		}
		return cells
	}
	if number, ok := s.number(e); ok {
		return s.table.CellsOf(number)
	}
	return s.table.NoCells()
}
