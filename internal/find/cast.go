package find

import (
	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
)

// Namesake is a character that a name in a text may stand for, with the fandoms
// of the works that have it.
type Namesake struct {
	Tag     archive.Tag   // with its Uses
	Fandoms []archive.Tag // the most frequent first; Uses are of the works with this character
}

// most of the fandoms of one character are enough to tell where it belongs.
const fandomsOfOne = 5

// Namesakes lists the characters that have a word in their name, or in that of
// a synonym, and works that v may see; the most used first.
func (f *Finder) Namesakes(v archive.Viewer, word string, limit int) []Namesake {
	s := f.current.Load()
	visible := s.Visible(v)
	var all []Namesake
	for _, c := range s.Namesakes(visible, archive.CharacterTag, word, limit) {
		c.Tag.Uses = c.Works
		all = append(all, Namesake{Tag: c.Tag, Fandoms: s.together(visible, archive.Fandom, fandomsOfOne, c.Tag.ID)})
	}
	return all
}

// Together lists the tags of a kind that works which v may see have beside all
// of the given ones, the most frequent first, with how many works do.
func (f *Finder) Together(v archive.Viewer, kind archive.Kind, limit int, ids ...archive.TagID) []archive.Tag {
	s := f.current.Load()
	return s.together(s.Visible(v), kind, limit, ids...)
}

// Named returns the canonical tag of a kind that has a name, or a synonym that
// has it, and works that v may see; false if there is none.
func (f *Finder) Named(v archive.Viewer, kind archive.Kind, name string) (archive.Tag, bool) {
	s := f.current.Load()
	visible := s.Visible(v)
	for _, t := range s.TagsNamed(kind, name) {
		if t, ok := s.knownTag(visible, s.Canonical(t.ID)); ok {
			return t, true
		}
	}
	return archive.Tag{}, false
}

func (s *state) together(visible *roaring.Bitmap, kind archive.Kind, limit int, ids ...archive.TagID) []archive.Tag {
	var tags []archive.Tag
	for _, c := range s.Counts(s.Snapshot.Together(visible, ids...), limit)[kind] {
		if t, ok := s.Tag(c.Tag); ok {
			t.Uses = c.N
			tags = append(tags, t)
		}
	}
	return tags
}
