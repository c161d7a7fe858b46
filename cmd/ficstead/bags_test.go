package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/intake/record"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// kept is all there is of the works of a data folder, by title, without what is an
// archive's own: numbers, who keeps it, and when it came in.
func kept(t *testing.T, data string) map[string]any {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(data, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all := map[string]any{}
	err = s.Read(t.Context(), func(tx *store.Tx) error {
		return storetest.EachWork(tx, func(w archive.Work) error {
			chapters, err := tx.Chapters(w.ID)
			if err != nil {
				return err
			}
			originals, err := tx.Originals(w.ID)
			if err != nil {
				return err
			}
			var files []string
			for _, o := range originals {
				o, err := tx.Original(w.ID, o.Sum)
				if err != nil {
					return err
				}
				files = append(files, o.Kind+" "+filepath.Base(o.Name)+" "+string(o.Data))
			}
			var texts []string
			for _, c := range chapters {
				texts = append(texts, c.Title, c.Summary.HTML(), c.Notes.HTML(), c.Text.HTML(), c.EndNotes.HTML())
			}
			var tags, creators, series []string
			for _, g := range w.Tags {
				tags = append(tags, g.Kind.String()+" "+g.Name)
			}
			for _, c := range w.Creators {
				creators = append(creators, c.Name+" "+c.Account+" "+c.URL)
			}
			for _, p := range w.Series {
				series = append(series, p.Series.Title+" "+p.Series.URL)
			}
			all[w.Title] = []any{texts, files, tags, creators, series, w.Summary.HTML(), w.Notes.HTML(), w.EndNotes.HTML(), w.Language,
				w.Recipient, w.Collections, w.Complete, w.ChaptersPlanned, w.Posted, w.Updated, w.Words, w.Kudos, w.Hits, w.Comments, w.Bookmarks, w.Source}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestBag writes an archive as a bag, in each form, and brings it into an empty
// one: all works come back as they were, and come again as the same.
func TestBag(t *testing.T) {
	data, out := t.TempDir(), t.TempDir()
	want(t, exitRefused, data, "import", pile(t))
	truth := kept(t, data)
	if len(truth) < 2 {
		t.Fatalf("%d works", len(truth))
	}
	for _, name := range []string{"bag", "bag.zip", "bag.tar"} {
		first, second := filepath.Join(out, name), filepath.Join(out, "again-"+name)
		want(t, 0, data, "export", "--bagit", "--out", first)
		if _, _, errs := call(t, data, "export", "--bagit", "--out", first); !strings.Contains(errs, "exists") {
			t.Errorf("a bag was written over another: %q", errs)
		}
		if name == "bag.tar" {
			continue // which is not read
		}
		there := t.TempDir()
		want(t, 0, there, "import", first)
		if got := kept(t, there); !reflect.DeepEqual(got, truth) {
			for title := range truth {
				if !reflect.DeepEqual(got[title], truth[title]) {
					t.Errorf("%s: %q came back as\n%.2000q, want\n%.2000q", name, title, got[title], truth[title])
				}
			}
			t.Errorf("%s: %d works came back, and there were %d", name, len(got), len(truth))
		}
		if again := want(t, 0, there, "import", first); strings.Count(again, "same ") != len(truth) {
			t.Errorf("%s again: %s", name, again)
		}
		want(t, 0, there, "check")
		want(t, 0, there, "export", "--bagit", "--out", second)
	}
}

// TestBagIsTheSame wants the same bytes twice.
func TestBagIsTheSame(t *testing.T) {
	data, out := t.TempDir(), t.TempDir()
	want(t, exitRefused, data, "import", pile(t))
	var bags [][]byte
	for _, folder := range []string{"a", "b"} {
		path := filepath.Join(out, folder, "library.zip")
		if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		want(t, 0, data, "export", "--bagit", "--out", path)
		bag, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		bags = append(bags, bag)
	}
	if !bytes.Equal(bags[0], bags[1]) {
		t.Error("two bags of one archive differ")
	}
	z, err := zip.NewReader(bytes.NewReader(bags[0]), int64(len(bags[0])))
	if err != nil {
		t.Fatal(err)
	}
	described := 0
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, "/metadata.jsonld") {
			continue
		}
		described++
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		var l record.Linked
		if err != nil || json.Unmarshal(text, &l) != nil || l.Type != "Book" || l.Name == "" || len(l.Files) < 4 {
			t.Errorf("%s: %s", f.Name, text)
		}
	}
	if described < 2 {
		t.Errorf("%d works are described", described)
	}
}

// TestDamagedBag refuses a bag that is not as it was made, whole.
func TestDamagedBag(t *testing.T) {
	data, bag := t.TempDir(), filepath.Join(t.TempDir(), "bag")
	want(t, exitRefused, data, "import", pile(t))
	want(t, 0, data, "export", "--bagit", "--out", bag)
	stories, err := filepath.Glob(filepath.Join(bag, "data", "*", "story.json"))
	if err != nil || len(stories) == 0 {
		t.Fatal(err)
	}
	if err := os.WriteFile(stories[0], []byte(`{"format": "ficstead-story", "title": "Another", "text": "Not this one."}`), 0o600); err != nil {
		t.Fatal(err)
	}
	there := t.TempDir()
	if out := want(t, exitRefused, there, "import", bag); !strings.Contains(out, "not as it was") {
		t.Errorf("a damaged bag: %s", out)
	}
	if len(kept(t, there)) != 0 {
		t.Error("something of a damaged bag was brought in")
	}
}
