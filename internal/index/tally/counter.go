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
	small []uint32       // of the small kinds, by ordinal
	rest  sparse         // by ordinal: tails, and tags of the small kinds that are new
	codes []string       // of the languages of the base
	langs []int          // by language of the base
	other map[string]int // by code, languages that the base has not
	n     int            // rows counted
	loose bool           // rows are counted in any order

	cells []uint32 // of a segment, while it is counted
	met   []uint32 // those of them that are not zero
	lang  []int    // by language of a segment, while it is counted

	pack [packLen + packRoom]byte
	rows []uint32
	tail []uint32
	tops [KindCount]top
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
	free      sync.Pool
	small     int // ordinals of the small kinds
	languages []string
}

func (p *pool) take() *counter {
	if c, ok := p.free.Get().(*counter); ok {
		return c
	}
	return &counter{small: make([]uint32, p.small), codes: p.languages, langs: make([]int, len(p.languages)), other: map[string]int{}}
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
	clear(c.langs)
	c.rest.clear()
	if len(c.other) > 0 {
		clear(c.other)
	}
	c.few, c.loose, c.n = false, false, 0
	p.free.Put(c)
}

// list lists those of rows that s has, numbered from 0. The list is good until
// the next one, and nobody may change it.
func (c *counter) list(s *segment.Segment, r Rows) []uint32 {
	if r.Many == nil {
		few := between(r.Few, s.First, s.End())
		if s.First == 0 {
			return few
		}
		c.rows = c.rows[:0]
		for _, row := range few {
			c.rows = append(c.rows, row-s.First)
		}
		return c.rows
	}
	return c.materialise(s, r.Many)
}

// between returns the part of an ascending list from a row on, before another.
func between(list []uint32, from, to uint32) []uint32 {
	if len(list) == 0 || list[0] >= from && list[len(list)-1] < to {
		return list
	}
	low, _ := slices.BinarySearch(list, from)
	high, _ := slices.BinarySearch(list, to)
	return list[low:high]
}

// materialise is list for a bitmap.
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
	c.countHeads(s.HeadBytes(), s.HeadOffsets(), rows)
	c.countCells(s, rows)
}

// chunk is how many rows are looked at together.
const chunk = 64

func (c *counter) countHeads(heads []byte, starts []uint32, rows []uint32) {
	n := 0
	for len(rows) > 0 {
		some := rows[:min(chunk, len(rows))]
		rows = rows[len(some):]
		if last := some[len(some)-1]; !c.loose && int(last-some[0]) == len(some)-1 { // side by side
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
	if c.few {
		for ; len(b) >= 2; b = b[2:] {
			h := binary.NativeEndian.Uint16(b)
			if heads[h] == 0 {
				c.seen = append(c.seen, h)
			}
			heads[h]++
		}
		return
	}
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

// countHeadsOf counts the heads of one kind. Those of each row ascend.
func (c *counter) countHeadsOf(s *segment.Segment, rows []uint32, kind span) {
	all, starts := s.HeadBytes(), s.HeadOffsets()
	for _, row := range rows {
		for b := all[2*starts[row] : 2*starts[row+1]]; len(b) >= 2; b = b[2:] {
			h := uint32(binary.NativeEndian.Uint16(b))
			if h >= kind.head+kind.heads {
				break
			}
			if h >= kind.head {
				c.heads[h]++
			}
		}
	}
}

// countCells adds the small kinds and languages of rows.
func (c *counter) countCells(s *segment.Segment, rows []uint32) {
	counts, met := c.byCell(s, rows)
	c.begin(s)
	for _, cell := range met {
		c.settle(&s.Cells()[cell], counts[cell])
		counts[cell] = 0
	}
	c.end(s)
}

// byCell counts rows by their cells, and lists those that it met. The caller
// makes the counts zero again.
func (c *counter) byCell(s *segment.Segment, rows []uint32) (counts, met []uint32) {
	if n := len(s.Cells()); len(c.cells) < n {
		c.cells = make([]uint32, n)
	}
	counts, met = c.cells, c.met[:0]
	of := s.CellOf()
	for _, row := range rows {
		cell := of[row]
		if counts[cell] == 0 {
			met = append(met, cell)
		}
		counts[cell]++
	}
	c.met = met
	return counts, met
}

// begin makes ready for cells of s.
func (c *counter) begin(s *segment.Segment) {
	n := len(s.Languages())
	c.lang = slices.Grow(c.lang[:0], n)[:n]
	clear(c.lang)
}

// end adds up the languages of cells of s. Those of the base are the counter's own.
func (c *counter) end(s *segment.Segment) {
	for i, n := range c.lang {
		if n > 0 {
			c.addLanguage(s, i, n)
		}
	}
}

func (c *counter) addLanguage(s *segment.Segment, i, n int) {
	if s.First == 0 {
		c.langs[i] += n
		return
	}
	code := s.Languages()[i]
	if at, ok := slices.BinarySearch(c.codes, code); ok {
		c.langs[at] += n
	} else {
		c.other[code] += n
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

// countTails adds those tails of rows that are wanted; nil: all.
func (c *counter) countTails(s *segment.Segment, rows []uint32, w *wanted) {
	all := w == nil || w.all
	for _, row := range rows {
		c.tail = s.AppendTail(c.tail[:0], row+s.First)
		for _, ord := range c.tail {
			if all || w.has(ord) {
				c.rest.add(ord, 1)
			}
		}
	}
}

// languages lists what c counted.
func (c *counter) languages() (list []Language) {
	for i, n := range c.langs {
		if n > 0 {
			list = append(list, Language{c.codes[i], n})
		}
	}
	for code, n := range c.other {
		list = append(list, Language{code, n})
	}
	return list
}
