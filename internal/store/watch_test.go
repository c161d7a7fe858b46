package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// untold is so long that whoever waits for it to pass fails the test.
const untold = time.Hour

// TestWatch has one process hear of what another writes: at once, only if a
// change was committed, and again after its connection was cut.
func TestWatch(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		here, there := storetest.OpenAt(t, address), storetest.OpenAt(t, address)
		w := here.Watch()
		t.Cleanup(w.Close)
		if told := w.Wait(t.Context(), 1); told {
			t.Error("told of a change before there was one")
		}
		if told := w.Wait(t.Context(), 1); told {
			t.Error("told of a change while nothing happened")
		}
		write(t, there, func(tx *store.Tx) error { return tx.AddWork(&archive.Work{}, nil, nil) })
		if !strings.HasPrefix(address, "postgres") {
			return // waiting is all there is
		}
		if told := w.Wait(t.Context(), untold); !told {
			t.Error("not told of a change")
		}
		_ = there.Write(t.Context(), func(tx *store.Tx) error {
			_ = tx.AddWork(&archive.Work{}, nil, nil)
			return context.Canceled
		})
		write(t, there, func(tx *store.Tx) error { return nil })
		if told := w.Wait(t.Context(), 1); told {
			t.Error("told of a change that was taken back")
		}
		if n := number(t, raw(t, address), `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN "ficstead change ' || current_schema() || '"'`); n != 1 {
			t.Fatalf("%d connections listen, want 1", n)
		}
		for range 2 {
			if w.Wait(t.Context(), untold) {
				t.Error("told of a change by a connection that was cut, or before there was one")
			}
		}
		write(t, there, func(tx *store.Tx) error { return tx.SetVisibility(1, archive.Public) })
		if told := w.Wait(t.Context(), untold); !told {
			t.Error("not told of a change after the connection was cut")
		}
	})
}

func TestWatchEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := s.Watch()
		t.Cleanup(w.Close)
		ctx, cancel := context.WithCancel(t.Context())
		w.Wait(ctx, 1)
		cancel()
		w.Wait(ctx, untold)
		s.Close()
		w.Wait(ctx, untold)
		w.Wait(t.Context(), 1)
	})
}
