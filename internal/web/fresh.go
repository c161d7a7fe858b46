package web

import (
	"context"
	"sync"

	"ficstead/internal/store"
)

// fresh asks the store for its last change, once for all requests that wait for
// the answer. Nobody is told what was asked before they came: so what is taken
// away is gone for whoever asks afterwards, whichever program took it.
type fresh struct {
	turn sync.Mutex // held by whoever asks the store
	mu   sync.Mutex
	next *asking
}

// An asking is one look at the store, for all that came before it began.
type asking struct {
	done   bool
	change int64
	err    error
}

func (f *fresh) change(ctx context.Context, s *store.Store) (int64, error) {
	return f.ask(func() (change int64, err error) {
		// Others wait for this too, so it does not end with who asked first.
		err = s.Read(context.WithoutCancel(ctx), func(tx *store.Tx) error {
			change, err = tx.LastChange()
			return err
		})
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
