package web

import (
	"sync"
	"sync/atomic"
	"testing"
)

// Whoever asks after a change is told of it, and many who wait are told at once.
func TestFreshIsNeverStale(t *testing.T) {
	var f fresh
	var change, looks atomic.Int64
	look := func() (int64, error) { looks.Add(1); return change.Load(), nil }
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 2000 {
				least := change.Add(1)
				if got, _ := f.ask(look); got < least {
					t.Errorf("told of change %d after change %d", got, least)
				}
			}
		})
	}
	all.Wait()
	if n := looks.Load(); n > 8*2000 {
		t.Errorf("%d looks", n)
	}
}

func TestOneLookForAllWhoWait(t *testing.T) {
	var f fresh
	begun, on := make(chan struct{}), make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() { f.ask(func() (int64, error) { close(begun); <-on; return 1, nil }) })
	<-begun
	f.mu.Lock()
	f.next = &asking{done: true, change: 2} // a look that serves all who came before it
	f.mu.Unlock()
	for range 5 {
		all.Go(func() {
			got, _ := f.ask(func() (int64, error) { t.Error("another look"); return 0, nil })
			if got != 2 {
				t.Errorf("%d", got)
			}
		})
	}
	close(on)
	all.Wait()
}
