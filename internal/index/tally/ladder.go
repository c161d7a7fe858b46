package tally

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/index/segment"
)

// rungCount is how many equal parts the works in an order are cut into.
const rungCount = 128

// ladder is how many works each known tag has below each rung of an order.
type ladder struct {
	column segment.Column
	// below has rungCount+1 numbers for each known tag, kind by kind, for each
	// small tag before them and each language behind them, and for all works last.
	below []uint32
}

// climbed are the columns that are worth a ladder: people ask for ranges of them.
var climbed = [...]segment.Column{segment.Words, segment.Kudos, segment.Updated, segment.Posted}

// rung is the first rank above rung i.
func rung(i, works int) int { return (i*works + rungCount - 1) / rungCount }

// stretch is the works of an audience between two places of an order.
type stretch struct {
	t     *Table
	below []uint32
	low   int      // the whole rungs between begin at this one
	high  int      // and end before this one
	edges *counter // of the works before and behind
}

// stretch makes known what lies in r. The caller gives edges back.
func (t *Table) stretch(a Audience, r Range) (*stretch, bool) {
	for _, l := range t.rungs[t.as(a)] {
		if l.column != r.Column {
			continue
		}
		works := t.base.Len()
		s := &stretch{t: t, below: l.below, edges: t.pool.take()}
		s.edges.loose = true
		rows := t.base.OrderOf(segment.ByColumn(l.column)).Rows
		for s.low < rungCount && rung(s.low, works) < r.From {
			s.low++
		}
		for s.high = rungCount; s.high > 0 && rung(s.high, works) > r.To; s.high-- {
		}
		before, behind := rows[r.From:r.To], rows[:0]
		if s.high > s.low {
			before, behind = rows[r.From:rung(s.low, works)], rows[rung(s.high, works):r.To]
		} else {
			s.low, s.high = 0, 0
		}
		s.count(slices.Concat(before, behind), t.sees[a])
		return s, true
	}
	return nil, false
}

// count counts those of rows that are seen. It may change rows.
func (s *stretch) count(rows []uint32, sees *roaring.Bitmap) {
	if sees != nil {
		rows = slices.DeleteFunc(rows, func(row uint32) bool { return !sees.Contains(row) })
	}
	s.t.countBase(s.edges, rows)
}

// between is what entry i of the ladder has in the whole rungs.
func (s *stretch) between(i uint32) uint32 {
	below := s.below[i*(rungCount+1):]
	return below[s.high] - below[s.low]
}

func (s *stretch) large() bool { return false }

func (s *stretch) tails() bool { return false }

func (s *stretch) size() int {
	all := uint32(len(s.below)/(rungCount+1)) - 1
	return int(s.between(all)) + s.edges.n
}

func (s *stretch) has(kind archive.Kind, ord uint32) bool { return s.t.isKnown(kind, ord) }

func (s *stretch) tags(kind archive.Kind, enough func(uint32) bool, put func(ord, n uint32)) uint32 {
	in := s.t.kinds[kind]
	if in.from < s.t.small {
		for ord := in.from; ord < in.to; ord++ {
			put(ord, s.between(ord)+s.t.of(s.edges, ord))
		}
		return 0
	}
	first, _ := s.t.index(kind, in.from)
	for i := range s.t.cube.most[kind] {
		if enough(s.t.uses(in.from + i)) {
			return 0
		}
		put(in.from+i, s.between(s.t.small+first+i)+s.t.of(s.edges, in.from+i))
	}
	return s.t.usesAt(kind, s.t.cube.most[kind])
}

func (s *stretch) languages(put func(i, n int)) {
	first := s.t.small
	for _, known := range s.t.cube.most {
		first += known
	}
	for i := range s.t.base.Languages() {
		put(i, int(s.between(first+uint32(i)))+s.edges.langs[i])
	}
}
