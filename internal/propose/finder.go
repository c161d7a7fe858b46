package propose

import (
	"context"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/store"
)

// View is an archive as somebody may see it.
type View struct {
	Context context.Context // of the request that asks
	Store   *store.Store
	Finder  *find.Finder
	Viewer  archive.Viewer
}

// Characters lists the characters that have word in their name.
func (v View) Characters(word string, limit int) []Character {
	var all []Character
	for _, n := range v.Finder.Namesakes(v.Viewer, word, limit) {
		all = append(all, Character(n))
	}
	return all
}

// Together lists the tags of works that are found by all of ids.
func (v View) Together(kind archive.Kind, limit int, ids ...archive.TagID) []archive.Tag {
	return v.Finder.Together(v.Viewer, kind, limit, ids...)
}

// Named finds a tag by its name.
func (v View) Named(kind archive.Kind, name string) (archive.Tag, bool) {
	return v.Finder.Named(v.Viewer, kind, name)
}

// Creator reports whether works are by a creator of this name. What cannot be
// asked is not known.
func (v View) Creator(name string) bool {
	var c archive.Creator
	err := v.Store.Read(v.Context, func(tx *store.Tx) (err error) {
		c, err = tx.CreatorByName(name)
		return err
	})
	if err != nil {
		return false
	}
	answer, err := v.Finder.Works(v.Context, v.Viewer, find.Question{Creator: c.ID})
	return err == nil && answer.Total > 0
}
