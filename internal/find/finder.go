package find

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/index"
	"ficstead/internal/store"
)

// Finder answers questions from an index of the store. It is safe for any
// number of readers, also while it follows changes.
type Finder struct {
	store   *store.Store
	inside  Inside // nil: the text cannot be looked into
	gate    *gate
	current atomic.Pointer[state]

	writing sync.Mutex // held by whoever makes the next state
	failed  atomic.Pointer[error]

	kept     kept
	progress func(Progress)
}

// state is an index and the number of the last change that is in it.
type state struct {
	*index.Snapshot
	generation int64
	from       *origin
	answers    *cache
}

func newState(s *index.Snapshot, generation int64) *state {
	return state{Snapshot: s, generation: generation}.fresh()
}

// fresh returns next as readers are to see it. What is kept of answers goes with
// the state before it.
func (next state) fresh() *state {
	if next.from == nil {
		next.from = &origin{}
	}
	next.answers = next.answers.next()
	return &next
}

// Options say what a Finder has beside the store.
type Options struct {
	Inside   Inside      // nil: nobody can look inside the text
	Snapshot string      // the path of the file that the index is kept in; "": it is not kept
	Follows  bool        // Follow will be called, and then compares a large kept index with its sums; else Open does
	Tell     func(error) // is told of what was got over, such as a kept index that was damaged; may be nil

	// Progress is told how far making the index anew has come, by one at a time;
	// may be nil.
	Progress func(Progress)
}

// Open returns a Finder with an index of all that s holds. If one is kept in a
// file, and sound, that takes a moment; else all of s is read.
func Open(ctx context.Context, s *store.Store, o Options) (*Finder, error) {
	f := newFinder(s, o)
	next, err := f.start(ctx)
	if next.Snapshot == nil {
		next.Snapshot = index.New()
	}
	f.current.Store(next.fresh())
	return f, err
}

// newFinder returns a Finder that has no index yet.
func newFinder(s *store.Store, o Options) *Finder {
	f := &Finder{store: s, inside: o.Inside, gate: newGate()}
	f.kept.path, f.kept.tell, f.kept.later, f.progress = o.Snapshot, o.Tell, o.Follows, o.Progress
	if o.Progress == nil {
		f.progress = func(Progress) {}
	}
	if o.Tell == nil {
		f.kept.tell = func(error) {}
	}
	return f
}

// CatchUp applies what changed in the store since the index was last built or
// caught up. Readers see all of it at once.
func (f *Finder) CatchUp(ctx context.Context) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	next, err := catchUp(ctx, f.store, *f.current.Load())
	if err == nil && next.generation != f.Generation() {
		f.current.Store(next.fresh())
	}
	f.failed.Store(&err)
	return err
}

// Follow catches up whenever the store changed until ctx is done: at once where
// the store tells of changes, else after every. A failed attempt is made again;
// Err tells of it.
//
// Meanwhile it makes sure that a kept index is sound, and rebuilds the index when
// there are many later changes in it.
func (f *Finder) Follow(ctx context.Context, every time.Duration) {
	changes := f.store.Watch()
	defer changes.Close()
	aside := errand{tell: f.kept.tell}
	defer aside.all.Wait()
	aside.start(ctx, f.verify)
	for ctx.Err() == nil {
		changes.Wait(ctx, every)
		for ctx.Err() == nil && f.CatchUp(ctx) != nil { // Err tells
			f.tidy(ctx, &aside)
			pause(ctx, every)
		}
		f.tidy(ctx, &aside)
	}
}

// tidy sees to it that a damaged or stale index is replaced.
func (f *Finder) tidy(ctx context.Context, aside *errand) {
	switch {
	case f.current.Load().from.broken.Load():
		aside.start(ctx, f.mend)
	case f.isStale():
		aside.start(ctx, f.rebuild)
	}
}

// errand is work that is done beside, one piece at a time.
type errand struct {
	tell func(error)
	busy atomic.Bool
	all  sync.WaitGroup
}

// start does f unless something is being done.
func (e *errand) start(ctx context.Context, f func(context.Context) error) {
	if !e.busy.CompareAndSwap(false, true) {
		return
	}
	e.all.Go(func() {
		defer e.busy.Store(false)
		if err := f(ctx); err != nil && ctx.Err() == nil {
			e.tell(err)
		}
	})
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// Err is why the last attempt to catch up failed, nil if it did not.
func (f *Finder) Err() error {
	if err := f.failed.Load(); err != nil {
		return *err
	}
	return nil
}

// Generation is the number of the last change that the index knows of. Equal
// generations give equal answers.
func (f *Finder) Generation() int64 { return f.current.Load().generation }

// Len is the number of works in the index, whoever may see them.
func (f *Finder) Len() int { return f.current.Load().Len() }

// docOf returns what is indexed of w.
func docOf(w archive.Work) index.Doc {
	d := fillDoc(index.Doc{}, &w)
	d.Summary, d.Notes, d.Chapters = w.Summary.Text(), w.Notes.Text()+"\n\n"+w.EndNotes.Text(), len(w.Chapters)
	return d
}

// fillDoc returns what is indexed of w, but for its prose and chapters. It uses the
// lists of old.
func fillDoc(old index.Doc, w *archive.Work) index.Doc {
	d := index.Doc{
		ID: w.ID, Keeper: w.Keeper, Visibility: w.Visibility,
		Title: w.Title, Creators: w.Creators, Language: w.Language,
		Words: w.Words, Complete: w.Complete,
		Kudos: w.Kudos, Hits: w.Hits, Comments: w.Comments, Bookmarks: w.Bookmarks,
		Updated: updated(w), Posted: w.Posted,
		Tags: old.Tags[:0], Series: old.Series[:0],
	}
	for _, t := range w.Tags {
		d.Tags = append(d.Tags, t.ID)
	}
	for _, p := range w.Series {
		d.Series = append(d.Series, p.Series)
	}
	return d
}

// updated is when w was last new to readers: as the source says, or else when
// it was posted, or else when it came here.
func updated(w *archive.Work) time.Time {
	switch {
	case !w.Updated.IsZero():
		return w.Updated
	case !w.Posted.IsZero():
		return w.Posted
	}
	return w.Added
}
