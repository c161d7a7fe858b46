package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/base/beside"
	"ficstead/internal/index/segment"
)

// between returns those rows of in whose number lies in a range. In the order
// by that column they stand side by side.
func (x *solving) between(r Range, in rows) rows {
	if r.Column >= segment.ColumnCount {
		return rows{}
	}
	var found rows
	for _, part := range x.s.parts {
		low, high := part.Interval(r.Column, r.Least, r.Most)
		from, to := int(low), int(high)
		if from >= to {
			continue
		}
		found = found.or(stretch(part, part.OrderOf(ByColumn(r.Column).By), from, to, in))
	}
	return found
}

// What looking up a row in a list, in a bitmap, and marking it cost beside each other.
const (
	rankCost = 2
	markCost = 1
)

// stretch returns those rows of in that stand between two places of an order.
func stretch(part *segment.Segment, order segment.Order, from, to int, in rows) rows {
	each, n := in.inside(part.First, part.Len())
	switch k := to - from; {
	case n == 0:
		return rows{}
	case k == part.Len():
		return in.only(part.First, part.Len())
	case k <= n && k <= fewRows:
		list := slices.Clone(order.Rows[from:to])
		slices.Sort(list)
		return fewOf(in.among(list))
	case in.many == nil:
		list := make([]uint32, 0, min(n, k))
		each(func(row uint32) bool {
			if rank := int(order.Rank[row-part.First]); rank >= from && rank < to {
				list = append(list, row)
			}
			return true
		})
		return fewOf(list)
	case n*rankCost < min(k, part.Len()-k)*markCost:
		return ranked(part, order, from, to, in.only(part.First, part.Len()))
	}
	dense := marked(part, order, from, to)
	found := roaring.FromDense(dense, false)
	if part.First > 0 {
		found = roaring.AddOffset64(found, int64(part.First))
	}
	found.And(in.many)
	return manyOf(found)
}

// ranked looks up the rank of each row, all of them in one segment.
func ranked(part *segment.Segment, order segment.Order, from, to int, in rows) rows {
	const container = 1 << 16
	first := in.many.Minimum() / container * container
	bits := make([]uint64, (in.many.Maximum()-first)/64+1)
	ranks, width := order.Rank, uint32(to-from)
	var some [512]uint32
	it := in.many.ManyIterator()
	for n := it.NextMany(some[:]); n > 0; n = it.NextMany(some[:]) {
		for _, row := range some[:n] {
			var is uint64
			if ranks[row-part.First]-uint32(from) < width {
				is = 1
			}
			row -= first
			bits[row/64] |= is << (row % 64)
		}
	}
	found := roaring.FromDense(bits, false)
	if first > 0 {
		found = roaring.AddOffset64(found, int64(first))
	}
	return manyOf(found)
}

// marked returns a bit for each row of an order, set between two places.
func marked(part *segment.Segment, order segment.Order, from, to int) []uint64 {
	n := len(order.Rows)
	if k := to - from; k < n/8 || k > n-n/8 {
		return dotted(order.Rows, part.First, from, to)
	}
	bits := make([]uint64, (n+63)/64)
	half := len(bits) / 2
	wait := beside.Start(func() { compare(bits[:half], order.Rank, uint32(from), uint32(to)) })
	compare(bits[half:], order.Rank[half*64:], uint32(from), uint32(to))
	wait()
	return bits
}

// compare sets the bits of ranks that lie between two.
func compare(bits []uint64, ranks []uint32, from, to uint32) {
	width := uint64(to - from)
	// The highest bit of the difference says whether a rank lies between.
	in := func(rank uint32) uint64 { return (uint64(rank-from) - width) & (1 << 63) }
	for i := range bits {
		if i*64+64 > len(ranks) {
			for b, rank := range ranks[i*64:] {
				bits[i] |= in(rank) >> (63 - b)
			}
			return
		}
		some := (*[64]uint32)(ranks[i*64:])
		var low, high uint64 // two halves, so that neither waits for the other
		for b := range 32 {
			low = low>>1 | in(some[b])
			high = high>>1 | in(some[b+32])
		}
		bits[i] = low>>32 | high
	}
}

// dotted sets the bits one by one, or unsets those of the others.
func dotted(list []uint32, first uint32, from, to int) []uint64 {
	bits := make([]uint64, (len(list)+63)/64)
	if to-from < len(list)/2 {
		for _, row := range list[from:to] {
			row -= first
			bits[row/64] |= 1 << (row % 64)
		}
		return bits
	}
	for i := range bits {
		bits[i] = ^uint64(0)
	}
	if rest := len(list) % 64; rest != 0 {
		bits[len(bits)-1] = 1<<rest - 1
	}
	for _, others := range [][]uint32{list[:from], list[to:]} {
		for _, row := range others {
			row -= first
			bits[row/64] &^= 1 << (row % 64)
		}
	}
	return bits
}
