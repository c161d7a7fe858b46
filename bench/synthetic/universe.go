package synthetic

import (
	"math"

	"ficstead/internal/archive"
)

// universe is all tags that there could be, by number: those of a kind are next
// to each other, the most frequent first within a fandom.
type universe struct {
	base  [archive.Freeform + 2]uint32 // by kind, where its numbers begin
	cast  []uint32                     // by fandom, where its characters begin, counted from the first character
	draws struct {
		fandom, freeform zipf
		cast, ships      []zipf // by fandom
	}
	freeforms []uint32 // by freeform, its canonical one
}

// shipsPerCharacter is how many relationships a fandom has for each character.
const shipsPerCharacter = 3

// leastCast is how many characters a fandom has at least: so many have a pair
// for each relationship.
const leastCast = 7

// The universe is whole from so many works on: works beyond draw from the same
// tags. In smaller archives it is smaller.
const wholeWorks = 1e6

func newUniverse(works int) *universe {
	u := &universe{}
	part := math.Min(1, float64(works)/wholeWorks)
	fandoms := max(20, int(50_000*math.Sqrt(part)))
	freeforms := max(400, int(2_000_000*math.Pow(part, .7)))
	u.draws.fandom, u.draws.freeform = newZipf(fandoms, 2), newZipf(freeforms, 8)
	u.cast = make([]uint32, fandoms+1)
	for f := range fandoms {
		n := leastCast + int(2*math.Sqrt(u.draws.fandom.share(f)*12e6*part))
		u.cast[f+1] = u.cast[f] + uint32(n)
		u.draws.cast = append(u.draws.cast, newZipf(n, 1))
		u.draws.ships = append(u.draws.ships, newZipf(n*shipsPerCharacter, 1))
	}
	characters := u.cast[fandoms]
	sizes := [...]uint32{
		archive.Rating: 5, archive.Warning: 6, archive.Category: 6, archive.Fandom: uint32(fandoms),
		archive.Relationship: characters * shipsPerCharacter, archive.CharacterTag: characters, archive.Freeform: uint32(freeforms),
	}
	for kind, size := range sizes {
		u.base[kind+1] = u.base[kind] + size
	}
	u.freeforms = make([]uint32, freeforms)
	for i := range u.freeforms { // those before are settled
		u.freeforms[i] = uint32(i)
		if h := mix(uint64(i) + 991); i >= min(500, freeforms/4) && h%100 < 35 {
			u.freeforms[i] = u.freeforms[h>>8%uint64(i/4)]
		}
	}
	return u
}

func (u *universe) size() uint32 { return u.base[len(u.base)-1] }

// kind returns the kind of a tag and its number among those of its kind.
func (u *universe) kind(n uint32) (archive.Kind, uint32) {
	for kind := archive.Freeform; kind > archive.Rating; kind-- {
		if n >= u.base[kind] {
			return kind, n - u.base[kind]
		}
	}
	return archive.Rating, n
}

// fandomOf returns the fandom that has a character, counted from the first of
// all, and which of its characters that is.
func (u *universe) fandomOf(character uint32) (fandom int, n uint32) {
	low, high := 0, len(u.cast)-1
	for low < high-1 {
		if middle := (low + high) / 2; u.cast[middle] <= character {
			low = middle
		} else {
			high = middle
		}
	}
	return low, character - u.cast[low]
}

// canonical returns the tag that n is a synonym of, or n.
func (u *universe) canonical(n uint32) uint32 {
	switch kind, i := u.kind(n); kind {
	case archive.Freeform:
		return u.base[kind] + u.freeforms[i]
	case archive.CharacterTag, archive.Relationship:
		at := n
		for {
			first, i := u.first(kind, at-u.base[kind])
			h := mix(uint64(at) + 4242)
			if i < 3 || h%100 >= 8 {
				return at
			}
			at = u.base[kind] + first + uint32(h>>8%uint64(i/2+1))
		}
	}
	return n
}

// first returns of a character or relationship i, counted from the first of all,
// the first one of its fandom, and which of them it is.
func (u *universe) first(kind archive.Kind, i uint32) (first, n uint32) {
	per := uint32(1)
	if kind == archive.Relationship {
		per = shipsPerCharacter
	}
	fandom, _ := u.fandomOf(i / per)
	first = u.cast[fandom] * per
	return first, i - first
}

// metatag returns the canonical tag directly above a canonical tag.
func (u *universe) metatag(n uint32) (uint32, bool) {
	switch kind, i := u.kind(n); {
	case kind == archive.Fandom && i > 5:
		if h := mix(uint64(i) + 77); h%10 < 2 {
			return u.base[kind] + uint32(h>>8%uint64(i/3+1)), true
		}
	case kind == archive.Freeform && i >= 40:
		if h := mix(uint64(i) + 991); h>>40%100 < 15 {
			return u.base[kind] + u.freeforms[h>>12%uint64(i/4)], true
		}
	}
	return 0, false
}

// pair returns the two characters of a relationship, counted from the first of
// their fandom: every relationship of a fandom has another pair, and the more
// frequent ones are of the more frequent characters.
func pair(ship uint32) (a, b uint32) {
	b = uint32((1 + math.Sqrt(1+8*float64(ship))) / 2)
	for b*(b-1)/2 > ship {
		b--
	}
	return ship - b*(b-1)/2, b
}
