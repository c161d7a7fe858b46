package web

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"ficstead/internal/store"
)

// fresh asks the store for its last change, once for all requests that wait for
// the answer, and again once somebody wrote or the answer is old. So what this
// program takes away is gone for whoever asks afterwards, and what another takes
// away is gone as good as at once.
type fresh struct {
	turn sync.Mutex // held by whoever asks the store
	mu   sync.Mutex
	next *asking
	last atomic.Pointer[answered]
}

// answered is what the store said last.
type answered struct {
	change int64
	writes int64 // of this program, before it was asked
	at     time.Time
}

// believed is how long the store's answer holds if this program writes nothing.
const believed = 20 * time.Millisecond

// An asking is one look at the store, for all that came before it began.
type asking struct {
	done   bool
	change int64
	err    error
}

func (f *fresh) change(ctx context.Context, s *store.Store) (int64, error) {
	writes := s.Writes()
	if a := f.last.Load(); a != nil && a.writes == writes && time.Since(a.at) < believed {
		return a.change, nil
	}
	return f.ask(func() (change int64, err error) {
		now := answered{writes: s.Writes(), at: time.Now()}
		// Others wait for this too, so it does not end with who asked first.
		err = s.Read(context.WithoutCancel(ctx), func(tx *store.Tx) error {
			change, err = tx.LastChange()
			return err
		})
		if now.change = change; err == nil {
			f.last.Store(&now)
		}
		return change, err
	})
}

func (f *fresh) ask(look func() (int64, error)) (int64, error) {
	f.mu.Lock()
	if f.next == nil {
		f.next = &asking{}
	}
	mine := f.next
	f.mu.Unlock()

	f.turn.Lock()
	defer f.turn.Unlock()
	if !mine.done {
		f.mu.Lock()
		f.next = nil // who comes from here on needs another look
		f.mu.Unlock()
		mine.done = true
		mine.change, mine.err = look()
	}
	return mine.change, mine.err
}
