package tally

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/index/segment"
)

// Ask says which works were found, and what is known of how.
type Ask struct {
	Found  Rows
	N      int                // how many those are
	Deltas []*segment.Segment // what stands behind the base
	Dead   *roaring.Bitmap    // rows of the base that are not asked about any more; nil if there are none

	Audience Audience
	Own      *roaring.Bitmap // rows found that the audience does not see; nil if there are none

	// What all rows found that the audience sees have in common, as far as that
	// was asked for.
	Parts    []Part
	Cells    func() Cells    // of the base; it includes what the audience sees; nil: nothing
	CellRows *roaring.Bitmap // the live rows of the base, and maybe others, that are in Cells; nil if not known
	Range    *Range          // found is all that the audience sees of the range; nil: nothing like that

	Eager bool                  // known sets are asked in turns, whatever that costs: for tests
	Most  int                   // tags of each kind
	Names func(a, b uint32) int // how the names of two tags compare, by ordinal
}

// Rows are rows, ascending: a few as a list, or many as a bitmap.
type Rows struct {
	Few  []uint32
	Many *roaring.Bitmap
}

// Range is a stretch of the base's order by a column: the ranks from From to
// just below To.
type Range struct {
	Column   segment.Column
	From, To int
}

// kind returns the kind of a tag, also of one newer than the base.
func (t *Table) kind(a Ask, ord uint32) archive.Kind {
	numbers := t.base.Numbering()
	if len(a.Deltas) > 0 {
		numbers = a.Deltas[len(a.Deltas)-1].Numbering()
	}
	return numbers.Kind(ord)
}

// Answer is what was counted.
type Answer struct {
	Tops      Tops
	Languages []Language // in no order
}

// Language is a language, by its code ("" for unknown), and how many works are in it.
type Language struct {
	Code string
	N    int
}

// Top counts the tags and languages of the works found.
func (t *Table) Top(a Ask) Answer {
	in := t.inBase(a)
	if answer, ok := t.fromKnown(a, in); ok {
		return answer
	}
	return t.scan(a, in)
}

func (t *Table) inBase(a Ask) inBase {
	switch {
	case a.Found.Many == nil:
		few := between(a.Found.Few, 0, t.base.End())
		return inBase{Rows{Few: few}, len(few)}
	case len(a.Deltas) == 0:
		return inBase{a.Found, a.N}
	}
	rows := roaring.New()
	rows.AddRange(0, uint64(t.base.Len()))
	rows.And(a.Found.Many)
	return inBase{Rows{Many: rows}, int(rows.GetCardinality())}
}

// inBase is what of the works found is in the base.
type inBase struct {
	rows Rows
	n    int
}

// bitmap returns the rows as a bitmap that nobody may change.
func (in inBase) bitmap() *roaring.Bitmap {
	if in.rows.Many != nil {
		return in.rows.Many
	}
	b := roaring.New()
	b.AddMany(in.rows.Few)
	return b
}

// containers is in how many containers of a bitmap the rows are, at most.
func (in inBase) containers() int {
	if in.rows.Many == nil || in.n == 0 {
		return 0
	}
	return int(in.rows.Many.Maximum()>>16-in.rows.Many.Minimum()>>16) + 1
}

// What counting by a known set costs, in works gone through: something always,
// and something for each work that is in only one of it and of what was found.
// Lists know tags without a head too, which are slower to count.
const (
	listCost, listEach = 100, 6
	fullCost, fullEach = 4_000, 1
	comeEach           = 20      // of each that is in no known set
	cellCost           = 1.0 / 8 // of each cell
)

// way is a way to count, and what it costs.
type way struct {
	cost  int
	count func() (Answer, bool)
}

// fromKnown counts by the known set by which it costs the least. It reports
// false if going through the works is less to do, or if what is known does not
// decide the answer.
func (t *Table) fromKnown(a Ask, in inBase) (Answer, bool) {
	ways := t.ways(a, in)
	slices.SortStableFunc(ways, func(a, b way) int { return cmp.Compare(a.cost, b.cost) })
	if a.Eager && len(ways) > 0 {
		first := in.n % len(ways)
		ways = append(ways[first:], ways[:first]...)
	}
	for _, w := range ways {
		if w.cost >= in.n && !a.Eager {
			break
		}
		if answer, ok := w.count(); ok {
			return answer, true
		}
	}
	return Answer{}, false
}

// Effort is how many works must be gone through to count the tags of those found,
// as far as can be told beforehand.
func (t *Table) Effort(a Ask) int {
	in := t.inBase(a)
	least := in.n
	for _, w := range t.ways(a, in) {
		least = min(least, w.cost)
	}
	return least + a.N - in.n
}

// ways lists the known sets around what was found.
func (t *Table) ways(a Ask, in inBase) (ways []way) {
	seen := in.n - ownRows(a.Own, in) // of what the audience sees
	put := func(cost int, count func() (Answer, bool)) { ways = append(ways, way{cost, count}) }
	around := func(tag uint32) {
		if l, ok := t.lists[t.as(a.Audience)].of(tag); ok {
			put(listCost+listEach*(l.size()-seen), func() (Answer, bool) {
				return t.against(l, func() *roaring.Bitmap { return t.seen(a.Audience, tag) }, true, a, in)
			})
			if in.rows.Many != nil && l.reaches(a.Most, seen) {
				put(t.checkedCost(in, l.size()), func() (Answer, bool) { return t.check(l, true, a, in) })
			}
		}
		if f, ok := t.full(tag); ok {
			put(fullCost+fullEach*(f.size()-in.n), func() (Answer, bool) {
				return t.against(f, func() *roaring.Bitmap { return t.rowsOf(tag) }, false, a, in)
			})
			if in.rows.Many != nil {
				put(fullCost+t.checkedCost(in, f.size()), func() (Answer, bool) { return t.check(f, false, a, in) })
			}
		}
	}
	around(everything)
	for _, p := range a.Parts {
		if len(p.Any) == 1 && !p.Not {
			around(p.Any[0])
		} else if u, others, ok := t.union(p); ok {
			size := u.size()
			put(2*fullCost+fullEach*(size-in.n)+comeEach*others, func() (Answer, bool) { return t.unite(u, a, in) })
			if in.rows.Many != nil && others == 0 {
				put(fullCost+t.checkedCost(in, size), func() (Answer, bool) { return t.check(u, false, a, in) })
			}
		}
	}
	if a.Range != nil {
		put(t.base.Len()/rungCount+fullCost, func() (Answer, bool) { return t.inRange(a, in) })
	}
	if a.CellRows != nil && len(t.cube.starts) > 0 {
		fixed := fullCost + int(cellCost*float64(len(t.base.Cells())))
		put(fixed+int(a.CellRows.GetCardinality())-seen, func() (Answer, bool) { return t.inCells(a, in) })
	}
	return ways
}

// against compares what was found with a known set. own is whether what the
// audience does not see is not in it.
func (t *Table) against(k known, rows func() *roaring.Bitmap, own bool, a Ask, in inBase) (Answer, bool) {
	gone, come := t.pool.take(), t.pool.take()
	defer t.pool.put(gone)
	defer t.pool.put(come)
	if !own {
		a.Own = nil // rows has them
	}
	if in.n-ownRows(a.Own, in) != k.size() {
		missing := roaring.AndNot(rows(), in.bitmap())
		gone.few = missing.GetCardinality() <= fewRows
		list := gone.materialise(t.base, missing)
		t.countBase(gone, list)
		if k.tails() {
			gone.countTails(t.base, list, nil)
		}
	}
	t.coming(come, a, in)
	return t.less(k, gone, come, a, in)
}

func ownRows(own *roaring.Bitmap, in inBase) int {
	if own == nil {
		return 0
	}
	return int(own.AndCardinality(in.bitmap()))
}

// coming counts what was found and is in no known set.
func (t *Table) coming(come *counter, a Ask, in inBase) {
	n := a.N - in.n + ownRows(a.Own, in)
	come.few = n <= fewRows
	for _, d := range a.Deltas {
		t.countAll(come, d, a.Found)
	}
	if a.Own != nil {
		t.countAll(come, t.base, Rows{Many: roaring.And(a.Own, in.bitmap())})
	}
}

// countAll counts all tags of those of rows that s has.
func (t *Table) countAll(c *counter, s *segment.Segment, rows Rows) {
	list := c.list(s, rows)
	c.count(s, list)
	c.countTails(s, list, nil)
}

func (t *Table) inRange(a Ask, in inBase) (Answer, bool) {
	s, ok := t.stretch(a.Audience, *a.Range)
	if !ok {
		return Answer{}, false
	}
	defer t.pool.put(s.edges)
	rank, sees := t.base.OrderOf(segment.ByColumn(a.Range.Column)).Rank, t.sees[a.Audience]
	return t.allOf(s, nil, a, in, func(row uint32) bool {
		at := int(rank[row])
		return at >= a.Range.From && at < a.Range.To && (sees == nil || sees.Contains(row))
	})
}

func (t *Table) inCells(a Ask, in inBase) (Answer, bool) {
	cells, of := a.Cells(), t.base.CellOf()
	bounds, done := t.bounds(a)
	defer done()
	return t.allOf(t.slice(cells, bounds, a.Eager), a.CellRows, a, in, func(row uint32) bool { return cells.has(of[row]) })
}

// allOf compares what was found with a known set of which dead rows are part, as
// has tells, and live its other rows; nil if those were all found.
func (t *Table) allOf(k known, live *roaring.Bitmap, a Ask, in inBase, has func(row uint32) bool) (Answer, bool) {
	gone, come := t.pool.take(), t.pool.take()
	defer t.pool.put(gone)
	defer t.pool.put(come)
	if a.Dead != nil {
		dead := gone.materialise(t.base, a.Dead)
		gone.count(t.base, slices.DeleteFunc(dead, func(row uint32) bool { return !has(row) }))
	}
	seen := in.n - ownRows(a.Own, in)
	if live != nil && k.size()-gone.n > seen {
		t.countBase(gone, gone.materialise(t.base, roaring.AndNot(live, in.bitmap())))
	}
	if k.size()-gone.n != seen {
		return Answer{}, false // something else was asked for, too
	}
	t.coming(come, a, in)
	return t.less(k, gone, come, a, in)
}

// as returns whose counts are kept for an audience: where both see all, those of one.
func (t *Table) as(a Audience) Audience {
	if t.sees[Guests] == nil {
		return Guests
	}
	return a
}

// rowsOf returns the rows of the base that have a tag.
func (t *Table) rowsOf(tag uint32) *roaring.Bitmap {
	switch {
	case tag == everything:
		all := roaring.New()
		all.AddRange(0, uint64(t.base.Len()))
		return all
	case tag >= firstLanguage:
		return t.base.LanguageSet(t.base.Languages()[tag-firstLanguage]).Bitmap()
	case tag >= firstTrait:
		return t.base.TraitSet(segment.Trait(tag - firstTrait)).Bitmap()
	}
	return t.base.Set(segment.ByTag, tag).Bitmap()
}

// sizeOf is how many those are, at most.
func (t *Table) sizeOf(tag uint32) int {
	switch {
	case tag == everything:
		return t.base.Len()
	case tag >= firstLanguage:
		return t.base.LanguageSet(t.base.Languages()[tag-firstLanguage]).Len()
	case tag >= firstTrait:
		return t.base.TraitSet(segment.Trait(tag - firstTrait)).Len()
	}
	if int(tag) >= t.base.Numbering().Len() {
		return 0 // it was new later
	}
	return int(t.uses(tag))
}

// seen returns those of them that an audience sees.
func (t *Table) seen(a Audience, tag uint32) *roaring.Bitmap {
	if sees := t.sees[a]; sees != nil {
		return roaring.And(sees, t.rowsOf(tag))
	}
	return t.rowsOf(tag)
}
