package index

import (
	"cmp"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/base/packed"
)

// fits is how well works fit: each by its place among the rows, or if they are
// many by its row.
type fits struct {
	rows  rows
	of    []uint16
	works []int // that fit so well
}

// fits looks for everything in the works found, each thing in the best place that
// has it.
func (f *Found) fits(o Order) *fits {
	most := uint32(0) // of one thing
	for _, weight := range o.Weights {
		most = max(most, weight)
	}
	size := f.rows.n
	if f.rows.many != nil {
		size = int(f.rows.many.Maximum()) + 1
	}
	fit := &fits{rows: f.rows, of: make([]uint16, size), works: make([]int, int(most)*len(o.Looks)+1)}
	x := &solving{ctx: f.ctx, s: f.s}
	for _, w := range o.Looks {
		rest := f.rows
		for _, place := range w.Places {
			here := x.words(Words{Places: []Place{place}, Terms: w.Terms}, rest)
			fit.add(here, uint16(o.Weights[place]))
			rest = rest.andNot(here)
		}
	}
	fit.each(func(_ uint32, of uint16) { fit.works[of]++ })
	return fit
}

// add adds a weight to some of the rows.
func (fit *fits) add(some rows, weight uint16) {
	if fit.rows.many != nil {
		some.each(func(row uint32) bool {
			fit.of[row] += weight
			return true
		})
		return
	}
	rest := fit.rows.few
	some.each(func(row uint32) bool {
		rest = from(rest, row)
		fit.of[len(fit.of)-len(rest)] += weight
		return true
	})
}

// each calls f for every row and how well it fits.
func (fit *fits) each(f func(row uint32, of uint16)) {
	i := 0
	fit.rows.each(func(row uint32) bool {
		at := i
		if fit.rows.many != nil {
			at = int(row)
		}
		f(row, fit.of[at])
		i++
		return true
	})
}

// those returns the rows that fit as well as the values say, by value.
func (fit *fits) those(values []int) map[int]rows {
	lists, bits := map[int][]uint32{}, map[int][]uint64{}
	for _, v := range values {
		if fit.works[v] > fewRows {
			bits[v] = make([]uint64, (len(fit.of)+63)/64)
		} else {
			lists[v] = make([]uint32, 0, fit.works[v])
		}
	}
	wanted := make([]bool, len(fit.works))
	for _, v := range values {
		wanted[v] = true
	}
	fit.each(func(row uint32, of uint16) {
		switch v := int(of); {
		case !wanted[v]:
		case fit.works[v] > fewRows:
			bits[v][row/64] |= 1 << (row % 64)
		default:
			lists[v] = append(lists[v], row)
		}
	})
	found := map[int]rows{}
	for v, list := range lists {
		found[v] = fewOf(list)
	}
	for v, dense := range bits {
		found[v] = manyOf(roaring.FromDense(dense, false))
	}
	return found
}

// fitOf is how well one work fits.
func (f *Found) fitOf(o Order, row uint32) (fit uint32) {
	x := &solving{ctx: f.ctx, s: f.s}
	in := fewOf([]uint32{row})
	for _, w := range o.Looks {
		for _, place := range w.Places {
			if x.words(Words{Places: []Place{place}, Terms: w.Terms}, in).n > 0 {
				fit += o.Weights[place]
				break
			}
		}
	}
	return fit
}

// fitting returns a page of what fits best; equal ones by when they were updated.
func (f *Found) fitting(o Order, down bool, after *mark, skip, n int) []archive.WorkID {
	fit := f.fits(o)
	var values []int // those that may be on the page, in their order
	behind := 0      // the cursor, works of them surely
	for v := range fit.works {
		if down {
			v = len(fit.works) - 1 - v
		}
		at := 1
		if after != nil {
			at = cmp.Compare(int64(v), after.value)
			if down {
				at = -at
			}
		}
		if fit.works[v] == 0 || at < 0 {
			continue
		}
		if values = append(values, v); after == nil || at > 0 {
			behind += fit.works[v]
		}
		if behind >= skip+n {
			break
		}
	}
	sets := fit.those(values)
	var page []uint32
	for _, v := range values {
		var within *mark
		if after != nil && int64(v) == after.value {
			within = &mark{value: after.then, id: after.id}
		}
		if within == nil && skip >= fit.works[v] {
			skip -= fit.works[v]
			continue
		}
		page = append(page, f.s.inOrder(sets[v], Sorting(Updated), down, within, skip, n-len(page))...)
		if skip = 0; len(page) == n {
			break
		}
	}
	return f.s.ids(page)
}

// FitEffort is about how many works must be looked at one by one to put them in an
// order by how well they fit, each of what is looked for in each of its places.
func (f *Found) FitEffort(o Order) (effort int) {
	if o.By != Fitting {
		return 0
	}
	for _, w := range o.Looks {
		effort += min(f.rows.n, f.s.termUses(w))/addedInTime + len(w.Places)*f.rows.n/partedInTime
		if len(w.Terms) > 1 {
			effort += min(len(w.Places)*f.rows.n, f.s.rowEffort(w))
		}
	}
	return effort + f.rows.n/addedInTime
}

// How many rows get a weight, and are told from those that have none yet, in the
// time in which one is looked at.
const (
	addedInTime  = 20
	partedInTime = 256
)

// shuffle returns the random order of a seed.
func (s *Snapshot) shuffle(seed int64) shuffle { return newShuffle(seed, s.largest) }

// Looking up which work is at a place costs about as much as working out the
// places of so many.
const placedALookup = 8

// shuffled returns a page in random order.
func (f *Found) shuffled(o Order, down bool, after *mark, skip, n int) []archive.WorkID {
	s := f.s.shuffle(o.Seed)
	if tries := uint64(skip+n) * (s.places()/uint64(max(f.rows.n, 1)) + 1); tries*placedALookup < uint64(f.rows.n) {
		return f.dealt(s, down, after, skip, n)
	}
	places := make([]uint32, 0, f.rows.n)
	f.rows.each(func(row uint32) bool {
		place := s.place(f.s.partOf(row).ID(row))
		if after == nil || down && int64(place) < after.value || !down && int64(place) > after.value {
			places = append(places, place)
		}
		return true
	})
	if n = min(n, len(places)-skip); n <= 0 {
		return nil
	}
	ids := make([]archive.WorkID, n)
	for i, place := range packed.Smallest(places, uint32(s.places()-1), skip, n, down) {
		ids[i] = s.at(place)
	}
	return ids
}

// dealt goes through the places one by one.
func (f *Found) dealt(s shuffle, down bool, after *mark, skip, n int) []archive.WorkID {
	ids := make([]archive.WorkID, 0, n)
	place, end, step := int64(0), int64(s.places()), int64(1)
	if down {
		place, end, step = end-1, -1, -1
	}
	if after != nil {
		place = min(max(after.value, -1), int64(s.places())) + step
	}
	for ; (end-place)*step > 0 && len(ids) < n; place += step {
		id := s.at(uint32(place))
		row, ok := f.s.rowOf(id)
		if !ok || !f.rows.has(row) {
			continue
		}
		if skip > 0 {
			skip--
			continue
		}
		ids = append(ids, id)
	}
	return ids
}
