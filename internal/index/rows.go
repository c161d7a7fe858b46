package index

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// rows is a set of rows: a list while they are few, else a bitmap. It is never
// changed once made.
type rows struct {
	few   []uint32 // ascending, if many is nil
	many  *roaring.Bitmap
	dense []uint64 // a bit for each row, where many is asked often; nil: not there
	n     int
}

// fewRows is where a list begins to be worse than a bitmap.
const fewRows = 1 << 14

func fewOf(list []uint32) rows { return rows{few: list, n: len(list)} }

func manyOf(b *roaring.Bitmap) rows { return rows{many: b, n: int(b.GetCardinality())} }

// often returns many rows ready to be asked for one by one.
func often(r rows) rows {
	r.dense = r.many.ToDense()
	return r
}

// bitmap returns the rows as a bitmap that callers must not change.
func (r rows) bitmap() *roaring.Bitmap {
	if r.many != nil {
		return r.many
	}
	b := roaring.New()
	b.AddMany(r.few)
	return b
}

// own returns the rows as a bitmap that is the caller's.
func (r rows) own() *roaring.Bitmap {
	if r.many != nil {
		return r.many.Clone()
	}
	return r.bitmap()
}

func (r rows) has(row uint32) bool {
	if r.many != nil {
		return r.many.Contains(row)
	}
	_, ok := slices.BinarySearch(r.few, row)
	return ok
}

// each calls f for the rows, ascending, until it returns false.
func (r rows) each(f func(row uint32) bool) {
	if r.many == nil {
		for _, row := range r.few {
			if !f(row) {
				return
			}
		}
		return
	}
	var some [512]uint32
	it := r.many.ManyIterator()
	for n := it.NextMany(some[:]); n > 0; n = it.NextMany(some[:]) {
		for _, row := range some[:n] {
			if !f(row) {
				return
			}
		}
	}
}

// inside returns the rows from first on that a segment of a length has, and how many they are.
func (r rows) inside(first uint32, length int) (each func(func(row uint32) bool), n int) {
	end := uint64(first) + uint64(length)
	if r.many == nil {
		list := from(r.few, first)
		to, _ := slices.BinarySearchFunc(list, end, func(row uint32, end uint64) int { return cmp.Compare(uint64(row), end) })
		return fewOf(list[:to]).each, to
	}
	n = int(r.many.CardinalityInRange(uint64(first), end))
	return func(f func(row uint32) bool) {
		if first == 0 {
			r.each(func(row uint32) bool { return uint64(row) < end && f(row) })
			return
		}
		it := r.many.Iterator()
		it.AdvanceIfNeeded(first)
		for it.HasNext() {
			if row := it.Next(); uint64(row) >= end || !f(row) {
				return
			}
		}
	}, n
}

// among returns those of a list, which it may overwrite, that are in r.
func (r rows) among(list []uint32) []uint32 {
	kept := list[:0]
	switch {
	case r.dense != nil:
		for _, row := range list {
			if at := int(row / 64); at < len(r.dense) && r.dense[at]>>(row%64)&1 != 0 {
				kept = append(kept, row)
			}
		}
		return kept
	case r.many != nil:
		for _, row := range list {
			if r.many.Contains(row) {
				kept = append(kept, row)
			}
		}
		return kept
	}
	few := r.few
	for _, row := range list {
		few = from(few, row)
		if len(few) == 0 {
			break
		}
		if few[0] == row {
			kept = append(kept, row)
		}
	}
	return kept
}

// from returns the part of an ascending list that begins with row or what follows it.
func from(list []uint32, row uint32) []uint32 {
	step := 1
	for step < len(list) && list[step-1] < row { // gallop: the next is mostly near
		list, step = list[step:], step*2
	}
	i, _ := slices.BinarySearch(list[:min(step, len(list))], row)
	return list[i:]
}

func (r rows) and(o rows) rows {
	switch {
	case r.n == 0 || o.n == 0:
		return rows{}
	case r.many != nil && o.many != nil:
		return manyOf(roaring.And(r.many, o.many))
	case r.many != nil || o.many == nil && o.n < r.n:
		return fewOf(r.among(slices.Clone(o.few)))
	}
	return fewOf(o.among(slices.Clone(r.few)))
}

func (r rows) andNot(o rows) rows {
	switch {
	case r.n == 0 || o.n == 0:
		return r
	case r.many != nil:
		return manyOf(roaring.AndNot(r.many, o.bitmap()))
	}
	kept := make([]uint32, 0, r.n)
	if o.many != nil {
		for _, row := range r.few {
			if !o.many.Contains(row) {
				kept = append(kept, row)
			}
		}
		return fewOf(kept)
	}
	few := o.few
	for _, row := range r.few {
		if few = from(few, row); len(few) == 0 || few[0] != row {
			kept = append(kept, row)
		}
	}
	return fewOf(kept)
}

func (r rows) or(o rows) rows {
	switch {
	case r.n == 0:
		return o
	case o.n == 0:
		return r
	case r.many == nil && o.many == nil && r.n+o.n <= fewRows:
		return fewOf(merged(r.few, o.few))
	case r.many != nil && o.many != nil:
		return manyOf(roaring.Or(r.many, o.many))
	case r.many != nil:
		b := r.many.Clone()
		b.AddMany(o.few)
		return manyOf(b)
	}
	b := o.own()
	b.AddMany(r.few)
	return manyOf(b)
}

// merged returns what is in one of two ascending lists.
func merged(a, b []uint32) []uint32 {
	list := make([]uint32, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			list, a = append(list, a[0]), a[1:]
		case b[0] < a[0]:
			list, b = append(list, b[0]), b[1:]
		default:
			list, a, b = append(list, a[0]), a[1:], b[1:]
		}
	}
	return append(append(list, a...), b...)
}

// only returns the rows of one segment.
func (r rows) only(first uint32, length int) rows {
	end := uint64(first) + uint64(length)
	if r.many == nil {
		list := from(r.few, first)
		to := 0
		for to < len(list) && uint64(list[to]) < end {
			to++
		}
		return fewOf(list[:to])
	}
	if r.many.CardinalityInRange(uint64(first), end) == uint64(r.n) {
		return r
	}
	b := roaring.New()
	b.AddRange(uint64(first), end)
	b.And(r.many)
	return manyOf(b)
}
