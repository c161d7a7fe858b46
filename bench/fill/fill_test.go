package main

import (
	"context"
	"path/filepath"
	"testing"

	"ficstead/bench/synthetic"
	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/store/check"
)

// TestFill keeps an archive and finds it sound: contents, works, tags in order.
func TestFill(t *testing.T) {
	a, dir, ctx := synthetic.New(3, 300), t.TempDir(), context.Background()
	if err := fill(ctx, dir, a, 300); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(ctx, filepath.Join(dir, "ficstead.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := check.Store(ctx, s, func(d check.Damage) { t.Error(d.What) }); err != nil {
		t.Fatal(err)
	}
	err = s.Read(ctx, func(tx *store.Tx) error {
		for _, i := range []int{0, 150, 299} {
			w, err := tx.Work(archive.WorkID(i + 1))
			if err != nil {
				return err
			}
			made := a.Work(i)
			if w.Title != a.Title(i) || len(w.Tags) != len(made.Tags) || w.Kudos != made.Kudos || !w.Updated.Equal(made.Updated) || w.Words < made.Words {
				t.Errorf("work %d: %+v, made as %+v", i, w, made)
			}
			for k, tag := range w.Tags {
				synonym := a.Canonical(made.Tags[k]) != made.Tags[k]
				if tag.Name != a.Name(made.Tags[k]) || synonym != (tag.Canonical != 0) {
					t.Errorf("work %d has %+v for %q", i, tag, a.Name(made.Tags[k]))
				}
			}
		}
		links, err := tx.TagLinks()
		want := 0
		for range a.Links() {
			want++
		}
		if len(links) != want {
			t.Errorf("%d links of %d", len(links), want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
