//go:build unix

package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"
)

// TestImportNoFiles meets pipes and links that lead nowhere, in a folder and by
// name: each has its receipt, and all else comes in.
func TestImportNoFiles(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	in := func(name string) string { return filepath.Join(dir, "stories", name) }
	err := errors.Join(os.Mkdir(filepath.Join(dir, "stories"), 0o700),
		os.WriteFile(in("a.txt"), []byte(strings.Repeat("The lamp was lit and the sea went on. ", 20)), 0o600),
		syscall.Mkfifo(in("pipe.txt"), 0o600), os.Symlink("nothing", in("nowhere.txt")), os.Symlink("loop.txt", in("loop.txt")),
		os.Symlink(dir, in("up")), os.Symlink(filepath.Join(dir, "stories"), filepath.Join(dir, "link")))
	if err != nil {
		t.Fatal(err)
	}
	for name, paths := range map[string][]string{
		"folder": {in("")}, "link": {filepath.Join(dir, "link")}, "named": {in("a.txt"), in("pipe.txt"), in("nowhere.txt"), in("loop.txt"), in("pipe.txt")},
	} {
		t.Run(name, func(t *testing.T) {
			all := receipts(t, want(t, exitRefused, data, append([]string{"import", "--dry-run", "--json"}, paths...)...))
			refused := 0
			for _, r := range all {
				if r.Status == "refused" {
					refused++
				}
				if r.Status == "refused" && !strings.HasPrefix(r.Error, "This is ") {
					t.Errorf("%s: %s", r.Source, r.Error)
				}
			}
			up := 1 // a link to a folder
			if name == "named" {
				up = 0
			}
			if len(all) != 4+up || refused != 3+up {
				t.Errorf("%d receipts, %d refused: %+v", len(all), refused, all)
			}
		})
	}
}

// TestDryRunLeavesNothing wants a data folder as it was, whether it is there or not.
func TestDryRunLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	story := filepath.Join(dir, "a.txt")
	if err := os.WriteFile(story, []byte(strings.Repeat("The lamp was lit and the sea went on. ", 20)), 0o600); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(dir, "data")
	want(t, 0, data, "import", "--dry-run", story)
	if _, err := os.Stat(data); err == nil {
		t.Error("a dry run made the data folder")
	}
	want(t, 0, data, "import", story)
	if all := receipts(t, want(t, 0, data, "import", "--dry-run", "--json", story)); all["a.txt"].Status != "same" {
		t.Errorf("a dry run knows not what is there: %+v", all)
	}
}

func TestLegible(t *testing.T) {
	if got := legible("row \xff\x00\x1b of “é”\n"); !utf8.ValidString(got) || got != "row \uFFFD\uFFFD\uFFFD of “é”\n" {
		t.Errorf("%q", got)
	}
}
