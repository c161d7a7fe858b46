package index

import (
	"slices"

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
	byTag        = family(placeCount) + iota // filter tag
	byCreator                                // CreatorID
	bySeries                                 // SeriesID
	byKeeper                                 // PersonID
	byLanguage                               // in the dictionary
	byVisibility                             // archive.Visibility
	byTrait                                  // Complete or Crossover
	familyCount
)

// Trait is what a work is or is not.
type Trait uint8

// The traits.
const (
	Complete Trait = iota
	Crossover
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

// All returns every work. As with all sets, callers must not change it.
func (s *Snapshot) All() *roaring.Bitmap { return s.all }

// Visible returns the works that v may see.
func (s *Snapshot) Visible(v archive.Viewer) *roaring.Bitmap {
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

// Filtered returns the works found by a tag: those with the tag, its synonyms,
// its subtags, and their synonyms.
func (s *Snapshot) Filtered(id archive.TagID) *Set {
	return s.sets[byTag].at(uint32(s.graph.canonical(id)))
}

// ByCreator returns the works of a creator.
func (s *Snapshot) ByCreator(id archive.CreatorID) *Set { return s.sets[byCreator].at(uint32(id)) }

// InSeriesOf returns the works of a series.
func (s *Snapshot) InSeriesOf(id archive.SeriesID) *Set { return s.sets[bySeries].at(uint32(id)) }

// InLanguage returns the works in the language of a code.
func (s *Snapshot) InLanguage(code string) *Set {
	n, ok := s.languages.find(code)
	if !ok {
		return nil
	}
	return s.sets[byLanguage].at(n)
}

// WithVisibility returns the works of a visibility.
func (s *Snapshot) WithVisibility(v archive.Visibility) *Set {
	return s.sets[byVisibility].at(uint32(v))
}

// WithTrait returns the works of a trait.
func (s *Snapshot) WithTrait(t Trait) *Set { return s.sets[byTrait].at(uint32(t)) }

// Between returns the works of in whose column lies between least and most, both included.
func (s *Snapshot) Between(in *roaring.Bitmap, c Column, least, most int64) *roaring.Bitmap {
	var rows []uint32
	column := s.columns[c]
	eachRow(in, func(row uint32) {
		if n := column[row]; n >= least && n <= most {
			rows = append(rows, row)
		}
	})
	found := roaring.New()
	found.AddMany(rows)
	return found
}

// Words returns the works of in that have the terms side by side in one passage of place.
func (s *Snapshot) Words(place Place, terms []string, in *roaring.Bitmap) *roaring.Bitmap {
	numbers := make([]uint32, len(terms))
	if len(terms) == 0 || !s.terms.known(terms, numbers) {
		return roaring.New()
	}
	found := s.sets[place].at(numbers[0]).Within(in)
	for _, n := range numbers[1:] {
		if found.IsEmpty() {
			return found
		}
		found = s.sets[place].at(n).Within(found)
	}
	if len(numbers) == 1 {
		return found
	}
	return s.withPhrase(found, place, numbers)
}

// Effort is how many works Words must at most look into for a phrase, 0 for a single word.
func (s *Snapshot) Effort(place Place, terms []string) int {
	numbers := make([]uint32, len(terms))
	if len(terms) < 2 || !s.terms.known(terms, numbers) {
		return 0
	}
	least := s.sets[place].at(numbers[0]).Len()
	for _, n := range numbers[1:] {
		least = min(least, s.sets[place].at(n).Len())
	}
	return least
}

// withPhrase returns the works of in that have the terms side by side.
func (s *Snapshot) withPhrase(in *roaring.Bitmap, place Place, terms []uint32) *roaring.Bitmap {
	has := func(w *work) bool { return s.hasInTags(w, terms) }
	if place != InTags {
		phrase := encode(terms)
		has = func(w *work) bool { return w.passages.has(place, phrase) }
	}
	var rows []uint32
	eachRow(in, func(row uint32) {
		if has(s.works.at(row)) {
			rows = append(rows, row)
		}
	})
	return roaring.BitmapOf(rows...)
}

func (s *Snapshot) hasInTags(w *work, terms []uint32) bool {
	return slices.ContainsFunc(w.tags, func(id uint32) bool {
		t := s.graph.tags.at(id)
		return t != nil && sideBySide(t.terms, terms)
	})
}

// OwnTags counts the tags that the works of in which are found by id have
// themselves.
func (s *Snapshot) OwnTags(in *roaring.Bitmap, id archive.TagID) map[archive.TagID]int {
	own := map[archive.TagID]int{}
	eachRow(s.Filtered(id).Within(in), func(row uint32) {
		for _, tag := range s.works.at(row).tags {
			own[archive.TagID(tag)]++
		}
	})
	return own
}

// IsUsed reports whether one of the works of in has exactly this tag, not only
// another that stands for it.
func (s *Snapshot) IsUsed(in *roaring.Bitmap, id archive.TagID) bool {
	it := s.Filtered(id).Within(in).Iterator()
	for it.HasNext() {
		if slices.Contains(s.works.at(it.Next()).tags, uint32(id)) {
			return true
		}
	}
	return false
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
