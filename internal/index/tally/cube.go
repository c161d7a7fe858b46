package tally

import (
	"github.com/RoaringBitmap/roaring/v2"

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

// slice is the works of the cells that pass a test.
type slice struct {
	t      *Table
	passes func(segment.Cell) bool
	mask   []uint32 // by slot: all bits or none
	rare   *counter // of the works of rare cells that pass
	n      int
}

// slice makes known what passes a test. The caller gives rare back.
func (t *Table) slice(passes func(segment.Cell) bool) *slice {
	s := &slice{t: t, passes: passes, mask: make([]uint32, maxSlots), rare: t.pool.take()}
	cells := t.base.Cells()
	for slot, cell := range t.cube.cells {
		if passes(cells[cell]) {
			s.mask[slot] = ^uint32(0)
			s.n += int(cells[cell].N)
		}
	}
	heads := packed.Bytes(t.cube.heads)
	s.rare.begin(t.base)
	for i, cell := range t.cube.rare {
		if passes(cells[cell]) {
			s.rare.add(heads[2*t.cube.rareAt[i] : 2*t.cube.rareAt[i+1]])
			s.rare.settle(&cells[cell], cells[cell].N)
			s.rare.n += int(cells[cell].N)
		}
	}
	s.rare.end(t.base)
	s.n += s.rare.n
	return s
}

// passing lists those of rows whose cell passes.
func (t *Table) passing(rows *roaring.Bitmap, passes func(segment.Cell) bool) []uint32 {
	var list []uint32
	cells, of := t.base.Cells(), t.base.CellOf()
	for it := rows.Iterator(); it.HasNext(); {
		row := it.Next()
		if int(row) >= len(of) {
			break
		}
		if passes(cells[of[row]]) {
			list = append(list, row)
		}
	}
	return list
}

func (s *slice) tails() bool { return false }

func (s *slice) size() int { return s.n }

func (s *slice) has(kind archive.Kind, ord uint32) bool {
	if ord < s.t.small {
		return true
	}
	_, ok := s.t.index(kind, ord)
	return ok
}

func (s *slice) tags(kind archive.Kind, enough func(uint32) bool, put func(ord, n uint32)) uint32 {
	in := s.t.kinds[kind]
	if in.from < s.t.small {
		counts := map[uint32]uint32{}
		s.eachCell(func(c segment.Cell) {
			for _, ord := range c.Small {
				counts[ord] += c.N
			}
		})
		for ord := in.from; ord < in.to; ord++ {
			put(ord, counts[ord]+s.t.of(s.rare, ord))
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
		put(ord, n+s.t.of(s.rare, ord))
	}
	return s.t.usesAt(kind, s.t.cube.most[kind])
}

func (s *slice) languages(put func(code string, n int)) {
	s.eachCell(func(c segment.Cell) { put(s.t.base.LanguageOf(c), int(c.N)) })
	for code, n := range s.rare.langs {
		put(code, n)
	}
}

// eachCell calls f for the common cells that pass.
func (s *slice) eachCell(f func(segment.Cell)) {
	cells := s.t.base.Cells()
	for slot, cell := range s.t.cube.cells {
		if s.mask[slot] != 0 {
			f(cells[cell])
		}
	}
}
