package index

import (
	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

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

// TagsOf returns the tags that a work is found by, and those it has itself;
// whoever may see it.
func (s *Snapshot) TagsOf(id archive.WorkID) (filters, own []archive.TagID) {
	if id <= 0 || int64(id) > maxRow || s.works.at(uint32(id)) == nil {
		return nil, nil
	}
	w := s.works.at(uint32(id))
	for _, id := range w.filters {
		filters = append(filters, archive.TagID(id))
	}
	for _, id := range w.tags {
		own = append(own, archive.TagID(id))
	}
	return filters, own
}

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
