package vocabulary

import (
	"slices"

	"ficstead/internal/archive"
)

// A closure, at its position: how many tags it has, the canonical one, and all of
// them, the canonical one too, ascending.

// closure returns the canonical tag of an answer and the tags above it with
// itself; of one that has none above it list is empty.
func (v *Vocabulary) closure(a answer) (canonical uint32, list []uint32) {
	if a&climbs == 0 {
		return a & rest, nil
	}
	c := v.closures.from(a & rest)
	if len(c) < 2 || uint64(c[0]) > uint64(len(c)-2) {
		return 0, nil // damage
	}
	return c[1], c[2 : 2+c[0] : 2+c[0]]
}

// Canonical returns the tag that id is a synonym of, or id.
func (v *Vocabulary) Canonical(id archive.TagID) archive.TagID {
	if known(id) {
		if c, _ := v.closure(v.answers.at(uint32(id))); c != 0 {
			return archive.TagID(c)
		}
	}
	return id
}

// Above returns the canonical tag of id and all metatags above it, ascending.
func (v *Vocabulary) Above(id archive.TagID) []archive.TagID {
	return v.Filters(nil, []archive.TagID{id})
}

// Filters appends to dst the tags that a work with these tags is found by:
// canonical tags and the metatags above them, ascending, each once. It makes
// nothing if dst has room.
func (v *Vocabulary) Filters(dst, own []archive.TagID) []archive.TagID {
	start := len(dst)
	for _, id := range own {
		a := answer(0)
		if known(id) {
			a = v.answers.at(uint32(id))
		}
		dst = v.appendFiled(dst, id, a)
	}
	sorted := dst[start:]
	insertionSort(sorted)
	return dst[:start+len(slices.Compact(sorted))]
}

// appendFiled appends the tags that works with a tag are found by. One that is not known
// stands for itself.
func (v *Vocabulary) appendFiled(dst []archive.TagID, id archive.TagID, a answer) []archive.TagID {
	switch {
	case a == 0:
		return append(dst, id)
	case a&climbs == 0:
		return append(dst, archive.TagID(a&rest))
	}
	_, list := v.closure(a)
	for _, up := range list {
		dst = append(dst, archive.TagID(up))
	}
	return dst
}

// insertionSort sorts what is mostly a few dozen ids in runs that are ascending,
// at half the time of slices.Sort.
func insertionSort(ids []archive.TagID) {
	if len(ids) > 100 {
		slices.Sort(ids)
		return
	}
	for i := 1; i < len(ids); i++ {
		id, j := ids[i], i
		for ; j > 0 && ids[j-1] > id; j-- {
			ids[j] = ids[j-1]
		}
		ids[j] = id
	}
}

// fewTags is how many tags of one kind are judged without making anything.
const fewTags = 16

// Crosses reports whether a work with these tags crosses fandoms: whether it has
// two that belong to different families. Fandoms are of one family if a metatag
// stands over both, or if a third fandom of the work is of one family with each.
func (v *Vocabulary) Crosses(own []archive.TagID) bool {
	var room [fewTags]answer
	return v.cross(v.answersOf(room[:0], own, archive.Fandom))
}

// cross reports whether fandoms are of different families. It changes their order.
func (v *Vocabulary) cross(fandoms []answer) bool {
	if len(fandoms) < 2 {
		return false
	}
	// Grow the family of the first until nothing joins it; what is left crosses.
	family := 1
	for i := 0; i < family; i++ {
		for j := family; j < len(fandoms); j++ {
			if v.haveCommon(fandoms[i], fandoms[j]) {
				fandoms[family], fandoms[j] = fandoms[j], fandoms[family]
				family++
			}
		}
	}
	return family < len(fandoms)
}

// OneShip reports whether a work with these tags has exactly one canonical
// relationship, beside the metatags of it.
func (v *Vocabulary) OneShip(own []archive.TagID) bool {
	var room [fewTags]answer
	return v.areOne(v.answersOf(room[:0], own, archive.Relationship))
}

// areOne reports whether relationships are one and metatags of it.
func (v *Vocabulary) areOne(ships []answer) bool {
	return slices.ContainsFunc(ships, func(one answer) bool {
		canonical, list := v.closure(one)
		return !slices.ContainsFunc(ships, func(other answer) bool {
			c, _ := v.closure(other)
			_, covered := slices.BinarySearch(list, c)
			return c != canonical && !covered
		})
	})
}

// answersOf appends the answers of the tags of a kind, each once.
func (v *Vocabulary) answersOf(dst []answer, own []archive.TagID, kind archive.Kind) []answer {
	for _, id := range own {
		if !known(id) {
			continue
		}
		if a := v.answers.at(uint32(id)); archive.Kind(a>>kindShift) == kind {
			dst = once(dst, a)
		}
	}
	return dst
}

// once appends a if it is not there.
func once(list []answer, a answer) []answer {
	if slices.Contains(list, a) {
		return list
	}
	return append(list, a)
}

// haveCommon reports whether two closures have a tag in common.
func (v *Vocabulary) haveCommon(a, b answer) bool {
	one, list := v.closure(a)
	other, others := v.closure(b)
	if len(list) == 0 {
		list = []uint32{one}
	}
	if len(others) == 0 {
		others = []uint32{other}
	}
	for len(list) > 0 && len(others) > 0 {
		switch {
		case list[0] == others[0]:
			return true
		case list[0] < others[0]:
			list = list[1:]
		default:
			others = others[1:]
		}
	}
	return false
}

// root returns the tag that id is a synonym of in the end. One that leads round in
// a circle, which only damage does, is its own.
func root(direct func(uint32) uint32, id uint32) uint32 {
	at := id
	for range maxHops {
		next := direct(at)
		if next == 0 {
			return at
		}
		at = next
	}
	return id
}

// maxHops bounds the way from a synonym to its canonical tag. Merging keeps it
// at one; damage must not keep us going round.
const maxHops = 32

// maxAbove bounds a closure, the nearest metatags first: people make a few.
const maxAbove = 500

// climb works out closures.
type climb struct {
	direct          func(uint32) uint32
	synonyms, above *relation
	metatags        map[uint32][]uint32 // of canonical tags, directly above them
}

// members calls f for a canonical tag and for all tags that it is the root of. A
// tag is a synonym of one at most, so that none is met twice; where damage says
// otherwise it is not believed.
func (c *climb) members(canonical uint32, f func(id uint32)) {
	f(canonical)
	for todo := []uint32{canonical}; len(todo) > 0; {
		into, last := todo[len(todo)-1], uint32(0)
		todo = todo[:len(todo)-1]
		for _, id := range c.synonyms.at(into) {
			if id > last && c.direct(id) == into && id != canonical && root(c.direct, id) == canonical {
				f(id)
				if len(c.synonyms.at(id)) > 0 {
					todo = append(todo, id)
				}
			}
			last = max(last, id)
		}
	}
}

// up returns the canonical metatags directly above a canonical tag, ascending.
func (c *climb) up(canonical uint32) []uint32 {
	list, ok := c.metatags[canonical]
	if !ok {
		c.members(canonical, func(id uint32) {
			for _, l := range c.above.at(id) {
				if parent := root(c.direct, l>>1); l&1 == 1 && parent != canonical {
					list = append(list, parent)
				}
			}
		})
		slices.Sort(list)
		list = slices.Compact(list)
		c.metatags[canonical] = list
	}
	return list
}

// all returns a canonical tag and all metatags above it, ascending. It ends even if
// damage made a circle of them.
func (c *climb) all(canonical uint32) []uint32 {
	list, seen := []uint32{canonical}, map[uint32]bool{canonical: true}
	for i := 0; i < len(list); i++ {
		for _, up := range c.up(list[i]) {
			if !seen[up] && len(list) < maxAbove {
				seen[up] = true
				list = append(list, up)
			}
		}
	}
	slices.Sort(list)
	return list
}
