package index

import (
	"cmp"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
)

// Count is a filter tag and how many of some works are found by it.
type Count struct {
	Tag archive.TagID
	N   int
}

// kindCount is beyond the number of every kind.
const kindCount = archive.Freeform + 1

// Counts returns, for each kind, the filter tags that most of the works of in
// are found by: most of them at most, the most frequent first, equal ones by
// name. The counts are exact.
func (s *Snapshot) Counts(in *roaring.Bitmap, most int) [kindCount][]Count {
	n := int(in.GetCardinality())
	if n == 0 || most <= 0 {
		return [kindCount][]Count{}
	}
	best := leaders{graph: s.graph, most: most}
	if n < broad || n < s.Len()/broadShare || !s.countSets(in, &best) {
		best = leaders{graph: s.graph, most: most}
		s.countWorks(in, &best)
	}
	return best.kinds
}

// Counting goes through the works, at about 3 ns for each tag of each, unless
// the works are so many that intersecting the sets of the commonest tags is
// less to do: it ends once no further tag can be frequent enough. Where it does
// not end soon, as with works whose tags are rare elsewhere, works are gone
// through after all.
const (
	broad      = 4000 // works
	broadShare = 8    // of all works, at least one in so many
	maxTries   = 1500 // sets of a kind
)

// countWorks counts by going through the works of in.
func (s *Snapshot) countWorks(in *roaring.Bitmap, best *leaders) {
	c := s.counters.take(int(s.sets[byTag].end()))
	defer s.counters.put(c)
	eachRow(in, func(row uint32) {
		for _, id := range s.works.at(row).filters {
			if c.n[id] == 0 {
				c.seen = append(c.seen, id)
			}
			c.n[id]++
		}
	})
	for _, id := range c.seen {
		best.offer(id, int(c.n[id]))
		c.n[id] = 0
	}
	c.seen = c.seen[:0]
}

// countSets counts by intersecting sets. It reports false if it gave up.
func (s *Snapshot) countSets(in *roaring.Bitmap, best *leaders) bool {
	for kind, ids := range s.counters.frequent(s) {
		for i, id := range ids {
			set := s.sets[byTag].at(id)
			if leads := best.kinds[kind]; len(leads) == best.most && set.Len() < leads[best.most-1].N {
				break
			}
			if i == maxTries {
				return false
			}
			best.offer(id, set.CountWithin(in))
		}
	}
	return true
}

// leaders are the most frequent tags so far, by kind.
type leaders struct {
	graph *graph
	most  int
	kinds [kindCount][]Count
}

func (l *leaders) offer(id uint32, n int) {
	t := l.graph.tags.at(id)
	if t == nil || n == 0 || t.Kind >= kindCount {
		return
	}
	leads := l.kinds[t.Kind]
	c := Count{archive.TagID(id), n}
	if len(leads) == l.most {
		if l.compare(c, leads[l.most-1]) > 0 {
			return
		}
		leads = leads[:l.most-1]
	}
	i, _ := slices.BinarySearchFunc(leads, c, l.compare)
	l.kinds[t.Kind] = slices.Insert(leads, i, c)
}

func (l *leaders) compare(a, b Count) int {
	if a.N != b.N {
		return cmp.Compare(b.N, a.N)
	}
	return l.graph.compareNames(a.Tag, b.Tag)
}

// compareNames puts tags in the order of their names.
func (g *graph) compareNames(a, b archive.TagID) int {
	s, t := g.tags.at(uint32(a)), g.tags.at(uint32(b))
	if s == nil || t == nil {
		return cmp.Compare(a, b)
	}
	return cmp.Or(cmp.Compare(s.key, t.key), cmp.Compare(a, b))
}

// counters keeps what counting needs, for one snapshot.
type counters struct {
	mu     sync.Mutex
	free   []*counter
	sorted *[kindCount][]uint32
}

// counter has a count for each tag, all 0 between uses, and the tags not at 0.
type counter struct {
	n    []uint32
	seen []uint32
}

func (c *counters) take(size int) *counter {
	c.mu.Lock()
	defer c.mu.Unlock()
	if last := len(c.free) - 1; last >= 0 {
		x := c.free[last]
		c.free = c.free[:last]
		return x
	}
	return &counter{n: make([]uint32, size)}
}

func (c *counters) put(x *counter) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.free = append(c.free, x)
}

// frequent returns the filter tags of each kind, the most frequent first.
func (c *counters) frequent(s *Snapshot) *[kindCount][]uint32 {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sorted != nil {
		return c.sorted
	}
	var sorted [kindCount][]uint32
	sizes := map[uint32]int{}
	s.sets[byTag].each(func(id uint32, set *Set) {
		if t := s.graph.tags.at(id); set != nil && t != nil && t.Kind < kindCount {
			sorted[t.Kind] = append(sorted[t.Kind], id)
			sizes[id] = set.Len()
		}
	})
	for _, ids := range sorted {
		slices.SortFunc(ids, func(a, b uint32) int { return cmp.Or(cmp.Compare(sizes[b], sizes[a]), cmp.Compare(a, b)) })
	}
	c.sorted = &sorted
	return c.sorted
}
