package find

import (
	"context"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/store"
)

// Finder answers questions from an index of the store. It is safe for any
// number of readers, also while it follows changes.
type Finder struct {
	store *store.Store
}

// Open builds an index of all that s holds.
func Open(ctx context.Context, s *store.Store) (*Finder, error) {
	return &Finder{store: s}, ctx.Err()
}

// CatchUp applies what changed in the store since the index was last built or caught up.
func (f *Finder) CatchUp(ctx context.Context) error { return ctx.Err() }

// Follow catches up again and again until ctx is done. A failed attempt is made
// again; Err tells of it.
func (f *Finder) Follow(ctx context.Context, every time.Duration) {
	<-ctx.Done()
}

// Err is why the last attempt to catch up failed, nil if it did not.
func (f *Finder) Err() error { return nil }

// Generation is the number of the last change that the index knows of.
func (f *Finder) Generation() int64 { return 0 }

// Works answers q for v. A page beyond the last is a PageError, which is
// NotFound; the answer that comes with it has all but the page.
func (f *Finder) Works(ctx context.Context, v archive.Viewer, q Question) (Answer, error) {
	return Answer{Page: 1, Per: 20, Pages: 1}, ctx.Err()
}

// Tags completes what was typed of a tag's name: canonical tags that have works
// v may see, those that begin with it first, then those with a word that does.
// Kind 0 is any kind.
func (f *Finder) Tags(ctx context.Context, v archive.Viewer, kind archive.Kind, typed string, limit int) []archive.Tag {
	return nil
}

// Fandoms lists the canonical fandoms of works that v may see, by name, with their Uses.
func (f *Finder) Fandoms(v archive.Viewer) []archive.Tag { return nil }

// Languages lists the languages of works that v may see, the most frequent first.
func (f *Finder) Languages(v archive.Viewer) []LanguageFacet { return nil }

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
	return TagPage{}, nil
}
