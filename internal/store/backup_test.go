package store

import (
	"path/filepath"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// oneWork keeps a work of one chapter in a new SQLite store.
func oneWork(t *testing.T) (*Store, archive.WorkID) {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "archive.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	work := archive.Work{Keeper: 1, Title: "Tea"}
	text := prose.Parse("<p>" + strings.Repeat("One cup of tea. ", 40) + "</p>")
	err = s.Write(t.Context(), func(tx *Tx) error {
		return tx.AddWork(&work, []archive.Chapter{{Number: 1, Text: text}}, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, work.ID
}

func TestBackUpIsAWholeStore(t *testing.T) {
	s, id := oneWork(t)
	copied := filepath.Join(t.TempDir(), "it's a copy.db")
	if err := s.CopyTo(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	again, err := Open(t.Context(), copied)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	err = again.Read(t.Context(), func(tx *Tx) error {
		_, err := tx.Chapter(id, 1)
		return err
	})
	if err != nil {
		t.Errorf("the chapter is not in the copy: %v", err)
	}
	if err := s.CopyTo(t.Context(), copied); err == nil {
		t.Error("a backup was written over another file")
	}
}
