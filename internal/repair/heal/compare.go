package heal

import (
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// Difference is a place where two copies differ: what each has there, with its
// marks, and "" where one has nothing.
type Difference struct {
	Chapter     int // of the first copy, from 1
	Own, Other  string
	SameLetters bool // only spaces, signs, marks or paragraphs differ
}

// longestSide is how much of a difference is shown, in bytes.
const longestSide = 1200

// Differences lists where two copies of a work differ, in the order of the
// first, at most most of them, and tells how many there are in all.
func Differences(a, b []archive.Chapter, most int) (list []Difference, all int) {
	own, other := copiedOf(a), copiedOf(b)
	chapterAt := chaptersOf(a)
	add := func(at int, d Difference) {
		if d.Own = shortened(d.Own); d.Own == shortened(d.Other) {
			return
		}
		d.Other = shortened(d.Other)
		if all++; len(list) < most {
			d.Chapter = chapterAt(at)
			list = append(list, d)
		}
	}
	i, j := 0, 0
	matches := append(align(own.pieces, other), match{len(own.pieces), len(own.pieces), len(other.pieces), len(other.pieces)})
	for _, m := range matches {
		add(i, Difference{Own: textsOf(own.pieces[i:m.from]), Other: textsOf(other.pieces[j:m.otherFrom])})
		p, q := solid(own.pieces[m.from:m.to]), solid(other.pieces[m.otherFrom:m.otherTo])
		switch {
		case len(p) == 1 && len(q) == 1 && p[0].HTML() != q[0].HTML():
			before, after := difference(flat(p[0].Block), flat(q[0].Block))
			add(m.from, Difference{Own: before, Other: after, SameLetters: true})
		case len(p) != len(q):
			add(m.from, Difference{Own: excerpts(p), Other: excerpts(q), SameLetters: true})
		}
		i, j = m.to, m.otherTo
	}
	return list, all
}

// chaptersOf returns a function from the number of a piece to that of its chapter.
func chaptersOf(chapters []archive.Chapter) func(int) int {
	var ends []int
	n := 0
	for _, c := range chapters {
		n += len(c.Text.Blocks())
		ends = append(ends, n)
	}
	return func(at int) int {
		i, found := slices.BinarySearch(ends, at)
		if found {
			i++
		}
		return min(i+1, max(len(chapters), 1))
	}
}

func textsOf(pieces []piece) string {
	var parts []string
	for _, p := range pieces {
		switch {
		case p.Kind() == prose.Break:
			parts = append(parts, "* * *")
		case p.letters != "" && len(p.Blocks()) == 0:
			parts = append(parts, flat(p.Block))
		case p.letters != "":
			parts = append(parts, p.Text())
		}
	}
	return strings.Join(parts, "\n\n")
}

// shortened keeps both ends of what is too long to be shown.
func shortened(s string) string {
	if len(s) <= longestSide {
		return s
	}
	const half = longestSide / 2
	return strings.ToValidUTF8(s[:half], "") + " … " + strings.ToValidUTF8(s[len(s)-half:], "")
}
