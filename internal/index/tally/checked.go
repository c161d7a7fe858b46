package tally

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/index/segment"
)

// checked is works whose tags are counted one by one, by intersecting sets; only
// those of which a known set around them has enough.
type checked struct {
	t      *Table
	around known
	rows   *roaring.Bitmap
	n      int
	bounds bounds
	cells  *counter // of all rows; nil: small tags and languages are intersected too
	dense  []uint64 // a bit for each row, made when it is needed
	list   []uint32
}

func (x *checked) size() int { return x.n }

func (x *checked) large() bool { return false }

func (x *checked) tails() bool { return x.around.tails() }

func (x *checked) has(kind archive.Kind, ord uint32) bool { return x.around.has(kind, ord) }

// together is how many tags are put in the order of what they have at most,
// before those that have the most are counted.
const together = 64

func (x *checked) tags(kind archive.Kind, enough func(uint32) bool, f func(ord, n uint32)) uint32 {
	var room [together]Count
	some := room[:0]
	check := func() {
		slices.SortFunc(some, func(a, b Count) int { return cmp.Compare(b.N, a.N) })
		for _, c := range some {
			if enough(c.N) {
				break
			}
			f(c.Tag, x.count(c.Tag))
		}
		some = room[:0]
	}
	rest := x.around.tags(kind, enough, func(ord, most uint32) {
		if head, ok := x.t.kinds[kind].headOf(ord); ok {
			most = x.bounds.of(kind, uint32(head), most)
		}
		switch {
		case enough(most):
			return
		case most == 0:
			f(ord, 0)
			return
		}
		if some = append(some, Count{ord, most}); len(some) == together {
			check()
		}
	})
	check()
	return rest
}

// count counts the rows that have a tag.
func (x *checked) count(ord uint32) uint32 {
	if ord < x.t.small && x.cells != nil {
		return x.cells.small[ord]
	}
	return x.within(x.t.base.Set(segment.ByTag, ord))
}

// within counts the rows that are in a set.
func (x *checked) within(set *segment.Set) (n uint32) {
	if !set.IsList() {
		return uint32(x.rows.AndCardinality(set.Bitmap()))
	}
	if x.dense == nil {
		x.dense = x.rows.ToDense()
	}
	x.list = set.AppendTo(x.list[:0])
	for _, row := range x.list {
		if at := int(row / 64); at < len(x.dense) {
			n += uint32(x.dense[at] >> (row % 64) & 1)
		}
	}
	return n
}

func (x *checked) languages(f func(i, n int)) {
	if x.cells != nil {
		for i, n := range x.cells.langs {
			f(i, n)
		}
		return
	}
	x.around.languages(func(i, n int) {
		if n > 0 {
			f(i, int(x.within(x.t.base.LanguageSet(x.t.base.Languages()[i]))))
		}
	})
}

// What intersecting costs, in works gone through: always something, and
// something for each container of a bitmap.
const (
	checkCost      = 30
	checkContainer = 30
	cellsEach      = 3 // works whose cells are counted in the time of one
	usualTops      = 10
	checkedKinds   = 4
)

// checkedCost is what it costs about to check tags of n rows in a set of so many.
func (t *Table) checkedCost(in inBase, around int) int {
	each := checkCost + checkContainer*in.containers()
	tags := checkedKinds * (4 + usualTops*around/max(1, in.n))
	return min(in.n/cellsEach, t.factCount()*each) + tags*each
}

// factCount is how many sets of small tags and languages there are.
func (t *Table) factCount() int { return int(t.small) + len(t.base.Languages()) }

// check counts tags one by one. own is whether what the audience does not see is
// not in the known set.
func (t *Table) check(k known, own bool, a Ask, in inBase) (Answer, bool) {
	gone, come := t.pool.take(), t.pool.take()
	defer t.pool.put(gone)
	defer t.pool.put(come)
	x := &checked{t: t, around: k, rows: in.bitmap()}
	var done func()
	x.bounds, done = t.bounds(a)
	defer done()
	if !own {
		a.Own = nil
	} else if a.Own != nil {
		x.rows = roaring.AndNot(x.rows, a.Own)
	}
	x.n = int(x.rows.GetCardinality())
	if x.n/cellsEach < t.factCount()*(checkCost+checkContainer*in.containers()) {
		x.cells = t.pool.take()
		defer t.pool.put(x.cells)
		x.cells.countCells(t.base, x.cells.materialise(t.base, x.rows))
	}
	t.coming(come, a, in)
	return t.less(x, gone, come, a, in)
}
