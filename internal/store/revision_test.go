package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// TestRevisions changes a work in every way, and reads every state of it.
func TestRevisions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		first := add(t, s, specimen(), chapters(3))
		second := archive.Work{
			ID: first.ID, Keeper: first.Keeper, Visibility: archive.Public, Revision: 1, Title: "Only this",
			Tags: []archive.Tag{{Kind: archive.Freeform, Name: "Coffee"}}, Added: first.Added, Source: first.Source,
		}
		secondChapters := chapters(2)
		secondChapters[1].Text = prose.Parse("<p>Rewritten, and longer.</p>")
		third, thirdChapters := first, chapters(12)
		third.Revision = 2
		write(t, s, func(tx *store.Tx) error { return tx.ChangeWork(&second, secondChapters, someMends()) })
		write(t, s, func(tx *store.Tx) error {
			if err := tx.ChangeWork(&third, thirdChapters, nil); err != nil {
				return err
			}
			return tx.SetWhy(third.ID, "Because.")
		})
		first.Visibility, second.Visibility = third.Visibility, third.Visibility // not part of a revision
		first.Kudos, second.Kudos = third.Kudos, third.Kudos
		second.Hits, second.Comments, second.Bookmarks = third.Hits, third.Comments, third.Bookmarks

		read(t, s, func(tx *store.Tx) error {
			for i, want := range []archive.Work{first, second, third} {
				got, err := tx.WorkAt(first.ID, i+1)
				if err != nil {
					return err
				}
				sameNames(&got, &want)
				if !reflect.DeepEqual(got, want) {
					t.Errorf("revision %d: got  %+v\nwant %+v", i+1, got, want)
				}
			}
			for i, want := range [][]archive.Chapter{chapters(3), secondChapters, thirdChapters} {
				got, err := tx.ChaptersAt(first.ID, i+1)
				if err != nil {
					return err
				}
				if !reflect.DeepEqual(got, want) {
					t.Errorf("chapters of revision %d: got  %+v\nwant %+v", i+1, got, want)
				}
				for _, c := range want {
					got, err := tx.ChapterAt(first.ID, i+1, c.Number)
					if !reflect.DeepEqual(got, c) || err != nil {
						t.Errorf("chapter %d of revision %d: %+v, %v", c.Number, i+1, got, err)
					}
				}
			}
			revisions, err := tx.Revisions(first.ID)
			want := []store.Revision{
				{Number: 3, Changed: third.Changed, Chapters: 12, Words: 36, Why: "Because."},
				{Number: 2, Changed: second.Changed, Chapters: 2, Words: 6},
				{Number: 1, Changed: first.Changed, Chapters: 3, Words: 9},
			}
			if !reflect.DeepEqual(revisions, want) {
				t.Errorf("revisions: got  %+v\nwant %+v", revisions, want)
			}
			mends, _ := tx.MendsAt(first.ID, 2)
			if now, _ := tx.Mends(first.ID); len(now) != 0 || !reflect.DeepEqual(mends, someMends()) {
				t.Errorf("mends: now %v, before %v", now, mends)
			}
			return err
		})
	})
}

// sameNames takes away the numbers of names that came and went between.
func sameNames(works ...*archive.Work) {
	for _, w := range works {
		for i := range w.Creators {
			w.Creators[i].ID = 0
		}
		for i := range w.Series {
			w.Series[i].Series.ID = 0
		}
	}
}

func TestNotFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := add(t, s, specimen(), chapters(1))
		for what, f := range map[string]func(*store.Tx) error{
			"work":                  func(tx *store.Tx) error { _, err := tx.Work(99); return err },
			"work of no source":     func(tx *store.Tx) error { _, err := tx.WorkBySource(1, ""); return err },
			"work of no original":   func(tx *store.Tx) error { _, err := tx.WorkByOriginal(1, "no sum"); return err },
			"work of a revision":    func(tx *store.Tx) error { _, err := tx.WorkAt(w.ID, 2); return err },
			"chapter":               func(tx *store.Tx) error { _, err := tx.Chapter(w.ID, 2); return err },
			"chapter zero":          func(tx *store.Tx) error { _, err := tx.Chapter(w.ID, 0); return err },
			"chapter of a revision": func(tx *store.Tx) error { _, err := tx.ChapterAt(w.ID, 2, 1); return err },
			"mends":                 func(tx *store.Tx) error { _, err := tx.Mends(99); return err },
			"tag":                   func(tx *store.Tx) error { _, err := tx.Tag(99); return err },
			"tag by name":           func(tx *store.Tx) error { _, err := tx.TagByName(archive.Fandom, "no\x00ne"); return err },
			"creator":               func(tx *store.Tx) error { _, err := tx.Creator(99); return err },
			"creator by name":       func(tx *store.Tx) error { _, err := tx.CreatorByName("nobody"); return err },
			"series":                func(tx *store.Tx) error { _, err := tx.Series(99); return err },
			"original":              func(tx *store.Tx) error { _, err := tx.Original(w.ID, sum("none")); return err },
			"attachment":            func(tx *store.Tx) error { _, err := tx.Attachment(w.ID, sum("none")); return err },
			"import":                func(tx *store.Tx) error { _, err := tx.Import(99); return err },
			"item":                  func(tx *store.Tx) error { _, err := tx.ItemData(99); return err },
			"changing nothing":      func(tx *store.Tx) error { return tx.ChangeWork(&archive.Work{ID: 99}, nil, nil) },
			"removing nothing":      func(tx *store.Tx) error { return tx.RemoveWork(99) },
			"showing nothing":       func(tx *store.Tx) error { return tx.SetVisibility(99, archive.Public) },
			"original of nothing": func(tx *store.Tx) error {
				return tx.AddOriginal(store.Original{Work: 99, Revision: 1, Kind: "text", Name: "a", Data: []byte("a")})
			},
			"unlinking nothing": func(tx *store.Tx) error { return tx.UnlinkTags(1, 2) },
			"item of no import": func(tx *store.Tx) error { _, err := tx.AddImportItem(99, "a", []byte("a")); return err },
			"finishing nothing": func(tx *store.Tx) error { return tx.FinishItem(99, nil) },
		} {
			if err := s.Write(t.Context(), f); !errors.Is(err, errs.NotFound) {
				t.Errorf("%s: %v, want not found", what, err)
			}
		}
	})
}

func TestConflicts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := add(t, s, specimen(), chapters(1))
		other := w
		other.Source.Key = ""
		other = add(t, s, other, chapters(1))
		fresh := w
		write(t, s, func(tx *store.Tx) error { return tx.ChangeWork(&fresh, chapters(2), nil) })
		write(t, s, func(tx *store.Tx) error {
			return tx.AddOriginal(store.Original{Work: w.ID, Revision: 1, Kind: "text", Name: "a", Data: []byte("a")})
		})
		write(t, s, func(tx *store.Tx) error { return tx.LinkTags(archive.TagLink{Parent: 1, Child: 2}) })
		for what, f := range map[string]func(*store.Tx) error{
			"a change of what has changed": func(tx *store.Tx) error { stale := w; return tx.ChangeWork(&stale, nil, nil) },
			"an original of another work": func(tx *store.Tx) error {
				return tx.AddOriginal(store.Original{Work: other.ID, Revision: 1, Kind: "text", Name: "b", Data: []byte("a")})
			},
			"the same source": func(tx *store.Tx) error { again := specimen(); return tx.AddWork(&again, nil, nil) },
			"the same link":   func(tx *store.Tx) error { return tx.LinkTags(archive.TagLink{Parent: 1, Child: 2, Sub: true}) },
		} {
			if err := s.Write(t.Context(), f); !errors.Is(err, errs.Conflict) {
				t.Errorf("%s: %v, want a conflict", what, err)
			}
		}
	})
}

// TestRevisionsAreCheap changes one chapter of many, and counts what is kept for it.
func TestRevisionsAreCheap(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		s := storetest.OpenAt(t, address)
		db := raw(t, address)
		w := add(t, s, specimen(), chapters(100))
		counts := func() string {
			return fmt.Sprint(number(t, db, `SELECT count(*) FROM body`), " bodies, ", number(t, db, `SELECT count(*) FROM chapter`), " chapters")
		}
		// 100 summaries and texts, the same note, and the empty body.
		if got := counts(); got != "202 bodies, 100 chapters" {
			t.Errorf("at first: %s", got)
		}
		cs := chapters(101)
		cs[49].Text = prose.Parse("<p>Changed.</p>")
		write(t, s, func(tx *store.Tx) error { return tx.ChangeWork(&w, cs, nil) })
		// A text, another summary and text for the new chapter, and the old head.
		if got := counts(); got != "206 bodies, 102 chapters" {
			t.Errorf("after a change: %s", got)
		}
	})
}
