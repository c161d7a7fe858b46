package tokens

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// gapAt is the space that was lost at a place, if one was.
func gapAt(at, from int, cuts []int) string {
	if at > from && len(inside(cuts, at-1, at+1)) > 0 {
		return " "
	}
	return ""
}

// wholeTokens widens a stretch to the ends of the tokens it begins and ends in.
func wholeTokens(text string, from, to int) (int, int) {
	const most = 60
	outside := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '’' }
	start, end := max(0, from-most), min(len(text), to+most)
	if n := strings.LastIndexFunc(text[start:from], outside); n >= 0 {
		_, size := utf8.DecodeRuneInString(text[start+n:])
		start += n + size
	}
	if n := strings.IndexFunc(text[to:end], outside); n >= 0 {
		end = to + n
	}
	return start, end
}

// inside returns those of the cuts, which are in order, that stand between two places.
func inside(cuts []int, from, to int) []int {
	i, _ := slices.BinarySearch(cuts, from+1)
	j, _ := slices.BinarySearch(cuts, to)
	return cuts[i:max(i, j)]
}

// spaced is text[from:to] with spaces at the cuts within.
func spaced(text string, from, to int, cuts []int) string {
	var out strings.Builder
	for _, c := range inside(cuts, from, to) {
		out.WriteString(text[from:c])
		out.WriteByte(' ')
		from = c
	}
	out.WriteString(text[from:to])
	return out.String()
}
