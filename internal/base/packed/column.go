package packed

import "math"

// Unknown stands in columns for a number that is not known. It is below all others.
const Unknown = math.MinInt64

// Column is a list of numbers that are made once and then only read. Its low form takes 4 bytes a number where the
// known ones lie close enough: 0 is Unknown, all else is 1 more than the number
// is above Base. So low forms compare as their numbers do.
type Column struct {
	Base int64
	Low  []uint32 // nil if Wide is used
	Wide []int64
}

// lowest and highest values of a low form.
const maxLow = math.MaxUint32 - 1

// Span is which numbers a column has to hold. The zero Span holds none that is known.
type Span struct {
	Least, Most int64
	any         bool
}

// Add widens s so that it holds n.
func (s *Span) Add(n int64) {
	switch {
	case n == Unknown:
	case !s.any:
		s.Least, s.Most, s.any = n, n, true
	case n < s.Least:
		s.Least = n
	case n > s.Most:
		s.Most = n
	}
}

// And returns a Span that holds what s and o hold.
func (s Span) And(o Span) Span {
	if o.any {
		s.Add(o.Least)
		s.Add(o.Most)
	}
	return s
}

// Column returns a column for n numbers within s, all of them 0 or Unknown.
func (s Span) Column(n int) Column {
	if s.any && uint64(s.Most)-uint64(s.Least) > maxLow {
		return Column{Wide: make([]int64, n)}
	}
	return Column{Base: s.Least, Low: make([]uint32, n)}
}

// Put sets number i of a column, which its Span must hold.
func (c Column) Put(i int, n int64) {
	switch {
	case c.Wide != nil:
		c.Wide[i] = n
	case n == Unknown:
		c.Low[i] = 0
	default:
		c.Low[i] = uint32(uint64(n)-uint64(c.Base)) + 1
	}
}

// NewColumn packs numbers.
func NewColumn(numbers []int64) Column {
	var s Span
	for _, n := range numbers {
		s.Add(n)
	}
	c := s.Column(len(numbers))
	for i, n := range numbers {
		c.Put(i, n)
	}
	return c
}

// Len is the number of numbers.
func (c Column) Len() int { return max(len(c.Low), len(c.Wide)) }

// At returns number i.
func (c Column) At(i int) int64 {
	if c.Wide != nil {
		return c.Wide[i]
	}
	if n := c.Low[i]; n != 0 {
		return c.Base + int64(n-1)
	}
	return Unknown
}

// LowOf returns the low form of the least number that is n or more, as far as
// the column's form reaches; beyond reports that all the forms are below n.
func (c Column) LowOf(n int64) (low uint32, beyond bool) {
	switch {
	case n == Unknown:
		return 0, false
	case n <= c.Base:
		return 1, false
	case uint64(n)-uint64(c.Base) > maxLow:
		return math.MaxUint32, true
	}
	return uint32(uint64(n)-uint64(c.Base)) + 1, false
}
