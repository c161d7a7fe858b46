package tally

import (
	"math/bits"

	"ficstead/internal/archive"
)

// cube is how many works each common tag has in each cell.
type cube struct {
	most   [KindCount]uint32 // of each kind so many tags are known, the most frequent
	starts []uint32          // by known tag, kind by kind: where its pairs begin
	pairs  []uint32          // cell and count
}

// A pair has the number of the cell in its upper bits. Of larger counts there
// are several pairs.
const (
	cellBits  = 22
	maxCells  = 1 << cellBits
	countBits = 32 - cellBits
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

// slice is the works of some cells.
type slice struct {
	t      *Table
	cells  Cells
	works  weighed
	n      int
	bounds bounds // of what was found in it
	eager  bool   // it is large, whatever its size
}

func (t *Table) slice(cells Cells, b bounds, eager bool) *slice {
	works := t.cellSets().weigh(cells)
	room := make(Cells, 1<<bits.Len(uint(len(cells)))) // so that no damaged pair leads beyond its end
	copy(room, cells)
	return &slice{t, room, works, works.works(), b, eager}
}

// manyPairs is where a second core is worth its while.
const manyPairs = 10_000_000

func (s *slice) large() bool { return s.eager || len(s.t.cube.pairs) > manyPairs }

func (s *slice) tails() bool { return false }

func (s *slice) size() int { return s.n }

func (s *slice) has(kind archive.Kind, ord uint32) bool { return s.t.isKnown(kind, ord) }

func (s *slice) tags(kind archive.Kind, enough func(uint32) bool, put func(ord, n uint32)) uint32 {
	in := s.t.kinds[kind]
	if in.from < s.t.small {
		for ord := in.from; ord < in.to; ord++ {
			put(ord, uint32(s.works.worksIn(s.t.cellSets().small[ord])))
		}
		return 0
	}
	first, _ := s.t.index(kind, in.from)
	for i := range s.t.cube.most[kind] {
		ord := in.from + i
		most := s.t.uses(ord)
		if enough(most) {
			return 0
		}
		if !enough(s.bounds.of(kind, in.head+i, most)) {
			put(ord, s.count(s.t.cube.pairs[s.t.cube.starts[first+i]:s.t.cube.starts[first+i+1]]))
		}
	}
	return s.t.usesAt(kind, s.t.cube.most[kind])
}

// count is how many works of a tag with these pairs are in s.
func (s *slice) count(pairs []uint32) (n uint32) {
	cells := s.cells
	for _, pair := range pairs {
		cell := pair >> countBits
		n += pair & maxCount & -uint32(cells[int(cell/64)&(len(cells)-1)]>>(cell%64)&1)
	}
	return n
}

func (s *slice) languages(put func(i, n int)) {
	for i, set := range s.t.cellSets().languages {
		put(i, s.works.worksIn(set))
	}
}
