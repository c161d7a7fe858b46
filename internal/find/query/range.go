package query

import (
	"math"
	"strconv"
	"strings"
)

// Range is a span of whole numbers, from Min to just below Below. The zero
// Range is open at both ends.
type Range struct {
	Min   int
	Below int // 0: open
}

// largest is where numbers stop: beyond any number of an archive, and far from overflow.
const largest = 1_000_000_000_000

// IsZero reports whether r is open at both ends.
func (r Range) IsZero() bool { return r == Range{} }

// Has reports whether n lies in r.
func (r Range) Has(n int) bool { return n >= r.Min && (r.Below == 0 || n < r.Below) }

// Max is the largest number in r, 0 if r is open.
func (r Range) Max() int { return max(0, r.Below-1) }

// String spells r as ParseRange reads it: "100", "100-500", "100..", "<500".
func (r Range) String() string {
	switch {
	case r.IsZero():
		return ""
	case r.Below == 0 && r.Min%10 == 0:
		return strconv.Itoa(r.Min) + ".."
	case r.Below == 0:
		return ">" + strconv.Itoa(r.Min-1)
	case r.Min == r.Below-1:
		return strconv.Itoa(r.Min)
	case r.Min == 0 && r.Below%10 == 0:
		return "<" + strconv.Itoa(r.Below)
	case r.Min == 0:
		return ".." + strconv.Itoa(r.Below-1)
	}
	return strconv.Itoa(r.Min) + "-" + strconv.Itoa(r.Below-1)
}

// ParseRange reads "1000", ">1000", "<=10k", "1000-5000", "1000..5000", "10k.." and
// "..10k". It reports false for all else, for what no number lies in, and for
// what every number lies in.
func ParseRange(s string) (Range, bool) {
	r, ok := readRange(strings.ToLower(strings.TrimSpace(s)))
	if !ok || r.IsZero() || r.Below != 0 && r.Min >= r.Below {
		return Range{}, false
	}
	return r, true
}

func readRange(s string) (Range, bool) {
	if op, rest := cutOperator(s); op != "" {
		n, ok := parseNumber(rest)
		switch op {
		case ">":
			return Range{Min: n + 1}, ok
		case ">=":
			return Range{Min: n}, ok
		case "<":
			return Range{Below: n}, ok && n > 0
		}
		return Range{Below: n + 1}, ok
	}
	low, high, both := cutRange(s, "-")
	if !both {
		n, ok := parseNumber(s)
		return Range{Min: n, Below: n + 1}, ok
	}
	if !strings.Contains(s, "..") && (low == "" || high == "") {
		return Range{}, false // "-5" is no range from nothing
	}
	var r Range
	var n int
	ok := true
	if low != "" {
		r.Min, ok = parseNumber(low)
	}
	if high != "" && ok {
		n, ok = parseNumber(high)
		if low != "" && n < r.Min {
			n, r.Min = r.Min, n
		}
		r.Below = n + 1
	}
	return r, ok && low+high != ""
}

// cutOperator splits the comparison off the front of s.
func cutOperator(s string) (op, rest string) {
	for _, op := range []string{">=", "<=", "≥", "≤", ">", "<"} {
		if rest, ok := strings.CutPrefix(s, op); ok {
			op = strings.NewReplacer("≥", ">=", "≤", "<=").Replace(op)
			return op, strings.TrimSpace(rest)
		}
	}
	return "", s
}

// cutRange splits s at ".." or else at sep.
func cutRange(s, sep string) (low, high string, ok bool) {
	for _, sep := range []string{"..", "–", sep} {
		if low, high, ok = strings.Cut(s, sep); ok {
			return strings.TrimSpace(low), strings.TrimSpace(high), true
		}
	}
	return s, "", false
}

// parseNumber reads "1000", "1,000", "10k", "1.5k" and "1m". What is too large
// is the largest there is.
func parseNumber(s string) (int, bool) {
	factor := 1.0
	if rest, ok := strings.CutSuffix(s, "k"); ok {
		s, factor = rest, 1e3
	} else if rest, ok := strings.CutSuffix(s, "m"); ok {
		s, factor = rest, 1e6
	}
	s = strings.ReplaceAll(s, ",", "")
	if s == "" || strings.Trim(s, "0123456789.") != "" || factor == 1 && strings.Contains(s, ".") {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(x, 1) {
		return 0, false
	}
	return int(math.Round(min(x*factor, largest))), true
}
