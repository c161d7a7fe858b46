package segment

import (
	"math"

	"ficstead/internal/archive"
	"ficstead/internal/base/packed"
)

// fits reports whether the arrays of s have the lengths that they must have
// together.
func (s *Segment) fits(meta []int64) bool {
	n := s.Len()
	ok := meta[metaRows] == int64(n) && meta[metaFirst] >= 0 && meta[metaFirst]%65536 == 0 &&
		meta[metaFirst]+int64(n) <= math.MaxUint32 && (meta[metaTailBytes] == 3 || meta[metaTailBytes] == 4) &&
		columnFits(s.ids, n) && len(s.byID) == n && s.numbering.fits(meta) &&
		offsetsFit(s.headAt, n, len(s.heads), 1) && offsetsFit(s.tailAt, n, len(s.tails), s.tailBytes()) &&
		len(s.recordAt) == n+1 && len(s.recordBlock) == n/blockRows+1 &&
		s.recordBlock[n/blockRows]+uint64(s.recordAt[n]) == uint64(len(s.records)) &&
		offsetsFit(s.terms.at, len(s.terms.number), len(s.terms.text), 1)
	rows := uint64(0)
	for _, c := range s.cells {
		rows += uint64(c.N)
	}
	ok = ok && rows == uint64(n)
	for _, c := range s.columns {
		ok = ok && columnFits(c, n)
	}
	for _, o := range s.orders {
		ok = ok && len(o.Rows) == n && len(o.Rank) == n
	}
	for f := range s.families {
		ok = ok && s.families[f].fits()
	}
	return ok
}

func columnFits(c packed.Column, n int) bool {
	return len(c.Low) == n && len(c.Wide) == 0 || len(c.Low) == 0 && len(c.Wide) == n
}

// offsetsFit reports whether n things of width bytes each may end where at says.
func offsetsFit(at []uint32, n, size, width int) bool {
	return len(at) == n+1 && uint64(at[n])*uint64(width) == uint64(size)
}

func (n *Numbering) fits(meta []int64) bool {
	ok := columnFits(n.tags, n.first()) && len(n.byTag) == n.first() && int(n.from[kindCount]) == n.first()
	heads := int64(0)
	for kind := range kindCount {
		from, to := meta[metaKinds+int(kind)], meta[metaKinds+int(kind)+1]
		count := meta[metaHeads+int(kind)]
		ok = ok && from >= 0 && from <= to && to <= math.MaxUint32 && count >= 0 && count <= to-from && (count == 0 || kind >= archive.Fandom)
		heads += count
	}
	return ok && heads <= maxHeads
}

func (x *family) fits() bool {
	sets := x.setCount()
	if x.keys != nil && len(x.keys) != sets || len(x.at) == 0 || int(x.at[sets]) != len(x.lists) ||
		len(x.mapAt) != len(x.mapOf)+1 || x.mapAt[len(x.mapOf)] != uint64(len(x.maps)) {
		return false
	}
	for i, of := range x.mapOf { // these are few, and bitmaps are opened where they say
		if int64(of) >= int64(sets) || x.mapAt[i] > x.mapAt[i+1] || i > 0 && x.mapOf[i-1] >= of {
			return false
		}
	}
	return true
}
