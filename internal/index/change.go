package index

import (
	"maps"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/index/segment"
	"ficstead/internal/index/tally"
	"ficstead/internal/index/vocabulary"
)

// maxRow is the largest number that sets can hold.
const maxRow = math.MaxUint32

// Change is what makes one snapshot of another. Tags that its Docs have must be
// in it or known already.
type Change struct {
	Docs    []Doc             // works that are new or changed, each once
	Removed []archive.WorkID  // works that are gone; known or not
	Tags    []archive.Tag     // tags that are new or changed
	Linked  []archive.TagID   // tags whose links changed
	Links   []archive.TagLink // all links that there are of the tags of Linked
}

// With returns the index after c. Only one caller may grow the newest snapshot
// at a time; readers of any snapshot are not disturbed.
//
// What changed goes into a new small segment, and into one with those before it
// that are not much larger, so that there are never many.
func (s *Snapshot) With(c Change) *Snapshot {
	e := &edit{old: s, words: s.words, dead: roaring.New(), filed: roaring.New()}
	if len(c.Tags)+len(c.Linked) > 0 {
		var moved []archive.TagID
		e.words, moved = s.words.With(vocabulary.Change{Tags: c.Tags, Linked: c.Linked, Links: c.Links})
		e.refile(moved)
	}
	docs := map[archive.WorkID]Doc{}
	for _, d := range c.Docs {
		if known(d.ID) {
			docs[d.ID] = d
			e.drop(d.ID)
		}
	}
	for _, id := range c.Removed {
		e.drop(id)
		delete(docs, id)
	}
	for _, id := range slices.Sorted(maps.Keys(docs)) {
		e.docs = append(e.docs, docs[id])
	}
	next := e.done()
	if len(next.parts) > 1 || next.parts[0] == s.parts[0] {
		next.byName = s.byName.without(c.Tags, s.words, e.words, s.numbers)
	}
	return next
}

// edit is a snapshot in the making.
type edit struct {
	old   *Snapshot
	words *vocabulary.Vocabulary
	dead  *roaring.Bitmap // live rows of old that are not any more
	filed *roaring.Bitmap // of them, those that are written anew
	docs  []Doc
}

// drop takes a work out.
func (e *edit) drop(id archive.WorkID) {
	if row, ok := e.old.rowOf(id); ok {
		e.dead.Add(row)
		e.filed.Remove(row)
	}
}

// refile notes the works found by tags that moved: they are written anew.
func (e *edit) refile(moved []archive.TagID) {
	for _, id := range moved {
		for _, set := range e.old.sets(nil, Tag(id)) {
			e.dead.Or(set.Bitmap())
		}
	}
	e.dead.And(e.old.live)
	e.filed = e.dead.Clone()
}

// smallBase is where a base is as easily written anew as a small segment is,
// once that has grown to a share of it.
const (
	smallBase  = 20_000
	shareOfIt  = 2
	muchLarger = 2
)

// done writes the new segment and returns the snapshot.
func (e *edit) done() *Snapshot {
	if e.dead.IsEmpty() && len(e.docs) == 0 {
		return e.old.with(e.words)
	}
	kept := len(e.old.parts)
	size := len(e.docs) + int(e.filed.GetCardinality())
	for kept > 1 && e.liveIn(kept-1) < muchLarger*size {
		kept--
		size += e.liveIn(kept)
	}
	base := e.old.parts[0]
	if kept == 1 && base.Len() <= max(smallBase, 1) && size*shareOfIt >= e.liveIn(0) {
		return newBase(e.words, e.write(newWhole(e.words, e.old.eager), 0), e.old.eager)
	}
	next := *e.old
	next.words = e.words
	next.parts = slices.Clone(e.old.parts[:kept])
	last := next.parts[kept-1]
	first := roundUp(last.First + uint32(last.Len()))
	if size > 0 {
		o := segment.Options{Kind: e.words.Kind, Numbering: e.old.numbers, First: first, Workers: 1}
		delta := e.write(segment.NewBuilder(o), kept)
		next.parts, next.numbers = append(next.parts, delta), delta.Numbering()
		next.largest = max(next.largest, largestOf(delta))
	}
	e.show(&next, first)
	return &next
}

// liveIn is how many rows of a segment stay.
func (e *edit) liveIn(part int) int {
	p := e.old.parts[part]
	from, to := uint64(p.First), uint64(p.First)+uint64(p.Len())
	return int(e.old.live.CardinalityInRange(from, to) - e.dead.CardinalityInRange(from, to))
}

// roundUp returns the next row at which a segment may begin: none shares a
// container of a bitmap with another.
func roundUp(row uint32) uint32 {
	const container = 1 << 16
	return (row + container - 1) / container * container
}

// write writes into b all that stays of the segments from one on, what is filed
// anew, and the new works.
func (e *edit) write(b *segment.Builder, part int) *segment.Segment {
	f := newFiler(e.words)
	for ; part < len(e.old.parts); part++ {
		p := e.old.parts[part]
		it := e.old.live.Iterator()
		it.AdvanceIfNeeded(p.First)
		for it.HasNext() {
			row := it.Next()
			if row >= p.First+uint32(p.Len()) {
				break
			}
			if !e.dead.Contains(row) {
				b.AddRow(p, row, nil)
			}
		}
	}
	for it := e.filed.Iterator(); it.HasNext(); {
		row := it.Next()
		b.AddRow(e.old.partOf(row), row, f.file)
	}
	for i := range e.docs {
		b.Add(f.row(&e.docs[i]))
	}
	return b.Build()
}

// show brings up to date what is live and who sees it. What stands from first on is new.
func (e *edit) show(next *Snapshot, first uint32) {
	var fresh []*segment.Segment
	if last := next.parts[len(next.parts)-1]; last.First == first {
		fresh = next.parts[len(next.parts)-1:]
	}
	old := e.old
	for a := range next.sees {
		b := roaring.AndNot(old.sees[a].many, e.dead)
		b.RemoveRange(uint64(first), 1<<32)
		for _, part := range fresh {
			addSeen(b, part, tally.Audience(a))
		}
		next.sees[a] = often(manyOf(b))
	}
	next.live = roaring.AndNot(old.live, e.dead)
	next.live.RemoveRange(uint64(first), 1<<32)
	for _, part := range fresh {
		next.live.AddRange(uint64(part.First), uint64(part.First)+uint64(part.Len()))
	}
	next.all = int(next.live.GetCardinality())
	if base := e.old.parts[0].Len(); int(next.live.CardinalityInRange(0, uint64(base))) < base {
		next.dead = roaring.New()
		next.dead.AddRange(0, uint64(base))
		next.dead.AndNot(next.live)
	}
	next.sights = &sights{kept: map[archive.Viewer]sight{}}
}

// addSeen adds the rows of a segment that an audience sees.
func addSeen(b *roaring.Bitmap, part *segment.Segment, a tally.Audience) {
	for vis := archive.Private; vis <= archive.Public; vis++ {
		if a.Sees(vis) {
			part.VisibilitySet(vis).AddTo(b)
		}
	}
}

// allSeen reports whether an audience sees all works of a segment.
func allSeen(part *segment.Segment, a tally.Audience) bool {
	n := 0
	for vis := archive.Private; vis <= archive.Public; vis++ {
		if a.Sees(vis) {
			n += part.VisibilitySet(vis).Len()
		}
	}
	return n == part.Len()
}

// with returns s with other words, of which no work is another for it.
func (s *Snapshot) with(words *vocabulary.Vocabulary) *Snapshot {
	if words == s.words {
		return s
	}
	next := *s
	next.words = words
	return &next
}

// newWhole begins the only segment of an index.
func newWhole(words *vocabulary.Vocabulary, eager bool) *segment.Builder {
	o := segment.Options{Kind: words.Kind, Workers: workers()}
	if eager {
		o.Heads = eagerHeads
	}
	return segment.NewBuilder(o)
}

// newBase returns the index of one segment.
func newBase(words *vocabulary.Vocabulary, base *segment.Segment, eager bool) *Snapshot {
	s := &Snapshot{words: words, parts: []*segment.Segment{base}, numbers: base.Numbering(), eager: eager}
	s.byName = nameOrderOf(words, s.numbers)
	if eager {
		s.table = tally.MakeWith(base, s.compareNames, eagerLimits())
	} else {
		s.table = tally.Make(base, s.compareNames)
	}
	s.words = words.Weigh(worksOf(base.Numbering()))
	s.showBase()
	return s
}

// worksOf returns how many works are found by a tag, where a numbering was made of
// all works there are. It is asked of every tag.
func worksOf(n *segment.Numbering) func(archive.TagID) int {
	uses := byTag(n, n.Uses)
	return func(id archive.TagID) int { return int(uses(id)) }
}

// byTag returns what of says of the ordinal of a tag, 0 of others. It is asked of
// every tag.
func byTag(n *segment.Numbering, of func(ord uint32) uint32) func(archive.TagID) uint32 {
	all := make([]uint32, 0, n.Len())
	for ord := range uint32(n.Len()) {
		id := n.Tag(ord)
		if id < 0 || id > vocabulary.MaxTag {
			continue
		}
		if more := int(id) + 1 - len(all); more > 0 {
			all = append(all, make([]uint32, more)...)
		}
		all[id] = of(ord)
	}
	return func(id archive.TagID) uint32 {
		if id < 0 || int(id) >= len(all) {
			return 0
		}
		return all[id]
	}
}

// showBase works out what is live and who sees it, where there is only a base.
func (s *Snapshot) showBase() {
	base := s.parts[0]
	s.live = roaring.New()
	s.live.AddRange(0, uint64(base.Len()))
	s.all = base.Len()
	for a := range s.sees {
		sees := s.live
		if !allSeen(base, tally.Audience(a)) {
			sees = roaring.New()
			addSeen(sees, base, tally.Audience(a))
		}
		s.sees[a] = often(manyOf(sees))
	}
	s.largest = largestOf(base)
	s.sights = &sights{kept: map[archive.Viewer]sight{}}
}

// largestOf is the largest id of a work in a segment.
func largestOf(part *segment.Segment) archive.WorkID {
	ids := part.ByID()
	if len(ids) == 0 {
		return 0
	}
	return part.ID(part.First + ids[len(ids)-1])
}
