package index

import (
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// afterWord is what may follow a word within the key of a tag.
var afterWord = [...]string{" ", "-", "'", ".", ",", "(", ")", "|", "/", "&", "\""}

// Namesakes returns the canonical tags of a kind that the works are found by
// and that have a word, whole, in their name or in a synonym's; the most
// frequent first, at most most of them.
func (f *Found) Namesakes(kind archive.Kind, word string, most int) []Completion {
	s, in := f.s, f.rows
	word = text.Key(word)
	if word == "" || kind >= KindCount || most <= 0 {
		return nil
	}
	var starts []nameStart
	for _, list := range [][]nameStart{s.names.heads, s.names.middles} {
		for _, n := range beginning(list, word) {
			if n.rest != word {
				break
			}
			starts = append(starts, n)
		}
		for _, after := range afterWord {
			starts = append(starts, beginning(list, word+after)...)
		}
	}
	c := &completing{s: s, in: in, kind: kind, most: most}
	var found []Completion
	for _, id := range c.meant(starts, func(key string) bool { return strings.Contains(key, word) }) {
		if n := s.sets[byTag].at(id).CountWithin(in); n > 0 {
			found = append(found, Completion{s.graph.tags.at(id).Tag, n})
		}
		if len(found) == 2*most {
			break
		}
	}
	slices.SortStableFunc(found, func(a, b Completion) int { return b.Works - a.Works })
	return found[:min(len(found), most)]
}
