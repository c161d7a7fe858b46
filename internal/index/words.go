package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

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

// tagsOfWork is about how many tags a work has, for estimates.
const tagsOfWork = 16

// inTags returns those rows of in that are found by a tag whose name, or that of
// a synonym, has the terms side by side.
func (x *solving) inTags(terms []string, in rows) rows {
	return in.and(x.s.said(terms))
}

// rowsOf returns the rows that are found by one of tags, dead ones included.
func (s *Snapshot) rowsOf(tags []archive.TagID) rows {
	ordinals := make([]uint32, 0, len(tags))
	for _, id := range tags {
		if ord, ok := s.numbers.Ordinal(s.words.Canonical(id)); ok {
			ordinals = append(ordinals, ord)
		}
	}
	slices.Sort(ordinals)
	last := s.parts[len(s.parts)-1]
	all := make([]uint64, last.End()/64+1) // one bit for each row
	var list []uint32
	large := roaring.New()
	for _, ord := range slices.Compact(ordinals) {
		for _, part := range s.parts {
			set := part.Set(segment.ByTag, ord)
			if set.Len() > fewRows {
				large.Or(set.Bitmap())
				continue
			}
			list = set.AppendTo(list[:0])
			for _, row := range list {
				all[row/64] |= 1 << (row % 64)
			}
		}
	}
	found := roaring.FromDense(all, false)
	found.Or(large)
	return manyOf(found)
}

func total(sets []*segment.Set) (n int) {
	for _, set := range sets {
		n += set.Len()
	}
	return n
}

// uses is how many rows, dead ones included, are found by a filter tag.
func (s *Snapshot) uses(id archive.TagID) int {
	var room [16]*segment.Set
	return total(s.sets(room[:0], Tag(id)))
}
