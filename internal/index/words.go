package index

import (
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/index/segment"
)

// words returns those rows of in that have the terms side by side in one of the places.
func (x *solving) words(e Words, in rows) rows {
	var found rows
	for _, place := range e.Places {
		if x.ctx.Err() != nil || len(e.Terms) == 0 {
			return rows{}
		}
		if place == InTags {
			found = found.or(x.inTags(e.Terms, in))
			continue
		}
		found = found.or(x.inPlace(place, e.Terms, in))
	}
	return found
}

func (x *solving) inPlace(place Place, terms []string, in rows) rows {
	if len(terms) == 1 {
		var room [16]*segment.Set
		return x.s.within(x.s.termSets(room[:0], place, terms[0]), in)
	}
	var found []uint32
	for _, part := range x.s.parts {
		numbers, ok := numbersOf(part, terms)
		if !ok {
			continue
		}
		here := in
		for _, set := range byLen(part, place, numbers) {
			here = x.s.within([]*segment.Set{set}, here)
		}
		phrase, n := segment.Phrase(numbers), 0
		here.each(func(row uint32) bool {
			if part.Passages(row).Has(place, phrase) {
				found = append(found, row)
			}
			n++
			return n%checkEvery != 0 || x.ctx.Err() == nil
		})
	}
	return fewOf(found)
}

// numbersOf returns the numbers of terms in a segment; ok is false if it does not have all.
func numbersOf(part *segment.Segment, terms []string) (numbers []uint32, ok bool) {
	numbers = make([]uint32, len(terms))
	for i, term := range terms {
		if numbers[i], ok = part.Term(term); !ok {
			return nil, false
		}
	}
	return numbers, true
}

// checkEvery is how many rows are looked into before asking whether anybody
// still waits for the answer.
const checkEvery = 4096

// byLen returns the sets of the terms of a phrase, the smallest first.
func byLen(part *segment.Segment, place Place, numbers []uint32) []*segment.Set {
	sets := make([]*segment.Set, len(numbers))
	for i, n := range numbers {
		sets[i] = part.TermSet(place, n)
	}
	slices.SortFunc(sets, func(a, b *segment.Set) int { return a.Len() - b.Len() })
	return sets
}

// termSets appends the sets of a term in a place.
func (s *Snapshot) termSets(sets []*segment.Set, place Place, term string) []*segment.Set {
	for _, part := range s.parts {
		if n, ok := part.Term(term); ok {
			if set := part.TermSet(place, n); set != nil {
				sets = append(sets, set)
			}
		}
	}
	return sets
}

// said returns the tags whose names have the terms side by side, ascending.
func (x *solving) said(terms []string) []archive.TagID {
	key := strings.Join(terms, " ")
	ids, ok := x.saying[key]
	if !ok {
		if x.saying == nil {
			x.saying = map[string][]archive.TagID{}
		}
		ids = x.s.words.Saying(terms)
		x.saying[key] = ids
	}
	return ids
}

// tagsOfWork is about how many tags a work has: where looking at the tags of
// each work is less to do than looking up the works of each tag.
const tagsOfWork = 16

// inTags returns those rows of in of which a tag of their own has the terms
// side by side in its name.
func (x *solving) inTags(terms []string, in rows) rows {
	said := x.said(terms)
	if len(said) == 0 {
		return rows{}
	}
	whole, partly, uses := x.s.standFor(said)
	if in.n*tagsOfWork < uses+len(said) {
		return x.owning(said, in)
	}
	var list []uint32
	var found rows
	for i, id := range whole {
		var room [16]*segment.Set
		sets := x.s.sets(room[:0], Tag(id))
		if total(sets) > listRows {
			found = found.or(x.s.within(sets, in))
			continue
		}
		for _, set := range sets {
			list = set.AppendTo(list)
		}
		if i%64 == 0 && x.ctx.Err() != nil {
			return rows{}
		}
	}
	slices.Sort(list)
	found = found.or(fewOf(in.among(slices.Compact(list))))
	for _, id := range partly {
		found = found.or(x.owning(said, x.solve(Tag(id), in).andNot(found)))
	}
	return found
}

func total(sets []*segment.Set) (n int) {
	for _, set := range sets {
		n += set.Len()
	}
	return n
}

// owning returns those rows of in that have one of tags themselves.
func (x *solving) owning(tags []archive.TagID, in rows) rows {
	var list []uint32
	var own []archive.TagID
	n := 0
	in.each(func(row uint32) bool {
		own = x.s.partOf(row).AppendOwn(own[:0], row)
		if slices.ContainsFunc(own, func(id archive.TagID) bool { _, ok := slices.BinarySearch(tags, id); return ok }) {
			list = append(list, row)
		}
		n++
		return n%checkEvery != 0 || x.ctx.Err() == nil
	})
	return fewOf(list)
}

// standFor returns the filter tags under which works with one of tags are
// found, and how many uses those have: whole are those of which every work has
// one of tags itself, partly those of which only some do.
func (s *Snapshot) standFor(tags []archive.TagID) (whole, partly []archive.TagID, uses int) {
	among := func(id archive.TagID) bool { _, ok := slices.BinarySearch(tags, id); return ok }
	var seen []archive.TagID
	for _, id := range tags {
		seen = append(seen, s.words.Canonical(id))
	}
	slices.Sort(seen)
	for _, id := range slices.Compact(seen) {
		n := s.uses(id)
		if uses += n; n == 0 {
			continue
		}
		others := func(id archive.TagID) bool { return !among(id) }
		if among(id) && len(s.words.Subtags(id)) == 0 && !slices.ContainsFunc(s.words.Synonyms(id), others) {
			whole = append(whole, id)
		} else {
			partly = append(partly, id)
		}
	}
	return whole, partly, uses
}

// uses is how many rows, dead ones included, are found by a filter tag.
func (s *Snapshot) uses(id archive.TagID) int {
	var room [16]*segment.Set
	return total(s.sets(room[:0], Tag(id)))
}
