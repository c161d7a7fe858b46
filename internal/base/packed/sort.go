package packed

import (
	"math/bits"
	"slices"
)

// digit is how many bits a pass of the radix sort goes by: 2,048 counters stay
// in the first cache.
const (
	digit  = 11
	digits = 1 << digit
)

// few is below which comparing is faster than counting.
const few = 3000

// Sort32 sorts perm by keys[perm[i]], and leaves equal ones in their order.
func Sort32(perm, keys []uint32, workers int) {
	sortBy(perm, workers, func(e []uint64, perm []uint32) {
		for i, p := range perm {
			e[i] = uint64(keys[p]) << 32
		}
	})
}

// Sort64 is Sort32 for longer keys.
func Sort64(perm []uint32, keys []uint64, workers int) {
	for _, shift := range []uint{0, 32} {
		sortBy(perm, workers, func(e []uint64, perm []uint32) {
			for i, p := range perm {
				e[i] = keys[p] >> shift << 32
			}
		})
	}
}

// sortBy sorts perm by the high halves that fill gives its entries.
func sortBy(perm []uint32, workers int, fill func(e []uint64, perm []uint32)) {
	n := len(perm)
	e := make([]uint64, n)
	if n < few {
		fill(e, perm)
		for i := range e {
			e[i] |= uint64(i)
		}
		slices.Sort(e)
		old := slices.Clone(perm)
		for i, v := range e {
			perm[i] = old[uint32(v)]
		}
		return
	}
	Fork(workers, n, func(_, from, to int) {
		fill(e[from:to], perm[from:to])
		for i, p := range perm[from:to] {
			e[from+i] |= uint64(p)
		}
	})
	e = radix(e, 32, workers)
	Fork(workers, n, func(_, from, to int) {
		for i, v := range e[from:to] {
			perm[from+i] = uint32(v)
		}
	})
}

// SortKeys sorts keys, which it may use up, and returns them sorted.
func SortKeys(keys []uint64, workers int) []uint64 {
	if len(keys) < few {
		slices.Sort(keys)
		return keys
	}
	return radix(keys, 0, workers)
}

// radix sorts e by the bits from low on, a digit at a time, leaving equal ones
// in their order. Bits that all have in common are passed over.
func radix(e []uint64, low int, workers int) []uint64 {
	differ := differing(e, workers) >> low << low
	var spare []uint64
	for differ != 0 {
		shift := bits.TrailingZeros64(differ)
		if spare == nil {
			spare = make([]uint64, len(e))
		}
		scatter(spare, e, uint(shift), workers)
		e, spare = spare, e
		differ = differ >> shift >> digit << digit << shift
	}
	return e
}

// differing returns the bits in which not all of e are the same.
func differing(e []uint64, workers int) uint64 {
	parts := make([]uint64, max(workers, 1))
	Fork(workers, len(e), func(w, from, to int) {
		or, and := uint64(0), ^uint64(0)
		for _, v := range e[from:to] {
			or |= v
			and &= v
		}
		parts[w] = (or &^ and) | (e[0] ^ or)
	})
	all := uint64(0)
	for _, p := range parts {
		all |= p
	}
	return all
}

// scatter puts e into dst in the order of one digit.
func scatter(dst, e []uint64, shift uint, workers int) {
	counts := make([][digits]int, max(workers, 1))
	Fork(workers, len(e), func(w, from, to int) {
		c := &counts[w]
		for _, v := range e[from:to] {
			c[v>>shift%digits]++
		}
	})
	at := 0
	for d := range digits {
		for w := range counts {
			n := counts[w][d]
			counts[w][d] = at
			at += n
		}
	}
	Fork(workers, len(e), func(w, from, to int) {
		c := &counts[w]
		for _, v := range e[from:to] {
			d := v >> shift % digits
			dst[c[d]] = v
			c[d]++
		}
	})
}
