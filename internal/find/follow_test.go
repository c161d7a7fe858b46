package find

import (
	"context"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/find/query"
	"ficstead/internal/index"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// stir changes some of w and returns the change.
func (d dice) stir(w *world) index.Change {
	w.found, w.words = nil, nil
	var c index.Change
	touched := map[archive.WorkID]bool{}
	for range d.IntN(6) {
		id := archive.WorkID(1 + d.IntN(len(w.works)+5))
		if touched[id] {
			continue
		}
		touched[id] = true
		i := slices.IndexFunc(w.works, func(work archive.Work) bool { return work.ID == id })
		work := d.work(w, id)
		switch {
		case d.often(30):
			c.Removed = append(c.Removed, id)
			if i >= 0 {
				w.works = slices.Delete(slices.Clone(w.works), i, i+1)
			}
			continue
		case i < 0:
			w.works = append(w.works, work)
		default:
			if d.often(50) { // only a number changes
				work, w.works[i].Kudos = w.works[i], d.IntN(6)
				work.Kudos = w.works[i].Kudos
			}
			w.works[i] = work
		}
		c.Docs = append(c.Docs, docOf(work))
	}
	var tags []archive.TagID
	for range d.IntN(3) {
		tags = append(tags, d.wrangle(w)...)
		c.Linked, c.Links = slices.Collect(maps.Keys(w.tags)), w.links
	}
	for _, id := range distinct(tags) {
		c.Tags = append(c.Tags, w.tags[id])
	}
	return c
}

// grow makes the next state of f after a change of w. Now and then all is merged
// into one, as it is in the background, and then maybe kept in a file and opened.
func (d dice) grow(t *testing.T, w *world, f *Finder) {
	t.Helper()
	now := f.current.Load()
	s := now.Snapshot
	change := d.stir(w)
	if d.often(75) {
		s = s.With(change)
	} else { // the change comes while they are merged
		whole, err := s.Rebuilt(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if d.often(50) {
			whole = reopened(t, whole)
		}
		s = whole.With(change)
	}
	f.current.Store(newState(s, now.generation+1))
}

func TestChangedIsAsIfBuiltAnew(t *testing.T) {
	for seed := range *archives {
		d := newDice(100 + seed)
		w := d.worldOf(*works/2<<seed, worldTags<<seed)
		f := w.finders(t)[seed%2] // as usual, or with all counted beforehand
		for range *changes {
			d.grow(t, w, f)
			anew := w.finder()
			for range max(1, *questions / *changes / 2) {
				v, q := d.viewer(), d.question(w)
				want := w.truth(v, q)
				got := want.check(t, f, v, q)
				if d.often(10) {
					want.checkWalk(t, f, v, q)
					want.checkFacetPage(t, f, v, q, d.facetQuestion())
				}
				fresh, _ := anew.Works(t.Context(), v, q)
				got.Generation = fresh.Generation
				got.DidYouMean, fresh.DidYouMean = nil, nil // guesses among what was common at the last merge
				if !reflect.DeepEqual(got, fresh) {
					t.Fatalf("%+v asks %+v:\n%+v, want\n%+v", v, q, got, fresh)
				}
				id := d.tag(w)
				tag, _ := f.Tag(v, id)
				if want, _ := anew.Tag(v, id); !reflect.DeepEqual(tag, want) {
					t.Fatalf("tag %d is %+v, want %+v", id, tag, want)
				}
			}
			if got, want := f.Tags(t.Context(), owner, 0, "m", 50), anew.Tags(t.Context(), owner, 0, "m", 50); !reflect.DeepEqual(got, want) {
				t.Fatalf("completes to %v, want %v", got, want)
			}
		}
	}
}

// storm does something to a store, as people would.
func (d dice) storm(tx *store.Tx, w *world, works []archive.WorkID) error {
	id := works[d.IntN(len(works))]
	work, err := tx.Work(id)
	if err != nil {
		return nil // gone before
	}
	a, b := work.Tags[0], work.Tags[len(work.Tags)-1]
	switch d.IntN(6) {
	case 0:
		return tx.RemoveWork(id)
	case 1:
		return tx.SetVisibility(id, archive.Visibility(d.IntN(4)))
	case 2:
		fresh := d.work(w, id)
		work.Title, work.Kudos, work.Tags, work.Summary = fresh.Title+"!", fresh.Kudos, append(fresh.Tags, a), fresh.Summary
		return tx.ChangeWork(&work, []archive.Chapter{{Number: 1, Text: prose.FromText("Again.")}}, nil)
	case 3:
		if a.ID < b.ID && a.Canonical == 0 {
			return tx.SetCanonical(b.ID, a.ID)
		}
		return tx.SetCanonical(b.ID, 0)
	}
	links, err := tx.TagLinks()
	if err != nil {
		return err
	}
	for _, l := range links {
		if l.Parent == a.ID && l.Child == b.ID {
			return tx.UnlinkTags(a.ID, b.ID)
		}
	}
	if a.ID < b.ID {
		return tx.LinkTags(archive.TagLink{Parent: a.ID, Child: b.ID, Sub: true})
	}
	return nil
}

func TestCatchUpIsAsIfOpenedAnew(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := newDice(5)
		w := d.world(40)
		var ids []archive.WorkID
		for _, work := range w.works {
			work.ID, work.Title = 0, work.Title+"."
			for i := range work.Tags {
				work.Tags[i].ID, work.Tags[i].Canonical = 0, 0
			}
			work.Tags = append(work.Tags, archive.Tag{Kind: archive.Fandom, Name: "Moon"})
			ids = append(ids, keep(t, s, work)[0].ID)
		}
		f := open(t, s)
		for range 25 {
			for range 4 {
				if err := s.Write(t.Context(), func(tx *store.Tx) error { return d.storm(tx, w, ids) }); err != nil {
					t.Fatal(err)
				}
			}
			if err := f.CatchUp(t.Context()); err != nil {
				t.Fatal(err)
			}
			anew := open(t, s)
			for range 10 {
				v, q := d.viewer(), d.question(w)
				got, _ := f.Works(t.Context(), v, q)
				want, _ := anew.Works(t.Context(), v, q)
				if !reflect.DeepEqual(got, want) {
					t.Fatalf("%+v asks %+v:\n%+v, want\n%+v", v, q, got, want)
				}
			}
		}
	})
}

// Readers must get whole answers from one state while states change under them.
func TestReadersWhileChanging(t *testing.T) {
	d := newDice(6)
	w := d.world(120)
	for i := range w.works {
		w.works[i].Visibility = archive.Public
	}
	f := w.finder()
	done := make(chan struct{})
	var readers sync.WaitGroup
	for reader := range uint64(4) {
		readers.Go(func() {
			d := newDice(200 + reader)
			for {
				select {
				case <-done:
					return
				default:
				}
				all, _ := f.Works(t.Context(), archive.Viewer{}, Question{Per: 1000, Sort: query.Sorts[d.IntN(len(query.Sorts))]})
				if all.Total != 120 || len(all.IDs) != 120 {
					t.Errorf("%d works, %d listed", all.Total, len(all.IDs))
					return
				}
				f.Works(t.Context(), d.viewer(), d.question(&world{tags: w.tags}))
				f.Tags(t.Context(), archive.Viewer{}, 0, "m", 10)
			}
		})
	}
	for range 150 {
		var c index.Change
		work := d.work(w, archive.WorkID(1+d.IntN(120)))
		work.Visibility = archive.Public
		c.Docs = []index.Doc{docOf(work)}
		tag := w.tags[archive.TagID(2+d.IntN(worldTags-1))]
		tag.Canonical = archive.TagID(d.IntN(2))
		c.Tags = []archive.Tag{tag}
		s := f.current.Load()
		f.current.Store(newState(s.With(c), s.generation+1))
	}
	close(done)
	readers.Wait()
}

// Two processes on one database each follow what either changes: with
// PostgreSQL because they are told, for here nobody has the time to look.
func TestTwoProcessesFollow(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		every := time.Hour
		if !strings.HasPrefix(address, "postgres") {
			every = time.Millisecond
		}
		stores := []*store.Store{storetest.OpenAt(t, address), storetest.OpenAt(t, address)}
		finders := []*Finder{open(t, stores[0]), open(t, stores[1])}
		ctx, stop := context.WithCancel(t.Context())
		var following sync.WaitGroup
		defer following.Wait()
		defer stop()
		for _, f := range finders {
			following.Go(func() { f.Follow(ctx, every) })
		}
		for n := range 6 {
			keep(t, stores[n%2], archive.Work{Keeper: archive.Owner, Title: "One more"})
			for _, f := range finders {
				for f.Len() <= n {
					if f.Err() != nil {
						t.Fatal(f.Err())
					}
					runtime.Gosched()
				}
			}
		}
	})
}

// Follow sees changes without being told of them.
func TestFollow(t *testing.T) {
	s := storetest.Open(t)
	f := open(t, s)
	keep(t, s, archive.Work{Keeper: archive.Owner, Title: "One"})
	ended := make(chan struct{})
	go func() {
		f.Follow(t.Context(), 1)
		close(ended)
	}()
	for f.Len() == 0 {
		if f.Err() != nil {
			t.Fatal(f.Err())
		}
		select {
		case <-ended:
			t.Fatal("Follow ended")
		default:
		}
	}
}

func TestErrTellsOfAFailedCatchUp(t *testing.T) {
	s := storetest.Open(t)
	f := open(t, s)
	s.Close()
	if err := f.CatchUp(t.Context()); err == nil || f.Err() == nil || !strings.HasPrefix(err.Error(), "catch up: ") {
		t.Errorf("on a closed store: %v, Err %v", err, f.Err())
	}
	if _, err := f.Works(t.Context(), owner, Question{}); err != nil {
		t.Errorf("the index as it was: %v", err)
	}
}
