package backup_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ficstead/internal/backup"
	"ficstead/internal/base/errs"
	"ficstead/internal/store/storetest"
)

// files are the names in a folder.
func files(t testing.TB, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

// verified reads a backup to its end.
func verified(t testing.TB, path string) backup.Summary {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sum, err := backup.Verify(f, nil)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// TestSaveAtOnce has many back up into one file: one does, and nothing else is left.
func TestSaveAtOnce(t *testing.T) {
	s, folder := storetest.Open(t), t.TempDir()
	path := filepath.Join(folder, "all")
	results := make([]error, 6)
	var all sync.WaitGroup
	for i := range results {
		all.Go(func() { _, results[i] = backup.Save(t.Context(), s, path, "test", nil) })
	}
	all.Wait()
	made := 0
	for _, err := range results {
		if err == nil {
			made++
		} else if !errors.Is(err, errs.Conflict) {
			t.Error(err)
		}
	}
	if got := files(t, folder); made != 1 || got != "all" {
		t.Errorf("%d made, and in the folder are %s", made, got)
	}
	verified(t, path)
}

// TestSaveFails leaves nothing behind.
func TestSaveFails(t *testing.T) {
	s := storetest.Open(t)
	ended, stop := context.WithCancel(t.Context())
	stop()
	for name, c := range map[string]struct {
		ctx  context.Context
		path func(folder string) string
		left string
	}{
		"no folder":       {t.Context(), func(f string) string { return filepath.Join(f, "no", "all") }, ""},
		"stopped":         {ended, func(f string) string { return filepath.Join(f, "all") }, ""},
		"a folder":        {t.Context(), func(f string) string { os.Mkdir(filepath.Join(f, "all"), 0o700); return filepath.Join(f, "all") }, "all"},
		"a dangling link": {t.Context(), func(f string) string { os.Symlink("no", filepath.Join(f, "all")); return filepath.Join(f, "all") }, "all"},
	} {
		folder := t.TempDir()
		if _, err := backup.Save(c.ctx, s, c.path(folder), "test", nil); err == nil {
			t.Errorf("%s: backed up", name)
		}
		if got := files(t, folder); got != c.left {
			t.Errorf("%s: left %s", name, got)
		}
	}
}

// TestDamagedContent is found while it is backed up.
func TestDamagedContent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	s := storetest.OpenAt(t, path)
	if err := s.Write(t.Context(), work("Tea", strings.Repeat("A cup of tea. ", 50))); err != nil {
		t.Fatal(err)
	}
	spoil(t, path, `UPDATE body SET data = x'28b52ffd00' WHERE id = (SELECT max(id) FROM body)`)
	folder := t.TempDir()
	_, err := backup.Save(t.Context(), s, filepath.Join(folder, "all"), "test", nil)
	if !errors.Is(err, errs.Damaged) || !strings.Contains(err.Error(), "the content kept as") || files(t, folder) != "" {
		t.Errorf("%v; left %s", err, files(t, folder))
	}
}

// spoil changes a SQLite file behind the store's back.
func spoil(t testing.TB, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}
