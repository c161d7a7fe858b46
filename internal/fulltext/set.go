package fulltext

import "math/bits"

// Set is a set of the documents of a segment.
type Set []uint64

// NewSet returns an empty set of numbers below n.
func NewSet(n int) Set { return make(Set, (n+63)/64) }

// Add adds a number, and reports whether the set has room for it.
func (s Set) Add(n uint32) bool {
	if int(n>>6) >= len(s) {
		return false
	}
	s[n>>6] |= 1 << (n & 63)
	return true
}

// Has reports whether n is in s.
func (s Set) Has(n uint32) bool { return int(n>>6) < len(s) && s[n>>6]&(1<<(n&63)) != 0 }

// Len counts the numbers in s.
func (s Set) Len() int {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// Each calls f with the numbers in s, ascending.
func (s Set) Each(f func(n uint32)) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			f(uint32(i<<6 + bits.TrailingZeros64(word)))
		}
	}
}
