package store_test

import (
	"reflect"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// TestCreators tells people apart by name and account, and puts together what
// only differs in spelling.
func TestCreators(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := add(t, s, archive.Work{Creators: []archive.Creator{
			{Name: "Alice"}, {Name: "alice", Account: "other"}, {Name: "ALICE", Account: "Alice", URL: "https://example.org/alice"},
			{Name: "Bob", Account: "other"},
		}}, nil)
		want := []archive.Creator{
			{ID: w.Creators[0].ID, Name: "Alice"}, {ID: w.Creators[1].ID, Name: "alice", Account: "other"}, {ID: w.Creators[2].ID, Name: "Bob", Account: "other"},
		}
		want[0].URL = "https://example.org/alice" // told by the third, who is the first
		if !reflect.DeepEqual(w.Creators, want) {
			t.Errorf("got  %+v\nwant %+v", w.Creators, want)
		}
		read(t, s, func(tx *store.Tx) error {
			c, err := tx.CreatorByName("aLiCe")
			if c != want[0] {
				t.Errorf("by name: %+v", c)
			}
			if err != nil {
				return err
			}
			var all []archive.Creator
			err = tx.EachCreator(func(c archive.Creator) error { all = append(all, c); return nil })
			if !reflect.DeepEqual(all, want) {
				t.Errorf("all: %+v", all)
			}
			return err
		})
	})
}

// TestSeries tells series apart by address, or by title and first creator.
func TestSeries(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		part := func(creator, title, url string, number int) archive.Work {
			return add(t, s, archive.Work{Creators: []archive.Creator{{Name: creator}}, Series: []archive.Part{{Series: archive.Series{Title: title, URL: url}, Number: number}}}, nil)
		}
		a2 := part("Alice", "Drabbles", "", 2)
		b1 := part("Bob", "Drabbles", "", 1)
		a1 := part("alice", "drabbles ", "", 1)
		together := add(t, s, archive.Work{Creators: []archive.Creator{{Name: "Alice"}, {Name: "Bob"}},
			Series: []archive.Part{{Series: archive.Series{Title: "Drabbles"}, Number: 3}}}, nil)
		c1 := part("Alice", "Drabbles", "http://www.example.org/series/1", 10)
		c2 := part("Carol", "Renamed", "https://example.org/series/1/", 9)
		read(t, s, func(tx *store.Tx) error {
			for _, want := range [][]archive.WorkID{{a1.ID, a2.ID, together.ID}, {b1.ID}, {c2.ID, c1.ID}} {
				w, err := tx.Work(want[0])
				if err != nil {
					return err
				}
				got, err := tx.SeriesWorks(w.Series[0].Series.ID)
				if err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("got %v, %v, want %v", got, err, want)
				}
			}
			series, err := tx.Series(c2.Series[0].Series.ID)
			if want := (archive.Series{ID: series.ID, Title: "Drabbles", URL: "http://www.example.org/series/1"}); series != want {
				t.Errorf("got %+v, want %+v", series, want)
			}
			return err
		})
	})
}
