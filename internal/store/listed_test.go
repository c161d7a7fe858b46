package store_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/store/check"
	"ficstead/internal/store/storetest"
)

// listed is w as lists show it.
func listed(w archive.Work) archive.Work {
	w.Notes, w.EndNotes, w.Collections, w.Source = prose.Doc{}, prose.Doc{}, nil, archive.Source{}
	for i := range w.Chapters {
		w.Chapters[i] = archive.ChapterHead{Number: w.Chapters[i].Number}
	}
	for i := range w.Tags {
		w.Tags[i].Canonical = 0
	}
	for i := range w.Creators {
		w.Creators[i].URL = ""
	}
	for i := range w.Series {
		w.Series[i].Series.URL = ""
	}
	return w
}

// mustBeListed compares what lists are told of works with the works themselves.
func mustBeListed(t *testing.T, s *store.Store, ids ...archive.WorkID) {
	t.Helper()
	read(t, s, func(tx *store.Tx) error {
		works, err := tx.Works(ids)
		if err != nil {
			return err
		}
		mustBeIndexed(t, tx, works)
		got, err := tx.Listed(ids)
		if err != nil {
			return err
		}
		standings, err := tx.Standings(ids)
		if err != nil || len(got) != len(works) || len(standings) != len(works) {
			t.Fatalf("%d listed and %d standings of %d works: %v", len(got), len(standings), len(works), err)
		}
		for i, w := range works {
			if want := listed(w); !reflect.DeepEqual(got[i], want) {
				t.Errorf("got  %+v\nwant %+v", got[i], want)
			}
			if want := (store.Standing{ID: w.ID, Keeper: w.Keeper, Visibility: w.Visibility, Revision: w.Revision}); standings[i] != want {
				t.Errorf("got %+v, want %+v", standings[i], want)
			}
		}
		return nil
	})
	if _, err := check.Store(t.Context(), s, func(d check.Damage) { t.Error(d.What) }); err != nil {
		t.Error(err)
	}
}

func TestListed(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		s := storetest.OpenAt(t, address)
		w := add(t, s, specimen(), chapters(3))
		bare := add(t, s, archive.Work{Title: "Bare"}, nil)
		odd := add(t, s, archive.Work{
			Title:    "12 3 4",
			Creators: []archive.Creator{{Name: "7 8 nine", Account: " 10 "}, {Name: "灯\n'; --"}},
			Tags:     []archive.Tag{{Kind: archive.Fandom, Name: "5 six"}, {Kind: archive.Freeform, Name: "été 🫖"}},
			Series:   []archive.Part{{Series: archive.Series{Title: "1 1 1"}, Number: -2}, {Series: archive.Series{Title: "2"}}},
		}, chapters(1))
		ids := []archive.WorkID{odd.ID, w.ID, 99_999, bare.ID}
		mustBeListed(t, s, ids...)

		w.Title, w.Tags, w.Creators = "Changed", w.Tags[1:3], w.Creators[1:]
		write(t, s, func(tx *store.Tx) error { return tx.ChangeWork(&w, chapters(2), nil) })
		write(t, s, func(tx *store.Tx) error { return tx.SetVisibility(odd.ID, archive.Private) })
		write(t, s, func(tx *store.Tx) error { return tx.RemoveWork(bare.ID) })
		mustBeListed(t, s, ids...)

		// What the migration gathers is what is gathered with each work.
		text, err := os.ReadFile("migrations/0010_work_names.sql")
		if err != nil {
			t.Fatal(err)
		}
		_, gather, _ := strings.Cut(string(text), ";")
		if _, err := raw(t, address).Exec(`DELETE FROM work_names; ` + gather); err != nil {
			t.Fatal(err)
		}
		mustBeListed(t, s, ids...)
	})
}

// TestDamagedNames breaks what is gathered: reading tells it, and so does a check.
func TestDamagedNames(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		s := storetest.OpenAt(t, address)
		w := add(t, s, specimen(), chapters(1))
		for _, broken := range []string{"x", "1", "1 4", "1 4 999 Tea", "1 4 -1 Tea", "1 4 99999999999999999999 Tea"} {
			if _, err := raw(t, address).Exec(`UPDATE work_names SET tags = $1`, broken); err != nil {
				t.Fatal(err)
			}
			err := s.Read(t.Context(), func(tx *store.Tx) error {
				_, err := tx.Listed([]archive.WorkID{w.ID})
				return err
			})
			if err == nil {
				t.Errorf("%q was read", broken)
			}
			found := 0
			if _, err := check.Store(t.Context(), s, func(check.Damage) { found++ }); err != nil || found == 0 {
				t.Errorf("%q: %d damages, %v", broken, found, err)
			}
		}
	})
}
