package index

import (
	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// Languages returns the codes of all languages that works were ever in.
func (s *Snapshot) Languages() []string {
	var codes []string
	s.sets[byLanguage].each(func(n uint32, set *Set) {
		if set != nil {
			codes = append(codes, s.languages.string(n))
		}
	})
	return codes
}

// Tag returns a tag; ok is false if the index has none of this id.
func (s *Snapshot) Tag(id archive.TagID) (t archive.Tag, ok bool) {
	if id <= 0 || int64(id) > maxRow {
		return archive.Tag{}, false
	}
	if t := s.graph.tags.at(uint32(id)); t != nil {
		return t.Tag, true
	}
	return archive.Tag{}, false
}

// Canonical returns the tag that id is a synonym of, or id.
func (s *Snapshot) Canonical(id archive.TagID) archive.TagID { return s.graph.canonical(id) }

// Relatives are the tags around a canonical tag.
type Relatives struct{ Synonyms, Metatags, Subtags, Fandoms, Children []archive.TagID }

// Relatives returns the tags directly around a canonical tag.
func (s *Snapshot) Relatives(id archive.TagID) Relatives {
	g := s.graph
	return Relatives{g.synonyms[id], g.metatags[id], g.subtags[id], g.fandoms[id], g.children[id]}
}

// TagsNamed returns the tags of this name, as text.Key has it. Kind 0 is any kind.
func (s *Snapshot) TagsNamed(kind archive.Kind, name string) []archive.Tag {
	n, ok := s.tagKeys.find(text.Key(name))
	if !ok {
		return nil
	}
	var tags []archive.Tag
	for _, id := range s.keyTags.at(n) {
		if t := s.graph.tags.at(uint32(id)); t != nil && (kind == 0 || t.Kind == kind) {
			tags = append(tags, t.Tag)
		}
	}
	return tags
}

// EachFilter calls f for every canonical tag of a kind that works are found by,
// the most frequent first.
func (s *Snapshot) EachFilter(kind archive.Kind, f func(t archive.Tag, works *Set)) {
	for _, id := range s.counters.frequent(s)[kind] {
		f(s.graph.tags.at(id).Tag, s.sets[byTag].at(id))
	}
}
