package heal

import (
	"slices"
	"strings"
	"unicode"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// piece is one block of a copy with the letters it is known by.
type piece struct {
	prose.Block
	letters string // letters and digits alone, lower case; "" for breaks and empty paragraphs
}

func piecesOf(d prose.Doc) []piece {
	var pieces []piece
	for _, b := range d.Blocks() {
		pieces = append(pieces, piece{b, lettersOf(b)})
	}
	return pieces
}

func lettersOf(b prose.Block) string {
	if b.Kind() == prose.Break {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, b.Text())
}

// copied is the second copy, all its chapters in one row: they may be cut
// differently.
type copied struct {
	pieces []piece
	index  index
}

func copiedOf(chapters []archive.Chapter) copied {
	var c copied
	for _, chapter := range chapters {
		c.pieces = append(c.pieces, piecesOf(chapter.Text)...)
	}
	c.index = indexOf(c.pieces)
	return c
}

// match says that pieces [from, to) of the first copy have the letters of
// pieces [otherFrom, otherTo) of the second.
type match struct{ from, to, otherFrom, otherTo int }

// align finds what of two copies has the same letters, in order: paragraphs
// that stand in both first, and between those the paragraphs that one of them
// has joined or parted.
func align(a []piece, other copied) []match {
	b := other.pieces
	var matches []match
	i, j := 0, 0
	for _, anchor := range append(anchors(a, other.index), [2]int{len(a), len(b)}) {
		matches = append(matches, regroup(a, b, i, anchor[0], j, anchor[1])...)
		if anchor[0] < len(a) {
			matches = append(matches, match{anchor[0], anchor[0] + 1, anchor[1], anchor[1] + 1})
		}
		i, j = anchor[0]+1, anchor[1]+1
	}
	return matches
}

// index tells where the pieces stand whose letters no other piece has.
type index map[string]int

const repeated = -1

func indexOf(pieces []piece) index {
	at := index{}
	for i, p := range pieces {
		if p.letters == "" {
			continue
		}
		if _, ok := at[p.letters]; ok {
			i = repeated
		}
		at[p.letters] = i
	}
	return at
}

// anchors are the pieces with the same letters, once in each copy, in the
// longest row that is in order in both (patience, as in comparing files).
func anchors(a []piece, b index) [][2]int {
	var pairs [][2]int
	own := indexOf(a)
	for i, p := range a {
		j, ok := b[p.letters]
		if ok && j != repeated && own[p.letters] != repeated {
			pairs = append(pairs, [2]int{i, j})
		}
	}
	return rising(pairs)
}

// rising is the longest row of pairs whose second numbers rise.
func rising(pairs [][2]int) [][2]int {
	var tops []int // of each pile, the pair on top
	before := make([]int, len(pairs))
	for i, p := range pairs {
		pile, _ := slices.BinarySearchFunc(tops, p[1], func(top, want int) int { return pairs[top][1] - want })
		before[i] = -1
		if pile > 0 {
			before[i] = tops[pile-1]
		}
		if pile == len(tops) {
			tops = append(tops, i)
		} else {
			tops[pile] = i
		}
	}
	var row [][2]int
	if len(tops) > 0 {
		for i := tops[len(tops)-1]; i >= 0; i = before[i] {
			row = append(row, pairs[i])
		}
	}
	slices.Reverse(row)
	return row
}

// regroup matches what lies between two anchors, from its beginning for as long
// as the letters are the same: a group ends whenever both copies end a paragraph
// at the same letter.
func regroup(a, b []piece, i, iEnd, j, jEnd int) []match {
	var matches []match
	for i < iEnd && j < jEnd {
		n, m, ok := group(a[i:iEnd], b[j:jEnd])
		if !ok {
			break
		}
		if n > 0 && m > 0 && lettersIn(a[i:i+n]) > 0 {
			matches = append(matches, match{i, i + n, j, j + m})
		}
		i, j = i+n, j+m
	}
	return matches
}

func lettersIn(pieces []piece) (n int) {
	for _, p := range pieces {
		n += len(p.letters)
	}
	return n
}

// group returns how many pieces of each copy hold the same letters, as few as
// can be and at least one of either; ok is false where the letters part.
func group(a, b []piece) (n, m int, ok bool) {
	var left, right string // what is not yet matched of the pieces taken
	for {
		switch {
		case left == "" && right == "" && n > 0 && m > 0:
			return n, m, true
		case left == "" && n < len(a):
			left = a[n].letters
			n++
		case right == "" && m < len(b):
			right = b[m].letters
			m++
		case left == "" || right == "":
			return n, m, left == "" && right == ""
		}
		shared := min(len(left), len(right))
		if left[:shared] != right[:shared] {
			return n, m, false
		}
		left, right = left[shared:], right[shared:]
	}
}
