package repair

import (
	"strings"
	"unicode/utf8"
)

// around is how many bytes of context a mend shows on each side.
const around = 24

// excerpt returns s[from:to] with the words around it, on one paragraph.
func excerpt(s string, from, to int) string {
	for to < len(s) && !utf8.RuneStart(s[to]) {
		to++
	}
	start, end := max(0, from-around), min(len(s), to+around)
	if i := strings.LastIndex(s[start:from], "\n\n"); i >= 0 {
		start += i + 2
	}
	if i := strings.Index(s[to:end], "\n\n"); i >= 0 {
		end = to + i
	}
	for start > 0 && start < from && (!utf8.RuneStart(s[start]) || s[start-1] != ' ' && s[start-1] != '\n') {
		start++
	}
	for end < len(s) && end > to && (!utf8.RuneStart(s[end]) || s[end] != ' ' && s[end] != '\n') {
		end--
	}
	return strings.Trim(s[start:end], "\n")
}
