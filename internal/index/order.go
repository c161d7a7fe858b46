package index

import (
	"cmp"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
)

// Order is an order of works, ascending. Works that are equal in it are in the
// order of their ids, or as its fields say.
type Order struct {
	By Sorting

	Seed int64 // of Shuffled

	// What Fitting goes by: works stand higher for each of Looks by the weight
	// of the best place that it was found in; equal ones by when they were updated.
	Looks   []Words
	Weights [PlaceCount]uint32
}

// Sorting is what works are put in order by. The first go by the column of the
// same number.
type Sorting uint8

// The sortings that go by no column.
const (
	ByTitle   = Sorting(columnCount) + titleKey
	ByCreator = Sorting(columnCount) + creatorKey

	ByLoved = Sorting(columnCount) + Sorting(keyCount) // well loved for their size

	sortedCount = ByLoved + 1 // those that are worked out once

	Shuffled = sortedCount
	Fitting  = sortedCount + 1
)

// ByColumn is the order by a column.
func ByColumn(c Column) Order { return Order{By: Sorting(c)} }

// order is an order worked out.
type order struct {
	rows []uint32 // in their order
	rank []uint32 // of a row: where it stands in rows
}

// orders keeps the orders of one snapshot, each worked out when first asked for.
type orders struct {
	mu   sync.Mutex
	list [sortedCount]*order
}

// in returns order o of s, whose orders these are.
func (x *orders) in(s *Snapshot, o Sorting) *order {
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
			made.list[o] = old.with(changed, fresh, next.compare(Sorting(o)))
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
func (s *Snapshot) compare(o Sorting) func(a, b uint32) int {
	if o < Sorting(columnCount) {
		column := s.columns[o]
		return func(a, b uint32) int {
			return cmp.Or(cmp.Compare(column[a], column[b]), cmp.Compare(a, b))
		}
	}
	if o == ByLoved {
		loved := make([]int64, len(s.columns[0]))
		eachRow(s.all, func(row uint32) { loved[row] = s.loved(row) })
		return func(a, b uint32) int { return cmp.Or(cmp.Compare(loved[a], loved[b]), cmp.Compare(a, b)) }
	}
	keys := make([]string, len(s.columns[0])) // near each other, unlike the works
	eachRow(s.all, func(row uint32) { keys[row] = s.works.at(row).keys[o-Sorting(columnCount)] })
	return func(a, b uint32) int { return cmp.Or(cmp.Compare(keys[a], keys[b]), cmp.Compare(a, b)) }
}

func (s *Snapshot) loved(row uint32) int64 {
	return Loved(s.columns[Kudos][row], s.columns[Hits][row], s.columns[Chapters][row])
}

// Page returns the works from skip on, n at most, in order o or, if down, in
// exactly its reverse.
func (f *Found) Page(o Order, down bool, skip, n int) []archive.WorkID {
	var rows []uint32
	switch o.By {
	case Fitting:
		fit := f.fit(o)
		rows = f.s.pageBy(f.rows, func(row uint32) uint32 { return fit[row] }, Sorting(Updated), down, skip, n)
	case Shuffled:
		rows = f.s.pageBy(f.rows, func(row uint32) uint32 { return shuffle(o.Seed, row) }, Sorting(Updated), down, skip, n)
	default:
		rows = f.s.page(f.rows, o.By, down, skip, n)
	}
	ids := make([]archive.WorkID, len(rows))
	for i, row := range rows {
		ids[i] = archive.WorkID(row)
	}
	return ids
}

// Cursor spells the place of a work in o, for After; "" if there is no such work.
func (f *Found) Cursor(o Order, id archive.WorkID) string {
	if id <= 0 || int64(id) > maxRow || !f.s.all.Contains(uint32(id)) {
		return ""
	}
	return f.marks(o)(uint32(id)).cursor(o.By)
}

// After returns the works that stand behind a cursor in order o or, if down, in
// its reverse: n at most. It reports false for what is no cursor of this order.
// The work that the cursor came from may be gone.
func (f *Found) After(o Order, down bool, cursor string, n int) ([]archive.WorkID, bool) {
	m, ok := parseCursor(cursor, o.By)
	if !ok {
		return nil, false
	}
	of := f.marks(o)
	var ids []archive.WorkID
	for _, id := range f.Page(o, down, 0, f.Total()) {
		if c := of(uint32(id)).compare(m); len(ids) < n && (c > 0 && !down || c < 0 && down) {
			ids = append(ids, id)
		}
	}
	return ids, true
}

// marks returns the marks of works in o.
func (f *Found) marks(o Order) func(row uint32) mark {
	s, id := f.s, func(row uint32) archive.WorkID { return archive.WorkID(row) }
	switch o.By {
	case Fitting:
		fit := f.fit(o)
		return func(row uint32) mark { return mark{value: int64(fit[row]), then: s.columns[Updated][row], id: id(row)} }
	case Shuffled:
		return func(row uint32) mark {
			return mark{value: int64(shuffle(o.Seed, row)), then: s.columns[Updated][row], id: id(row)}
		}
	case ByLoved:
		return func(row uint32) mark { return mark{value: s.loved(row), id: id(row)} }
	case ByTitle, ByCreator:
		return func(row uint32) mark { return mark{key: s.works.at(row).keys[o.By-Sorting(columnCount)], id: id(row)} }
	}
	return func(row uint32) mark { return mark{value: s.columns[o.By][row], id: id(row)} }
}

// fit returns by row how well works fit what was looked for.
func (f *Found) fit(o Order) []uint32 {
	if f.rows.IsEmpty() {
		return nil
	}
	fit := make([]uint32, f.rows.Maximum()+1)
	for _, w := range o.Looks {
		rest := f.rows
		for _, place := range w.Places {
			here := f.s.words(place, w.Terms, rest)
			eachRow(here, func(row uint32) { fit[row] += o.Weights[place] })
			rest = roaring.AndNot(rest, here)
		}
	}
	return fit
}

// shuffle gives every work a place in the order of a seed: the finaliser of
// SplitMix64, folded to 32 bits.
func shuffle(seed int64, row uint32) uint32 {
	x := uint64(seed)*0x9e3779b97f4a7c15 + uint64(row) + 1
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	x ^= x >> 31
	return uint32(x ^ x>>32)
}

// page returns the rows of in from skip on, n at most, in an order that is worked out once.
func (s *Snapshot) page(in *roaring.Bitmap, o Sorting, down bool, skip, n int) []uint32 {
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

// pageBy returns the rows of in from skip on, n at most, by a key that is
// worked out for each, equal ones by order o; the largest first if down.
func (s *Snapshot) pageBy(in *roaring.Bitmap, key func(row uint32) uint32, o Sorting, down bool, skip, n int) []uint32 {
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
