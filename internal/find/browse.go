package find

import (
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/index"
)

// Tags completes what was typed of a tag's name or of a synonym's: canonical
// tags that have works v may see, those that begin with it first, then those
// with a word that does, in each group the most used first, with their Uses.
// Kind 0 is any kind.
func (f *Finder) Tags(_ context.Context, v archive.Viewer, kind archive.Kind, typed string, limit int) []archive.Tag {
	s := f.current.Load()
	var tags []archive.Tag
	for _, c := range s.Complete(s.Visible(v), kind, typed, limit) {
		c.Tag.Uses = c.Works
		tags = append(tags, c.Tag)
	}
	return tags
}

// Fandoms lists the canonical fandoms of works that v may see, by name, with their Uses.
func (f *Finder) Fandoms(v archive.Viewer) []archive.Tag {
	s := f.current.Load()
	visible := s.Visible(v)
	var fandoms []archive.Tag
	s.EachFilter(archive.Fandom, func(t archive.Tag, works *index.Set) {
		if t.Uses = works.CountWithin(visible); t.Uses > 0 {
			fandoms = append(fandoms, t)
		}
	})
	return s.byName(fandoms)
}

// Languages lists the languages of works that v may see, the most frequent first.
func (f *Finder) Languages(v archive.Viewer) []LanguageFacet {
	s := f.current.Load()
	return s.countLanguages(s.Visible(v))
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
func (f *Finder) Tag(v archive.Viewer, id archive.TagID) (TagPage, error) {
	s := f.current.Load()
	visible := s.Visible(v)
	tag, ok := s.knownTag(visible, id)
	if !ok {
		return TagPage{}, fmt.Errorf("tag %d: %w", id.Public(), errs.NotFound)
	}
	canonical, _ := s.knownTag(visible, s.Canonical(id))
	around := s.Relatives(canonical.ID)
	return TagPage{
		Tag: tag, Canonical: canonical,
		Synonyms: s.usedTags(visible, canonical, around.Synonyms),
		Metatags: s.knownTags(visible, around.Metatags),
		Subtags:  s.knownTags(visible, around.Subtags),
		Fandoms:  s.knownTags(visible, around.Fandoms),
		Children: s.knownTags(visible, around.Children),
	}, nil
}

func (s *state) knownTags(visible *roaring.Bitmap, ids []archive.TagID) []archive.Tag {
	var tags []archive.Tag
	for _, id := range ids {
		if t, ok := s.knownTag(visible, id); ok {
			tags = append(tags, t)
		}
	}
	return s.byName(tags)
}

// usedTags returns those synonyms that works which may be seen have themselves.
func (s *state) usedTags(visible *roaring.Bitmap, canonical archive.Tag, ids []archive.TagID) []archive.Tag {
	if len(ids) == 0 {
		return nil
	}
	own := s.OwnTags(visible, canonical.ID)
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
