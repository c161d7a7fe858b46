package store_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/store/check"
	"ficstead/internal/store/storetest"
)

func someReviews() []archive.Review {
	return []archive.Review{
		{Key: "efiction:a.org:reviewid:1", Chapter: 2, Person: "efiction:a.org:uid:3", Name: "Ünd", Text: prose.Parse("<p>Lovely <em>tea</em>.</p>"), Answer: prose.Parse("<p>Thanks!</p>"), Rating: 8, Written: day(3)},
		{Key: "efiction:a.org:reviewid:2", Name: "guest", Text: prose.Parse("<p>More.</p>"), Written: time.Date(1999, 1, 2, 3, 4, 5, 0, time.UTC)},
	}
}

// rescue begins a rescued archive with a key.
func rescue(t *testing.T, s *store.Store, key string) store.Rescue {
	t.Helper()
	r := store.Rescue{
		Keeper: archive.Owner, Key: key, Kind: "efiction", Version: "3.5", Visibility: archive.Restricted,
		Site: archive.RescuedSite{Name: "Tea", Slogan: "always", URL: "http://a.org", Language: "en"},
	}
	write(t, s, func(tx *store.Tx) error { return tx.EnsureRescue(&r) })
	return r
}

// TestRescue keeps an archive, and keeps it again as it is by then.
func TestRescue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		one, two := rescue(t, s, "efiction:a.org"), rescue(t, s, "efiction:b.org")
		again := one
		again.Site.Name, again.Visibility, again.ID = "More tea", archive.Public, 0
		write(t, s, func(tx *store.Tx) error {
			if err := tx.EnsureRescue(&again); err != nil {
				return err
			}
			return tx.FinishRescue(again.ID, []byte("the report"))
		})
		if again.ID != one.ID || again.Visibility != archive.Restricted || again.Site.Name != "More tea" || !again.Began.Equal(one.Began) {
			t.Errorf("kept again it is %+v", again)
		}
		read(t, s, func(tx *store.Tx) error {
			all, err := tx.Rescues()
			if err != nil || len(all) != 2 || all[0].ID != one.ID || all[1].ID != two.ID || all[0].Finished.IsZero() || !all[1].Finished.IsZero() {
				t.Errorf("Rescues: %+v, %v", all, err)
			}
			if got, err := tx.RescueByKey(archive.Owner, "efiction:b.org"); err != nil || got.ID != two.ID {
				t.Errorf("by key: %+v, %v", got, err)
			}
			for _, r := range all {
				want := map[archive.RescueID]string{one.ID: "the report"}[r.ID]
				if got, err := tx.RescueReport(r.ID); err != nil || string(got) != want {
					t.Errorf("report of %s: %q, %v", r.Key, got, err)
				}
			}
			if _, err := tx.Rescue(99); !errors.Is(err, errs.NotFound) {
				t.Errorf("no such archive: %v", err)
			}
			return nil
		})
	})
}

// TestRescuedWork keeps works with reviews, opens them, and removes one.
func TestRescuedWork(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		s := storetest.OpenAt(t, address)
		db := raw(t, address)
		r := rescue(t, s, "efiction:a.org")
		works := map[string]archive.Work{}
		for _, c := range []struct {
			key        string
			visibility archive.Visibility
		}{{"restricted", archive.Restricted}, {"private", archive.Private}, {"pending", archive.Private}, {"hidden", archive.Hidden}} {
			w := specimen()
			w.Title, w.Visibility, w.Source = c.key, c.visibility, archive.Source{Key: "efiction:a.org:sid:" + c.key}
			w = add(t, s, w, chapters(2))
			works[c.key] = w
			write(t, s, func(tx *store.Tx) error {
				err := tx.SetRescuedWork(r.ID, store.RescuedWork{Key: w.Source.Key, Work: w.ID, Pending: c.key == "pending", Featured: true, Chapters: []int{1, 4}, Sum: "\x00\xff"})
				if err != nil {
					return err
				}
				return tx.SetReviews(w.ID, r.ID, someReviews())
			})
		}
		w := works["restricted"]
		read(t, s, func(tx *store.Tx) error {
			got, err := tx.RescuedWork(r.ID, w.Source.Key)
			if want := (store.RescuedWork{Key: w.Source.Key, Work: w.ID, Featured: true, Chapters: []int{1, 4}, Sum: "\x00\xff"}); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("rescued work %+v, %v, want %+v", got, err, want)
			}
			all, err := tx.RescuedWorks(r.ID)
			if err != nil || len(all) != 4 || !reflect.DeepEqual(all[w.Source.Key], got) {
				t.Errorf("rescued works: %+v, %v", all, err)
			}
			lists, err := tx.ReviewLists(w.ID)
			if err != nil || len(lists) != 1 || !reflect.DeepEqual(lists[0].Reviews, someReviews()) || lists[0].Rescue.Key != r.Key {
				t.Errorf("reviews: %+v, %v", lists, err)
			}
			return nil
		})
		bodies := number(t, db, `SELECT count(*) FROM body`)
		write(t, s, func(tx *store.Tx) error { return tx.SetReviews(w.ID, r.ID, someReviews()) }) // the same again
		write(t, s, func(tx *store.Tx) error { return tx.SetReviews(w.ID, r.ID, someReviews()[:1]) })
		if n := number(t, db, `SELECT count(*) FROM body`); n != bodies+1 {
			t.Errorf("%d bodies after one list of reviews was changed, want one more than %d", n, bodies)
		}
		var changed int
		write(t, s, func(tx *store.Tx) (err error) {
			changed, err = tx.ShowRescue(r.ID, archive.Public)
			return err
		})
		read(t, s, func(tx *store.Tx) error {
			for key, w := range works {
				want := w.Visibility
				if key == "restricted" {
					want = archive.Public
				}
				if got, err := tx.Work(w.ID); err != nil || got.Visibility != want {
					t.Errorf("%s is %s, %v, want %s", key, got.Visibility, err, want)
				}
			}
			c, err := tx.CountRescued(r.ID)
			if want := (store.RescueCounts{Works: 4, Pending: 1, Closed: 2, Reviews: 7}); err != nil || c != want || changed != 1 {
				t.Errorf("%d changed, counts %+v, %v, want %+v", changed, c, err, want)
			}
			shares, err := tx.RescuedShares(r.ID)
			if want := []store.RescuedShare{{Keeper: w.Keeper, Visibility: archive.Private, Works: 2}, {Keeper: w.Keeper, Visibility: archive.Hidden, Works: 1}, {Keeper: w.Keeper, Visibility: archive.Public, Works: 1}}; err != nil || len(shares) != 3 {
				t.Errorf("shares %+v, %v, want %+v", shares, err, want)
			} else {
				reviews := 0
				for i := range want {
					reviews += shares[i].Reviews
					if want[i].Reviews = shares[i].Reviews; shares[i] != want[i] {
						t.Errorf("share %+v, want %+v", shares[i], want[i])
					}
				}
				if reviews != 7 {
					t.Errorf("%d reviews in %+v, want 7", reviews, shares)
				}
			}
			return nil
		})
		if _, err := check.Store(t.Context(), s, func(d check.Damage) { t.Errorf("damage: %s", d.What) }); err != nil {
			t.Error(err)
		}
		for _, w := range works {
			write(t, s, func(tx *store.Tx) error { return tx.RemoveWork(w.ID) })
		}
		read(t, s, func(tx *store.Tx) error {
			c, err := tx.CountRescued(r.ID)
			if c != (store.RescueCounts{Removed: 4}) {
				t.Errorf("counts after all were removed: %+v", c)
			}
			return err
		})
		if n := number(t, db, `SELECT count(*) FROM body`); n != 1 {
			t.Errorf("%d bodies are left, want the empty one", n)
		}
	})
}

// TestRescuedUnited makes one work of two that came along with reviews.
func TestRescuedUnited(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		r, other := rescue(t, s, "efiction:a.org"), rescue(t, s, "efiction:b.org")
		var ids []archive.WorkID
		for _, key := range []string{"sid:1", "sid:2"} {
			w := specimen()
			w.Source.Key = key
			w = add(t, s, w, chapters(2))
			ids = append(ids, w.ID)
			write(t, s, func(tx *store.Tx) error {
				return errors.Join(tx.SetRescuedWork(r.ID, store.RescuedWork{Key: key, Work: w.ID}), tx.SetReviews(w.ID, r.ID, someReviews()[len(ids)-1:len(ids)]))
			})
		}
		write(t, s, func(tx *store.Tx) error {
			return errors.Join(tx.SetReviews(ids[1], other.ID, someReviews()), tx.MoveFiles(ids[1], ids[0], false), tx.RemoveWork(ids[1]))
		})
		read(t, s, func(tx *store.Tx) error {
			lists, err := tx.ReviewLists(ids[0])
			if len(lists) != 2 || !reflect.DeepEqual(lists[0].Reviews, someReviews()) || !reflect.DeepEqual(lists[1].Reviews, someReviews()) {
				t.Errorf("reviews of what is one work now: %+v", lists)
			}
			if got, err := tx.RescuedWork(r.ID, "sid:2"); err != nil || got.Work != ids[0] {
				t.Errorf("the other story is %+v, %v", got, err)
			}
			return err
		})
	})
}

// TestRescuedPeople keeps people, favourites and pages, and other ones after that.
func TestRescuedPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		r, other := rescue(t, s, "efiction:a.org"), rescue(t, s, "efiction:b.org")
		w := add(t, s, specimen(), chapters(1))
		people := []store.RescuedPerson{
			{RescuedPerson: archive.RescuedPerson{Key: "uid:1", Name: "Ünd", Email: "u@example.org", Bio: prose.Parse("<p>I write.</p>"), Site: "http://x.example", Joined: day(1), Author: true}, Account: "a.org", Creator: w.Creators[0].ID},
			{RescuedPerson: archive.RescuedPerson{Key: "uid:2", Name: "reader"}},
		}
		favourites := []archive.Favourite{{Person: "uid:1", Of: "sid:1"}, {Person: "uid:2", Of: "sid:1", Note: prose.Parse("<p>best</p>")}}
		pages := []archive.RescuedPage{{Name: "rules", Title: "Rules", Text: prose.Parse("<p>Be kind.</p>")}, {Name: "news-1", Title: "News", By: "Ünd", Written: day(5), Comments: someReviews()}}
		for range 2 {
			write(t, s, func(tx *store.Tx) error {
				return errors.Join(tx.SetRescuedPeople(r.ID, people), tx.SetRescuedPeople(other.ID, people[1:]), tx.SetFavourites(r.ID, append(favourites, favourites[0])), tx.SetPages(r.ID, pages))
			})
		}
		read(t, s, func(tx *store.Tx) error {
			for i := range people {
				people[i].Rescue = r.ID
			}
			if got, err := tx.RescuedPeople(r.ID); err != nil || !reflect.DeepEqual(got, people) {
				t.Errorf("people: %+v, %v", got, err)
			}
			if got, err := tx.PeopleOfCreator(w.Creators[0].ID); err != nil || len(got) != 1 || got[0].Key != "uid:1" {
				t.Errorf("people of a creator: %+v, %v", got, err)
			}
			if got, err := tx.PeopleOfCreator(0); err != nil || len(got) != 0 {
				t.Errorf("people of nobody: %+v, %v", got, err)
			}
			if got, err := tx.Favourites(r.ID, ""); err != nil || !reflect.DeepEqual(got, favourites) {
				t.Errorf("favourites: %+v, %v", got, err)
			}
			if got, err := tx.Favourites(r.ID, "uid:2"); err != nil || !reflect.DeepEqual(got, favourites[1:]) {
				t.Errorf("favourites of one: %+v, %v", got, err)
			}
			if got, err := tx.Pages(r.ID); err != nil || !reflect.DeepEqual(got, pages) {
				t.Errorf("pages: %+v, %v", got, err)
			}
			return nil
		})
		write(t, s, func(tx *store.Tx) error { return tx.RemoveWork(w.ID) })
		read(t, s, func(tx *store.Tx) error {
			if got, err := tx.RescuedPerson(r.ID, "uid:1"); err != nil || got.Creator != 0 || got.Email != "u@example.org" {
				t.Errorf("whose works are gone is %+v, %v", got, err)
			}
			return nil
		})
	})
}

// TestRescuedSeries keeps nested series, bound to the rows that works name.
func TestRescuedSeries(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		r := rescue(t, s, "efiction:a.org")
		w := specimen()
		w.Series = []archive.Part{{Series: archive.Series{Title: "Cups"}, Number: 2}}
		w = add(t, s, w, chapters(1))
		list := []archive.RescuedSeries{
			{Key: "seriesid:1", Title: "Kitchen", Summary: prose.Parse("<p>All.</p>"), Owner: "uid:1", Open: true, Reviews: someReviews(), Parts: []archive.RescuedPart{
				{Series: "seriesid:2", Number: 1, Confirmed: true}, {Story: "sid:9", Number: 2}}},
			{Key: "seriesid:2", Title: "CUPS", Parts: []archive.RescuedPart{{Story: "sid:1", Number: 2, Confirmed: true}}},
		}
		for range 2 {
			write(t, s, func(tx *store.Tx) error {
				if err := tx.SetRescuedSeries(r.ID, append(list, list[0])); err != nil {
					return err
				}
				if err := tx.SetRescuedWork(r.ID, store.RescuedWork{Key: "sid:1", Work: w.ID}); err != nil {
					return err
				}
				got, err := tx.RescuedSeriesList(r.ID)
				for _, s := range got {
					err = errors.Join(err, tx.BindSeries(s, "", "Ünd"))
				}
				return err
			})
		}
		read(t, s, func(tx *store.Tx) error {
			got, err := tx.RescuedSeriesList(r.ID)
			if err != nil || len(got) != 2 || !reflect.DeepEqual(got[0].RescuedSeries, list[0]) || !reflect.DeepEqual(got[1].RescuedSeries, list[1]) {
				t.Fatalf("series: %+v, %v", got, err)
			}
			if got[1].ID != w.Series[0].Series.ID || got[0].ID == 0 || got[0].ID == got[1].ID {
				t.Errorf("bound to %d and %d; the work is in %d", got[0].ID, got[1].ID, w.Series[0].Series.ID)
			}
			if above, err := tx.SeriesAbove(got[1]); err != nil || len(above) != 1 || above[0].ID != got[0].ID {
				t.Errorf("above: %+v, %v", above, err)
			}
			if by, err := tx.RescuedSeriesByKey(r.ID, "seriesid:2"); err != nil || by.ID != got[1].ID {
				t.Errorf("by key: %+v, %v", by, err)
			}
			if of, err := tx.RescuedSeriesOf(got[0].ID); err != nil || of.Key != "seriesid:1" {
				t.Errorf("of a series: %+v, %v", of, err)
			}
			if _, err := tx.RescuedSeriesOf(0); !errors.Is(err, errs.NotFound) {
				t.Errorf("of no series: %v", err)
			}
			return nil
		})
		write(t, s, func(tx *store.Tx) error { return tx.RemoveWork(w.ID) })
		read(t, s, func(tx *store.Tx) error {
			of, err := tx.RescuedSeriesByKey(r.ID, "seriesid:2")
			if err == nil {
				_, err = tx.Series(of.ID)
			}
			if err != nil {
				t.Errorf("a series of the rescued archive whose works are gone: %v", err)
			}
			return nil
		})
	})
}

// TestRescueVerify finds what is damaged.
func TestRescueVerify(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		s := storetest.OpenAt(t, address)
		r := rescue(t, s, "efiction:a.org")
		write(t, s, func(tx *store.Tx) error {
			return errors.Join(tx.FinishRescue(r.ID, []byte("report")), tx.SetRescuedWork(r.ID, store.RescuedWork{Key: "sid:7", Work: 77}))
		})
		if _, err := raw(t, address).Exec(`UPDATE rescue SET report = $1`, []byte("broken")); err != nil {
			t.Fatal(err)
		}
		var said []string
		if _, err := check.Store(t.Context(), s, func(d check.Damage) { said = append(said, d.What) }); err != nil {
			t.Fatal(err)
		}
		if len(said) != 3 || !strings.Contains(said[0], "changed on the disk") || !strings.Contains(said[1], "rescued archive 1") || !strings.Contains(said[2], "sid:7") {
			t.Errorf("found %q", said)
		}
	})
}
