package index

import (
	"cmp"
	"math"

	"ficstead/internal/archive"
	"ficstead/internal/base/mapped"
	"ficstead/internal/base/packed"
	"ficstead/internal/index/segment"
	"ficstead/internal/index/vocabulary"
)

// nameOrder says where the names of the tags of a base stand among those of their
// kind, by ordinal, so that names need not be looked up to be compared. It is nil
// once one of these tags has another name.
type nameOrder []uint32

// nameless is the place of a tag that is nowhere in the order.
const nameless = math.MaxUint32

func nameOrderOf(words *vocabulary.Vocabulary, numbers *segment.Numbering) nameOrder {
	places := make(nameOrder, numbers.Later())
	for i := range places {
		places[i] = nameless
	}
	n := byTag(numbers, func(ord uint32) uint32 { return ord + 1 })
	for _, kind := range archive.Kinds {
		at := uint32(0)
		for id := range words.ByName(kind) {
			if ord := n(id); ord > 0 && int(ord) <= len(places) {
				places[ord-1] = at
				at++
			}
		}
	}
	return places
}

// without returns the order, or nil if a tag that changed has another name than before.
func (o nameOrder) without(tags []archive.Tag, before, now *vocabulary.Vocabulary, numbers *segment.Numbering) nameOrder {
	for _, t := range tags {
		if ord, ok := numbers.Ordinal(t.ID); ok && int(ord) < len(o) && before.Key(t.ID) != now.Key(t.ID) {
			return nil
		}
	}
	return o
}

// namesSection has the order of names.
const namesSection = "names/places"

func (o nameOrder) write(w *mapped.Writer) error {
	if len(o) == 0 {
		return nil
	}
	return w.Section(namesSection, packed.Bytes(o))
}

// openNames finds the order of names in a file, nil if there is none that fits.
func openNames(f *mapped.File, numbers *segment.Numbering) nameOrder {
	b, _ := f.Section(namesSection)
	if places, ok := packed.View[uint32](b); ok && len(places) == int(numbers.Later()) {
		return places
	}
	return nil
}

// compareNames puts filter tags, by their ordinals, in the order of their names.
func (s *Snapshot) compareNames(a, b uint32) int {
	if n := uint32(len(s.byName)); a < n && b < n {
		if x, y := s.byName[a], s.byName[b]; x != nameless && y != nameless && s.numbers.Kind(a) == s.numbers.Kind(b) {
			return cmp.Compare(x, y)
		}
	}
	return s.words.CompareNames(s.numbers.Tag(a), s.numbers.Tag(b))
}
