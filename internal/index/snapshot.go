package index

import (
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/index/segment"
	"ficstead/internal/index/tally"
	"ficstead/internal/index/vocabulary"
)

// Snapshot is the index at one moment. It is safe for any number of readers.
type Snapshot struct {
	words   *vocabulary.Vocabulary
	byName  nameOrder          // of tags of the base
	numbers *segment.Numbering // of all parts
	parts   []*segment.Segment // the base first, the newest last
	table   *tally.Table       // of the base
	live    *roaring.Bitmap    // rows that are the newest of their work
	all     int                // how many those are
	dead    *roaring.Bitmap    // rows of the base that are not; nil if there are none
	sees    [audiences]rows
	largest archive.WorkID
	sights  *sights
	eager   bool // see Eager
}

// audiences are those whose sight is kept: guests and members, who see what
// anyone does that has signed in.
const audiences = 2

// New returns an empty index.
func New() *Snapshot { return NewBuilder(vocabulary.New()).Done() }

// Len is the number of works.
func (s *Snapshot) Len() int { return s.all }

// Parts are how many works each part has, the base first.
func (s *Snapshot) Parts() []int {
	sizes := make([]int, len(s.parts))
	for i, part := range s.parts {
		sizes[i] = part.Len()
	}
	return sizes
}

// partOf returns the segment that has a row.
func (s *Snapshot) partOf(row uint32) *segment.Segment {
	for i := len(s.parts) - 1; i > 0; i-- {
		if row >= s.parts[i].First {
			return s.parts[i]
		}
	}
	return s.parts[0]
}

// rowOf returns the live row of a work.
func (s *Snapshot) rowOf(id archive.WorkID) (uint32, bool) {
	for i := len(s.parts) - 1; i >= 0; i-- {
		if row, ok := s.parts[i].RowOf(id); ok && s.live.Contains(row) {
			return row, true
		}
	}
	return 0, false
}

// sight is what somebody may see.
type sight struct {
	all      rows
	audience tally.Audience
	own      *roaring.Bitmap // rows beside those that the audience sees; nil if there are none
}

// sights keeps what viewers see who see more than others do, and the rows of
// tags with words in their names that were asked for.
type sights struct {
	mu   sync.Mutex
	kept map[archive.Viewer]sight
	said map[saying]rows // nil: none yet
}

// saying is words in names of tags. Snapshots may differ in their tags alone.
type saying struct {
	in    *vocabulary.Vocabulary
	terms string
}

// keptSayings is how many are kept, of a megabyte each at the most.
const keptSayings = 32

// said returns the rows that are found by a tag whose name, or that of a
// synonym, has the terms side by side; dead ones included.
func (s *Snapshot) said(terms []string) rows {
	key := saying{s.words, strings.Join(terms, " ")}
	s.sights.mu.Lock()
	found, ok := s.sights.said[key]
	s.sights.mu.Unlock()
	if ok {
		return found
	}
	found = s.rowsOf(s.words.Saying(terms))
	s.sights.mu.Lock()
	defer s.sights.mu.Unlock()
	if s.sights.said == nil || len(s.sights.said) >= keptSayings {
		s.sights.said = map[saying]rows{}
	}
	s.sights.said[key] = found
	return found
}

// hasSaid reports whether said has its answer already.
func (s *Snapshot) hasSaid(terms []string) bool {
	s.sights.mu.Lock()
	defer s.sights.mu.Unlock()
	_, ok := s.sights.said[saying{s.words, strings.Join(terms, " ")}]
	return ok
}

// keptSights is how many are kept, of a megabyte each at the most.
const keptSights = 64

// sight returns what v may see.
func (s *Snapshot) sight(v archive.Viewer) sight {
	audience := tally.Guests
	if v.Person != 0 {
		audience = tally.Members
	}
	seen := sight{all: s.sees[audience], audience: audience}
	if v.Person == 0 && !v.Moderator {
		return seen
	}
	s.sights.mu.Lock()
	defer s.sights.mu.Unlock()
	if kept, ok := s.sights.kept[v]; ok {
		return kept
	}
	if own := s.own(v, s.sees[audience].many); !own.IsEmpty() {
		seen.own = own
		seen.all = manyOf(roaring.Or(s.sees[audience].many, own))
	}
	if len(s.sights.kept) >= keptSights {
		clear(s.sights.kept)
	}
	s.sights.kept[v] = seen
	return seen
}

// own returns the rows that v may see beside those of its audience.
func (s *Snapshot) own(v archive.Viewer, audience *roaring.Bitmap) *roaring.Bitmap {
	own := roaring.New()
	for _, part := range s.parts {
		kept := part.Set(segment.ByKeeper, uint32(v.Person))
		for vis := archive.Private; vis <= archive.Public; vis++ {
			switch set := part.VisibilitySet(vis); {
			case v.MaySee(0, vis): // whoever keeps it
				if !(archive.Viewer{Person: v.Person}).MaySee(0, vis) {
					own.Or(set.Bitmap())
				}
			case v.Person != 0 && v.MaySee(v.Person, vis) && kept.Len() > 0:
				own.Or(set.Within(kept.Bitmap()))
			}
		}
	}
	own.And(s.live)
	own.AndNot(audience)
	return own
}
