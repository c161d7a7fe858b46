package packed

import (
	"math/bits"
	"slices"
)

// buckets is how many buckets Smallest deals numbers into.
const buckets = 4096

// Smallest returns, sorted, those of ranks that come after the skip smallest, n
// at most; if down, after the skip largest, the largest first. All ranks are
// below limit, and none is there twice. It changes nothing, and sorts no more
// than it has to.
func Smallest(ranks []uint32, limit uint32, skip, n int, down bool) []uint32 {
	if n = min(n, len(ranks)-skip); n <= 0 || skip < 0 {
		return nil
	}
	if down {
		page := Smallest(ranks, limit, len(ranks)-skip-n, n, false)
		slices.Reverse(page)
		return page
	}
	if len(ranks) <= 256 {
		all := slices.Clone(ranks)
		slices.Sort(all)
		return all[skip : skip+n : skip+n]
	}
	shift := max(bits.Len32(limit)-bits.Len32(buckets-1), 0)
	var count [buckets]int
	for _, r := range ranks {
		count[min(r>>shift, buckets-1)]++
	}
	// The page lies in the buckets from first to last.
	first, before := 0, 0
	for before+count[first] <= skip {
		before += count[first]
		first++
	}
	last, in := first, count[first]
	for before+in < skip+n {
		last++
		in += count[last]
	}
	near := make([]uint32, 0, in)
	for _, r := range ranks {
		if b := int(min(r>>shift, buckets-1)); b >= first && b <= last {
			near = append(near, r)
		}
	}
	if len(near) > 4*(n+skip-before)+1024 && shift > 0 { // one crowded bucket
		return smallestOf(near, skip-before, n)
	}
	slices.Sort(near)
	return slices.Clone(near[skip-before : skip-before+n])
}

// smallestOf is Smallest for ranks that lie close together.
func smallestOf(ranks []uint32, skip, n int) []uint32 {
	least := slices.Min(ranks)
	for i := range ranks {
		ranks[i] -= least
	}
	limit := slices.Max(ranks) + 1
	var page []uint32
	if bits.Len32(limit) > bits.Len32(buckets-1) {
		page = Smallest(ranks, limit, skip, n, false)
	} else {
		slices.Sort(ranks)
		page = slices.Clone(ranks[skip : skip+n])
	}
	for i := range page {
		page[i] += least
	}
	return page
}
