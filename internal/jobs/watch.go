package jobs

import (
	"sync"

	"ficstead/internal/archive"
)

// board tells watchers that an import moved. It carries no state of its own:
// who is told looks into the store, so a signal that comes twice, or for two
// changes at once, does no harm.
type board struct {
	mu       sync.Mutex
	watchers map[archive.ImportID]map[chan struct{}]bool
	closed   bool
}

// watch returns a channel that is readable after each change of the import
// since it was last read. stop must be called once, and ends it.
func (b *board) watch(id archive.ImportID) (changed <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		close(c)
		return c, func() {}
	}
	if b.watchers == nil {
		b.watchers = map[archive.ImportID]map[chan struct{}]bool{}
	}
	if b.watchers[id] == nil {
		b.watchers[id] = map[chan struct{}]bool{}
	}
	b.watchers[id][c] = true
	return c, func() { b.leave(id, c) }
}

func (b *board) leave(id archive.ImportID, c chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.watchers[id], c)
	if len(b.watchers[id]) == 0 {
		delete(b.watchers, id)
	}
}

// tell never waits: a watcher that has not yet looked will see this change too.
func (b *board) tell(id archive.ImportID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c := range b.watchers[id] {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// close tells all watchers that nothing will move any more.
func (b *board) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	for _, watchers := range b.watchers {
		for c := range watchers {
			close(c)
		}
	}
	b.watchers = nil
}
