package repair

import (
	"slices"
	"strings"
	"unicode/utf8"

	"ficstead/internal/archive"
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

// merge joins the mends of an earlier pass with those of a later one. The
// later pass moved what stands after each of its edits, so the positions of
// the earlier are carried over to its result.
func merge(earlier, later []archive.Mend) []archive.Mend {
	moved, next, edge := 0, 0, 0
	for i := range earlier {
		for next < len(later) && later[next].At-moved <= earlier[i].At {
			if later[next].Rule == "mojibake" {
				moved += utf8.RuneCountInString(later[next].After) - utf8.RuneCountInString(later[next].Before)
			}
			edge = later[next].At
			next++
		}
		earlier[i].At = max(earlier[i].At+moved, edge)
	}
	all := append(earlier, later...)
	slices.SortStableFunc(all, func(a, b archive.Mend) int { return a.At - b.At })
	return all
}
