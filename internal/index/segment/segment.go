package segment

import (
	"encoding/binary"
	"sort"
	"unsafe"

	"ficstead/internal/archive"
	"ficstead/internal/base/mapped"
	"ficstead/internal/base/packed"
)

// Segment is a list of works. It is safe for any number of readers.
type Segment struct {
	First uint32 // the first row

	file      *mapped.File // where it lies, kept for that; nil in memory
	numbering *Numbering
	ids       packed.Column
	byID      []uint32 // rows less First, by their ids, ascending
	columns   [ColumnCount]packed.Column
	orders    [OrderCount]Order
	cellOf    []uint32
	cells     []Cell
	languages []string

	heads  []uint16
	headAt []uint32 // where the heads of each row begin, and where the last end
	tails  []byte
	tailAt []uint32
	wide   bool // tails take 4 bytes each and not 3

	records     []byte
	recordAt    []uint32 // after the beginning of its block of rows
	recordBlock []uint64
	terms       terms
	families    [familyCount]family
}

// Len is the number of rows.
func (s *Segment) Len() int { return len(s.cellOf) }

// End is the row behind the last.
func (s *Segment) End() uint32 { return s.First + uint32(s.Len()) }

// Has reports whether row is one of s.
func (s *Segment) Has(row uint32) bool { return row-s.First < uint32(s.Len()) }

// Numbering returns what numbers the tags of s.
func (s *Segment) Numbering() *Numbering { return s.numbering }

// ID returns the work of a row.
func (s *Segment) ID(row uint32) archive.WorkID { return archive.WorkID(s.ids.At(int(row - s.First))) }

// RowOf returns the row of a work.
func (s *Segment) RowOf(id archive.WorkID) (row uint32, ok bool) {
	i, ok := s.find(0, id)
	if !ok {
		return 0, false
	}
	return s.First + s.byID[i], true
}

// find returns where in byID, from from on, a work stands or would stand.
func (s *Segment) find(from int, id archive.WorkID) (i int, ok bool) {
	i, ok = sort.Find(len(s.byID)-from, func(i int) int {
		return compareIDs(id, archive.WorkID(s.ids.At(int(s.byID[from+i]))))
	})
	return from + i, ok
}

// AppendRowsOf appends the rows of those of the works, whose ids ascend, that s
// has, in the order of the ids.
func (s *Segment) AppendRowsOf(dst []uint32, ids []archive.WorkID) []uint32 {
	at := 0
	for _, id := range ids {
		i, ok := s.find(at, id)
		if ok {
			dst = append(dst, s.First+s.byID[i])
		}
		at = i
	}
	return dst
}

// ByID returns the rows less First, in the order of their works' ids.
func (s *Segment) ByID() []uint32 { return s.byID }

// Heads returns the heads of all rows from from on, before to, without borders
// between rows. Those of one row ascend.
func (s *Segment) Heads(from, to uint32) []uint16 {
	return s.heads[s.headAt[from-s.First]:s.headAt[to-s.First]]
}

// HeadBytes returns the heads of all rows as bytes, two each, in the order of
// this machine.
func (s *Segment) HeadBytes() []byte { return packed.Bytes(s.heads) }

// HeadOffsets returns how many heads stand before row First+i.
func (s *Segment) HeadOffsets() []uint32 { return s.headAt }

// TailLen is how many tails a row has.
func (s *Segment) TailLen(row uint32) int {
	i := row - s.First
	return int(s.tailAt[i+1] - s.tailAt[i])
}

// AppendTail appends the ordinals of the tails of a row, ascending.
func (s *Segment) AppendTail(dst []uint32, row uint32) []uint32 {
	i := row - s.First
	from, to := int(s.tailAt[i]), int(s.tailAt[i+1])
	if s.wide {
		for b := s.tails[4*from : 4*to]; len(b) >= 4; b = b[4:] {
			dst = append(dst, binary.LittleEndian.Uint32(b))
		}
		return dst
	}
	b := s.tails[3*from : 3*to]
	for ; len(b) >= 4; b = b[3:] { // all but the last with one byte more
		dst = append(dst, binary.LittleEndian.Uint32(b)&(1<<24-1))
	}
	if len(b) >= 3 {
		dst = append(dst, packed.Uint24(b, 0))
	}
	return dst
}

// AppendFilters appends the ordinals of all filter tags of a row: those of the
// small kinds, its heads, its tails, each of these ascending.
func (s *Segment) AppendFilters(dst []uint32, row uint32) []uint32 {
	dst = append(dst, s.Cell(row).Small...)
	for _, h := range s.Heads(row, row+1) {
		dst = append(dst, s.numbering.list[h])
	}
	return s.AppendTail(dst, row)
}

// Sizes returns how many bytes each section of s takes.
func (s *Segment) Sizes() map[string]int {
	sizes := map[string]int{}
	for _, p := range s.parts() {
		sizes[p.name] = len(p.bytes())
	}
	sizes["cells in memory"] = len(s.cells) * int(unsafe.Sizeof(Cell{}))
	return sizes
}
