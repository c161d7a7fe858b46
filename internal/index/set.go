package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// Set is a set of rows. It is never changed once made. A nil *Set is empty.
type Set struct {
	few  []uint32 // ascending, if many is nil
	many *roaring.Bitmap
}

// manyRows is where a bitmap begins to be smaller and faster than a list.
const manyRows = 64

// Len is the number of rows.
func (s *Set) Len() int {
	switch {
	case s == nil:
		return 0
	case s.many != nil:
		return int(s.many.GetCardinality())
	}
	return len(s.few)
}

// Bitmap returns the set as a bitmap that callers must not change.
func (s *Set) Bitmap() *roaring.Bitmap {
	switch {
	case s == nil:
		return roaring.New()
	case s.many != nil:
		return s.many
	}
	return roaring.BitmapOf(s.few...)
}

// Within returns the rows of s that are in b.
func (s *Set) Within(b *roaring.Bitmap) *roaring.Bitmap {
	if s != nil && s.many != nil {
		return roaring.And(s.many, b)
	}
	found := roaring.New()
	if s != nil {
		for _, row := range s.few {
			if b.Contains(row) {
				found.Add(row)
			}
		}
	}
	return found
}

// CountWithin returns the number of rows of s that are in b.
func (s *Set) CountWithin(b *roaring.Bitmap) int {
	if s == nil {
		return 0
	}
	if s.many != nil {
		return int(s.many.AndCardinality(b))
	}
	n := 0
	for _, row := range s.few {
		if b.Contains(row) {
			n++
		}
	}
	return n
}

// with returns s with rows added and removed, both ascending. A row that is in
// both is added.
func (s *Set) with(added, removed []uint32) *Set {
	if s != nil && s.many != nil {
		b := s.many.Clone()
		for _, row := range removed {
			b.Remove(row)
		}
		b.AddMany(added)
		return setOf(b)
	}
	var rows []uint32
	if s != nil {
		for _, row := range s.few {
			if _, gone := slices.BinarySearch(removed, row); !gone {
				rows = append(rows, row)
			}
		}
	}
	if len(rows) == 0 {
		rows = added
	} else if len(added) > 0 {
		rows = append(rows, added...)
		slices.Sort(rows)
		rows = slices.Compact(rows)
	}
	switch {
	case len(rows) == 0:
		return nil
	case len(rows) >= manyRows:
		b := roaring.New()
		b.AddMany(rows)
		b.RunOptimize()
		return &Set{many: b}
	}
	return &Set{few: slices.Clip(rows)}
}

func setOf(b *roaring.Bitmap) *Set {
	switch n := b.GetCardinality(); {
	case n == 0:
		return nil
	case n < manyRows/2: // half, so that a set on the border does not go back and forth
		return &Set{few: b.ToArray()}
	}
	return &Set{many: b}
}
