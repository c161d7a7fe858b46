package plain

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// headingKind is how much of itself a chapter heading proves.
type headingKind uint8

const (
	noHeading headingKind = iota
	bare                  // "12", "XII", "3. Home": a heading only in a row that counts
	division              // "Part Two", "Book I", "Act 3"
	named                 // "Prologue", "Epilogue"
	chapter               // "Chapter 12: Home"
)

type heading struct {
	kind   headingKind
	number int    // 0 if it has none
	title  string // after the number
	whole  string // as it stands, without ornament
}

const longestHeading = 120

const counted = `(\d{1,4}|[ivxlc]+|[a-z]+(?:[- ][a-z]+)?)`

var (
	chapterLine  = regexp.MustCompile(`(?i)^(?:chapter|chapitre|kapitel|cap[ií]tulo|capitolo|hoofdstuk|rozdzia[łl]|глава|ch\.|chap\.)\s*` + counted + `\b\s*(?:$|[:.–—~-]+\s*(.*)$|\((.*)\)$)`)
	divisionLine = regexp.MustCompile(`(?i)^(?:part|book|volume|act|teil|partie|parte|часть)\s+` + counted + `\b\s*(?:$|[:.–—~-]+\s*(.*)$)`)
	namedLine    = regexp.MustCompile(`(?i)^(prologue|epilogue|interlude|prolog|epilog|prólogo|epílogo|пролог|эпилог|foreword|afterword)\b\s*(?:\d{1,2}|[ivx]{1,4})?\s*(?:$|[:.–—~-]+\s*(.*)$)`)
	bareLine     = regexp.MustCompile(`^(\d{1,3}|[IVXLC]{1,8})\s*(?:[.):]\s*(.*))?$`)
)

// headingOf reads a line as a chapter heading.
func headingOf(line string) heading {
	line = strings.Trim(line, "*_~=#<>[]- \t–—")
	if line == "" || utf8.RuneCountInString(line) > longestHeading {
		return heading{}
	}
	if m := chapterLine.FindStringSubmatch(line); m != nil {
		if n := count(m[1]); n >= 0 {
			return heading{chapter, n, trimTitle(m[2] + m[3]), line}
		}
	}
	if m := namedLine.FindStringSubmatch(line); m != nil {
		return heading{named, 0, trimTitle(m[2]), line}
	}
	if m := divisionLine.FindStringSubmatch(line); m != nil {
		if n := count(m[1]); n >= 0 {
			return heading{division, n, trimTitle(m[2]), line}
		}
	}
	if m := bareLine.FindStringSubmatch(line); m != nil && (!strings.HasSuffix(m[2], ".") || strings.HasSuffix(m[2], "..")) {
		if n := count(m[1]); n > 0 {
			return heading{bare, n, trimTitle(m[2]), line}
		}
	}
	return heading{}
}

func trimTitle(s string) string { return strings.Trim(s, `"“”*_~ `) }

// count reads a number in figures, in Roman figures or in English words; -1 if
// s is none.
func count(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	if n := roman(strings.ToUpper(s)); n > 0 {
		return n
	}
	sum := 0
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == '-' }) {
		n, ok := numbers[w]
		if !ok {
			return -1
		}
		sum += n
	}
	return sum
}

var numbers = map[string]int{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"first": 1, "second": 2, "third": 3, "last": 0, "final": 0,
}

// roman reads Roman figures, written as they should be; 0 if s is none.
func roman(s string) int {
	n, rest := 0, s
	for _, f := range romanFigures {
		for strings.HasPrefix(rest, f.figure) {
			n += f.value
			rest = rest[len(f.figure):]
		}
	}
	if rest != "" || spellRoman(n) != s {
		return 0
	}
	return n
}

var romanFigures = []struct {
	figure string
	value  int
}{{"C", 100}, {"XC", 90}, {"L", 50}, {"XL", 40}, {"X", 10}, {"IX", 9}, {"V", 5}, {"IV", 4}, {"I", 1}}

func spellRoman(n int) string {
	s := ""
	for _, f := range romanFigures {
		for n >= f.value {
			s += f.figure
			n -= f.value
		}
	}
	return s
}
