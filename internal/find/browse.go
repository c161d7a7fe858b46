package find

import (
	"context"
	"fmt"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/index"
)

// seen returns the newest state and all works that v may see.
func (f *Finder) seen(v archive.Viewer) (*state, *index.Found) {
	s := f.current.Load()
	seen, _ := s.Find(context.Background(), v, index.All{}) // fails only if the context is done
	return s, seen
}

// Tags completes what was typed of a tag's name or of a synonym's: canonical
// tags that have works v may see, those that begin with it first, then those
// with a word that does, in each group the most used first, with their Uses.
// Kind 0 is any kind.
func (f *Finder) Tags(_ context.Context, v archive.Viewer, kind archive.Kind, typed string, limit int) []archive.Tag {
	defer f.guard(nil)()
	_, seen := f.seen(v)
	var tags []archive.Tag
	for _, c := range seen.Complete(kind, typed, limit) {
		c.Tag.Uses = c.Works
		tags = append(tags, c.Tag)
	}
	return tags
}

// Fandoms lists the canonical fandoms of works that v may see, by name, with their Uses.
func (f *Finder) Fandoms(v archive.Viewer) []archive.Tag {
	defer f.guard(nil)()
	s, seen := f.seen(v)
	return s.byName(s.counted(seen.CountAll(archive.Fandom)))
}

// Languages lists the languages of works that v may see, the most frequent first.
func (f *Finder) Languages(v archive.Viewer) []LanguageFacet {
	defer f.guard(nil)()
	_, seen := f.seen(v)
	return languagesOf(seen)
}

// TagPage is what is known of a tag: each list by name, with Uses, and only of
// tags that works v may see have.
type TagPage struct {
	Tag       archive.Tag   // as asked for
	Canonical archive.Tag   // Tag itself, unless it is a synonym
	Synonyms  []archive.Tag // of Canonical
	Metatags  []archive.Tag // Canonical is a subtag of these
	Subtags   []archive.Tag // these are subtags of Canonical
	Fandoms   []archive.Tag // a character or relationship is of these
	Children  []archive.Tag // characters and relationships of a fandom
}

// Tag returns what v may know of a tag. A tag that no work v may see has is NotFound.
func (f *Finder) Tag(v archive.Viewer, id archive.TagID) (page TagPage, err error) {
	defer f.guard(&err)()
	s, seen := f.seen(v)
	tag, ok := s.knownTag(seen, id)
	if !ok {
		return TagPage{}, fmt.Errorf("tag %d: %w", id.Public(), errs.NotFound)
	}
	canonical, _ := s.knownTag(seen, s.Canonical(id))
	around := s.Relatives(canonical.ID)
	return TagPage{
		Tag: tag, Canonical: canonical,
		Synonyms: s.usedTags(seen, canonical, around.Synonyms),
		Metatags: s.knownTags(seen, around.Metatags),
		Subtags:  s.knownTags(seen, around.Subtags),
		Fandoms:  s.knownTags(seen, around.Fandoms),
		Children: s.knownTags(seen, around.Children),
	}, nil
}

// counted returns counted tags with their Uses.
func (s *state) counted(counts []index.Count) []archive.Tag {
	var tags []archive.Tag
	for _, c := range counts {
		if t, ok := s.Tag(c.Tag); ok {
			t.Uses = c.N
			tags = append(tags, t)
		}
	}
	return tags
}

func (s *state) knownTags(seen *index.Found, ids []archive.TagID) []archive.Tag {
	var tags []archive.Tag
	for _, id := range ids {
		if t, ok := s.knownTag(seen, id); ok {
			tags = append(tags, t)
		}
	}
	return s.byName(tags)
}

// usedTags returns those synonyms that works which may be seen have themselves.
func (s *state) usedTags(seen *index.Found, canonical archive.Tag, ids []archive.TagID) []archive.Tag {
	if len(ids) == 0 {
		return nil
	}
	own := seen.OwnTags(canonical.ID)
	var tags []archive.Tag
	for _, id := range ids {
		if t, ok := s.Tag(id); ok && own[id] > 0 {
			t.Uses = own[id]
			tags = append(tags, t)
		}
	}
	return s.byName(tags)
}

// byName sorts tags as a reader looks for them.
func (s *state) byName(tags []archive.Tag) []archive.Tag {
	slices.SortFunc(tags, func(a, b archive.Tag) int { return s.CompareNames(a.ID, b.ID) })
	return tags
}
