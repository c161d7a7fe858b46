package segment

import (
	"encoding/binary"
	"math"
	"slices"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/base/packed"
)

// Family is a kind of sets.
type Family uint8

// The families, each with what numbers its sets.
const (
	ByTag     Family = iota // ordinal of a filter tag
	ByFocus                 // ordinal
	ByCreator               // CreatorID
	BySeries                // SeriesID
	ByKeeper                // PersonID
	byFact                  // visibilities, traits, then languages
	byTerm                  // place times the number of terms, plus the term
	familyCount
)

// Where the facts of a kind begin.
const (
	factVisibility = 0
	factTrait      = 4
	factLanguage   = 8
)

// family is the sets of a family. Small ones are gap lists, in which rows are
// counted from First. Large ones are bitmaps; where their list would stand is a
// zero, which no list begins with, and the number of their rows.
type family struct {
	keys   []uint32 // the numbers of the sets, ascending; nil if they are those from 0 on
	at     []uint32 // where each list begins, and where the last ends
	lists  []byte
	mapOf  []uint32 // which sets are bitmaps, ascending, counted as in at
	mapAt  []uint64 // where each bitmap begins, and where the last ends
	maps   []byte
	opened []atomic.Pointer[roaring.Bitmap]
}

// Set returns a set, nil if it is empty.
func (s *Segment) Set(f Family, number uint32) *Set {
	x := &s.families[f]
	i := int(number)
	if x.keys != nil {
		var ok bool
		if i, ok = slices.BinarySearch(x.keys, number); !ok {
			return nil
		}
	}
	if i+1 >= len(x.at) {
		return nil
	}
	list := x.lists[x.at[i]:x.at[i+1]]
	switch {
	case len(list) == 0:
		return nil
	case list[0] != 0:
		return &Set{n: packed.GapsLen(list), list: list, add: s.First}
	}
	n, _ := binary.Uvarint(list[1:])
	return &Set{n: int(n), many: x.open(uint32(i))}
}

// open returns the bitmap of a set, which it keeps. It lies where the file does.
func (x *family) open(i uint32) *roaring.Bitmap {
	m, ok := slices.BinarySearch(x.mapOf, i)
	if !ok {
		return roaring.New()
	}
	if b := x.opened[m].Load(); b != nil {
		return b
	}
	b := roaring.New()
	if _, err := b.FromUnsafeBytes(x.maps[x.mapAt[m]:x.mapAt[m+1]]); err != nil {
		b = roaring.New() // damaged, as VerifyAll tells
	}
	if !x.opened[m].CompareAndSwap(nil, b) {
		return x.opened[m].Load()
	}
	return b
}

// setCount is how many sets there are, also empty ones.
func (x *family) setCount() int { return max(len(x.at)-1, 0) }

// LanguageSet returns the works in the language of a code.
func (s *Segment) LanguageSet(code string) *Set {
	n, ok := slices.BinarySearch(s.languages, code)
	if !ok {
		return nil
	}
	return s.Set(byFact, factLanguage+uint32(n))
}

// VisibilitySet returns the works of a visibility.
func (s *Segment) VisibilitySet(v archive.Visibility) *Set {
	return s.Set(byFact, factVisibility+uint32(v&3))
}

// TraitSet returns the works of a trait.
func (s *Segment) TraitSet(t Trait) *Set { return s.Set(byFact, factTrait+uint32(t)) }

// EachNumber calls f for the number of every set of a family that may have rows,
// ascending, and the number of rows it has.
func (s *Segment) EachNumber(f Family, visit func(number uint32, n int)) {
	x := &s.families[f]
	for i := range x.setCount() {
		list := x.lists[x.at[i]:x.at[i+1]]
		if len(list) == 0 {
			continue
		}
		number := uint32(i)
		if x.keys != nil {
			number = x.keys[i]
		}
		n := packed.GapsLen(list)
		if list[0] == 0 {
			many, _ := binary.Uvarint(list[1:])
			n = int(many)
		}
		visit(number, n)
	}
}

// setWriter writes the sets of a family, or of a part of one.
type setWriter struct {
	family
	first uint32 // row that rows are counted from
	many  int    // from how many rows on a set is a bitmap
	roar  roarer
}

// maxLists is beyond what offsets of 32 bits could reach soon: sets are bitmaps
// from there on, however small.
const maxLists = math.MaxUint32 - 1<<28

// add writes the next set. Its rows ascend; some may be there twice.
func (w *setWriter) add(rows []uint32) {
	rows = slices.Compact(rows)
	switch {
	case len(rows) == 0:
	case len(rows) < w.many && len(w.lists) < maxLists:
		w.lists = packed.AppendGaps(w.lists, rows)
	default:
		w.lists = binary.AppendUvarint(append(w.lists, 0), uint64(len(rows)))
		w.mapOf = append(w.mapOf, uint32(len(w.at)))
		w.maps = append(w.maps, make([]byte, -len(w.maps)&7)...)
		w.mapAt = append(w.mapAt, uint64(len(w.maps)))
		w.maps = w.roar.append(w.maps, rows, w.first)
	}
	w.at = append(w.at, uint32(len(w.lists)))
}

// joined makes a family of parts that stand one after the other. Until then, at
// of a part says where each list ends.
func joined(parts []*setWriter) family {
	var x family
	sets, lists, maps, bitmaps := 1, 0, 0, 0
	for _, p := range parts {
		sets, lists, maps, bitmaps = sets+len(p.at), lists+len(p.lists), maps+len(p.maps)+8, bitmaps+len(p.mapOf)
	}
	x.at = append(make([]uint32, 0, sets), 0)
	x.lists, x.maps = make([]byte, 0, lists), make([]byte, 0, maps)
	x.mapOf, x.mapAt = make([]uint32, 0, bitmaps), make([]uint64, 0, bitmaps+1)
	for _, p := range parts {
		x.maps = append(x.maps, make([]byte, -len(x.maps)&7)...)
		x.keys = append(x.keys, p.keys...)
		for i, of := range p.mapOf {
			x.mapOf = append(x.mapOf, of+uint32(len(x.at)-1))
			x.mapAt = append(x.mapAt, p.mapAt[i]+uint64(len(x.maps)))
		}
		for _, end := range p.at {
			x.at = append(x.at, end+uint32(len(x.lists)))
		}
		x.lists, x.maps = append(x.lists, p.lists...), append(x.maps, p.maps...)
		p.family = family{}
	}
	x.mapAt = append(x.mapAt, uint64(len(x.maps)))
	x.opened = make([]atomic.Pointer[roaring.Bitmap], len(x.mapOf))
	return x
}
