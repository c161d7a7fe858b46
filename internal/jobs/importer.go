package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/metrics"
	"ficstead/internal/store"
)

const (
	hands   = 2                // files at once: a large one does not keep the others waiting
	poll    = 15 * time.Second // for files that another program put on the list
	respite = 5 * time.Second  // of a hand whose store failed

	// attempts is how often a file may be in hand when the program dies. A file
	// that takes the program with it must not do so at every start for ever; a
	// long ZIP may well be cut off a few times.
	attempts = 5
)

// bring reads one file, or every file of a ZIP, and puts what is in it into the
// archive for a person. What it refuses it says in a receipt. After each of
// several files it tells the receipts so far and how many files there are.
type bring func(ctx context.Context, by archive.Viewer, f file, tell func(so []archive.Receipt, of int)) []archive.Receipt

// A file is one from the list.
type file struct {
	name string
	data []byte
}

// Importer brings in what is on the store's list of uploaded files.
type Importer struct {
	store *store.Store
	bring bring
	wake  chan struct{}
	board board
	pause time.Duration // of a hand whose store failed

	files *metrics.Counter // by what became of what is in them

	mu   sync.Mutex
	busy map[int64]bool // items in hand
}

// Count has r told what becomes of files. It must be called before Run.
func (m *Importer) Count(r *metrics.Registry) {
	m.files = r.Counter("ficstead_import_receipts_total", "Works in files that were brought in, and files that were not, by what became of them.", "status")
}

// New returns an importer that does nothing until Run.
func New(s *store.Store) *Importer { return newImporter(s, bringWith(s)) }

func newImporter(s *store.Store, bring bring) *Importer {
	return &Importer{store: s, bring: bring, wake: make(chan struct{}, 1), busy: map[int64]bool{}, pause: respite}
}

// Wake says that there is something new on the list.
func (m *Importer) Wake() {
	select {
	case m.wake <- struct{}{}:
	default: // it has not yet looked at what it was last woken for
	}
}

// Watch returns a channel that is readable after an import has moved, and
// closed when the importer ends. stop must be called once, when nobody looks
// any more.
func (m *Importer) Watch(id archive.ImportID) (changed <-chan struct{}, stop func()) {
	return m.board.watch(id)
}

// Partials tells what became so far of those files of an import that hold
// several and are in hand. The store knows of them when they are done.
func (m *Importer) Partials(id archive.ImportID) []Partial { return m.board.partials(id) }

// Ended reports whether Run has been told to stop and has.
func (m *Importer) Ended() bool { return m.board.ended() }

// Run works until ctx is done, and returns when nothing is in hand any more.
// Then it closes the channels of all watchers.
func (m *Importer) Run(ctx context.Context) {
	defer m.board.close()
	var all sync.WaitGroup
	for range hands {
		all.Go(func() { m.work(ctx) })
	}
	all.Wait()
}

// work is one hand: it does the first file that nobody has in hand, and rests
// when there is none.
func (m *Importer) work(ctx context.Context) {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for ctx.Err() == nil {
		item, ok, err := m.take(ctx)
		if err == nil && ok {
			m.Wake() // there may be one for the other hand
			err = m.do(ctx, item)
			m.put(item)
			tidy(item)
		}
		if err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "import", "item", item.ID, "err", err)
		}
		switch {
		case err != nil:
			m.rest(ctx)
		case !ok:
			select {
			case <-ctx.Done():
			case <-m.wake:
			case <-tick.C:
			}
		}
	}
}

// rest leaves a store alone that fails, whatever comes in meanwhile.
func (m *Importer) rest(ctx context.Context) {
	over := time.NewTimer(m.pause)
	defer over.Stop()
	select {
	case <-ctx.Done():
	case <-over.C:
	}
}

// heavy is the size in bytes from which a file's memory is given back to the
// system when it is done: the program would keep it for the next such file.
const heavy = 8 << 20

func tidy(item store.ImportItem) {
	if item.Size >= heavy {
		debug.FreeOSMemory()
	}
}

// take finds the first file on the list that is not in hand.
func (m *Importer) take(ctx context.Context) (item store.ImportItem, ok bool, err error) {
	m.mu.Lock() // also while asking the store, or two hands would find the same
	defer m.mu.Unlock()
	err = m.store.Read(ctx, func(tx *store.Tx) error {
		items, err := tx.PendingItems(hands)
		for _, i := range items {
			if !ok && !m.busy[i.ID] {
				item, ok = i, true
			}
		}
		return err
	})
	if ok {
		m.busy[item.ID] = true
	}
	return item, ok, err
}

func (m *Importer) put(item store.ImportItem) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.busy, item.ID)
}

// do brings one file in and writes down what became of it. If ctx ends
// meanwhile, or the store can keep nothing now, the file stays on the list, and
// what of it is in will be known.
func (m *Importer) do(ctx context.Context, item store.ImportItem) error {
	defer m.board.done(item)
	var owner archive.PersonID
	var data []byte
	var begun int
	err := m.store.Read(ctx, func(tx *store.Tx) error {
		batch, err := tx.Import(item.Import)
		if err != nil {
			return err
		}
		owner = batch.Owner
		data, err = tx.ItemData(item.ID)
		return err
	})
	if err == nil {
		err = m.store.Write(ctx, func(tx *store.Tx) (err error) {
			begun, err = begin(tx, item.ID)
			return err
		})
	}
	var receipts []archive.Receipt
	switch {
	case errors.Is(err, errs.NotFound):
		return nil // another program on the same store did it
	case errors.Is(err, store.Damaged):
		slog.ErrorContext(ctx, "import", "item", item.ID, "err", err)
		receipts = refused(item.Name, "The copy of this file that was kept here is damaged. Choose the file again.")
	case err != nil:
		return err
	case begun > attempts:
		receipts = refused(item.Name, "Ficstead stopped each time it read this file, perhaps because it takes more memory than there is. Bring it in in smaller parts.")
	default:
		receipts = m.safely(ctx, archive.Viewer{Person: owner}, item, data)
	}
	if ctx.Err() != nil {
		return errors.Join(ctx.Err(), m.leave(item.ID))
	}
	if at := slices.IndexFunc(receipts, func(r archive.Receipt) bool { return r.Later }); at >= 0 {
		// Whoever sent it was told that it is here, so it stays until it can be kept.
		return errors.Join(errors.New(receipts[at].Error), m.leave(item.ID))
	}
	err = m.store.Write(ctx, func(tx *store.Tx) error {
		return errors.Join(tx.FinishItem(item.ID, receipts), end(tx, item.ID))
	})
	if errors.Is(err, errs.Conflict) {
		return nil
	}
	for _, r := range receipts {
		m.files.Inc(string(r.Status))
	}
	return err
}

// safely makes of a panic in a reader a receipt like any other: one bad file
// never stops a batch.
func (m *Importer) safely(ctx context.Context, by archive.Viewer, item store.ImportItem, data []byte) (receipts []archive.Receipt) {
	defer func() {
		if p := recover(); p != nil {
			slog.ErrorContext(ctx, "import panicked", "item", item.ID, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			receipts = refused(item.Name, "Reading this file broke something in Ficstead, which is our fault. Nothing of it was kept; please report it, with the file if you can.")
		}
	}()
	return m.bring(ctx, by, file{item.Name, data}, func(so []archive.Receipt, of int) {
		m.board.progress(item, Partial{item.ID, item.Name, so, of})
	})
}

func refused(name, sentence string) []archive.Receipt {
	return []archive.Receipt{{Source: name, Status: archive.StatusRefused, Error: sentence}}
}
