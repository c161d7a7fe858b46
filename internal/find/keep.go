package find

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"sync/atomic"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/index"
	"ficstead/internal/store"
)

// kept is the index as it is kept in a file, so that a start need not read the
// whole store.
type kept struct {
	path       string // "": it is not kept
	later      bool   // whether a large one is compared with its sums after the start
	store      string // the identity of the store
	generation atomic.Int64
	tell       func(error)
}

// indexKey is the setting that has the identity of a store: a kept index of
// another one is of no use.
const indexKey = "index.store"

// identity returns what tells this store from all others. It is made once.
func identity(ctx context.Context, s *store.Store) (id string, err error) {
	err = s.Read(ctx, func(tx *store.Tx) error {
		id, err = tx.Setting(indexKey)
		return err
	})
	if err != nil || id != "" {
		return id, err
	}
	err = s.Write(ctx, func(tx *store.Tx) error {
		if id, err = tx.Setting(indexKey); err != nil || id != "" {
			return err
		}
		id = rand.Text()
		return tx.SetSetting(indexKey, id)
	})
	return id, err
}

// start returns an index of all that the store holds: the one that was kept, if
// it is sound and of this store, with what changed since; else a new one.
func (f *Finder) start(ctx context.Context) (next state, err error) {
	if f.kept.path == "" {
		return f.buildAnew(ctx)
	}
	if f.kept.store, err = identity(ctx, f.store); err != nil {
		return next, err
	}
	next, ok := f.reopen(ctx)
	if ok {
		next, err = catchUp(ctx, f.store, next)
	}
	if !ok || next.from.broken.Load() {
		return f.buildAnew(ctx)
	}
	return next, err
}

// buildAnew reads the whole store, and keeps the index made of it. When ctx is done
// it does not wait: what is being put in order or written then is left behind, and
// comes to nothing.
func (f *Finder) buildAnew(ctx context.Context) (state, error) {
	type made struct {
		state
		err error
	}
	done := make(chan made, 1)
	go func() {
		next, err := build(ctx, f.store, f.progress)
		if err == nil && ctx.Err() == nil {
			f.progress(Progress{Step: Keeping})
			next, err = catchUp(ctx, f.store, f.keep(next))
		}
		done <- made{next, err}
	}()
	select {
	case m := <-done:
		return m.state, m.err
	case <-ctx.Done():
		return state{}, fmt.Errorf("build index: %w", ctx.Err())
	}
}

// reopen opens the kept index; ok is false if there is none that is of use.
func (f *Finder) reopen(ctx context.Context) (now state, ok bool) {
	file, err := index.OpenFile(f.kept.path)
	if errors.Is(err, fs.ErrNotExist) {
		return now, false
	}
	var last int64
	from := &origin{file: file, tell: f.kept.tell}
	if err == nil && (!f.kept.later || file.Size() <= atOnceBytes) {
		err = from.compare(ctx)
	}
	if err == nil {
		err = f.store.Read(ctx, func(tx *store.Tx) (err error) {
			last, err = tx.LastChange()
			return err
		})
	}
	switch {
	case err != nil:
	case file.Store != f.kept.store:
		err = fmt.Errorf("kept index: it is of another store: %w", errs.Damaged)
	case file.Generation > last:
		err = fmt.Errorf("kept index: it knows change %d, and the store only %d: %w", file.Generation, last, errs.Damaged)
	}
	if err != nil {
		from.blame(err)
		return now, false
	}
	f.kept.generation.Store(file.Generation)
	return state{Snapshot: file.Snapshot, generation: file.Generation, from: from}, true
}

// keep writes an index to the file and returns it as it is opened from there:
// that needs less memory. If it cannot be kept it is returned as it was, and
// that is told.
func (f *Finder) keep(now state) state {
	if f.kept.path == "" {
		return now
	}
	err := now.WriteFile(f.kept.path, index.Label{Store: f.kept.store, Generation: now.generation})
	f.kept.generation.Store(now.generation) // if it failed, that is tried again only after as many changes
	if err != nil {
		f.kept.tell(err)
		return now
	}
	file, err := index.OpenFile(f.kept.path)
	if err != nil || file.Store != f.kept.store || file.Generation != now.generation { // another process was quicker
		return now
	}
	from := &origin{file: file, tell: f.kept.tell}
	from.sound.Store(true) // it was just written
	return state{Snapshot: file.Snapshot, generation: now.generation, from: from}
}

// A kept index that is more than so many changes old, or a share of all works,
// is written anew: a start reads all that changed since.
const (
	keptChanges = 2_000
	keptShare   = 50
)

// isStale reports whether the index should be rebuilt.
func (f *Finder) isStale() bool {
	now := f.current.Load()
	old := now.generation - f.kept.generation.Load()
	return now.IsStale() || f.kept.path != "" && old > int64(max(keptChanges, now.Len()/keptShare))
}

// rebuild makes an index of one piece of the newest one, from what that knows,
// keeps it, and puts it in its place with what changed meanwhile.
func (f *Finder) rebuild(ctx context.Context) (err error) {
	now := f.current.Load()
	defer now.from.guard(&err)()
	whole, err := now.Rebuilt(ctx)
	if err != nil {
		return err
	}
	return f.replace(ctx, f.keep(state{Snapshot: whole, generation: now.generation}))
}

// replace puts next, with what changed since, in the place of the index.
func (f *Finder) replace(ctx context.Context, next state) error {
	next, err := catchUp(ctx, f.store, next) // most of it while others need not wait
	if err != nil {
		return err
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	if next, err = catchUp(ctx, f.store, next); err == nil {
		f.current.Store(next.fresh())
	}
	return err
}

// verify compares a file that was opened with its sums, unless that was done
// before. If it is damaged the index is made anew from the store.
func (f *Finder) verify(ctx context.Context) error {
	from := f.current.Load().from
	if from.file == nil || from.sound.Load() {
		return nil
	}
	err := from.compare(ctx)
	if errors.Is(err, errs.Damaged) {
		from.blame(err)
	}
	if from.broken.Load() {
		return f.mend(ctx)
	}
	return err
}

// mend makes a damaged index anew from the store.
func (f *Finder) mend(ctx context.Context) error {
	next, err := f.buildAnew(ctx)
	if err != nil {
		return err
	}
	return f.replace(ctx, next)
}

// Reindex reads the whole store and keeps the index made of it, whatever was kept.
func Reindex(ctx context.Context, s *store.Store, o Options) (*Finder, error) {
	f := newFinder(s, o)
	next, err := f.startAnew(ctx)
	if err != nil {
		return nil, err
	}
	f.current.Store(next.fresh())
	return f, nil
}

// startAnew builds the index anew, with the identity of the store for keeping it.
func (f *Finder) startAnew(ctx context.Context) (next state, err error) {
	if f.kept.path != "" {
		if f.kept.store, err = identity(ctx, f.store); err != nil {
			return next, err
		}
	}
	return f.buildAnew(ctx)
}

// Check compares the index that is kept in a file, with what changed since, with
// one made anew. It returns works of which they know other things, a few at most.
// A file that is of no use is Damaged; where none is kept all is well.
func Check(ctx context.Context, s *store.Store, path string) (odd []archive.WorkID, err error) {
	const most = 20
	var told error
	f := newFinder(s, Options{Snapshot: path, Tell: func(err error) { told = err }})
	if f.kept.store, err = identity(ctx, s); err != nil {
		return nil, err
	}
	now, ok := f.reopen(ctx)
	if !ok {
		return nil, told
	}
	anew, err := build(ctx, s, f.progress)
	if err != nil {
		return nil, err
	}
	if anew, err = catchUp(ctx, s, anew); err != nil {
		return nil, err
	}
	if now, err = catchUp(ctx, s, now); err != nil {
		return nil, err
	}
	return index.Differ(now.Snapshot, anew.Snapshot, most), nil
}
