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

// KindCount is beyond the number of every kind.
const KindCount = archive.Freeform + 1

// counts counts for Found.Counts.
func (s *Snapshot) counts(in *roaring.Bitmap, most int) [KindCount][]Count {
	n := int(in.GetCardinality())
	if n == 0 || most <= 0 {
		return [KindCount][]Count{}
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
	broadShare = 12   // of all works, at least one in so many
	firstTries = 50   // sets of a kind, before looking whether it will end
	maxTries   = 1500 // sets of a kind
)

// countWorks counts by going through the works of in.
func (s *Snapshot) countWorks(in *roaring.Bitmap, best *leaders) {
	c := s.counters.take(int(s.sets[byTag].end()))
	defer s.counters.put(c)
	eachRow(in, func(row uint32) {
		for _, id := range s.filters.at(row) {
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
	sorted := s.counters.frequent(s)
	for _, kind := range archive.Kinds {
		for i, id := range sorted[kind] {
			set := s.sets[byTag].at(id)
			if leads := best.kinds[kind]; len(leads) == best.most && set.Len() < leads[best.most-1].N {
				break
			}
			if i == maxTries || i == firstTries && s.hopeless(sorted[kind], best.kinds[kind], best.most) {
				return false
			}
			best.offer(id, set.CountWithin(in))
		}
	}
	return true
}

// hopeless reports whether counting by sets would not end in time if the
// leaders so far stay about as frequent as they are.
func (s *Snapshot) hopeless(ids []uint32, leads []Count, most int) bool {
	if len(ids) <= maxTries {
		return false
	}
	return len(leads) < most || s.sets[byTag].at(ids[maxTries]).Len() > leads[most-1].N
}

// leaders are the most frequent tags so far, by kind.
type leaders struct {
	graph *graph
	most  int
	kinds [KindCount][]Count
}

func (l *leaders) offer(id uint32, n int) {
	t := l.graph.tags.at(id)
	if t == nil || n == 0 || t.Kind >= KindCount {
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

// CompareNames puts tags in the order of their names.
func (s *Snapshot) CompareNames(a, b archive.TagID) int { return s.graph.compareNames(a, b) }

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
	sorted *[KindCount][]uint32
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

// frequent returns the filter tags of each kind, the most frequent first; at 0
// those of all kinds.
func (c *counters) frequent(s *Snapshot) *[KindCount][]uint32 {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sorted == nil {
		c.sorted = s.sortBySize()
	}
	return c.sorted
}

// sortBySize sorts filter tags by the sizes of their sets. Most tags are rare,
// so those with less than manyRows works are dealt out by size and not compared.
func (s *Snapshot) sortBySize() *[KindCount][]uint32 {
	var dealt [manyRows][]uint32
	var common []uint32
	sizes := map[uint32]int{}
	s.sets[byTag].each(func(id uint32, set *Set) {
		switch n := set.Len(); {
		case n == 0 || s.graph.tags.at(id) == nil:
		case n < manyRows:
			dealt[n] = append(dealt[n], id)
		default:
			common = append(common, id)
			sizes[id] = n
		}
	})
	slices.SortFunc(common, func(a, b uint32) int { return cmp.Or(cmp.Compare(sizes[b], sizes[a]), cmp.Compare(a, b)) })
	for _, ids := range slices.Backward(dealt[:]) {
		common = append(common, ids...)
	}
	sorted := [KindCount][]uint32{0: common}
	for _, id := range common {
		if kind := s.graph.tags.at(id).Kind; kind < KindCount {
			sorted[kind] = append(sorted[kind], id)
		}
	}
	return &sorted
}
