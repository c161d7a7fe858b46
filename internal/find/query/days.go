package query

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Day is a day of the calendar, counted from the first of January of the year
// 1, which is 1. 0 is no day.
type Day int32

const secondsADay = 24 * 60 * 60

// dayZero is the day before the first, in seconds since 1970.
var dayZero = time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC).Unix()

// DayOf returns the day that t falls on in UTC; 0 for the zero time.
func DayOf(t time.Time) Day {
	if t.IsZero() {
		return 0
	}
	return Day((t.Unix() - dayZero) / secondsADay)
}

func date(year int, month time.Month, day int) Day {
	return DayOf(time.Date(year, month, day, 12, 0, 0, 0, time.UTC))
}

// Time is the beginning of the day in UTC, the zero time for no day.
func (d Day) Time() time.Time {
	if d == 0 {
		return time.Time{}
	}
	return time.Unix(dayZero+int64(d)*secondsADay, 0).UTC()
}

// String is the day as "2024-05-31", "" for no day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// Days is a span of days, both ends included, or of ages, or of both. The zero
// Days is open at both ends.
type Days struct {
	From, To Day // 0: open
	// How many days ago, from MinAge to just below BelowAge; 0: open.
	MinAge, BelowAge int
}

// IsZero reports whether d is open at both ends.
func (d Days) IsZero() bool { return d == Days{} }

// lastDay is the last that can be spelled.
var lastDay = date(9999, time.December, 31)

// Span returns the first and last day of d for one who asks at now. Both are
// days: where d is open, the first or last of the calendar. If first is after
// last, no day is in d.
func (d Days) Span(now time.Time) (first, last Day) {
	first, last = max(1, d.From), lastDay
	if d.To != 0 {
		last = d.To
	}
	today := DayOf(now)
	if d.MinAge != 0 {
		last = min(last, today-Day(d.MinAge))
	}
	if d.BelowAge != 0 {
		first = max(first, today-Day(d.BelowAge)+1)
	}
	return first, last
}

// String spells d as ParseDays reads it: "2024", "2024-05", "2020..2023-05",
// ">2024-01-01", "<30d".
func (d Days) String() string {
	switch {
	case d.MinAge != 0 && d.BelowAge != 0:
		return fmt.Sprintf("%dd..%dd", d.MinAge, d.BelowAge-1)
	case d.MinAge != 0:
		return fmt.Sprintf(">%dd", d.MinAge-1)
	case d.BelowAge != 0:
		return fmt.Sprintf("<%dd", d.BelowAge)
	case d.To == 0 && d.From <= 1:
		return strings.Repeat("0001..", int(d.From))
	case d.To == 0:
		return ">" + (d.From - 1).String()
	case d.From == 0 && d.To == lastDay:
		return "..9999"
	case d.From == 0:
		return "<" + (d.To + 1).String()
	}
	from, to := d.From.opening(), d.To.closing()
	first, _, _ := parsePoint(to)
	if first == d.From {
		return to
	}
	return from + ".." + to
}

// opening is the shortest spelling of a span that begins with d.
func (d Day) opening() string {
	t := d.Time()
	switch {
	case t.YearDay() == 1:
		return t.Format("2006")
	case t.Day() == 1:
		return t.Format("2006-01")
	}
	return d.String()
}

// closing is the shortest spelling of a span that ends with d.
func (d Day) closing() string {
	t, next := d.Time(), d.Time().AddDate(0, 0, 1)
	switch {
	case next.YearDay() == 1:
		return t.Format("2006")
	case next.Day() == 1:
		return t.Format("2006-01")
	}
	return d.String()
}

// ParseDays reads "2024", "2024-05", "2024-05-31", "2020..2023", "2020-2023",
// "2020..", ">2024-01-01", "<=2024", "<30d" (within thirty days), ">2y" and
// "1w..3w" (ages; d, w, m and y are 1, 7, 30 and 365 days). It reports false
// for all else and for what no day lies in.
func ParseDays(s string) (Days, bool) {
	d, ok := readDays(strings.ToLower(strings.TrimSpace(s)))
	if !ok || d.IsZero() || d.From < 0 || d.From > lastDay || d.To < 0 {
		return Days{}, false
	}
	return d, true
}

func readDays(s string) (Days, bool) {
	if op, rest := cutOperator(s); op != "" {
		if age, ok := parseAge(rest); ok {
			return compareAge(op, age)
		}
		return comparePoint(op, rest)
	}
	if age, ok := parseAge(s); ok {
		return compareAge("<", age)
	}
	low, high, ok := cutRange(s, "..")
	if years, until, both := strings.Cut(s, "-"); !ok && both && len(years) == 4 && len(until) == 4 {
		low, high, ok = years, until, true
	}
	if !ok {
		first, last, ok := parsePoint(s)
		return Days{From: first, To: last}, ok
	}
	young, ok1 := parseAge(low)
	old, ok2 := parseAge(high)
	if ok1 && ok2 {
		return Days{MinAge: min(young, old), BelowAge: max(young, old) + 1}, true
	}
	return betweenPoints(low, high)
}

func compareAge(op string, age int) (Days, bool) {
	switch op {
	case ">":
		return Days{MinAge: age + 1}, true
	case ">=":
		return Days{MinAge: age}, age > 0
	case "<":
		return Days{BelowAge: age}, age > 0
	}
	return Days{BelowAge: age + 1}, true
}

func comparePoint(op, s string) (Days, bool) {
	first, last, ok := parsePoint(s)
	switch op {
	case ">":
		return Days{From: last + 1}, ok
	case ">=":
		return Days{From: first}, ok
	case "<":
		return Days{To: first - 1}, ok && first > 1
	}
	return Days{To: last}, ok
}

func betweenPoints(low, high string) (Days, bool) {
	var d Days
	if low != "" {
		first, last, ok := parsePoint(low)
		if !ok {
			return Days{}, false
		}
		d = Days{From: first, To: last}
	}
	if high == "" {
		d.To = 0
		return d, low != ""
	}
	first, last, ok := parsePoint(high)
	if low == "" || first >= d.From {
		d.To = last
	} else {
		d.From = first // the later one came first
	}
	return d, ok
}

// parsePoint reads a year, month or day, and returns the days it begins and ends with.
func parsePoint(s string) (first, last Day, ok bool) {
	for _, layout := range []struct {
		form         string
		years, month int
		days         int
	}{{"2006", 1, 0, 0}, {"2006-01", 0, 1, 0}, {time.DateOnly, 0, 0, 1}} {
		t, err := time.Parse(layout.form, s)
		if err == nil && t.Year() > 0 {
			return DayOf(t), DayOf(t.AddDate(layout.years, layout.month, layout.days)) - 1, true
		}
	}
	return 0, 0, false
}

// maxAge is beyond the age of any work, in days.
const maxAge = 1_000_000

// parseAge reads "30d", "2w", "6m" and "1y" as a number of days.
func parseAge(s string) (int, bool) {
	if s == "" {
		return 0, false
	}
	unit := map[byte]int{'d': 1, 'w': 7, 'm': 30, 'y': 365}[s[len(s)-1]]
	n, err := strconv.ParseUint(s[:len(s)-1], 10, 16)
	return min(int(n)*unit, maxAge), unit > 0 && err == nil
}
