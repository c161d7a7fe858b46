package index

import (
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// Matching returns what tells whether each word that was typed begins a word of
// a canonical tag's name, or all of them words of one of its synonyms'.
func (s *Snapshot) Matching(typed string) func(archive.TagID) bool {
	words := strings.Fields(text.Key(typed))
	fits := func(id archive.TagID) bool {
		t := s.graph.tags.at(uint32(id))
		return t != nil && startsWords(t.key, words)
	}
	return func(id archive.TagID) bool {
		return fits(id) || slices.ContainsFunc(s.graph.synonyms[id], fits)
	}
}
