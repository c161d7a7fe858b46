package index

import (
	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
)

// Snapshot is the index at one moment. It is safe for any number of readers.
type Snapshot struct {
	all      *roaring.Bitmap
	works    table[*work]
	filters  table[[]uint32]      // of works, near each other for counting
	columns  [columnCount][]int64 // by row
	sets     [familyCount]table[*Set]
	graph    *graph
	names    names
	orders   *orders
	counters *counters
	*shared
}

// shared is what all snapshots that grew from one have in common. It only grows.
type shared struct {
	terms     *dictionary
	languages *dictionary
	tagKeys   *dictionary
	keyTags   *keyTags
}

// family is a kind of sets.
type family uint8

// The families, each with what numbers its sets. The places of words come
// first: family(place) has a set for each term.
const (
	byTag        = family(PlaceCount) + iota // filter tag
	byCreator                                // CreatorID
	bySeries                                 // SeriesID
	byKeeper                                 // PersonID
	byLanguage                               // in the dictionary
	byVisibility                             // archive.Visibility
	byTrait                                  // Trait
	byFocus                                  // filter tag
	familyCount
)

// Trait is what a work is or is not.
type Trait uint8

// The traits.
const (
	Complete  Trait = iota
	Crossover       // of fandoms that have no metatag in common
	OneShip         // with one relationship
)

// New returns an empty index.
func New() *Snapshot {
	s := &Snapshot{
		all:    roaring.New(),
		graph:  &graph{},
		orders: &orders{}, counters: &counters{},
		shared: &shared{
			terms: newDictionary(), languages: newDictionary(), tagKeys: newDictionary(),
			keyTags: &keyTags{tags: map[uint32][]archive.TagID{}},
		},
	}
	s.graph.relate()
	return s
}

// Len is the number of works.
func (s *Snapshot) Len() int { return int(s.all.GetCardinality()) }

// visible returns the works that v may see.
func (s *Snapshot) visible(v archive.Viewer) *roaring.Bitmap {
	visible := roaring.New()
	kept := s.sets[byKeeper].at(uint32(v.Person))
	for vis := archive.Private; vis <= archive.Public; vis++ {
		set := s.sets[byVisibility].at(uint32(vis))
		switch {
		case set == nil:
		case v.MaySee(0, vis): // whoever keeps it
			visible.Or(set.Bitmap())
		case v.Person != 0 && v.MaySee(v.Person, vis):
			visible.Or(kept.Within(set.Bitmap()))
		}
	}
	return visible
}

// filtered returns the works found by a tag: those with the tag, its synonyms,
// its subtags, and their synonyms.
func (s *Snapshot) filtered(id archive.TagID) *Set {
	return s.sets[byTag].at(uint32(s.graph.canonical(id)))
}

// eachRow calls f for the rows of b, ascending.
func eachRow(b *roaring.Bitmap, f func(row uint32)) {
	var rows [512]uint32
	it := b.ManyIterator()
	for n := it.NextMany(rows[:]); n > 0; n = it.NextMany(rows[:]) {
		for _, row := range rows[:n] {
			f(row)
		}
	}
}
