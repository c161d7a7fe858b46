package tally

import (
	"encoding/binary"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/index/segment"
)

// counter counts what rows have. All is zero between uses.
type counter struct {
	heads [1 << 16]uint32
	seen  []uint16 // heads that are not zero, kept only while few rows are counted
	few   bool
	small []uint32 // of the small kinds, by ordinal
	rest  sparse   // by ordinal: tails, and tags of the small kinds that are new
	cells []uint32
	langs map[string]int
	lang  []int // by language of a segment, while it is counted
	n     int   // rows counted

	pack [packLen + packRoom]byte
	rows []uint32
	tail []uint32
}

// The heads of rows are first packed side by side, so that counting is one long
// loop without a branch for each work. A row's heads are moved by packRoom
// bytes at once, however few they are.
const (
	packLen  = 8 << 10
	packRoom = 64
)

// fewRows is where sweeping all heads is less work than noting which are met.
const fewRows = 1500

// pool keeps counters: each is half a megabyte.
type pool struct {
	free  sync.Pool
	small int // ordinals of the small kinds
}

func (p *pool) take() *counter {
	if c, ok := p.free.Get().(*counter); ok {
		return c
	}
	return &counter{langs: map[string]int{}, small: make([]uint32, p.small)}
}

func (p *pool) put(c *counter) {
	if c == nil {
		return
	}
	if c.few {
		for _, h := range c.seen {
			c.heads[h] = 0
		}
	} else if c.n > 0 {
		clear(c.heads[:])
	}
	c.seen = c.seen[:0]
	clear(c.small)
	c.rest.clear()
	clear(c.langs)
	c.few, c.n = false, 0
	p.free.Put(c)
}

// materialise lists those of rows that s has, numbered from 0.
func (c *counter) materialise(s *segment.Segment, rows *roaring.Bitmap) []uint32 {
	first, end := s.First, s.First+uint32(s.Len())
	list := c.rows[:0]
	it := rows.ManyIterator()
	if first > 0 {
		at := rows.Iterator()
		at.AdvanceIfNeeded(first)
		for at.HasNext() {
			row := at.Next()
			if row >= end {
				break
			}
			list = append(list, row-first)
		}
		c.rows = list
		return list
	}
	if n := int(rows.GetCardinality()); cap(list) < n {
		list = make([]uint32, 0, n+n/8)
	}
	for {
		room := list[len(list):cap(list)]
		if len(room) == 0 {
			var more [256]uint32
			n := it.NextMany(more[:])
			if n == 0 {
				break
			}
			list = append(list, more[:n]...)
			continue
		}
		n := it.NextMany(room)
		if n == 0 {
			break
		}
		list = list[:len(list)+n]
	}
	for len(list) > 0 && list[len(list)-1] >= end {
		list = cutAt(list, end)
	}
	c.rows = list
	return list
}

// cutAt returns the part of an ascending list below end.
func cutAt(list []uint32, end uint32) []uint32 {
	low, high := 0, len(list)
	for low < high {
		if mid := int(uint(low+high) >> 1); list[mid] < end {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return list[:low]
}

// count adds the heads and cells of rows, which are numbered from 0 in s. few
// says that all rows ever counted before the next clearing are few.
func (c *counter) count(s *segment.Segment, rows []uint32) {
	if len(rows) == 0 {
		return
	}
	c.n += len(rows)
	if c.few {
		c.countFew(s, rows)
	} else {
		c.countHeads(s.HeadBytes(), s.HeadOffsets(), rows)
	}
	c.countCells(s, rows)
}

func (c *counter) countFew(s *segment.Segment, rows []uint32) {
	heads, starts := s.HeadBytes(), s.HeadOffsets()
	for _, row := range rows {
		for b := heads[2*starts[row] : 2*starts[row+1]]; len(b) >= 2; b = b[2:] {
			h := binary.NativeEndian.Uint16(b)
			if c.heads[h] == 0 {
				c.seen = append(c.seen, h)
			}
			c.heads[h]++
		}
	}
}

// chunk is how many rows are looked at together.
const chunk = 64

func (c *counter) countHeads(heads []byte, starts []uint32, rows []uint32) {
	n := 0
	for len(rows) > 0 {
		some := rows[:min(chunk, len(rows))]
		rows = rows[len(some):]
		if last := some[len(some)-1]; int(last-some[0]) == len(some)-1 { // side by side
			c.add(heads[2*starts[some[0]] : 2*starts[last+1]])
			continue
		}
		for _, row := range some {
			from, to := 2*int(starts[row]), 2*int(starts[row+1])
			if to-from > packRoom || from+packRoom > len(heads) {
				c.add(heads[from:to])
				continue
			}
			*(*[packRoom]byte)(c.pack[n:]) = [packRoom]byte(heads[from:])
			if n += to - from; n >= packLen {
				c.add(c.pack[:n])
				n = 0
			}
		}
	}
	c.add(c.pack[:n])
}

// add counts heads that stand side by side.
func (c *counter) add(b []byte) {
	heads := &c.heads
	for ; len(b) >= 8; b = b[8:] {
		four := binary.NativeEndian.Uint64(b)
		heads[uint16(four)]++
		heads[uint16(four>>16)]++
		heads[uint16(four>>32)]++
		heads[uint16(four>>48)]++
	}
	for ; len(b) >= 2; b = b[2:] {
		heads[binary.NativeEndian.Uint16(b)]++
	}
}

// countCells adds the small kinds and languages of rows.
func (c *counter) countCells(s *segment.Segment, rows []uint32) {
	cells, of := s.Cells(), s.CellOf()
	c.begin(s)
	defer c.end(s)
	if len(rows) < len(cells) {
		for _, row := range rows {
			c.settle(&cells[of[row]], 1)
		}
	} else {
		if len(c.cells) < len(cells) {
			c.cells = make([]uint32, len(cells))
		}
		counts := c.cells[:len(cells)]
		for _, row := range rows {
			counts[of[row]]++
		}
		for i, n := range counts {
			if n > 0 {
				c.settle(&cells[i], n)
				counts[i] = 0
			}
		}
	}
}

// begin makes ready for cells of s.
func (c *counter) begin(s *segment.Segment) {
	c.lang = append(c.lang[:0], make([]int, len(s.Languages()))...)
}

// end adds up the languages of cells of s.
func (c *counter) end(s *segment.Segment) {
	for i, n := range c.lang {
		if n > 0 {
			c.langs[s.Languages()[i]] += n
		}
	}
}

// settle adds n works of a cell.
func (c *counter) settle(cell *segment.Cell, n uint32) {
	for _, ord := range cell.Small {
		if int(ord) < len(c.small) {
			c.small[ord] += n
		} else {
			c.rest.add(ord, n)
		}
	}
	c.lang[cell.Language] += int(n)
}

// countTails adds those tails of rows that wanted has.
func (c *counter) countTails(s *segment.Segment, rows []uint32, wanted func(ord uint32) bool) {
	for _, row := range rows {
		c.tail = s.AppendTail(c.tail[:0], row+s.First)
		for _, ord := range c.tail {
			if wanted == nil || wanted(ord) {
				c.rest.add(ord, 1)
			}
		}
	}
}
