package tally

import (
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
)

// union is all works of some common tags, those of several tags as often as
// they have one.
type union struct {
	t     *Table
	fulls []full
	heads bounds // of it
}

// union returns that of the tags of a part which have full counts, how many the
// works of its other tags are at most, and whether there is any of the first.
func (t *Table) union(p Part) (u union, others int, ok bool) {
	u.t = t
	var b bound
	for _, tag := range p.Any {
		if f, ok := t.full(tag); ok {
			u.fulls, b.of = append(u.fulls, f), append(b.of, f.heads())
		} else {
			others += t.sizeOf(tag)
		}
	}
	u.heads = bounds{b}
	return u, others, len(u.fulls) > 0 && !p.Not
}

func (u union) large() bool { return false }

func (u union) tails() bool { return false }

func (u union) size() (n int) {
	for _, f := range u.fulls {
		n += f.size()
	}
	return n
}

func (u union) has(kind archive.Kind, ord uint32) bool {
	in := u.t.kinds[kind]
	return u.fulls[0].known(kind, ord) && (ord < u.t.small || u.heads.of(kind, in.head+ord-in.from, math.MaxUint32) > 0)
}

func (u union) tags(kind archive.Kind, enough func(uint32) bool, put func(ord, n uint32)) uint32 {
	in := u.t.kinds[kind]
	if in.from < u.t.small {
		for ord := in.from; ord < in.to; ord++ {
			n := uint32(0)
			for _, f := range u.fulls {
				n += f.small()[ord]
			}
			put(ord, n)
		}
		return 0
	}
	for i := range in.heads { // the same work over again hardly matters: no tag has more in the end than its uses
		if i%64 == 0 && enough(u.t.uses(in.from+i)) {
			return 0
		}
		if n := u.heads.of(kind, in.head+i, math.MaxUint32); n > 0 {
			put(in.from+i, n)
		}
	}
	return u.t.usesAt(kind, in.heads)
}

func (u union) languages(put func(i, n int)) {
	for i := range u.t.base.Languages() {
		n := 0
		for _, f := range u.fulls {
			n += int(f.langs()[i])
		}
		put(i, n)
	}
}

// unite compares what was found with the union of tags.
func (t *Table) unite(u union, a Ask, in inBase) (Answer, bool) {
	gone, come := t.pool.take(), t.pool.take()
	defer t.pool.put(gone)
	defer t.pool.put(come)
	a.Own = nil // tags have them
	all := t.rowsOf(u.fulls[0].tag()).Clone()
	var surplus []*roaring.Bitmap
	n := 0
	put := func(rows *roaring.Bitmap) {
		surplus = append(surplus, rows)
		n += int(rows.GetCardinality())
	}
	for _, f := range u.fulls[1:] {
		rows := t.rowsOf(f.tag())
		put(roaring.And(all, rows))
		all.Or(rows)
	}
	found := in.bitmap()
	put(roaring.AndNot(all, found))
	gone.few = n <= fewRows
	for _, rows := range surplus {
		t.countBase(gone, gone.materialise(t.base, rows))
	}
	more := roaring.AndNot(found, all)
	come.few = a.N-in.n+int(more.GetCardinality()) <= fewRows
	for _, d := range a.Deltas {
		t.countAll(come, d, a.Found)
	}
	t.countAll(come, t.base, Rows{Many: more})
	return t.less(u, gone, come, a, in)
}
