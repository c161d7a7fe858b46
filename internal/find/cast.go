package find

import (
	"context"

	"ficstead/internal/archive"
	"ficstead/internal/index"
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
	defer f.guard(nil)()
	s, seen := f.seen(v)
	var all []Namesake
	for _, c := range seen.Namesakes(archive.CharacterTag, word, limit) {
		c.Tag.Uses = c.Works
		all = append(all, Namesake{Tag: c.Tag, Fandoms: s.together(v, archive.Fandom, fandomsOfOne, c.Tag.ID)})
	}
	return all
}

// Together lists the tags of a kind that works which v may see have beside all
// of the given ones, the most frequent first, with how many works do.
func (f *Finder) Together(v archive.Viewer, kind archive.Kind, limit int, ids ...archive.TagID) []archive.Tag {
	defer f.guard(nil)()
	return f.current.Load().together(v, kind, limit, ids...)
}

// Named returns the canonical tag of a kind that has a name, or a synonym that
// has it, and works that v may see; false if there is none.
func (f *Finder) Named(v archive.Viewer, kind archive.Kind, name string) (archive.Tag, bool) {
	defer f.guard(nil)()
	s, seen := f.seen(v)
	for _, t := range s.TagsNamed(kind, name) {
		if t, ok := s.knownTag(seen, s.Canonical(t.ID)); ok {
			return t, true
		}
	}
	return archive.Tag{}, false
}

func (s *state) together(v archive.Viewer, kind archive.Kind, limit int, ids ...archive.TagID) []archive.Tag {
	var all index.And
	for _, id := range ids {
		all = append(all, index.Tag(id))
	}
	found, _ := s.Find(context.Background(), v, all) // fails only if the context is done
	return s.counted(found.Counts(limit)[kind])
}
