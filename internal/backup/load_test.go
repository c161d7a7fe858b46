package backup_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/backup"
	"ficstead/internal/base/prose"
	"ficstead/internal/samples"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

var restores = flag.Int("restores", 2, "how many backups of each database, made while others write, are restored")

// work adds a work of one chapter.
func work(title, words string) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		w := archive.Work{Keeper: archive.Owner, Title: title, Tags: []archive.Tag{{Kind: archive.Freeform, Name: "Tea " + title}}}
		return tx.AddWork(&w, []archive.Chapter{{Number: 1, Text: prose.Parse("<p>" + words + "</p>")}}, nil)
	}
}

// writer writes until it is stopped; the figures are right from then on.
type writer struct {
	stop    context.CancelFunc
	done    sync.WaitGroup
	wrote   chan struct{} // somebody waits for the next write
	writes  int
	longest time.Duration
	err     error
}

// writing adds and removes works, as fast as it can.
func writing(t testing.TB, s *store.Store) *writer {
	ctx, stop := context.WithCancel(t.Context())
	w := &writer{stop: stop, wrote: make(chan struct{})}
	w.done.Go(func() {
		defer close(w.wrote)
		for n := 0; ctx.Err() == nil && w.err == nil; n++ {
			began := time.Now()
			if n%2 == 1 {
				w.err = s.Write(context.WithoutCancel(ctx), removeOldest)
			} else {
				w.err = s.Write(context.WithoutCancel(ctx), work(fmt.Sprint(n), strings.Repeat(fmt.Sprintf("Cup %d of tea. ", n), 400)))
			}
			w.longest, w.writes = max(w.longest, time.Since(began)), n+1
			select {
			case w.wrote <- struct{}{}:
			default:
			}
		}
	})
	t.Cleanup(w.end)
	return w
}

func (w *writer) end() {
	w.stop()
	w.done.Wait()
}

// removeOldest removes the oldest work that a writer added.
func removeOldest(tx *store.Tx) error {
	var ids []archive.WorkID
	err := storetest.EachWork(tx, func(w archive.Work) error {
		if len(w.Tags) == 1 && strings.HasPrefix(w.Tags[0].Name, "Tea ") {
			ids = append(ids, w.ID)
		}
		return nil
	})
	if err != nil || len(ids) < 20 {
		return err
	}
	return tx.RemoveWork(ids[0])
}

// TestRestoreUnderLoad backs up while others write, and compares each restored
// archive with what was there at the moment of the backup.
func TestRestoreUnderLoad(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if err := samples.Load(t.Context(), s, owner); err != nil {
			t.Fatal(err)
		}
		w := writing(t, s)
		for n := range *restores {
			var file bytes.Buffer
			var books map[string][]byte
			err := s.Read(t.Context(), func(tx *store.Tx) error {
				books = exports(t, tx)
				<-w.wrote // the backup is of the moment before that
				_, err := backup.WriteIn(tx, &file, "test", nil)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			t.Run(fmt.Sprint(n), func(t *testing.T) {
				storetest.EachAddress(t, func(t *testing.T, address string) {
					if strings.HasPrefix(address, "postgres") != (n%2 == 1) {
						return // each in turn
					}
					other := restored(t, file.Bytes(), address)
					same(t, exportsOf(t, other), books)
					sound(t, other)
				})
			})
		}
		w.end()
		if w.err != nil || w.writes < *restores {
			t.Errorf("%d writes, %v", w.writes, w.err)
		}
		t.Logf("%d writes; the longest took %s", w.writes, w.longest)
	})
}
