package index

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/index/segment"
)

// Differ returns works of which a and b know other things, or one of them
// nothing: most at most, ascending.
func Differ(a, b *Snapshot, most int) []archive.WorkID {
	odd := map[archive.WorkID]bool{}
	for _, pair := range [][2]*Snapshot{{a, b}, {b, a}} {
		for it := pair[0].live.Iterator(); it.HasNext() && len(odd) < most; {
			row := it.Next()
			id := pair[0].partOf(row).ID(row)
			other, ok := pair[1].rowOf(id)
			if !ok || pair[0].compareRow(row, pair[1], other) != 0 {
				odd[id] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(odd))
}

// compareRow compares what two indexes know of one work.
func (s *Snapshot) compareRow(row uint32, t *Snapshot, other uint32) int {
	p, q := s.partOf(row), t.partOf(other)
	own, others := p.AppendOwn(nil, row), q.AppendOwn(nil, other)
	c := cmp.Or(
		slices.Compare(own, others),
		slices.Compare(s.words.Filters(nil, own), t.words.Filters(nil, others)),
		bytes.Compare(p.TitleKey(row), q.TitleKey(other)),
		bytes.Compare(p.CreatorKey(row), q.CreatorKey(other)),
	)
	for by := range Sorting(segment.ColumnCount) {
		c = cmp.Or(c, cmp.Compare(numberOf(p, by, row), numberOf(q, by, other)))
	}
	for _, sets := range [...]func(*Snapshot, uint32) []bool{(*Snapshot).visibilities, (*Snapshot).filed} {
		if !slices.Equal(sets(s, row), sets(t, other)) {
			c = cmp.Or(c, 1)
		}
	}
	return c
}

// visibilities tells of each visibility and trait whether a work has it.
func (s *Snapshot) visibilities(row uint32) (has []bool) {
	for v := archive.Private; v <= archive.Public; v++ {
		has = append(has, s.isIn(row, Visibility(v)))
	}
	for t := Complete; t <= OneShip; t++ {
		has = append(has, s.isIn(row, t))
	}
	return has
}

// filed tells whether a work is found by all that it should be found by.
func (s *Snapshot) filed(row uint32) (is []bool) {
	for _, id := range s.words.Filters(nil, s.partOf(row).AppendOwn(nil, row)) {
		is = append(is, s.isIn(row, Tag(id)))
	}
	return is
}

// isIn reports whether a row answers an expression that is one set.
func (s *Snapshot) isIn(row uint32, e Expr) bool {
	var room [16]*segment.Set
	return s.within(s.sets(room[:0], e), fewOf([]uint32{row})).n > 0
}
