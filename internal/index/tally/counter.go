package tally

import (
	"encoding/binary"
	"slices"
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

// materialise lists those of rows that s has, numbered from 0. The list is good
// until the next one.
func (c *counter) materialise(s *segment.Segment, rows *roaring.Bitmap) []uint32 {
	if s.First > 0 {
		c.rows = appendFrom(c.rows[:0], s, rows)
		return c.rows
	}
	n := int(rows.GetCardinality())
	list := slices.Grow(c.rows[:0], n)
	it := rows.ManyIterator()
	for len(list) < n {
		more := it.NextMany(list[len(list):n])
		if more == 0 {
			break // the bitmap is damaged
		}
		list = list[:len(list)+more]
	}
	c.rows = list
	end, _ := slices.BinarySearch(list, uint32(s.Len()))
	return list[:end]
}

// appendFrom appends those of rows that s has, which is behind others.
func appendFrom(list []uint32, s *segment.Segment, rows *roaring.Bitmap) []uint32 {
	it := rows.Iterator()
	for it.AdvanceIfNeeded(s.First); it.HasNext() && s.Has(it.PeekNext()); {
		list = append(list, it.Next()-s.First)
	}
	return list
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
