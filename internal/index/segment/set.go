package segment

import (
	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/base/packed"
)

// Set is a set of rows. It is never changed. A nil *Set is empty.
type Set struct {
	n    int
	list []byte // gaps, if many is nil
	add  uint32 // to each row of list
	many *roaring.Bitmap
}

// Len is the number of rows.
func (s *Set) Len() int {
	if s == nil {
		return 0
	}
	return s.n
}

// IsList reports whether the set is kept as a list, and no bitmap.
func (s *Set) IsList() bool { return s == nil || s.many == nil }

// AppendTo appends the rows, ascending.
func (s *Set) AppendTo(dst []uint32) []uint32 {
	switch {
	case s == nil:
		return dst
	case s.many == nil:
		return packed.AppendList(dst, s.list, s.add)
	}
	it := s.many.ManyIterator()
	var rows [256]uint32
	for n := it.NextMany(rows[:]); n > 0; n = it.NextMany(rows[:]) {
		dst = append(dst, rows[:n]...)
	}
	return dst
}

// Bitmap returns the set as a bitmap that callers must not change.
func (s *Set) Bitmap() *roaring.Bitmap {
	switch {
	case s == nil:
		return roaring.New()
	case s.many != nil:
		return s.many
	}
	b := roaring.New()
	b.AddMany(s.AppendTo(make([]uint32, 0, s.n)))
	return b
}

// shortList is up to where rows of a list are looked up one by one. A longer one
// is made a bitmap first.
const shortList = 24

// Within returns the rows of s that are in b.
func (s *Set) Within(b *roaring.Bitmap) *roaring.Bitmap {
	if s == nil || s.many == nil && s.n <= shortList {
		found := roaring.New()
		s.eachShort(func(row uint32) {
			if b.Contains(row) {
				found.Add(row)
			}
		})
		return found
	}
	return roaring.And(s.Bitmap(), b)
}

// CountWithin returns the number of rows of s that are in b.
func (s *Set) CountWithin(b *roaring.Bitmap) int {
	if s == nil || s.many == nil && s.n <= shortList {
		n := 0
		s.eachShort(func(row uint32) {
			if b.Contains(row) {
				n++
			}
		})
		return n
	}
	return int(s.Bitmap().AndCardinality(b))
}

// Without returns the rows of b that are not in s.
func (s *Set) Without(b *roaring.Bitmap) *roaring.Bitmap {
	if s == nil {
		return b.Clone()
	}
	return roaring.AndNot(b, s.Bitmap())
}

// Intersects reports whether a row of s is in b.
func (s *Set) Intersects(b *roaring.Bitmap) bool {
	if s != nil && s.many != nil {
		return s.many.Intersects(b)
	}
	return s.CountWithin(b) > 0
}

// Contains reports whether row is in s.
func (s *Set) Contains(row uint32) bool {
	if s != nil && s.many != nil {
		return s.many.Contains(row)
	}
	for _, r := range s.AppendTo(nil) {
		if r == row {
			return true
		}
	}
	return false
}

// AddTo adds the rows of s to b.
func (s *Set) AddTo(b *roaring.Bitmap) {
	switch {
	case s == nil:
	case s.many != nil:
		b.Or(s.many)
	default:
		b.AddMany(s.AppendTo(make([]uint32, 0, s.n)))
	}
}

// eachShort calls f for the rows of a short list.
func (s *Set) eachShort(f func(row uint32)) {
	var room [shortList]uint32
	for _, row := range s.AppendTo(room[:0]) {
		f(row)
	}
}
