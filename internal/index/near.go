package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// Slips of typing are looked for among the commonest tags, at about a
// microsecond each: who mistypes a rare name is better served by its words.
const nearTries = 4000

// Near returns canonical tags of a kind (0: any) that the works are found by
// and whose name is name but for a slip or two of typing, the nearest first.
func (f *Found) Near(kind archive.Kind, name string, most int) []Completion {
	s, in := f.s, f.rows
	typed := []rune(text.Key(name))
	slips := min(2, len(typed)/4) // in a short name any other is near
	if slips == 0 || len(typed) > 100 || kind >= KindCount {
		return nil
	}
	type near struct {
		Completion
		slips int
	}
	var list []near
	ids := s.counters.frequent(s)[kind]
	for _, id := range ids[:min(len(ids), nearTries)] {
		t := s.graph.tags.at(id)
		if d := nearest(typed, t.key, slips); d <= slips {
			if n := s.sets[byTag].at(id).CountWithin(in); n > 0 {
				list = append(list, near{Completion{t.Tag, n}, d})
			}
		}
	}
	slices.SortFunc(list, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.slips, b.slips), cmp.Compare(b.Works, a.Works), s.CompareNames(a.Tag.ID, b.Tag.ID))
	})
	var found []Completion
	for _, n := range list[:min(most, len(list))] {
		found = append(found, n.Completion)
	}
	return found
}

// nearest is the distance of typed to key or to a word of it, whichever is less;
// beyond most it may be any that is greater.
func nearest(typed []rune, key string, most int) int {
	best := most + 1
	try := func(s string) {
		if n := utf8.RuneCountInString(s); n >= len(typed)-most && n <= len(typed)+most {
			best = min(best, distance(typed, []rune(s)))
		}
	}
	try(key)
	for word := range strings.FieldsSeq(key) {
		try(word)
	}
	return best
}

// distance is the number of letters to add, leave out, change or swap with
// their neighbour to make one of the other.
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
