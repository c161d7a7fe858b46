package index

import (
	"slices"
	"sort"

	"ficstead/internal/archive"
	"ficstead/internal/base/packed"
	"ficstead/internal/index/segment"
)

// Page returns the works from skip on, n at most, in order o or, if down, in
// exactly its reverse.
func (f *Found) Page(o Order, down bool, skip, n int) []archive.WorkID {
	total := f.Total()
	if n = min(n, total-skip); n <= 0 || skip < 0 {
		return nil
	}
	if skip > total/2 { // the way from the other end is shorter
		ids := f.Page(o, !down, total-skip-n, n)
		slices.Reverse(ids)
		return ids
	}
	return f.page(o, down, nil, skip, n)
}

// Cursor spells the place of a work in o, for After; "" if there is no such work.
func (f *Found) Cursor(o Order, id archive.WorkID) string {
	row, ok := f.s.rowOf(id)
	if !ok {
		return ""
	}
	return f.markOf(o, row).cursor(o.By)
}

// After returns the works that stand behind a cursor in order o or, if down, in
// its reverse: n at most. It reports false for what is no cursor of this order.
// The work that the cursor came from may be gone.
func (f *Found) After(o Order, down bool, cursor string, n int) ([]archive.WorkID, bool) {
	m, ok := parseCursor(cursor, o.By)
	if !ok {
		return nil, false
	}
	if row, there := f.s.rowOf(m.id); there && len(m.key) == maxCursorKey {
		if now := f.markOf(o, row); len(now.key) > len(m.key) && now.key[:len(m.key)] == m.key {
			m.key = now.key // it was cut
		}
	}
	return f.page(o, down, &m, 0, n), true
}

// page returns n works at most, from skip on or, if after is not nil, behind that.
func (f *Found) page(o Order, down bool, after *mark, skip, n int) []archive.WorkID {
	if n <= 0 {
		return nil
	}
	switch o.By {
	case Shuffled:
		return f.shuffled(o, down, after, skip, n)
	case Fitting:
		return f.fitting(o, down, after, skip, n)
	}
	return f.s.ids(f.s.inOrder(f.rows, o.By, down, after, skip, n))
}

func (s *Snapshot) ids(list []uint32) []archive.WorkID {
	ids := make([]archive.WorkID, len(list))
	for i, row := range list {
		ids[i] = s.partOf(row).ID(row)
	}
	return ids
}

// markOf returns the mark of a work in o.
func (f *Found) markOf(o Order, row uint32) mark {
	part := f.s.partOf(row)
	switch o.By {
	case Fitting:
		m := markOf(part, Sorting(Updated), row)
		m.value, m.then = int64(f.fitOf(o, row)), m.value
		return m
	case Shuffled:
		id := part.ID(row)
		return mark{value: int64(f.s.shuffle(o.Seed).place(id)), id: id}
	}
	return markOf(part, o.By, row)
}

// markOf returns the mark of a work in an order that is worked out once.
func markOf(part *segment.Segment, by Sorting, row uint32) mark {
	m := mark{id: part.ID(row)}
	switch by {
	case ByTitle:
		m.key = string(part.TitleKey(row))
	case ByCreator:
		m.key = string(part.CreatorKey(row))
	default:
		m.value = numberOf(part, by, row)
	}
	return m
}

// numberOf returns what a work goes by in an order by numbers.
func numberOf(part *segment.Segment, by Sorting, row uint32) int64 {
	if by == ByLoved {
		return int64(segment.Loved(part.Value(Kudos, row), part.Value(Hits, row), part.Value(Chapters, row)))
	}
	return part.Value(Column(by), row)
}

// inOrder returns rows of in as they stand in an order that is worked out once.
func (s *Snapshot) inOrder(in rows, by Sorting, down bool, after *mark, skip, n int) []uint32 {
	base := newRun(s.parts[0], in, by, down, after)
	var lates []late
	for _, part := range s.parts[1:] {
		r := newRun(part, in, by, down, after)
		for _, rank := range r.take(0, skip+n) {
			row := r.order.Rows[rank]
			lates = append(lates, late{markOf(part, by, row), row})
		}
	}
	if len(lates) == 0 {
		return base.rows(base.take(skip, n))
	}
	slices.SortFunc(lates, func(a, b late) int {
		if down {
			a, b = b, a
		}
		return a.compare(b.mark)
	})
	return base.merge(lates, skip, n)
}

// late is a row of a later segment.
type late struct {
	mark
	row uint32
}

// merge returns rows from skip on, n at most, of those of r and lates together.
func (r *run) merge(lates []late, skip, n int) []uint32 {
	first := max(0, skip-len(lates)) // of r, so many surely come before the page
	ranks := r.take(first, skip+n-first)
	l, at := 0, 0
	if first > 0 && len(ranks) > 0 {
		l = sort.Search(len(lates), func(i int) bool { return !r.before(lates[i], ranks[0]) })
	}
	if first > 0 && len(ranks) == 0 { // all of r comes before the page, or nearly so
		first, ranks = 0, r.take(0, skip+n)
	}
	at = first + l
	page := make([]uint32, 0, n)
	for at < skip+n && (l < len(lates) || len(ranks) > 0) {
		var row uint32
		if l < len(lates) && (len(ranks) == 0 || r.before(lates[l], ranks[0])) {
			row, l = lates[l].row, l+1
		} else {
			row, ranks = r.order.Rows[ranks[0]], ranks[1:]
		}
		if at >= skip {
			page = append(page, row)
		}
		at++
	}
	return page
}

// run is the rows of one segment that were found, in an order.
type run struct {
	part  *segment.Segment
	by    Sorting
	order segment.Order
	in    rows
	down  bool
	at    int // the rank of the first that may be taken
}

func newRun(part *segment.Segment, in rows, by Sorting, down bool, after *mark) *run {
	r := &run{part: part, by: by, order: part.OrderOf(by), in: in, down: down}
	switch {
	case after != nil && down:
		r.at = r.below(*after) - 1
	case after != nil:
		next := *after
		next.id++
		r.at = r.below(next)
	case down:
		r.at = part.Len() - 1
	}
	return r
}

// below counts the rows of the segment that stand before m, ascending.
func (r *run) below(m mark) int {
	return sort.Search(len(r.order.Rows), func(i int) bool {
		return markOf(r.part, r.by, r.order.Rows[i]).compare(m) >= 0
	})
}

// before reports whether l comes before the row of a rank.
func (r *run) before(l late, rank uint32) bool {
	c := l.compare(markOf(r.part, r.by, r.order.Rows[rank]))
	return c < 0 != r.down
}

// rows returns the rows of ranks, in their place.
func (r *run) rows(ranks []uint32) []uint32 {
	for i, rank := range ranks {
		ranks[i] = r.order.Rows[rank]
	}
	return ranks
}

// A step along an order and looking whether the row was found costs about as
// much as gathering the ranks of so many rows that were.
const gatheredAStep = 4

// take returns the ranks of what was found from skip on, n at most, in order.
func (r *run) take(skip, n int) []uint32 {
	list, total := r.in.inside(r.part.First, r.part.Len())
	if n = min(n, total-skip); n <= 0 {
		return nil
	}
	if steps := (skip + n) * (r.part.Len()/total + 1); gatheredAStep*steps < total {
		// What was found may lie together anywhere in the order.
		if page, ok := r.walk(skip, n, total/gatheredAStep); ok {
			return page
		}
	}
	ranks := make([]uint32, 0, total)
	list(func(row uint32) bool {
		if rank := r.order.Rank[row-r.part.First]; r.down && int(rank) <= r.at || !r.down && int(rank) >= r.at {
			ranks = append(ranks, rank)
		}
		return true
	})
	n = min(n, len(ranks)-skip)
	if n <= 0 {
		return nil
	}
	return packed.Smallest(ranks, uint32(r.part.Len()), skip, n, r.down)
}

// walk goes along the order. It reports false if the page does not end after so
// many steps.
func (r *run) walk(skip, n, steps int) (page []uint32, ok bool) {
	step := 1
	if r.down {
		step = -1
	}
	page = make([]uint32, 0, n)
	for i := r.at; i >= 0 && i < len(r.order.Rows) && len(page) < n; i += step {
		if steps--; steps < 0 {
			return nil, false
		}
		if !r.in.has(r.order.Rows[i]) {
			continue
		}
		if skip > 0 {
			skip--
			continue
		}
		page = append(page, uint32(i))
	}
	return page, true
}
