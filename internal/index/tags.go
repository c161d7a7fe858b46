package index

import (
	"ficstead/internal/archive"
	"ficstead/internal/index/vocabulary"
)

// Tag returns a tag; ok is false if the index has none of this id.
func (s *Snapshot) Tag(id archive.TagID) (t archive.Tag, ok bool) { return s.words.Tag(id) }

// Canonical returns the tag that id is a synonym of, or id.
func (s *Snapshot) Canonical(id archive.TagID) archive.TagID { return s.words.Canonical(id) }

// TagsOf returns the tags that a work is found by, and those it has itself;
// whoever may see it.
func (s *Snapshot) TagsOf(id archive.WorkID) (filters, own []archive.TagID) {
	row, ok := s.rowOf(id)
	if !ok {
		return nil, nil
	}
	own = s.partOf(row).AppendOwn(nil, row)
	return s.words.Filters(nil, own), own
}

// Relatives are the tags around a canonical tag.
type Relatives struct{ Synonyms, Metatags, Subtags, Fandoms, Children []archive.TagID }

// Relatives returns the tags directly around a canonical tag.
func (s *Snapshot) Relatives(id archive.TagID) Relatives {
	w := s.words
	return Relatives{w.Synonyms(id), w.Metatags(id), w.Subtags(id), w.Fandoms(id), w.Children(id)}
}

// TagsNamed returns the tags of this name, as text.Key has it. Kind 0 is any kind.
func (s *Snapshot) TagsNamed(kind archive.Kind, name string) []archive.Tag {
	var tags []archive.Tag
	for _, id := range s.words.Named(kind, name) {
		if t, ok := s.words.Tag(id); ok {
			tags = append(tags, t)
		}
	}
	return tags
}

// Matching reports of tags whether their name or that of a synonym has words
// that begin with all that was typed.
func (s *Snapshot) Matching(typed string) func(archive.TagID) bool { return s.words.Matching(typed) }

// CompareNames puts tags in the order of their names.
func (s *Snapshot) CompareNames(a, b archive.TagID) int { return s.words.CompareNames(a, b) }

// Completion is a canonical tag that what was typed may mean, and how many of
// the works asked about are found by it.
type Completion = vocabulary.Completion

// Complete returns canonical tags of a kind (0: any) that the works are found
// by and whose name, or that of a synonym, fits what was typed: those that
// begin with it first, then those with a word that does, then those in which
// each word typed begins a word; in each group the most frequent first, equal
// ones by name.
func (f *Found) Complete(kind archive.Kind, typed string, most int) []Completion {
	return f.s.words.Complete(uses{f}, kind, typed, most)
}

// Near returns canonical tags of a kind (0: any) that the works are found by
// and whose name is name but for a slip or two of typing, the nearest first.
func (f *Found) Near(kind archive.Kind, name string, most int) []Completion {
	return f.s.words.Near(uses{f}, kind, name, most)
}

// Namesakes returns the canonical tags of a kind that the works are found by
// and that have a word, whole, in their name or in a synonym's; the most
// frequent first, at most most of them.
func (f *Found) Namesakes(kind archive.Kind, word string, most int) []Completion {
	return f.s.words.Namesakes(uses{f}, kind, word, most)
}

// uses tells how many works are found by canonical tags.
type uses struct{ f *Found }

func (u uses) All(id archive.TagID) int     { return u.f.s.uses(id) }
func (u uses) Visible(id archive.TagID) int { return u.f.CountOf(id) }
