package store_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// TestChanges follows the log through what can happen to a work.
func TestChanges(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var seen int64
		follow := func() (told string) {
			read(t, s, func(tx *store.Tx) error {
				changes, err := tx.Changes(seen, 100)
				for _, c := range changes {
					told += fmt.Sprintf("w%d t%d; ", c.Work, c.Tag)
					if c.Seq <= seen {
						t.Errorf("%d comes after %d", c.Seq, seen)
					}
					seen = c.Seq
				}
				if last, err := tx.LastChange(); last != seen || err != nil {
					t.Errorf("the last is %d, %v, want %d", last, err, seen)
				}
				return err
			})
			return told
		}
		w := archive.Work{Tags: []archive.Tag{{Kind: archive.Fandom, Name: "F"}}}
		for _, step := range []struct {
			what string
			f    func(tx *store.Tx) error
			want string
		}{
			{"nothing", func(tx *store.Tx) error { return nil }, ""},
			{"add", func(tx *store.Tx) error { return tx.AddWork(&w, nil, nil) }, "w0 t1; w1 t0; "},
			{"show", func(tx *store.Tx) error { return tx.SetVisibility(w.ID, archive.Public) }, "w1 t0; "},
			{"change twice", func(tx *store.Tx) error {
				if err := tx.ChangeWork(&w, nil, nil); err != nil {
					return err
				}
				return tx.ChangeWork(&w, nil, nil)
			}, "w1 t0; "},
			{"new tag", func(tx *store.Tx) error { _, err := tx.EnsureTag(archive.Fandom, "G"); return err }, "w0 t2; "},
			{"known tag", func(tx *store.Tx) error { _, err := tx.EnsureTag(archive.Fandom, "G"); return err }, ""},
			{"link", func(tx *store.Tx) error { return tx.LinkTags(archive.TagLink{Parent: 2, Child: 1, Sub: true}) }, "w0 t2; w0 t1; "},
			{"unlink", func(tx *store.Tx) error { return tx.UnlinkTags(2, 1) }, "w0 t2; w0 t1; "},
			{"merge", func(tx *store.Tx) error { return tx.SetCanonical(1, 2) }, "w0 t1; w0 t2; "},
			{"remove", func(tx *store.Tx) error { return tx.RemoveWork(w.ID) }, "w1 t0; "},
		} {
			write(t, s, step.f)
			if got := follow(); got != step.want {
				t.Errorf("%s: %q, want %q", step.what, got, step.want)
			}
		}
		s.Write(t.Context(), func(tx *store.Tx) error {
			if err := tx.AddWork(&archive.Work{}, nil, nil); err != nil {
				return err
			}
			return context.Canceled
		})
		if got := follow(); got != "" {
			t.Errorf("what was rolled back: %q", got)
		}
	})
}

// TestFollowingConcurrentWriters lets writers of two processes work while a
// follower reads on from the last number it has seen. Whatever it misses it
// would miss for ever.
func TestFollowingConcurrentWriters(t *testing.T) {
	const writers, each = 6, 12
	storetest.EachAddress(t, func(t *testing.T, address string) {
		processes := []*store.Store{storetest.OpenAt(t, address), storetest.OpenAt(t, address)}
		var group sync.WaitGroup
		for n := range writers {
			group.Go(func() {
				for range each {
					// Two works in a transaction, one of them for nothing.
					err := processes[n%2].Write(t.Context(), func(tx *store.Tx) error {
						w := archive.Work{Tags: []archive.Tag{{Kind: archive.Freeform, Name: fmt.Sprint(n)}}}
						if err := tx.AddWork(&w, nil, nil); err != nil {
							return err
						}
						if err := tx.AddWork(&archive.Work{}, nil, nil); err != nil {
							return err
						}
						return tx.RemoveWork(w.ID + 1)
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		done := make(chan struct{})
		go func() { group.Wait(); close(done) }()
		var seen int64
		told := map[archive.WorkID]bool{}
		follow := func() {
			read(t, processes[0], func(tx *store.Tx) error {
				changes, err := tx.Changes(seen, 7)
				for _, c := range changes {
					told[c.Work], seen = true, c.Seq
				}
				return err
			})
		}
		for finished := false; !finished; {
			select {
			case <-done:
				finished = true
			default:
			}
			follow()
		}
		read(t, processes[1], func(tx *store.Tx) error {
			for last, _ := tx.LastChange(); seen < last; follow() {
			}
			n := 0
			err := storetest.EachWork(tx, func(w archive.Work) error {
				n++
				if !told[w.ID] {
					t.Errorf("the follower was never told of work %d", w.ID)
				}
				return nil
			})
			if n != writers*each {
				t.Errorf("%d works, want %d", n, writers*each)
			}
			return err
		})
	})
}
