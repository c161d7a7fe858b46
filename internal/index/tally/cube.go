package tally

import (
	"ficstead/internal/archive"
	"ficstead/internal/base/packed"
	"ficstead/internal/index/segment"
)

// cube is how many works each common tag has in each common cell. Works of
// other cells are gone through one by one.
type cube struct {
	cells  []uint32          // the common ones: numbers of cells by slot
	rare   []uint32          // the other cells
	rareAt []uint32          // where the heads of the works of each of those begin, and where the last end
	heads  []uint16          // of the works of rare cells, without borders between them
	most   [KindCount]uint32 // of each kind so many tags are known, the most frequent
	starts []uint32          // by known tag, kind by kind: where its pairs begin
	pairs  []uint32          // slot and count
}

// A pair has the slot in its upper bits. Of larger counts there are several pairs.
const (
	slotBits  = 14
	maxSlots  = 1 << slotBits
	countBits = 32 - slotBits
	maxCount  = 1<<countBits - 1
)

// index returns the number of a known tag among all known ones.
func (t *Table) index(kind archive.Kind, ord uint32) (i uint32, ok bool) {
	for _, k := range archive.Kinds {
		if k == kind {
			at := ord - t.kinds[k].from
			return i + at, ord >= t.kinds[k].from && at < t.cube.most[k]
		}
		i += t.cube.most[k]
	}
	return 0, false
}

// isKnown reports whether the cube and ladders know how many works have a tag.
func (t *Table) isKnown(kind archive.Kind, ord uint32) bool {
	if ord < t.small {
		return true
	}
	_, ok := t.index(kind, ord)
	return ok
}

// slice is the works of the cells that pass a test.
type slice struct {
	t    *Table
	mask []uint32 // by slot: all bits or none
	rest *counter // all of these works but for heads, and heads of the works of rare cells
}

// slice makes known what passes a test. The caller gives rest back.
func (t *Table) slice(passes func(segment.Cell) bool) *slice {
	s := &slice{t: t, mask: make([]uint32, maxSlots), rest: t.pool.take()}
	cells, heads := t.base.Cells(), packed.Bytes(t.cube.heads)
	add := func(cell uint32) bool {
		c := &cells[cell]
		if !passes(*c) {
			return false
		}
		s.rest.settle(c, c.N)
		s.rest.n += int(c.N)
		return true
	}
	s.rest.begin(t.base)
	for slot, cell := range t.cube.cells {
		if add(cell) {
			s.mask[slot] = ^uint32(0)
		}
	}
	for i, cell := range t.cube.rare {
		if add(cell) {
			s.rest.add(heads[2*t.cube.rareAt[i] : 2*t.cube.rareAt[i+1]])
		}
	}
	s.rest.end(t.base)
	return s
}

func (s *slice) tails() bool { return false }

func (s *slice) size() int { return s.rest.n }

func (s *slice) has(kind archive.Kind, ord uint32) bool { return s.t.isKnown(kind, ord) }

func (s *slice) tags(kind archive.Kind, enough func(uint32) bool, put func(ord, n uint32)) uint32 {
	in := s.t.kinds[kind]
	if in.from < s.t.small {
		for ord := in.from; ord < in.to; ord++ {
			put(ord, s.t.of(s.rest, ord))
		}
		return 0
	}
	first, _ := s.t.index(kind, in.from)
	for i := range s.t.cube.most[kind] {
		ord := in.from + i
		if enough(s.t.uses(ord)) {
			return 0
		}
		n := uint32(0)
		for _, pair := range s.t.cube.pairs[s.t.cube.starts[first+i]:s.t.cube.starts[first+i+1]] {
			n += pair & maxCount & s.mask[pair>>countBits]
		}
		put(ord, n+s.t.of(s.rest, ord))
	}
	return s.t.usesAt(kind, s.t.cube.most[kind])
}

func (s *slice) languages(put func(code string, n int)) {
	for code, n := range s.rest.langs {
		put(code, n)
	}
}
