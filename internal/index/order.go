package index

import (
	"cmp"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// Order is an order of all works, ascending; works that are equal in it are in
// the order of their ids.
type Order uint8

// The orders. The first go by a column of the same number.
const (
	ByTitle   = Order(columnCount) + titleKey
	ByCreator = Order(columnCount) + creatorKey

	orderCount = Order(columnCount) + Order(keyCount)
)

// ByColumn is the order by a column.
func ByColumn(c Column) Order { return Order(c) }

// order is an order worked out.
type order struct {
	rows []uint32 // in their order
	rank []uint32 // of a row: where it stands in rows
}

// orders keeps the orders of one snapshot, each worked out when first asked for.
type orders struct {
	mu   sync.Mutex
	list [orderCount]*order
}

// in returns order o of s, whose orders these are.
func (x *orders) in(s *Snapshot, o Order) *order {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.list[o] == nil {
		rows := s.all.ToArray()
		slices.SortFunc(rows, s.compare(o))
		x.list[o] = newOrder(rows)
	}
	return x.list[o]
}

// with returns the orders of next, in which the changed rows are others than
// before. It carries on those that were asked for.
func (x *orders) with(next *Snapshot, changed *roaring.Bitmap) *orders {
	x.mu.Lock()
	defer x.mu.Unlock()
	made := &orders{}
	fresh := roaring.And(changed, next.all).ToArray()
	for o, old := range x.list {
		switch {
		case old == nil:
		case changed.IsEmpty():
			made.list[o] = old
		case len(fresh) < len(old.rows)/4:
			made.list[o] = old.with(changed, fresh, next.compare(Order(o)))
		}
	}
	return made
}

// with merges the fresh rows in, and takes the changed ones out of their old places.
func (old *order) with(changed *roaring.Bitmap, fresh []uint32, compare func(a, b uint32) int) *order {
	slices.SortFunc(fresh, compare)
	rows := make([]uint32, 0, len(old.rows)+len(fresh))
	for _, row := range old.rows {
		if changed.Contains(row) {
			continue
		}
		for len(fresh) > 0 && compare(fresh[0], row) < 0 {
			rows = append(rows, fresh[0])
			fresh = fresh[1:]
		}
		rows = append(rows, row)
	}
	return newOrder(append(rows, fresh...))
}

func newOrder(rows []uint32) *order {
	top := uint32(0)
	for _, row := range rows {
		top = max(top, row)
	}
	rank := make([]uint32, top+1)
	for i, row := range rows {
		rank[row] = uint32(i)
	}
	return &order{rows, rank}
}

// compare returns how rows compare in o.
func (s *Snapshot) compare(o Order) func(a, b uint32) int {
	if o < Order(columnCount) {
		column := s.columns[o]
		return func(a, b uint32) int {
			return cmp.Or(cmp.Compare(column[a], column[b]), cmp.Compare(a, b))
		}
	}
	keys := make([]string, len(s.columns[0])) // near each other, unlike the works
	eachRow(s.all, func(row uint32) { keys[row] = s.works.at(row).keys[o-Order(columnCount)] })
	return func(a, b uint32) int { return cmp.Or(cmp.Compare(keys[a], keys[b]), cmp.Compare(a, b)) }
}

// Page returns the rows of in from skip on, n at most, in order o or, if down,
// in exactly its reverse.
func (s *Snapshot) Page(in *roaring.Bitmap, o Order, down bool, skip, n int) []uint32 {
	total := int(in.GetCardinality())
	if n = min(n, total-skip); n <= 0 || skip < 0 {
		return nil
	}
	x := s.orders.in(s, o)
	// Walking along the order passes over this many rows before the page ends.
	if steps := (skip + n) * (len(x.rows) / total); steps < total*4 {
		return x.walk(in, down, skip, n)
	}
	ranks := make([]uint32, 0, total)
	eachRow(in, func(row uint32) { ranks = append(ranks, x.rank[row]) })
	page := smallest(ranks, skip, n, down)
	for i, rank := range page {
		page[i] = x.rows[rank]
	}
	return page
}

func (x *order) walk(in *roaring.Bitmap, down bool, skip, n int) []uint32 {
	page := make([]uint32, 0, n)
	for i := range x.rows {
		row := x.rows[i]
		if down {
			row = x.rows[len(x.rows)-1-i]
		}
		if !in.Contains(row) {
			continue
		}
		if skip > 0 {
			skip--
			continue
		}
		if page = append(page, row); len(page) == n {
			break
		}
	}
	return page
}

// smallest sorts just enough of keys, which it may change, to return those from
// skip on, n of them; the largest first if down.
func smallest[K cmp.Ordered](keys []K, skip, n int, down bool) []K {
	compare := cmp.Compare[K]
	if down {
		compare = func(a, b K) int { return cmp.Compare(b, a) }
	}
	if want := skip + n; want < len(keys)/4 {
		top := keys[:want]
		slices.SortFunc(top, compare)
		for _, k := range keys[want:] {
			if compare(k, top[want-1]) < 0 {
				i, _ := slices.BinarySearchFunc(top, k, compare)
				copy(top[i+1:], top[i:want-1])
				top[i] = k
			}
		}
		return slices.Clone(top[skip:])
	}
	slices.SortFunc(keys, compare)
	return slices.Clone(keys[skip : skip+n])
}

// PageBy returns the rows of in from skip on, n at most, by a key that is
// worked out for each, equal ones by order o; the largest first if down.
func (s *Snapshot) PageBy(in *roaring.Bitmap, key func(row uint32) uint32, o Order, down bool, skip, n int) []uint32 {
	total := int(in.GetCardinality())
	if n = min(n, total-skip); n <= 0 || skip < 0 {
		return nil
	}
	x := s.orders.in(s, o)
	keys := make([]uint64, 0, total)
	eachRow(in, func(row uint32) { keys = append(keys, uint64(key(row))<<32|uint64(x.rank[row])) })
	page := make([]uint32, 0, n)
	for _, k := range smallest(keys, skip, n, down) {
		page = append(page, x.rows[uint32(k)])
	}
	return page
}
