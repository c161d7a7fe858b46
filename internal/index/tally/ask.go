package tally

import (
	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/index/segment"
)

// Ask says which works were found, and what is known of how.
type Ask struct {
	Found  *roaring.Bitmap
	N      int                // how many those are
	Deltas []*segment.Segment // what stands behind the base
	Dead   *roaring.Bitmap    // rows of the base that are not asked about any more; nil if there are none

	Audience Audience
	Own      *roaring.Bitmap // rows found that the audience does not see; nil if there are none

	// What all rows found that the audience sees have in common, as far as that
	// was asked for.
	Tags     []uint32                // ordinals of filter tags
	Cells    func(segment.Cell) bool // nil: nothing; it includes what the audience sees
	CellRows *roaring.Bitmap         // the live rows that pass Cells, if they are known
	Range    *Range                  // found is all that the audience sees of the range; nil: nothing like that

	Most  int                   // tags of each kind
	Names func(a, b uint32) int // how the names of two tags compare, by ordinal
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
	Languages map[string]int // works by the code of their language, "" for unknown
}

// Top counts the tags and languages of the works found.
func (t *Table) Top(a Ask) Answer {
	base := a.Found
	if len(a.Deltas) > 0 {
		base = roaring.New()
		base.AddRange(0, uint64(t.base.Len()))
		base.And(a.Found)
	}
	in := inBase{rows: base, n: int(base.GetCardinality())}
	if answer, ok := t.fromKnown(a, in); ok {
		return answer
	}
	return t.scan(a, in)
}

// inBase is what of the works found is in the base.
type inBase struct {
	rows *roaring.Bitmap
	n    int
}

// What asking each sort of known set costs beside the difference, in works gone
// through.
const (
	listCost = 100
	fullCost = 4_000
	cubeCost = 100_000 // for a cube of the largest size
)

// fromKnown counts by the known set that is nearest to what was found. It
// reports false if going through the works is less to do, or if what is known
// does not decide the answer.
func (t *Table) fromKnown(a Ask, in inBase) (answer Answer, ok bool) {
	for _, tag := range append([]uint32{everything}, a.Tags...) {
		if l, has := t.lists[t.as(a.Audience)].of(tag); has && !ok && l.size()-in.n+listCost < in.n/2 {
			answer, ok = t.against(tableList{l, t}, func() *roaring.Bitmap { return t.seen(a.Audience, tag) }, true, a, in)
		}
	}
	if !ok && a.Range != nil {
		answer, ok = t.inRange(a, in)
	}
	if !ok && a.Cells != nil && len(t.cube.cells) > 0 && cubeCost*len(t.cube.pairs)/(1<<24) < in.n {
		answer, ok = t.inCells(a, in)
	}
	for _, tag := range append([]uint32{everything}, a.Tags...) {
		if f, has := t.full(tag); has && !ok && f.size()-in.n+fullCost < in.n {
			answer, ok = t.against(f, func() *roaring.Bitmap { return t.rowsOf(tag) }, false, a, in)
		}
	}
	return answer, ok
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
		missing := roaring.AndNot(rows(), in.rows)
		gone.few = missing.GetCardinality() <= fewRows
		t.countAll(gone, t.base, missing)
	}
	t.coming(come, a, in)
	return t.less(k, gone, come, a)
}

func ownRows(own *roaring.Bitmap, in inBase) int {
	if own == nil {
		return 0
	}
	return int(own.AndCardinality(in.rows))
}

// coming counts what was found and is in no known set.
func (t *Table) coming(come *counter, a Ask, in inBase) {
	n := a.N - in.n + ownRows(a.Own, in)
	come.few = n <= fewRows
	for _, d := range a.Deltas {
		t.countAll(come, d, a.Found)
	}
	if a.Own != nil {
		t.countAll(come, t.base, roaring.And(a.Own, in.rows))
	}
}

// countAll counts all tags of those of rows that s has.
func (t *Table) countAll(c *counter, s *segment.Segment, rows *roaring.Bitmap) {
	list := c.materialise(s, rows)
	c.count(s, list)
	c.countTails(s, list, nil)
}

func (t *Table) inRange(a Ask, in inBase) (answer Answer, ok bool) {
	s, ok := t.stretch(a.Audience, *a.Range)
	if !ok {
		return answer, false
	}
	defer t.pool.put(s.edges)
	gone, come := t.pool.take(), t.pool.take()
	defer t.pool.put(gone)
	defer t.pool.put(come)
	if a.Dead != nil {
		rank, sees := t.base.OrderOf(segment.ByColumn(a.Range.Column)).Rank, t.sees[a.Audience]
		dead := t.passing(a.Dead, func(segment.Cell) bool { return true })
		kept := dead[:0]
		for _, row := range dead {
			at := int(rank[row])
			if at >= a.Range.From && at < a.Range.To && (sees == nil || sees.Contains(row)) {
				kept = append(kept, row)
			}
		}
		gone.count(t.base, kept)
		gone.countTails(t.base, kept, nil)
	}
	t.coming(come, a, in)
	if s.size()-gone.n != in.n-ownRows(a.Own, in) {
		return answer, false // found is not all of the range
	}
	return t.less(s, gone, come, a)
}

func (t *Table) inCells(a Ask, in inBase) (answer Answer, ok bool) {
	s := t.slice(a.Cells)
	defer t.pool.put(s.rare)
	gone, come := t.pool.take(), t.pool.take()
	defer t.pool.put(gone)
	defer t.pool.put(come)
	if a.Dead != nil {
		dead := t.passing(a.Dead, a.Cells)
		gone.count(t.base, dead)
		gone.countTails(t.base, dead, nil)
	}
	if missing := s.size() - gone.n - (in.n - ownRows(a.Own, in)); missing > 0 {
		if a.CellRows == nil || missing > in.n {
			return answer, false
		}
		t.countAll(gone, t.base, roaring.AndNot(a.CellRows, in.rows))
	}
	t.coming(come, a, in)
	if s.size()-gone.n != in.n-ownRows(a.Own, in) {
		return answer, false
	}
	return t.less(s, gone, come, a)
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
	if tag == everything {
		all := roaring.New()
		all.AddRange(0, uint64(t.base.Len()))
		return all
	}
	return t.base.Set(segment.ByTag, tag).Bitmap()
}

// seen returns those of them that an audience sees.
func (t *Table) seen(a Audience, tag uint32) *roaring.Bitmap {
	if sees := t.sees[a]; sees != nil {
		return roaring.And(sees, t.rowsOf(tag))
	}
	return t.rowsOf(tag)
}
