package review

import (
	"strings"

	"ficstead/internal/archive"
)

// A mark is a place that is known both in the source, in code points, and in the
// flat text of a chapter, in bytes.
type mark struct{ at, place int }

const (
	mostMarks = 200  // of a chapter: more are no nearer
	mostSeen  = 1000 // places that are compared
)

// index returns where c has the words of m: from where it was found last, or, if
// there are several such places, where the source lets expect it; -1 if nowhere.
func (p *Places) index(c *chapter, m archive.Mend, words string, from int) int {
	first := strings.Index(c.text, words)
	if first < 0 {
		return -1
	}
	if several := strings.Contains(c.text[first+len(words):], words); several && m.At > 0 {
		if expected, ok := p.expected(c, m); ok {
			return nearest(c.text, words, first, expected)
		}
	}
	if at := strings.Index(c.text[min(from, len(c.text)):], words); at >= 0 {
		return from + at
	}
	return -1
}

func nearest(text, words string, first, expected int) int {
	best := first
	for at, n := first, 0; n < mostSeen; n++ {
		if far(at, expected) < far(best, expected) {
			best = at
		}
		next := strings.Index(text[at+len(words):], words)
		if next < 0 || at > expected {
			break
		}
		at += len(words) + next
	}
	return best
}

func far(a, b int) int { return max(a-b, b-a) }

// expected is about where m is in the text of its chapter: as far from the mark
// nearest to it as it is in the source.
func (p *Places) expected(c *chapter, m archive.Mend) (int, bool) {
	marks, known := p.marks[m.Chapter]
	if !known {
		marks = p.marksOf(c, m.Chapter)
		p.marks[m.Chapter] = marks
	}
	if len(marks) == 0 {
		return 0, false
	}
	best := marks[0]
	for _, a := range marks {
		if far(a.at, m.At) < far(best.at, m.At) {
			best = a
		}
	}
	return best.place + m.At - best.at, true
}

// marksOf are the places of mends whose words stand once in a chapter.
func (p *Places) marksOf(c *chapter, number int) (marks []mark) {
	var told []archive.Mend
	for _, m := range p.told {
		if m.Chapter == number && m.At > 0 {
			told = append(told, m)
		}
	}
	step := 1 + len(told)/mostMarks
	for i := 0; i < len(told); i += step {
		for _, side := range sides(told[i]) {
			if whole := plain(side); hasWord(whole) && strings.Count(c.text, whole) == 1 {
				marks = append(marks, mark{told[i].At, strings.Index(c.text, whole)})
				break
			}
		}
	}
	return marks
}
