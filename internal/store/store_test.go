package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// TestDamage changes one bit of a kept chapter behind the store's back.
func TestDamage(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		s := storetest.OpenAt(t, address)
		db := raw(t, address)
		cs := chapters(1)
		cs[0].Text = prose.Parse("<p>" + strings.Repeat("This packs well. ", 50) + "</p>")
		w := add(t, s, specimen(), cs)
		var id, packing int64
		var good []byte
		row := db.QueryRow(`SELECT b.id, b.packing, b.data FROM body b JOIN chapter c ON c.text = b.id`)
		if err := row.Scan(&id, &packing, &good); err != nil || packing != 1 {
			t.Fatal(err, packing)
		}
		readChapter := func() error {
			return s.Read(t.Context(), func(tx *store.Tx) error {
				c, err := tx.Chapter(w.ID, 1)
				if err == nil && !c.Text.Equal(cs[0].Text) {
					t.Errorf("damage is served: %s", c.Text.HTML())
				}
				return err
			})
		}
		unseen := 0
		for bit := 0; bit < len(good)*8; bit += 3 {
			bad := append([]byte(nil), good...)
			bad[bit/8] ^= 1 << (bit % 8)
			if _, err := db.Exec(`UPDATE body SET data = $1 WHERE id = $2`, bad, id); err != nil {
				t.Fatal(err)
			}
			err := readChapter()
			if err == nil {
				unseen++
				continue
			}
			if !errors.Is(err, store.Damaged) || !strings.Contains(err.Error(), "chapters of work 1") {
				t.Fatalf("bit %d is changed: %v, want damage that names the work", bit, err)
			}
		}
		// Some bits of a zstd frame mean nothing.
		if unseen > len(good)/4 {
			t.Errorf("%d changes were not seen", unseen)
		}
		if _, err := db.Exec(`UPDATE body SET data = $1 WHERE id = $2`, good, id); err != nil {
			t.Fatal(err)
		}
		if err := readChapter(); err != nil {
			t.Errorf("put right again: %v", err)
		}
		db.Exec(`UPDATE body SET packing = 9 WHERE id = $1`, id)
		if err := readChapter(); !errors.Is(err, store.Damaged) {
			t.Errorf("packed in an unknown way: %v", err)
		}
	})
}

// TestEveryCommitReachesTheDisk holds what was measured: with anything less
// than FULL, an acknowledged commit can be lost with the power.
func TestEveryCommitReachesTheDisk(t *testing.T) {
	s := storetest.Open(t)
	for name, want := range map[string]string{
		"synchronous": "2", "journal_mode": "wal", "foreign_keys": "1", "busy_timeout": "10000", "query_only": "0",
	} {
		if got := store.Pragma(t, s, true, name); got != want {
			t.Errorf("writing: %s is %s, want %s", name, got, want)
		}
	}
	if got := store.Pragma(t, s, false, "query_only"); got != "1" {
		t.Errorf("reading: query_only is %s", got)
	}
	err := s.Read(t.Context(), func(tx *store.Tx) error { return tx.AddWork(&archive.Work{}, nil, nil) })
	if err == nil {
		t.Error("a reader could write")
	}
}

// TestReadersSeeOneState writes in the middle of a reading.
func TestReadersSeeOneState(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		read(t, s, func(tx *store.Tx) error {
			before, err := tx.CountWorks()
			if err != nil {
				return err
			}
			add(t, s, archive.Work{}, nil)
			after, err := tx.CountWorks()
			if before != after {
				t.Errorf("a reader saw %d works, and then %d", before, after)
			}
			return err
		})
	})
}

// TestFailureLeavesNothing fails after everything was written.
func TestFailureLeavesNothing(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		s := storetest.OpenAt(t, address)
		db := raw(t, address)
		failure := errors.New("no more")
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			w := specimen()
			if err := tx.AddWork(&w, chapters(2), someMends()); err != nil {
				return err
			}
			return failure
		})
		if !errors.Is(err, failure) {
			t.Fatal(err)
		}
		for _, table := range append(tables, "tag", "change") {
			if n := number(t, db, `SELECT count(*) FROM `+table); n != 0 {
				t.Errorf("%d rows in %s", n, table)
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		err = s.Write(ctx, func(tx *store.Tx) error { cancel(); return tx.AddWork(&archive.Work{}, nil, nil) })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
		add(t, s, archive.Work{}, nil)
	})
}

// TestSeveralAtOnce opens one empty database from many processes, as a server
// and an import started together would.
func TestSeveralAtOnce(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		var group sync.WaitGroup
		for range 5 {
			group.Go(func() {
				s, err := store.Open(t.Context(), address)
				if err != nil {
					t.Error(err)
					return
				}
				defer s.Close()
				for range 5 {
					err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddWork(&archive.Work{}, chapters(1), nil) })
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		read(t, storetest.OpenAt(t, address), func(tx *store.Tx) error {
			if n, err := tx.CountWorks(); n != 25 || err != nil {
				t.Errorf("%d works, %v, want 25", n, err)
			}
			return nil
		})
	})
}

// TestNewerArchive opens what a newer version has changed.
func TestNewerArchive(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		storetest.OpenAt(t, address)
		if _, err := raw(t, address).Exec(`INSERT INTO migration (name) VALUES ('migrations/9999_future.sql')`); err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(t.Context(), address)
		if err == nil || !strings.Contains(err.Error(), "newer version") {
			t.Errorf("got %v, %v", s, err)
		}
	})
}

// TestAddresses opens archives in folders with any name.
func TestAddresses(t *testing.T) {
	for _, name := range []string{"a b", "50% off?", "#1&x=y", "fünf", "+plus"} {
		folder := filepath.Join(t.TempDir(), name)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(folder, "archive.db")
		storetest.OpenAt(t, path)
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, address := range []string{filepath.Join(t.TempDir(), "no", "folder.db"), "postgres://127.0.0.1:1/none?connect_timeout=1"} {
		if s, err := store.Open(t.Context(), address); err == nil {
			t.Errorf("%s: %v", address, s)
		}
	}
}

// TestClock wants all of a transaction at one time, and revisions never at the
// same, even when the clock goes back.
func TestClock(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		at := time.Date(2024, 2, 29, 12, 0, 0, 999, time.FixedZone("+0530", 19800))
		s = s.WithClock(func() time.Time { at = at.Add(-time.Hour); return at })
		var w archive.Work
		var now time.Time
		write(t, s, func(tx *store.Tx) error { now = tx.Now(); return tx.AddWork(&w, nil, nil) })
		if !w.Added.Equal(now) || w.Added.Location() != time.UTC || w.Added.Nanosecond()%1000 != 0 {
			t.Errorf("added %v, and it was %v", w.Added, now)
		}
		before := w.Changed
		write(t, s, func(tx *store.Tx) error { return tx.ChangeWork(&w, nil, nil) })
		if !w.Changed.After(before) {
			t.Errorf("changed %v, after %v", w.Changed, before)
		}
	})
}

// TestManyWorks asks for more works at once than one statement holds.
func TestManyWorks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		const many = 1003
		write(t, s, func(tx *store.Tx) error {
			for i := range many {
				w := archive.Work{Kudos: i, Tags: []archive.Tag{{Kind: archive.Fandom, Name: "F"}}, Creators: []archive.Creator{{Name: "C"}}}
				if err := tx.AddWork(&w, nil, nil); err != nil {
					return err
				}
			}
			return nil
		})
		read(t, s, func(tx *store.Tx) error {
			ids := []archive.WorkID{1 << 40, 7, 7}
			for id := archive.WorkID(many); id > 0; id-- {
				ids = append(ids, id)
			}
			works, err := tx.Works(ids)
			if err != nil {
				return err
			}
			var got []archive.WorkID
			for _, w := range works {
				got = append(got, w.ID)
				if len(w.Tags) != 1 || len(w.Creators) != 1 || w.Kudos != int(w.ID)-1 {
					t.Fatalf("work %d: %+v", w.ID, w)
				}
			}
			if !reflect.DeepEqual(got, ids[1:]) {
				t.Errorf("got %d works in another order", len(got))
			}
			n := 0
			err = tx.EachIndexed(4, many-1, func(*archive.Work, string, string, int) error { n++; return nil })
			if n != many-5 {
				t.Errorf("EachIndexed told of %d, want %d", n, many-5)
			}
			return err
		})
	})
}
