package segment

import (
	"encoding/binary"
	"math"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/base/packed"
)

// Row is what a segment is told of a work.
type Row struct {
	ID         archive.WorkID
	Keeper     archive.PersonID
	Visibility archive.Visibility

	Own     []archive.TagID // as the work has them
	Filters []archive.TagID // by which it is found: canonical, with all metatags, of all kinds, each once
	Focus   []archive.TagID // those of Filters that it is mainly about

	Creators []archive.CreatorID // sets know those up to MaxUint32 only, as with series and keepers
	Series   []archive.SeriesID

	Language                     string
	Complete, Crossover, OneShip bool
	Values                       [ColumnCount]int64
	TitleKey, CreatorKey         string
	Words                        [PlaceCount][][]string // by place, by passage
}

// Options say how a segment is made.
type Options struct {
	Kind      func(archive.TagID) archive.Kind // asked once of each tag; tags of no known kind are left out
	Numbering *Numbering                       // to share; nil to make one of the rows
	First     uint32                           // a multiple of 65,536
	Workers   int                              // that build at once, at least 1
	Heads     int                              // tags that become heads, at most; 0: as many as 16 bits number
}

// minHeads is enough for all tags that are more than twice as frequent as the
// tenth of their kind.
const minHeads = 9 * 4

func (o Options) heads() uint32 {
	if o.Heads > 0 {
		return uint32(max(minHeads, min(o.Heads, maxHeads)))
	}
	return maxHeads
}

// Builder collects rows and makes a segment of them.
type Builder struct {
	Options
	slots slots

	cells     map[string]uint32
	cellKeys  []string
	cellUses  []uint32
	languages map[string]uint32

	terms    map[string]uint32
	words    []string // by the number of the term here
	termUses []uint32

	chunks [][]byte
	at     []uint64 // where the record of each row is: its chunk and its place there
	ids    []int64
	idSpan packed.Span
	spans  [ColumnCount]packed.Span
	pairs  [familyCount]int // of number and row, at most
	most   [familyCount]uint64

	fewPairs, mostPairs int // as the constants say, but in tests

	scratch   []byte
	small     []uint32
	filters   [kindCount][]filter // by kind
	codes     []archive.TagID     // the filters of a row in the order of their codes, which count from 1
	near      [256]uint16         // the code of the last filter of each low byte
	ordinals  []uint32            // of a row that is added from another segment
	own, row  []archive.TagID
	creators  []archive.CreatorID
	series    []archive.SeriesID
	from      *Segment // the last segment that rows were added from
	fromTerms []uint32 // its terms: number here plus 1
	fromWords []uint32 // its terms: their places in the ascending list
}

// NewBuilder returns a builder without rows.
func NewBuilder(o Options) *Builder {
	o.Workers = max(o.Workers, 1)
	return &Builder{
		Options: o, slots: slots{kindOf: o.Kind}, cells: map[string]uint32{}, languages: map[string]uint32{}, terms: map[string]uint32{},
		fewPairs: fewPairs, mostPairs: mostPairs,
	}
}

// Add adds a row. It keeps nothing of r.
func (b *Builder) Add(r Row) {
	b.begin(r.Filters, r.Language, traitsOf(r.Complete, r.Crossover, r.OneShip), r.Visibility, r.Values)
	b.number(uint64(r.Keeper))
	b.string(r.TitleKey)
	b.string(r.CreatorKey)
	putIDs(b, r.Creators, ByCreator)
	putIDs(b, r.Series, BySeries)
	b.note(ByKeeper, uint64(r.Keeper))
	b.tags(r.Own, r.Focus)
	for place, passages := range r.Words {
		if place > 0 {
			b.number(turn)
		}
		for i, passage := range passages {
			if i > 0 {
				b.number(gap)
			}
			for _, word := range passage {
				b.number(uint64(b.term(word)) + 2)
			}
		}
	}
	b.end(r.ID)
}

// filter is a tag that a row is found by, and its slot's number.
type filter struct {
	tag  archive.TagID
	slot uint32
}

// begin begins the record of a row: its cell, its values and its other filters,
// fandoms first. Filters have codes: first the small kinds, as in the key of the
// cell, then the others as they stand in the record.
func (b *Builder) begin(filters []archive.TagID, language string, traits Traits, v archive.Visibility, values [ColumnCount]int64) {
	b.scratch, b.small, b.codes = b.scratch[:0], b.small[:0], b.codes[:0]
	clear(b.near[:])
	for kind := archive.Fandom; kind < kindCount; kind++ {
		b.filters[kind] = b.filters[kind][:0]
	}
	n := 0
	for i, tag := range filters {
		if i > 0 && tag <= filters[i-1] && slices.Contains(filters[:i], tag) {
			continue
		}
		slot := b.slots.of(tag)
		switch kind := slot.kind(); {
		case kind == 0:
			continue
		case isSmall(kind):
			b.small = append(b.small, slot.number())
		default:
			b.filters[kind] = append(b.filters[kind], filter{tag, slot.number()})
			n++
		}
		b.slots.uses[slot.number()]++
	}
	b.number(uint64(b.cell(language, traits, v)))
	for c, n := range values {
		b.spans[c].Add(n)
		b.scratch = binary.AppendVarint(b.scratch, n)
	}
	for _, slot := range b.small {
		b.code(b.slots.tags[slot])
	}
	fandoms := len(b.filters[archive.Fandom])
	b.number(uint64(fandoms))
	b.slotsOf(archive.Fandom)
	b.number(uint64(n - fandoms))
	for kind := archive.Fandom + 1; kind < kindCount; kind++ {
		b.slotsOf(kind)
	}
	b.pairs[ByTag] += len(b.small) + n
}

// slotsOf writes the filters of a kind.
func (b *Builder) slotsOf(kind archive.Kind) {
	for _, f := range b.filters[kind] {
		b.number(uint64(f.slot))
		b.code(f.tag)
	}
}

// code gives a filter the next code.
func (b *Builder) code(tag archive.TagID) {
	b.codes = append(b.codes, tag)
	b.near[byte(tag)] = uint16(len(b.codes))
}

// codeOf returns the code of a filter of the row, 0 if it is none.
func (b *Builder) codeOf(tag archive.TagID) int {
	last := int(b.near[byte(tag)])
	switch {
	case len(b.codes) > math.MaxUint16:
	case last == 0:
		return 0
	case b.codes[last-1] == tag:
		return last
	}
	return slices.Index(b.codes, tag) + 1
}

// end puts the record away.
func (b *Builder) end(id archive.WorkID) {
	last := len(b.chunks) - 1
	if last < 0 || len(b.chunks[last])+len(b.scratch) > cap(b.chunks[last]) {
		room := min(4096<<len(b.chunks), 1<<20)
		b.chunks = append(b.chunks, make([]byte, 0, max(room, len(b.scratch))))
		last++
	}
	b.at = append(b.at, uint64(last)<<32|uint64(len(b.chunks[last])))
	b.chunks[last] = append(b.chunks[last], b.scratch...)
	b.ids = append(b.ids, int64(id))
	b.idSpan.Add(int64(id))
}

// cell returns the number of a cell of the tags in small.
func (b *Builder) cell(language string, traits Traits, v archive.Visibility) uint32 {
	slices.Sort(b.small)
	lang, ok := b.languages[language]
	if !ok && len(b.languages) <= math.MaxUint16 {
		lang = uint32(len(b.languages))
		b.languages[language] = lang
	}
	var room [64]byte
	key := cellKey(room[:0], traits, v, lang, b.small)
	n, ok := b.cells[string(key)]
	if !ok {
		n = uint32(len(b.cellKeys))
		b.cellKeys = append(b.cellKeys, string(key))
		b.cells[b.cellKeys[n]] = n
		b.cellUses = append(b.cellUses, 0)
	}
	b.cellUses[n]++
	return n
}

// cellKey appends what tells a cell from others.
func cellKey(key []byte, traits Traits, v archive.Visibility, language uint32, small []uint32) []byte {
	key = append(key, byte(traits), byte(v&3), byte(language), byte(language>>8))
	for _, n := range small {
		key = binary.LittleEndian.AppendUint32(key, n)
	}
	return key
}

func (b *Builder) term(word string) uint32 {
	n := b.termNumber(word)
	b.termUses[n]++
	b.pairs[byTerm]++
	return n
}

func (b *Builder) termNumber(word string) uint32 {
	n, ok := b.terms[word]
	if !ok {
		n = uint32(len(b.words))
		word = string([]byte(word)) // a part of a longer text would keep all of it
		b.words = append(b.words, word)
		b.terms[word] = n
		b.termUses = append(b.termUses, 0)
	}
	return n
}

func (b *Builder) number(n uint64) {
	for n >= 0x80 {
		b.scratch = append(b.scratch, byte(n)|0x80)
		n >>= 7
	}
	b.scratch = append(b.scratch, byte(n))
}

func (b *Builder) string(s string) {
	b.number(uint64(len(s)))
	b.scratch = append(b.scratch, s...)
}

// tags writes the codes of own tags, 0 and the TagID for one that the row is not
// found by, and those of the focus.
func (b *Builder) tags(own, focus []archive.TagID) {
	b.number(uint64(len(own)))
	for _, tag := range own {
		code := b.codeOf(tag)
		b.number(uint64(code))
		if code == 0 {
			b.number(uint64(tag))
		}
	}
	known := 0
	for _, tag := range focus {
		if b.codeOf(tag) != 0 {
			known++
		}
	}
	b.number(uint64(known))
	for _, tag := range focus {
		if code := b.codeOf(tag); code != 0 {
			b.number(uint64(code))
		}
	}
	b.pairs[ByFocus] += known
}

func putIDs[T ~int64](b *Builder, ids []T, f Family) {
	b.number(uint64(len(ids)))
	for _, id := range ids {
		b.number(uint64(id))
		b.note(f, uint64(id))
	}
}

// note says that a row will be in a set of a family.
func (b *Builder) note(f Family, number uint64) {
	b.pairs[f]++
	if number <= math.MaxUint32 {
		b.most[f] = max(b.most[f], number)
	}
}
