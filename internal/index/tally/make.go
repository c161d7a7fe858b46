package tally

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/index/segment"
)

// Limits say what is worth knowing beforehand: from how many works on a tag has
// a list, from how many on it has full counts, and how many works an archive has
// that is worth a cube and ladders. 0 is never.
type Limits struct{ List, Full, Cube int }

// usual returns what is worth it for so many works. Below, going through them is quick.
func usual(works int) Limits {
	return Limits{List: max(works/1000, 1500), Full: max(works/100, 20_000), Cube: 50_000}
}

const (
	cubeReach = 32   // tags with this share of what the tenth commonest has are in the cube
	cubeMost  = 4096 // tags of a kind in it, at most
	slack     = 64   // tags of a kind in a list
)

// Make counts beforehand what is worth it. It takes about as long as building
// the segment does. names tells how the names of tags compare.
func Make(base *segment.Segment, names func(a, b uint32) int) *Table {
	return MakeWith(base, names, usual(base.Len()))
}

// MakeWith makes a Table by other limits than the usual ones.
func MakeWith(base *segment.Segment, names func(a, b uint32) int, limits Limits) *Table {
	t := newTable(base)
	t.look()
	m := &maker{Table: t, names: names}
	if limits.List > 0 {
		m.makeLists(limits.List)
	}
	if limits.Full > 0 {
		m.makeFulls(limits.Full)
	}
	if limits.Cube > 0 && base.Len() >= limits.Cube {
		m.makeCube()
		m.makeLadders()
	}
	return t
}

// maker is a table in the making.
type maker struct {
	*Table
	names func(a, b uint32) int
}

// look finds out what each audience sees.
func (t *Table) look() {
	cells, of := t.base.Cells(), t.base.CellOf()
	for a := range audiences {
		sees, all := make([]bool, len(cells)), true
		for i, c := range cells {
			sees[i] = a.Sees(c.Visibility)
			all = all && sees[i]
		}
		if all {
			continue
		}
		var rows []uint32
		for row, cell := range of {
			if sees[cell] {
				rows = append(rows, uint32(row))
			}
		}
		t.sees[a] = roaring.New()
		t.sees[a].AddMany(rows)
		t.sees[a].RunOptimize()
	}
}

// frequent lists the tags that at least so many works have, by ordinal.
func (t *Table) frequent(least int) []uint32 {
	var tags []uint32
	for _, kind := range archive.Kinds {
		for ord := t.kinds[kind].from; ord < t.kinds[kind].to && int(t.uses(ord)) >= least; ord++ {
			tags = append(tags, ord)
		}
	}
	return tags
}

// made is what was counted of one tag for one audience.
type made struct {
	tops  Tops
	rests [KindCount]uint32
	langs []Count
	size  int
}

// makeLists makes lists for all audiences.
func (m *maker) makeLists(least int) {
	tags := m.frequent(least)
	for trait := range segment.TraitCount {
		tags = append(tags, OfTrait(trait))
	}
	for i := range m.base.Languages() {
		tags = append(tags, firstLanguage+uint32(i))
	}
	tags = append(tags, everything)
	for a := range audiences {
		if m.as(a) != a {
			continue
		}
		all := make([]made, len(tags))
		onBoth(len(tags), func(i int) { all[i] = m.list(m.seen(a, tags[i])) })
		m.lists[a].fill(tags, all)
	}
}

// certain is how many tags of a list are enough to be content with.
const certain = 24

// list counts the tags of rows.
func (m *maker) list(rows *roaring.Bitmap) (l made) {
	c := m.pool.take()
	defer m.pool.put(c)
	in := c.materialise(m.base, rows)
	l.size = len(in)
	c.count(m.base, in)
	wide := Ask{Most: slack, Names: m.names}
	tops := m.heads(c, wide)
	var exact [KindCount]top
	for kind := range exact {
		exact[kind].reset(Ask{Most: certain, Names: m.names})
		for _, c := range tops[kind].tags() {
			exact[kind].offer(c.Tag, c.N)
		}
	}
	unsure := false
	for kind := archive.Fandom; kind <= archive.Freeform; kind++ {
		rest := m.usesAt(kind, m.kinds[kind].heads)
		known := tops[kind].tags()
		for len(known) > 0 && known[len(known)-1].N < rest {
			known = known[:len(known)-1]
		}
		l.rests[kind] = max(rest, tops[kind].least())
		l.tops[kind] = known
		if len(known) >= certain || rest == 0 {
			exact[kind].most = 0 // nothing more is wanted of this kind
		} else {
			unsure = true
		}
	}
	if unsure {
		wanted, _ := m.wanted(&exact, [KindCount]uint32{})
		c.countTails(m.base, in, &wanted)
	}
	m.others(c, wide, func(kind archive.Kind, ord, n uint32) {
		if ord < m.small {
			tops[kind].offer(ord, n)
		} else {
			exact[kind].offer(ord, n)
		}
	})
	for kind := range exact {
		switch {
		case kind <= int(archive.Category):
			l.tops[kind] = tops[kind].tags()
			l.rests[kind] = tops[kind].least()
		case exact[kind].most > 0:
			l.tops[kind] = exact[kind].tags()
			l.rests[kind] = exact[kind].least()
		}
	}
	for i, n := range c.langs {
		if n > 0 {
			l.langs = append(l.langs, Count{uint32(i), uint32(n)})
		}
	}
	return l
}

// fill keeps what was made for each of tags.
func (l *lists) fill(tags []uint32, all []made) {
	l.tags = tags
	for _, m := range all {
		l.sizes = append(l.sizes, uint32(m.size))
		m.tops[0] = m.langs
		for kind, list := range m.tops {
			l.starts = append(l.starts, uint32(len(l.entries)))
			l.rests = append(l.rests, m.rests[kind])
			for _, c := range list {
				l.entries = append(l.entries, c.Tag, c.N)
			}
		}
	}
	l.starts = append(l.starts, uint32(len(l.entries)))
}

// makeFulls counts all heads of the commonest tags, languages and traits.
func (m *maker) makeFulls(least int) {
	tags := m.frequent(least)
	for trait := range segment.TraitCount {
		tags = append(tags, OfTrait(trait))
	}
	for i := range m.base.Languages() {
		if tag := firstLanguage + uint32(i); m.sizeOf(tag) >= least {
			tags = append(tags, tag)
		}
	}
	tags = append(tags, everything)
	heads, langs := m.headCount(), m.base.Languages()
	m.fulls = fulls{
		tags:  tags,
		heads: make([]uint32, len(tags)*heads),
		small: make([]uint32, len(tags)*int(m.small)),
		langs: make([]uint32, len(tags)*len(langs)),
	}
	onBoth(len(tags), func(i int) {
		c := m.pool.take()
		defer m.pool.put(c)
		c.count(m.base, c.materialise(m.base, m.rowsOf(tags[i])))
		copy(part(m.fulls.heads, i, len(tags)), c.heads[:])
		copy(part(m.fulls.small, i, len(tags)), c.small)
		for at, n := range c.langs {
			part(m.fulls.langs, i, len(tags))[at] = uint32(n)
		}
	})
}

// headCount is how many heads there are.
func (t *Table) headCount() (n int) {
	for _, s := range t.kinds {
		n += int(s.heads)
	}
	return n
}

// onBoth does n things on two cores.
func onBoth(n int, do func(i int)) {
	var both sync.WaitGroup
	var next atomic.Int64
	for range 2 {
		both.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	both.Wait()
}

// makeCube counts the common tags in each cell.
func (m *maker) makeCube() {
	for _, kind := range archive.Kinds {
		s := m.kinds[kind]
		if s.from < m.small {
			continue
		}
		least := m.usesAt(kind, 9) / cubeReach
		for n := uint32(0); n < min(s.heads, cubeMost) && m.usesAt(kind, n) > least; n++ {
			m.cube.most[kind]++
		}
	}
	if len(m.base.Cells()) > maxCells {
		return
	}
	tags := m.known()
	all := make([][]uint32, len(tags))
	onBoth(len(tags), func(i int) { all[i] = m.pairs(tags[i]) })
	m.cube.starts = append(m.cube.starts, 0)
	for _, pairs := range all {
		m.cube.pairs = append(m.cube.pairs, pairs...)
		m.cube.starts = append(m.cube.starts, uint32(len(m.cube.pairs)))
	}
}

// known lists the tags of the cube, kind by kind.
func (t *Table) known() []uint32 {
	var tags []uint32
	for _, kind := range archive.Kinds {
		for i := range t.cube.most[kind] {
			tags = append(tags, t.kinds[kind].from+i)
		}
	}
	return tags
}

// pairs counts the works of a tag by cell.
func (m *maker) pairs(tag uint32) (pairs []uint32) {
	c := m.pool.take()
	defer m.pool.put(c)
	counts, met := c.byCell(m.base, c.materialise(m.base, m.rowsOf(tag)))
	for _, cell := range met {
		for n := counts[cell]; n > 0; n -= min(n, maxCount) {
			pairs = append(pairs, cell<<countBits|min(n, maxCount))
		}
		counts[cell] = 0
	}
	return slices.Clip(pairs)
}

// makeLadders counts the known tags, small tags and languages between the rungs of orders.
func (m *maker) makeLadders() {
	for a := range audiences {
		if m.as(a) != a {
			continue
		}
		for _, column := range climbed {
			m.rungs[a] = append(m.rungs[a], m.ladder(a, column))
		}
	}
}

func (m *maker) ladder(a Audience, column segment.Column) ladder {
	l := ladder{column: column}
	rank, works := m.base.OrderOf(segment.ByColumn(column)).Rank, uint64(m.base.Len())
	sets := m.rungSets()
	l.below = make([]uint32, len(sets)*(rungCount+1))
	onBoth(len(sets), func(i int) {
		below := part(l.below, i, len(sets))
		rowsIn := sets[i]()
		if sees := m.sees[a]; sees != nil {
			rowsIn = roaring.And(rowsIn, sees)
		}
		var rows [256]uint32
		it := rowsIn.ManyIterator()
		for n := it.NextMany(rows[:]); n > 0; n = it.NextMany(rows[:]) {
			for _, row := range rows[:n] {
				below[uint64(rank[row])*rungCount/works+1]++
			}
		}
		for rung := range rungCount {
			below[rung+1] += below[rung]
		}
	})
	return l
}

// rungSets lists the sets that a ladder counts, in its order.
func (m *maker) rungSets() (sets []func() *roaring.Bitmap) {
	for ord := range m.small {
		sets = append(sets, func() *roaring.Bitmap { return m.rowsOf(ord) })
	}
	for _, ord := range m.known() {
		sets = append(sets, func() *roaring.Bitmap { return m.rowsOf(ord) })
	}
	for _, code := range m.base.Languages() {
		sets = append(sets, func() *roaring.Bitmap { return m.base.LanguageSet(code).Bitmap() })
	}
	return append(sets, func() *roaring.Bitmap { return m.rowsOf(everything) })
}
