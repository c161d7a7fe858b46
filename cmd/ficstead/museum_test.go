package main

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMuseumOfDamage damages an archive in the ways that disks, copies and people
// do, and wants each told for what it is, and what to do.
func TestMuseumOfDamage(t *testing.T) {
	whole := t.TempDir()
	want(t, exitRefused, whole, "import", pile(t))
	want(t, 0, whole, "reindex")
	file, err := os.ReadFile(filepath.Join(whole, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	index, err := os.ReadFile(filepath.Join(whole, indexFolder, "snapshot"))
	if err != nil {
		t.Fatal(err)
	}
	statement := func(text string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.Exec("PRAGMA foreign_keys = 0; " + text); err != nil {
				t.Fatal(err)
			}
		}
	}
	content := func(b []byte) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	const backup = "last good backup"
	for _, piece := range []struct {
		name   string
		code   int
		damage func(t *testing.T, path string)
		says   []string
	}{
		{"a text changed", exitDamaged, statement(`UPDATE body SET data = x'00' WHERE id = (SELECT max(text) FROM chapter)`), []string{"A text of a work is damaged", backup, "It touches work"}},
		{"an original changed", exitDamaged, statement(`UPDATE body SET data = x'00' WHERE id = (SELECT max(body) FROM original)`), []string{"A file that a work was read from is damaged"}},
		{"a text gone", exitDamaged, statement(`DELETE FROM body WHERE id = (SELECT max(text) FROM chapter)`), []string{"names a text that is not there"}},
		{"an original gone", exitDamaged, statement(`DELETE FROM body WHERE id = (SELECT max(body) FROM original)`), []string{"was read from is not there"}},
		{"a letter of a title", exitDamaged, statement(`UPDATE work SET title = title || 'x' WHERE id = 1`), []string{"A row was changed on the disk: what the work says of itself"}},
		{"a work without its row", exitDamaged, statement(`DELETE FROM work WHERE id = 1`), []string{"belongs to a work that is not there"}},
		{"a broken chain", exitDamaged, statement(`DELETE FROM revision WHERE work = 1`), []string{"Its present revision, 1, is not there"}},
		{"a chapter gone", exitDamaged, statement(`DELETE FROM chapter WHERE work = 1 AND number = 1`), []string{"does not have as many chapters as were kept"}},
		{"a tag gone", exitDamaged, statement(`DELETE FROM tag WHERE id = (SELECT min(tag) FROM work_tag)`), []string{"has a tag that is not there"}},
		{"wrong names", exitDamaged, statement(`UPDATE work_names SET chapters = 99, seal = 0 WHERE work = 1`), []string{"What lists show of work 1 is not what it is called", "check --repair"}},
		{"a log without a work", exitDamaged, statement(`DELETE FROM change WHERE work = 1`), []string{"The log of changes does not know work 1"}},
		{"an index of another archive", exitDamaged, statement(`UPDATE setting SET value = value || 'x', seal = 0 WHERE key LIKE '%ident%' OR key LIKE '%store%'; DELETE FROM change WHERE seq = (SELECT max(seq) FROM change)`), []string{"reindex"}},
		{"a damaged index", exitDamaged, func(t *testing.T, path string) {
			content(index[:len(index)/2])(t, filepath.Join(filepath.Dir(path), indexFolder, "snapshot"))
		}, []string{"The kept index is of no use", "reindex"}},
		{"cut in the middle", exitDamaged, content(file[:len(file)/2]), []string{backup}},
		{"a file of no bytes", exitDamaged, content(nil), []string{backup}},
		{"not a database", exitDamaged, content(bytes.Repeat([]byte("no database "), 1000)), []string{"The archive cannot be opened", backup}},
		{"of the future", exitFailed, statement(`INSERT INTO migration (name) VALUES ('migrations/9999_flying.sql')`), []string{"newer version"}},
	} {
		t.Run(piece.name, func(t *testing.T) {
			data := t.TempDir()
			path := filepath.Join(data, databaseFile)
			content(file)(t, path)
			if err := os.Mkdir(filepath.Join(data, indexFolder), 0o700); err != nil {
				t.Fatal(err)
			}
			content(index)(t, filepath.Join(data, indexFolder, "snapshot"))
			piece.damage(t, path)
			code, out, errs := call(t, data, "check")
			if code != piece.code {
				t.Errorf("exit %d, want %d", code, piece.code)
			}
			for _, says := range piece.says {
				if !strings.Contains(out+errs, says) {
					t.Errorf("it does not say %q, but\n%s%s", says, out, errs)
				}
			}
		})
	}
}
