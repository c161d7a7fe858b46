package index

import (
	"math/bits"

	"ficstead/internal/archive"
)

// shuffle is a random order of works: each has a place of its own, which
// depends on nothing but its id, the seed, and how far ids reach. It is a
// Feistel network, so the work at a place can be told as well, and the first
// page of millions of works costs no more than that of a few.
type shuffle struct {
	half uint // bits of half an id
	keys [4]uint32
}

// fewestBits of an id: below that the places of works would be too few to be random.
const fewestBits = 16

// newShuffle returns the order of a seed among ids up to the largest.
func newShuffle(seed int64, largest archive.WorkID) shuffle {
	s := shuffle{half: uint(max(fewestBits, bits.Len32(uint32(largest)))+1) / 2}
	x := uint64(seed)
	for i := range s.keys {
		x += 0x9e3779b97f4a7c15
		s.keys[i] = uint32(mix(x))
	}
	return s
}

// mix is the finaliser of SplitMix64.
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

// places is how many places there are, those of ids without a work included.
func (s shuffle) places() uint64 { return 1 << (2 * s.half) }

func (s shuffle) round(i int, half uint32) uint32 {
	return uint32(mix(uint64(half)<<32|uint64(s.keys[i]))) & (1<<s.half - 1)
}

// place returns where a work stands.
func (s shuffle) place(id archive.WorkID) uint32 {
	left, right := uint32(id)>>s.half, uint32(id)&(1<<s.half-1)
	for i := range s.keys {
		left, right = right, left^s.round(i, right)
	}
	return left<<s.half | right
}

// at returns the id of the work at a place.
func (s shuffle) at(place uint32) archive.WorkID {
	left, right := place>>s.half, place&(1<<s.half-1)
	for i := len(s.keys) - 1; i >= 0; i-- {
		left, right = right^s.round(i, left), left
	}
	return archive.WorkID(left<<s.half | right)
}
