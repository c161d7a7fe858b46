package find

import (
	"errors"
	"slices"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// keep adds works to s, with a chapter each.
func keep(t testing.TB, s *store.Store, works ...archive.Work) []archive.Work {
	t.Helper()
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		for i := range works {
			chapters := []archive.Chapter{{Number: 1, Text: prose.FromText("Once upon a time.")}}
			if err := tx.AddWork(&works[i], chapters, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return works
}

func tags(kind archive.Kind, names ...string) []archive.Tag {
	var list []archive.Tag
	for _, name := range names {
		list = append(list, archive.Tag{Kind: kind, Name: name})
	}
	return list
}

func open(t testing.TB, s *store.Store) *Finder {
	t.Helper()
	f, err := Open(t.Context(), s, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var owner = archive.Viewer{Person: archive.Owner}

// ask returns the titles that answer q.
func titles(t testing.TB, f *Finder, v archive.Viewer, works []archive.Work, q Question) []string {
	t.Helper()
	q.Now = time.Date(2024, 6, 15, 12, 0, 0, 0, time.UTC)
	a, err := f.Works(t.Context(), v, q)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, id := range a.IDs {
		i := slices.IndexFunc(works, func(w archive.Work) bool { return w.ID == id })
		titles = append(titles, works[i].Title)
	}
	return titles
}

func TestFollowsTheStore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := open(t, s)
		if got := titles(t, f, owner, nil, Question{}); len(got) != 0 {
			t.Errorf("an empty store has %v", got)
		}
		works := keep(t, s,
			archive.Work{Keeper: archive.Owner, Visibility: archive.Public, Title: "One", Language: "en", Tags: tags(archive.Fandom, "Tea")},
			archive.Work{Keeper: archive.Owner, Title: "Two", Tags: tags(archive.Fandom, "Coffee")})
		if err := f.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := titles(t, f, owner, works, Question{Sort: "title"}); !slices.Equal(got, []string{"One", "Two"}) {
			t.Errorf("the owner sees %v", got)
		}
		visitor := archive.Viewer{}
		if got := titles(t, f, visitor, works, Question{}); !slices.Equal(got, []string{"One"}) {
			t.Errorf("a visitor sees %v", got)
		}
		coffee := works[1].Tags[0].ID
		if _, err := f.Tag(visitor, coffee); !errors.Is(err, errs.NotFound) {
			t.Errorf("a visitor gets the tag of a private work: %v", err)
		}
		if got := f.Fandoms(visitor); len(got) != 1 || got[0].Name != "Tea" || got[0].Uses != 1 {
			t.Errorf("a visitor sees the fandoms %v", got)
		}
		if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.RemoveWork(works[0].ID) }); err != nil {
			t.Fatal(err)
		}
		if err := f.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := titles(t, f, owner, works, Question{}); !slices.Equal(got, []string{"Two"}) {
			t.Errorf("after a work is gone there is %v", got)
		}
	})
}
