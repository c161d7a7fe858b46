package tally

import (
	"math/bits"
	"sync"

	"ficstead/internal/archive"
	"ficstead/internal/index/segment"
)

// Cells is a set of cells of the base: a bit for each, by its number.
type Cells []uint64

// has reports whether a cell is in the set.
func (c Cells) has(cell uint32) bool { return c[cell/64]>>(cell%64)&1 != 0 }

func (c Cells) put(cell int) { c[cell/64] |= 1 << (cell % 64) }

// Not returns the cells that are not in c.
func (c Cells) Not() Cells {
	not := make(Cells, len(c))
	for i, word := range c {
		not[i] = ^word
	}
	return not
}

// And keeps only those that are in o too.
func (c Cells) And(o Cells) {
	for i, word := range o {
		c[i] &= word
	}
}

// Or adds those of o.
func (c Cells) Or(o Cells) {
	for i, word := range o {
		c[i] |= word
	}
}

// cellSets are the cells of everything that a cell tells of its works. They are
// made when they are first asked for.
type cellSets struct {
	once      sync.Once
	small     []Cells // by ordinal
	languages []Cells
	traits    [segment.TraitCount]Cells
	visible   [archive.Public + 1]Cells
	// sizes has in plane i the cells whose number of works has the bit of 1<<i. As
	// the most frequent cells come first, planes of higher bits are short.
	sizes []Cells
}

func (t *Table) cellSets() *cellSets {
	s := &t.sets
	s.once.Do(func() {
		cells := t.base.Cells()
		words := (len(cells) + 63) / 64
		all := make(Cells, words*(int(t.small)+len(t.base.Languages())+len(s.traits)+len(s.visible)))
		next := func() Cells {
			c := all[:words:words]
			all = all[words:]
			return c
		}
		for range t.small {
			s.small = append(s.small, next())
		}
		for range t.base.Languages() {
			s.languages = append(s.languages, next())
		}
		for i := range s.traits {
			s.traits[i] = next()
		}
		for i := range s.visible {
			s.visible[i] = next()
		}
		for i := range cells {
			s.put(i, &cells[i])
		}
	})
	return s
}

// put adds a cell to the sets of what it has.
func (s *cellSets) put(i int, c *segment.Cell) {
	for _, ord := range c.Small {
		if int(ord) < len(s.small) {
			s.small[ord].put(i)
		}
	}
	s.languages[c.Language].put(i)
	for trait := range s.traits {
		if c.Traits.Has(segment.Trait(trait)) {
			s.traits[trait].put(i)
		}
	}
	s.visible[c.Visibility&3].put(i)
	for bit, n := 0, c.N; n != 0; bit, n = bit+1, n>>1 {
		if bit == len(s.sizes) {
			s.sizes = append(s.sizes, nil)
		}
		if n&1 != 0 {
			for len(s.sizes[bit]) <= i/64 {
				s.sizes[bit] = append(s.sizes[bit], 0)
			}
			s.sizes[bit].put(i)
		}
	}
}

// NoCells returns the empty set of cells of the base.
func (t *Table) NoCells() Cells { return make(Cells, (len(t.base.Cells())+63)/64) }

// CellsOf returns the cells whose works have a tag of a small kind, a language or
// a trait, by its number. Callers must not change it.
func (t *Table) CellsOf(number uint32) Cells {
	s := t.cellSets()
	switch {
	case number >= firstLanguage && int(number-firstLanguage) < len(s.languages):
		return s.languages[number-firstLanguage]
	case number >= firstTrait && int(number-firstTrait) < len(s.traits):
		return s.traits[number-firstTrait]
	case int(number) < len(s.small):
		return s.small[number]
	}
	return t.NoCells()
}

// CellsVisible returns the cells of works of a visibility. Callers must not change it.
func (t *Table) CellsVisible(v archive.Visibility) Cells { return t.cellSets().visible[v&3] }

// weighed is a set of cells, ready to be asked for its works.
type weighed []Cells

// weigh prepares a set.
func (s *cellSets) weigh(set Cells) weighed {
	var w weighed
	for _, plane := range s.sizes {
		masked := make(Cells, len(plane))
		for i, word := range plane {
			masked[i] = word & set[i]
		}
		w = append(w, masked)
	}
	return w
}

// works is how many works the cells of w have.
func (w weighed) works() (n int) {
	for bit, plane := range w {
		ones := 0
		for _, word := range plane {
			ones += bits.OnesCount64(word)
		}
		n += ones << bit
	}
	return n
}

// worksIn is how many works those have that are in a set too.
func (w weighed) worksIn(set Cells) (n int) {
	for bit, plane := range w {
		ones := 0
		for i, word := range plane {
			ones += bits.OnesCount64(word & set[i])
		}
		n += ones << bit
	}
	return n
}
