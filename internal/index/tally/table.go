package tally

import (
	"math"
	"slices"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/index/segment"
)

// Table knows counts of large sets of the works of one base segment. It is not
// changed once made, and safe for any number of readers.
type Table struct {
	base  *segment.Segment
	kinds [KindCount]span
	small uint32 // ordinals below are of ratings, warnings and categories

	sees  [audiences]*roaring.Bitmap // nil: all rows
	lists [audiences]lists
	fulls fulls
	cube  cube
	rungs [audiences][]ladder
	sets  cellSets
	pool  pool
}

// Audience is who asks, as far as that decides what many see alike.
type Audience uint8

// The audiences. What members see of their own beside is not the audience's.
const (
	Guests Audience = iota
	Members
	audiences
)

// Sees reports whether an audience sees works of a visibility, whoever keeps them.
func (a Audience) Sees(v archive.Visibility) bool {
	viewer := archive.Viewer{}
	if a == Members {
		viewer.Person = math.MaxInt32 // anyone who keeps none of them
	}
	return viewer.MaySee(0, v)
}

// span is where the tags of a kind are: their ordinals, and those that have heads.
type span struct{ from, to, head, heads uint32 }

// headOf returns the head of an ordinal of the kind.
func (s span) headOf(ord uint32) (h uint16, ok bool) {
	if ord < s.from || ord-s.from >= s.heads {
		return 0, false
	}
	return uint16(s.head + ord - s.from), true
}

func newTable(base *segment.Segment) *Table {
	t := &Table{base: base}
	numbers := base.Numbering()
	for _, kind := range archive.Kinds {
		s := &t.kinds[kind]
		s.from, s.to = numbers.Range(kind)
		_, s.head, s.heads = numbers.HeadRange(kind)
	}
	t.small = t.kinds[archive.Category].to
	t.pool.small, t.pool.languages = int(t.small), base.Languages()
	return t
}

// uses is how many works of the base are found by a tag, at most.
func (t *Table) uses(ord uint32) uint32 { return t.base.Numbering().Uses(ord) }

// usesAt is what the nth tag of a kind has, and all behind it at most.
func (t *Table) usesAt(kind archive.Kind, n uint32) uint32 {
	if s := t.kinds[kind]; s.from+n < s.to {
		return t.uses(s.from + n)
	}
	return 0
}

// of returns what c counted of a tag.
func (t *Table) of(c *counter, ord uint32) uint32 {
	if ord < t.small {
		return c.small[ord]
	}
	if h, ok := t.head(ord); ok {
		return c.heads[h]
	}
	return c.rest.get(ord)
}

func (t *Table) head(ord uint32) (uint16, bool) {
	for _, kind := range [...]archive.Kind{archive.Freeform, archive.CharacterTag, archive.Relationship, archive.Fandom} {
		if h, ok := t.kinds[kind].headOf(ord); ok {
			return h, true
		}
	}
	return 0, false
}

// ordinal returns the tag that has a head.
func (t *Table) ordinal(h uint16) (archive.Kind, uint32) {
	for _, kind := range archive.Kinds {
		if s := t.kinds[kind]; uint32(h) >= s.head && uint32(h)-s.head < s.heads {
			return kind, s.from + uint32(h) - s.head
		}
	}
	return 0, 0
}

// byKind lists all that c counted.
func (t *Table) byKind(c *counter, a Ask) (all Tops) {
	if c.n == 0 {
		return all
	}
	put := func(h uint16) {
		if n := c.heads[h]; n > 0 {
			kind, ord := t.ordinal(h)
			all[kind] = append(all[kind], Count{ord, n})
		}
	}
	if c.few {
		for _, h := range c.seen {
			put(h)
		}
	} else {
		for h := range c.heads {
			put(uint16(h))
		}
	}
	t.others(c, a, func(kind archive.Kind, ord, n uint32) { all[kind] = append(all[kind], Count{ord, n}) })
	return all
}

// others calls f for what c counted of tags without a head.
func (t *Table) others(c *counter, a Ask, f func(kind archive.Kind, ord, n uint32)) {
	for ord, n := range c.small {
		if n > 0 {
			f(t.kind(a, uint32(ord)), uint32(ord), n)
		}
	}
	c.rest.each(func(ord, n uint32) { f(t.kind(a, ord), ord, n) })
}

// Beside tags, by their ordinals, lists are of all works that an audience sees,
// of languages and of traits. These have numbers beyond all ordinals.
const (
	everything    = math.MaxUint32
	firstLanguage = 1<<31 + 1<<16
	firstTrait    = 1 << 31
)

// OfLanguage returns what stands in Ask.Tags for a language.
func (t *Table) OfLanguage(code string) (number uint32, ok bool) {
	n, ok := slices.BinarySearch(t.base.Languages(), code)
	return firstLanguage + uint32(n), ok
}

// OfTrait returns what stands in Ask.Tags for a trait.
func OfTrait(trait segment.Trait) (number uint32) { return firstTrait + uint32(trait) }

// lists are the most frequent tags of the works of common tags, for one audience.
type lists struct {
	tags    []uint32 // ascending; everything is the last
	sizes   []uint32
	starts  []uint32 // KindCount for each list, and the end: where languages (0) and each kind begin in entries
	rests   []uint32 // KindCount for each list: what no tag that is not listed has more of
	entries []uint32 // tag and count, in turns
}

// list is one of lists.
type list struct {
	*lists
	i int
}

func (l *lists) of(tag uint32) (list, bool) {
	i := sort.Search(len(l.tags), func(i int) bool { return l.tags[i] >= tag })
	return list{l, i}, i < len(l.tags) && l.tags[i] == tag
}

func (l list) large() bool { return false }

func (l list) tails() bool { return true }

func (l list) size() int { return int(l.sizes[l.i]) }

func (l list) of(kind archive.Kind) []uint32 {
	at := l.i*KindCount + int(kind)
	return l.entries[l.starts[at]:l.starts[at+1]]
}

func (l list) tags(kind archive.Kind, enough func(uint32) bool, f func(ord, n uint32)) uint32 {
	for e := l.of(kind); len(e) > 0; e = e[2:] {
		if enough(e[1]) {
			return 0 // all behind have less
		}
		f(e[0], e[1])
	}
	return l.rests[l.i*KindCount+int(kind)]
}

func (l list) has(kind archive.Kind, ord uint32) bool {
	for e := l.of(kind); len(e) > 0; e = e[2:] {
		if e[0] == ord {
			return true
		}
	}
	return false
}

// fulls are the counts of all heads, for the works of the commonest tags,
// languages and traits, whoever may see them.
type fulls struct {
	tags  []uint32 // ascending; everything is the last
	heads []uint32
	small []uint32
	langs []uint32
}

// full is one of fulls.
type full struct {
	t *Table
	i int
}

func (t *Table) full(tag uint32) (full, bool) {
	i := sort.Search(len(t.fulls.tags), func(i int) bool { return t.fulls.tags[i] >= tag })
	return full{t, i}, i < len(t.fulls.tags) && t.fulls.tags[i] == tag
}

func (f full) large() bool { return false }

func (f full) tails() bool { return false }

func (f full) size() int {
	return f.t.sizeOf(f.tag())
}

// tag is what the works have in common.
func (f full) tag() uint32 { return f.t.fulls.tags[f.i] }

// heads returns how many of the works have each head.
func (f full) heads() []uint32 { return part(f.t.fulls.heads, f.i, len(f.t.fulls.tags)) }

// small returns how many have each tag of a small kind.
func (f full) small() []uint32 { return part(f.t.fulls.small, f.i, len(f.t.fulls.tags)) }

// langs returns how many are in each language.
func (f full) langs() []uint32 { return part(f.t.fulls.langs, f.i, len(f.t.fulls.tags)) }

// known reports whether full counts know a tag.
func (f full) known(kind archive.Kind, ord uint32) bool {
	s := f.t.kinds[kind]
	return ord >= s.from && (ord < f.t.small || ord-s.from < s.heads)
}

func (f full) has(kind archive.Kind, ord uint32) bool {
	return f.known(kind, ord) && (ord < f.t.small || f.heads()[f.t.kinds[kind].head+ord-f.t.kinds[kind].from] > 0)
}

func (f full) tags(kind archive.Kind, enough func(uint32) bool, put func(ord, n uint32)) uint32 {
	s := f.t.kinds[kind]
	if s.from < f.t.small {
		counts := f.small()
		for ord := s.from; ord < s.to; ord++ {
			put(ord, counts[ord])
		}
		return 0
	}
	counts := f.heads()[s.head:][:s.heads]
	for i, n := range counts {
		if i%64 == 0 && enough(f.t.uses(s.from+uint32(i))) {
			return 0
		}
		if n > 0 {
			put(s.from+uint32(i), n)
		}
	}
	return f.t.usesAt(kind, s.heads)
}

func (f full) languages(put func(i, n int)) {
	for i, n := range f.langs() {
		put(i, int(n))
	}
}

// reaches reports whether the list is likely to have the most frequent tags of n of
// its works, whose tags are about as frequent as in all.
func (l list) reaches(most, n int) bool {
	for kind := archive.CharacterTag; kind <= archive.Freeform; kind++ {
		rest, listed := int(l.rests[l.i*KindCount+int(kind)]), l.of(kind)
		if rest == 0 {
			continue
		}
		if len(listed) < 2*most || rest*l.size()*5 > int(listed[2*most-1])*n*4 {
			return false
		}
	}
	return true
}

func (l list) languages(put func(i, n int)) {
	for e := l.of(0); len(e) > 0; e = e[2:] {
		put(int(e[0]), int(e[1]))
	}
}

// part returns the ith of n equal parts.
func part(all []uint32, i, n int) []uint32 {
	size := len(all) / n
	return all[i*size : (i+1)*size]
}
