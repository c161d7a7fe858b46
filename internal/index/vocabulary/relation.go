package vocabulary

import "slices"

// relation lists for a tag the tags that stand to it in some way. The lists are
// ascending; callers must not change them.
type relation struct {
	from    []uint32 // tags that have a list, ascending
	offsets []uint32 // where the list of each begins, and the end of the last
	to      []uint32
	fresh   pages[[]uint32] // lists that stand in place of those, not nil
}

func (r *relation) at(id uint32) []uint32 {
	if list := r.fresh.at(id); list != nil {
		return list
	}
	i, ok := slices.BinarySearch(r.from, id)
	if !ok {
		return nil
	}
	return r.list(i)
}

func (r *relation) list(i int) []uint32 {
	if i+1 >= len(r.offsets) {
		return nil
	}
	from, end := r.offsets[i], r.offsets[i+1]
	if from > end || uint64(end) > uint64(len(r.to)) {
		return nil
	}
	return r.to[from:end:end]
}

// pair is one entry of a relation.
type pair uint64

func pairOf(from, to uint32) pair { return pair(from)<<32 | pair(to) }

// newRelation makes a relation of pairs, in any order.
func newRelation(pairs []pair) relation {
	slices.Sort(pairs)
	pairs = slices.Compact(pairs)
	var r relation
	for _, p := range pairs {
		if n := len(r.from); n == 0 || r.from[n-1] != uint32(p>>32) {
			r.from, r.offsets = append(r.from, uint32(p>>32)), append(r.offsets, uint32(len(r.to)))
		}
		r.to = append(r.to, uint32(p))
	}
	r.offsets = append(r.offsets, uint32(len(r.to)))
	return r
}

// compact puts the fresh lists among the others.
func (r *relation) compact() relation {
	if len(r.fresh) == 0 {
		return *r
	}
	var next relation
	add := func(id uint32, list []uint32) {
		if len(list) > 0 {
			next.from, next.offsets = append(next.from, id), append(next.offsets, uint32(len(next.to)))
			next.to = append(next.to, list...)
		}
	}
	i := 0
	old := func(end uint32) {
		for ; i < len(r.from) && r.from[i] < end; i++ {
			if r.fresh.at(r.from[i]) == nil {
				add(r.from[i], r.list(i))
			}
		}
	}
	r.fresh.each(func(first uint32, page *[pageLen][]uint32) {
		for n, list := range page {
			if list != nil {
				old(first + uint32(n))
				add(first+uint32(n), list)
			}
		}
	})
	old(1 << 31)
	next.offsets = append(next.offsets, uint32(len(next.to)))
	return next
}

// with returns r without the removed pairs and with the added ones; no pair is in
// both. It costs as much as the lists that change.
func (r *relation) with(added, removed []pair) relation {
	if len(added)+len(removed) == 0 {
		return *r
	}
	slices.Sort(added)
	slices.Sort(removed)
	next, fresh := *r, r.fresh.edit()
	for len(added)+len(removed) > 0 {
		from := uint32(min(first(added), first(removed)) >> 32)
		var more, less []uint32
		more, added = cut(added, from)
		less, removed = cut(removed, from)
		fresh.set(from, exchange(r.at(from), more, less))
	}
	next.fresh = fresh.pages
	return next
}

func first(pairs []pair) pair {
	if len(pairs) == 0 {
		return ^pair(0)
	}
	return pairs[0]
}

// cut takes the pairs of from off the beginning of sorted pairs.
func cut(pairs []pair, from uint32) (to []uint32, rest []pair) {
	for len(pairs) > 0 && uint32(pairs[0]>>32) == from {
		to, pairs = append(to, uint32(pairs[0])), pairs[1:]
	}
	return to, pairs
}

// exchange returns list with more and without less, all ascending; never nil.
func exchange(list, more, less []uint32) []uint32 {
	next := make([]uint32, 0, len(list)+len(more))
	next = append(append(next, list...), more...)
	slices.Sort(next)
	next = slices.Compact(next)
	return slices.DeleteFunc(next, func(id uint32) bool {
		_, gone := slices.BinarySearch(less, id)
		return gone
	})
}
