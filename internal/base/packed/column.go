package packed

import "math"

// Unknown stands in columns for a number that is not known. It is below all others.
const Unknown = math.MinInt64

// Column is a list of numbers. Its low form takes 4 bytes a number where the
// known ones lie close enough: 0 is Unknown, all else is 1 more than the number
// is above Base. So low forms compare as their numbers do.
type Column struct {
	Base int64
	Low  []uint32 // nil if Wide is used
	Wide []int64
}

// lowest and highest values of a low form.
const maxLow = math.MaxUint32 - 1

// NewColumn packs numbers. It keeps the list if it has to be wide.
func NewColumn(numbers []int64) Column {
	least, most := int64(math.MaxInt64), int64(math.MinInt64)
	for _, n := range numbers {
		if n != Unknown {
			least, most = min(least, n), max(most, n)
		}
	}
	if least > most { // none is known
		return Column{Low: make([]uint32, len(numbers))}
	}
	if uint64(most)-uint64(least) > maxLow {
		return Column{Wide: numbers}
	}
	low := make([]uint32, len(numbers))
	for i, n := range numbers {
		if n != Unknown {
			low[i] = uint32(uint64(n)-uint64(least)) + 1
		}
	}
	return Column{Base: least, Low: low}
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
