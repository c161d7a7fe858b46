package segment

import (
	"slices"
	"sort"

	"ficstead/internal/archive"
	"ficstead/internal/base/packed"
)

// kindCount is one more than the last kind.
const kindCount = archive.Freeform + 1

// maxHeads is how many heads there may be, so that 16 bits number them.
const maxHeads = 65535

// Numbering gives filter tags ordinals. Those of a kind stand together, the
// kinds in the order of their numbers, the most frequent tags first, equally
// frequent ones by TagID. Tags that were new later stand behind all kinds.
//
// It is never changed. Segments that stand beside each other share one, of which
// the later ones may have a longer form.
type Numbering struct {
	tags  packed.Column // TagIDs by ordinal
	uses  []uint32
	byTag []uint32              // ordinals by TagID, ascending
	from  [kindCount + 1]uint32 // where each kind begins
	heads [kindCount]uint32     // how many of each kind are heads
	head  [kindCount]uint32     // the first head of each kind
	list  []uint32              // ordinals by head
	*later
}

// later are the tags that were new after the first segment was made.
type later struct {
	tags  []archive.TagID
	kinds []archive.Kind
	uses  []uint32
	of    map[archive.TagID]uint32
}

// Len is one more than the last ordinal.
func (n *Numbering) Len() int { return n.first() + len(n.later.tags) }

// first is how many tags there were at first.
func (n *Numbering) first() int { return len(n.uses) }

// Tag returns the tag of an ordinal.
func (n *Numbering) Tag(ord uint32) archive.TagID {
	if int(ord) < n.first() {
		return archive.TagID(n.tags.At(int(ord)))
	}
	return n.later.tags[int(ord)-n.first()]
}

// Ordinal returns the ordinal of a tag.
func (n *Numbering) Ordinal(tag archive.TagID) (ord uint32, ok bool) {
	if i, ok := n.find(tag); ok {
		return n.byTag[i], true
	}
	ord, ok = n.later.of[tag]
	return ord, ok
}

// guesses is how often find guesses where a tag stands before it halves.
const guesses = 3

// find returns where a tag stands in byTag. Each step may wait for memory, and
// TagIDs mostly lie close together: so at first it guesses.
func (n *Numbering) find(tag archive.TagID) (at int, ok bool) {
	from, to := 0, len(n.byTag)
	for range guesses {
		if to-from < 2 {
			break
		}
		low, high := n.tagAt(from), n.tagAt(to-1)
		if tag < low || tag > high {
			return 0, false
		}
		share := (float64(tag) - float64(low)) / max(1, float64(high)-float64(low))
		guess := from + int(min(max(share, 0), 1)*float64(to-1-from))
		switch found := n.tagAt(guess); {
		case found == tag:
			return guess, true
		case found < tag:
			from = guess + 1
		default:
			to = guess
		}
	}
	i, ok := sort.Find(to-from, func(i int) int { return compareIDs(tag, n.tagAt(from+i)) })
	return from + i, ok
}

// tagAt returns the ith tag by TagID.
func (n *Numbering) tagAt(i int) archive.TagID { return archive.TagID(n.tags.At(int(n.byTag[i]))) }

func compareIDs[T ~int64](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Kind returns the kind of an ordinal.
func (n *Numbering) Kind(ord uint32) archive.Kind {
	if int(ord) >= n.first() {
		return n.later.kinds[int(ord)-n.first()]
	}
	kind := archive.Rating
	for ord >= n.from[kind+1] {
		kind++
	}
	return kind
}

// Range returns the ordinals of a kind: those from from on, before to. Tags that
// were new later are not among them: they are from Later on, of all kinds.
func (n *Numbering) Range(kind archive.Kind) (from, to uint32) { return n.from[kind], n.from[kind+1] }

// Later is the first ordinal of the tags that were new later.
func (n *Numbering) Later() uint32 { return uint32(n.first()) }

// Uses is how many works had a tag when it was numbered.
func (n *Numbering) Uses(ord uint32) uint32 {
	if int(ord) < n.first() {
		return n.uses[ord]
	}
	return n.later.uses[int(ord)-n.first()]
}

// Heads returns the ordinals of all heads. Those of a kind stand together and
// are its first ones. Callers must not change them.
func (n *Numbering) Heads() []uint32 { return n.list }

// HeadRange returns the first ordinal and the first head of a kind, and how many
// heads it has.
func (n *Numbering) HeadRange(kind archive.Kind) (ord, head, heads uint32) {
	return n.from[kind], n.head[kind], n.heads[kind]
}

// HeadOf returns the head of an ordinal, if it has one.
func (n *Numbering) HeadOf(ord uint32) (head uint16, ok bool) {
	for kind := archive.Fandom; kind < kindCount; kind++ {
		if i := ord - n.from[kind]; i < n.heads[kind] {
			return uint16(n.head[kind] + i), true
		}
	}
	return 0, false
}

// isSmall reports whether tags of a kind are in cells.
func isSmall(kind archive.Kind) bool { return kind < archive.Fandom }

// numbered is a tag that is to be numbered.
type numbered struct {
	tag  archive.TagID
	kind archive.Kind
	uses uint32
	slot uint32 // of the builder
	ord  uint32 // filled in when it is numbered
}

// newNumbering numbers tags, each of which is there once. So many become heads at most.
func newNumbering(tags []numbered, heads uint32, workers int) *Numbering {
	n := &Numbering{later: &later{}, uses: make([]uint32, len(tags))}
	ids, rarity, kinds := make([]uint64, len(tags)), make([]uint32, len(tags)), make([]uint32, len(tags))
	var span packed.Span
	for i, t := range tags {
		ids[i], rarity[i], kinds[i] = uint64(t.tag), ^t.uses, uint32(t.kind)
		span.Add(int64(t.tag))
	}
	order := packed.Identity(len(tags))
	packed.Sort64(order, ids, workers)
	ascending := slices.Clone(order)
	packed.Sort32(order, rarity, workers)
	packed.Sort32(order, kinds, workers)
	n.tags = span.Column(len(tags))
	ordinals := rarity // used up
	for ord, i := range order {
		n.tags.Put(ord, int64(tags[i].tag))
		n.uses[ord] = tags[i].uses
		ordinals[i] = uint32(ord)
		tags[i].ord = uint32(ord)
		n.from[tags[i].kind+1]++
	}
	for kind := range kindCount {
		n.from[kind+1] += n.from[kind]
	}
	n.byTag = ascending
	for i, t := range ascending {
		n.byTag[i] = ordinals[t]
	}
	n.allot(heads)
	n.listHeads()
	return n
}

// allot decides how many heads each kind gets: such that the most frequent tag
// without one is to its kind's tenth tag as in every other kind. Counting tails
// is needed when a tail may be among the first ten of its kind.
func (n *Numbering) allot(most uint32) {
	share := func(ratio float64) (counts [kindCount]uint32, all uint32) {
		for kind := archive.Fandom; kind < kindCount; kind++ {
			uses := n.uses[n.from[kind]:n.from[kind+1]]
			if len(uses) == 0 {
				continue
			}
			least := ratio * float64(uses[min(9, len(uses)-1)])
			counts[kind] = uint32(sort.Search(len(uses), func(i int) bool { return float64(uses[i]) < least }))
			all += counts[kind]
		}
		return counts, all
	}
	counts, all := share(0)
	for low, high, i := 0.0, 2.0, 0; all > most || i > 0 && i < 50; i++ {
		middle := (low + high) / 2
		if c, a := share(middle); a <= most {
			counts, all, high = c, a, middle
		} else {
			low = middle
		}
	}
	for kind := archive.Fandom; kind < kindCount; kind++ { // what is left of equally frequent ones
		more := min(most-all, n.from[kind+1]-n.from[kind]-counts[kind])
		counts[kind] += more
		all += more
	}
	n.heads = counts
}

// listHeads numbers the heads of all kinds.
func (n *Numbering) listHeads() {
	n.list = nil
	for kind := archive.Fandom; kind < kindCount; kind++ {
		n.head[kind] = uint32(len(n.list))
		for i := range n.heads[kind] {
			n.list = append(n.list, n.from[kind]+i)
		}
	}
}

// grown returns n with new tags behind it.
func (n *Numbering) grown(tags []numbered) *Numbering {
	if len(tags) == 0 {
		return n
	}
	slices.SortFunc(tags, func(a, b numbered) int { return compareIDs(a.tag, b.tag) })
	old, all := n.later, len(n.later.tags)+len(tags)
	for i := range tags {
		tags[i].ord = uint32(n.first() + len(old.tags) + i)
	}
	more := &later{
		tags: append(make([]archive.TagID, 0, all), old.tags...), kinds: append(make([]archive.Kind, 0, all), old.kinds...),
		uses: append(make([]uint32, 0, all), old.uses...), of: make(map[archive.TagID]uint32, all),
	}
	for _, t := range tags {
		more.tags, more.kinds, more.uses = append(more.tags, t.tag), append(more.kinds, t.kind), append(more.uses, t.uses)
	}
	for i, tag := range more.tags {
		more.of[tag] = uint32(n.first() + i)
	}
	next := *n
	next.later = more
	return &next
}
