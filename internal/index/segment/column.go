package segment

import (
	"math"
	"sort"

	"ficstead/internal/base/packed"
)

// Column is a number that every work has.
type Column uint8

// The columns. Moments are in seconds since 1970, Unknown if not known.
const (
	Words Column = iota
	Chapters
	Kudos
	Hits
	Comments
	Bookmarks
	Updated
	Posted
	ColumnCount
)

// Unknown stands in the columns of moments for a time that is not known.
const Unknown = packed.Unknown

// By says what an order goes by. The first go by a column of the same number.
type By uint8

// The orders that go by no column.
const (
	ByTitleKey   = By(ColumnCount) + iota // TitleKey
	ByCreatorKey                          // CreatorKey
	ByLoved                               // Loved
	OrderCount
)

// ByColumn is the order by a column.
func ByColumn(c Column) By { return By(c) }

// Order is an order of all rows of a segment, ascending; works that are equal in
// it are in the order of their ids. Callers must not change it.
type Order struct {
	Rows []uint32 // in their order
	Rank []uint32 // where row First+i stands in Rows
}

// OrderOf returns an order.
func (s *Segment) OrderOf(by By) Order { return s.orders[by] }

// Column returns all numbers of a column, from row First on.
func (s *Segment) Column(c Column) packed.Column { return s.columns[c] }

// Value returns the number of a row.
func (s *Segment) Value(c Column, row uint32) int64 { return s.columns[c].At(int(row - s.First)) }

// Interval returns which ranks of the order by c have numbers from least to
// most, both included: those from from on, before to.
func (s *Segment) Interval(c Column, least, most int64) (from, to uint32) {
	rows, column := s.orders[c].Rows, s.columns[c]
	value := func(i int) int64 { return column.At(int(rows[i] - s.First)) }
	from = uint32(sort.Search(s.Len(), func(i int) bool { return value(i) >= least }))
	to = uint32(sort.Search(s.Len(), func(i int) bool { return value(i) > most }))
	return from, max(from, to)
}

// Loved is how well a work is loved for its size, to put works in order by and
// never to be shown: the lower bound of Wilson's interval (95 %) for the share
// of its readers who left kudos, with 1<<32 - 1 for all of them. Hits count every
// visit, and readers of a work of many chapters come back, so a reader is taken
// for as many hits as the square root of the chapters. Kudos beyond the hits are
// damage and do not count.
func Loved(kudos, hits, chapters int64) uint32 {
	const z = 1.96
	k := float64(max(min(kudos, hits), 0))
	n := max(float64(max(hits, 0))/math.Sqrt(float64(max(chapters, 1))), k)
	if k == 0 {
		return 0
	}
	// The conversions keep machines that multiply and add in one from rounding otherwise.
	p := k / n
	spread := float64(z * math.Sqrt(float64(float64(p*(1-p))/n)+float64(z*z/4)/float64(n*n)))
	low := (p + float64(z*z/2)/n - spread) / (1 + float64(z*z)/n)
	return uint32(max(min(low, 1), 0) * math.MaxUint32)
}
