package index

import (
	"cmp"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/base/packed"
)

// fitClass is works that fit what was looked for equally well.
type fitClass struct {
	fit uint32
	in  rows
}

// classes sorts the works by how well they fit, the worst first.
func (f *Found) classes(o Order) []fitClass {
	classes := []fitClass{{0, f.rows}}
	x := &solving{ctx: f.ctx, s: f.s}
	for _, w := range o.Looks {
		found := map[uint32]rows{}
		put := func(fit uint32, in rows) {
			if in.n > 0 {
				found[fit] = found[fit].or(in)
			}
		}
		rest := classes
		for _, place := range w.Places {
			for i, c := range rest {
				here := x.words(Words{Places: []Place{place}, Terms: w.Terms}, c.in)
				put(c.fit+o.Weights[place], here)
				rest[i].in = c.in.andNot(here)
			}
		}
		for _, c := range rest {
			put(c.fit, c.in)
		}
		classes = classes[:0]
		for fit, in := range found {
			classes = append(classes, fitClass{fit, in})
		}
	}
	slices.SortFunc(classes, func(a, b fitClass) int { return cmp.Compare(a.fit, b.fit) })
	return classes
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
	classes := f.classes(o)
	if down {
		slices.Reverse(classes)
	}
	var page []uint32
	for _, c := range classes {
		var within *mark
		if after != nil {
			switch d := cmp.Compare(int64(c.fit), after.value); {
			case d < 0 != down && d != 0:
				continue // before it
			case d == 0:
				within = &mark{value: after.then, id: after.id}
			}
		}
		if within == nil && skip >= c.in.n {
			skip -= c.in.n
			continue
		}
		page = append(page, f.s.inOrder(c.in, Sorting(Updated), down, within, skip, n-len(page))...)
		if skip = 0; len(page) == n {
			break
		}
	}
	return f.s.ids(page)
}

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
