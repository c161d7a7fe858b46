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

func (o Options) heads() uint32 {
	if o.Heads > 0 {
		return uint32(min(o.Heads, maxHeads))
	}
	return maxHeads
}

// Builder collects rows and makes a segment of them.
type Builder struct {
	Options
	slots  slots
	tagged []tagged // by slot

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
	filters   []uint32
	ordinals  []uint32 // of a row that is added from another segment
	own, row  []archive.TagID
	creators  []archive.CreatorID
	series    []archive.SeriesID
	from      *Segment // the last segment that rows were added from
	fromTerms []uint32 // its terms: number here plus 1
	fromWords []uint32 // its terms: their places in the ascending list
}

// tagged is what is known of a tag.
type tagged struct {
	uses uint32       // works that are found by it
	seen uint32       // one more than the last row that has it
	kind archive.Kind // 0 for what is left out
}

// NewBuilder returns a builder without rows.
func NewBuilder(o Options) *Builder {
	o.Workers = max(o.Workers, 1)
	return &Builder{
		Options: o, cells: map[string]uint32{}, languages: map[string]uint32{}, terms: map[string]uint32{},
		fewPairs: fewPairs, mostPairs: mostPairs,
	}
}

// Len is the number of rows added.
func (b *Builder) Len() int { return len(b.at) }

// Add adds a row. It keeps nothing of r.
func (b *Builder) Add(r Row) {
	b.begin(r.Filters, r.Language, traitsOf(r.Complete, r.Crossover, r.OneShip), r.Visibility)
	b.values(r.ID, r.Values)
	b.number(uint64(r.Keeper))
	b.string(r.TitleKey)
	b.string(r.CreatorKey)
	putIDs(b, r.Creators, ByCreator)
	putIDs(b, r.Series, BySeries)
	b.note(ByKeeper, uint64(r.Keeper))
	b.tags(r.Own)
	b.tags(r.Focus)
	b.pairs[ByFocus] += len(r.Focus)
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

// begin begins the record of a row: its cell and its filters of other kinds.
func (b *Builder) begin(filters []archive.TagID, language string, traits Traits, v archive.Visibility) {
	b.scratch, b.small, b.filters = b.scratch[:0], b.small[:0], b.filters[:0]
	row := uint32(len(b.at) + 1)
	for _, tag := range filters {
		slot := b.slot(tag)
		t := &b.tagged[slot]
		if t.kind == 0 || t.seen == row {
			continue
		}
		if isSmall(t.kind) {
			b.small = append(b.small, slot)
		} else {
			b.filters = append(b.filters, slot)
		}
		t.seen = row
		t.uses++
	}
	b.number(uint64(b.cell(language, traits, v)))
	b.number(uint64(len(b.filters)))
	for _, slot := range b.filters {
		b.number(uint64(slot))
	}
	b.pairs[ByTag] += len(b.small) + len(b.filters)
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

func (b *Builder) slot(tag archive.TagID) uint32 {
	slot, fresh := b.slots.of(tag)
	if fresh {
		kind := b.Kind(tag)
		if kind >= kindCount {
			kind = 0
		}
		b.tagged = append(b.tagged, tagged{kind: kind})
	}
	return slot
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
	key := append(room[:0], byte(traits), byte(v&3), byte(lang), byte(lang>>8))
	for _, slot := range b.small {
		key = binary.LittleEndian.AppendUint32(key, slot)
	}
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

func (b *Builder) term(word string) uint32 {
	n, ok := b.terms[word]
	if !ok {
		n = uint32(len(b.words))
		word = string([]byte(word)) // a part of a longer text would keep all of it
		b.words = append(b.words, word)
		b.terms[word] = n
		b.termUses = append(b.termUses, 0)
	}
	b.termUses[n]++
	b.pairs[byTerm]++
	return n
}

func (b *Builder) values(id archive.WorkID, values [ColumnCount]int64) {
	for c, n := range values {
		b.spans[c].Add(n)
		b.scratch = binary.AppendVarint(b.scratch, n)
	}
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

// tags writes the slots of tags.
func (b *Builder) tags(tags []archive.TagID) {
	b.number(uint64(len(tags)))
	for _, tag := range tags {
		b.number(uint64(b.slot(tag)))
	}
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
