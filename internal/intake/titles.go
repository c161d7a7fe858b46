package intake

import (
	"regexp"
	"strconv"
	"strings"
)

// Chapters are shown with their numbers, so a number in the title that says the
// same is taken out; one that differs is the author's own and stays.

var (
	chapterLine = regexp.MustCompile(`(?i)^(?:chapter|chap\.?|ch\.?|kapitel|chapitre|cap[ií]tulo|capitolo|hoofdstuk|rozdzia[łl]|глава|fejezet|luku|bölüm|bab|part|teil|partie|parte|deel|часть)\s*[.#]?\s*([0-9]+|[ivxlc]+|[a-z]+(?:-[a-z]+)?)\b\s*[:.)–—-]*\s*(.*)$`)
	hanChapter  = regexp.MustCompile(`^第\s*[0-9一二三四五六七八九十百千〇零两]+\s*[章话話回节節部]`)
	loneNumber  = regexp.MustCompile(`(?i)^(?:[0-9]{1,4}|[ivxlc]+)[.)]?$`)
	listNumber  = regexp.MustCompile(`^([0-9]+)[.)]\s+(.*)$`)
	apart       = regexp.MustCompile(`(?i)^(prologue?|prolog|epilogue?|epilog|interlude|intermezzo|intermission|preface|foreword|introduction|afterword|coda|postscript|пролог|эпилог|序章?|终章|終章|尾声)\b`)
)

// namesChapter reports whether a heading says of itself that a chapter begins.
func namesChapter(heading string) bool {
	if len(heading) > 200 {
		return false
	}
	m := chapterLine.FindStringSubmatch(heading)
	return m != nil && ordinal(m[1]) > 0 || hanChapter.MatchString(heading) ||
		loneNumber.MatchString(heading) && ordinal(strings.TrimRight(heading, ".)")) > 0 || apart.MatchString(heading)
}

// withoutNumber takes out of a chapter's title what says that it is chapter n:
// "3. Chapter Three: The Storm" is "The Storm".
func withoutNumber(title string, n int) string {
	if m := listNumber.FindStringSubmatch(title); m != nil && m[1] == strconv.Itoa(n) {
		title = m[2]
	}
	if loneNumber.MatchString(title) && ordinal(strings.TrimRight(title, ".)")) == n {
		return ""
	}
	m := chapterLine.FindStringSubmatch(title)
	if m == nil || ordinal(m[1]) != n || !isChapterWord(title) {
		return title
	}
	return m[2]
}

// isChapterWord tells "Chapter 3" from "Part 3", which is more than a number.
func isChapterWord(title string) bool {
	title = strings.ToLower(title)
	for _, word := range [...]string{"part", "teil", "deel", "часть"} {
		if strings.HasPrefix(title, word) {
			return false
		}
	}
	return true
}

var numerals = strings.Fields(`one two three four five six seven eight nine ten eleven twelve thirteen
	fourteen fifteen sixteen seventeen eighteen nineteen twenty`)

var tens = strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety")

// ordinal reads "12", "XII" and "twelve"; it is 0 for all else.
func ordinal(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return max(n, 0)
	}
	s = strings.ToLower(s)
	for i, word := range numerals {
		if s == word {
			return i + 1
		}
	}
	first, second, _ := strings.Cut(s, "-")
	for i, word := range tens {
		if first == word {
			return (i+2)*10 + max(ordinalBelowTen(second), 0)
		}
	}
	return roman(s)
}

func ordinalBelowTen(s string) int {
	for i, word := range numerals[:9] {
		if s == word {
			return i + 1
		}
	}
	return 0
}

// roman reads a Roman numeral that is written as it should be.
func roman(s string) int {
	n := 0
	for _, step := range []struct {
		sign  string
		value int
	}{{"c", 100}, {"xc", 90}, {"l", 50}, {"xl", 40}, {"x", 10}, {"ix", 9}, {"v", 5}, {"iv", 4}, {"i", 1}} {
		for times := 0; strings.HasPrefix(s, step.sign) && times < 3; times++ {
			n += step.value
			s = s[len(step.sign):]
		}
	}
	if s != "" {
		return 0
	}
	return n
}
