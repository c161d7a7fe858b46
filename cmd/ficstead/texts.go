package main

import (
	"os"
	"path/filepath"
	"strings"

	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/store/textindex"
)

// indexFolder, within the data folder, holds what can be made anew.
const indexFolder = "index"

// openTexts opens the index of the text of chapters.
func (r *run) openTexts(s *store.Store) (*textindex.Index, error) {
	if r.database != "" {
		return textindex.Open(r.ctx, s, r.database)
	}
	folder := filepath.Join(r.data, indexFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	return textindex.Open(r.ctx, s, filepath.Join(folder, "text.db"))
}

// inside returns what a command's question needs to look inside the text, and
// what is to be done when it has been answered. Questions that do not ask for it
// do not wait for the texts to be indexed.
func (r *run) inside(s *store.Store, question string) (find.Options, func(), error) {
	if !strings.Contains(strings.ToLower(question), "text:") {
		return find.Options{}, func() {}, nil
	}
	texts, err := r.openTexts(s)
	if err != nil {
		return find.Options{}, nil, err
	}
	if err := texts.CatchUp(r.ctx); err != nil {
		texts.Close()
		return find.Options{}, nil, err
	}
	return find.Options{Inside: texts}, func() { texts.Close() }, nil
}
