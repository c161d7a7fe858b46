package jobs

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"ficstead/internal/archive"
	"ficstead/internal/store"
)

// board tells watchers that an import moved. Who is told looks into the store
// and at what is in hand, so a signal that comes twice, or for two changes at
// once, does no harm.
type board struct {
	mu       sync.Mutex
	watchers map[archive.ImportID]map[chan struct{}]bool
	inHand   map[archive.ImportID]map[int64]Partial // by item
	closed   bool
}

// A Partial is how far a file is that holds several.
type Partial struct {
	Item     int64
	Name     string
	Receipts []archive.Receipt // of the files in it that are done; not to be changed
	Of       int               // how many files are in it
}

// progress notes how far a file is, and tells the watchers.
func (b *board) progress(item store.ImportItem, p Partial) {
	b.mu.Lock()
	if b.inHand == nil {
		b.inHand = map[archive.ImportID]map[int64]Partial{}
	}
	if b.inHand[item.Import] == nil {
		b.inHand[item.Import] = map[int64]Partial{}
	}
	b.inHand[item.Import][item.ID] = p
	b.mu.Unlock()
	b.tell(item.Import)
}

// done forgets how far a file was, which is in the store by now or will be told
// anew, and tells the watchers.
func (b *board) done(item store.ImportItem) {
	b.mu.Lock()
	delete(b.inHand[item.Import], item.ID)
	if len(b.inHand[item.Import]) == 0 {
		delete(b.inHand, item.Import)
	}
	b.mu.Unlock()
	b.tell(item.Import)
}

// partials are the files of an import that are in hand, in their order.
func (b *board) partials(id archive.ImportID) []Partial {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.SortedFunc(maps.Values(b.inHand[id]), func(p, q Partial) int { return cmp.Compare(p.Item, q.Item) })
}

func (b *board) ended() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.closed
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
