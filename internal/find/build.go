package find

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"

	"ficstead/internal/archive"
	"ficstead/internal/index"
	"ficstead/internal/index/vocabulary"
	"ficstead/internal/store"
)

// Step is a part of making an index anew.
type Step int

// The steps, in their order.
const (
	ReadingTags  Step = iota
	ReadingWorks      // takes longest
	PuttingInOrder
	Keeping // writing the file
)

// Progress says how far making an index anew has come.
type Progress struct {
	Step      Step
	Done, All int // works, while these are read
}

// build reads all of s, and tells how far it has come. The number of the last
// change is read first, and works are read a few at a time: what changes meanwhile
// is read twice, and indexed twice the same.
func build(ctx context.Context, s *store.Store, tell func(Progress)) (next state, err error) {
	tell(Progress{Step: ReadingTags})
	next.Snapshot = index.New()
	var words *vocabulary.Vocabulary
	r := reader{ctx: ctx, store: s, tell: tell}
	err = s.Read(ctx, func(tx *store.Tx) error {
		if next.generation, err = tx.LastChange(); err != nil {
			return err
		}
		if r.last, err = tx.LastWork(); err != nil {
			return err
		}
		words, err = readTags(tx)
		return err
	})
	if err == nil {
		tell(Progress{Step: ReadingWorks, All: int(r.last)})
		b := index.NewBuilder(words)
		b.AddFrom(r.read)
		if err = r.err; err == nil {
			tell(Progress{Step: PuttingInOrder})
			next.Snapshot, err = b.Done(), ctx.Err()
		}
	}
	if err != nil {
		return next, fmt.Errorf("build index: %w", err)
	}
	return next, nil
}

// reader reads works on several processors at once, by ranges of their ids.
type reader struct {
	ctx   context.Context
	store *store.Store
	tell  func(Progress)
	last  archive.WorkID

	lock sync.Mutex
	next archive.WorkID // from where on nobody reads yet
	err  error
}

// inRange is how many ids are read at once.
const inRange = 1000

// take returns a range of ids that nobody else reads, an empty one if there are
// none or reading failed.
func (r *reader) take() (from, to archive.WorkID) {
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.err == nil {
		r.err = r.ctx.Err()
	}
	if r.err != nil || r.next > r.last {
		return 0, 0
	}
	r.tell(Progress{Step: ReadingWorks, Done: int(r.next), All: int(r.last)})
	from = r.next
	r.next += inRange
	return from, r.next
}

func (r *reader) fail(err error) {
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.err == nil {
		r.err = err
	}
}

// read adds works until there are no more.
func (r *reader) read(add func(index.Doc)) {
	for from, to := r.take(); to > 0; from, to = r.take() {
		err := r.store.Read(r.ctx, func(tx *store.Tx) error {
			var d index.Doc
			return tx.EachIndexed(from, to, func(w *archive.Work, summary, notes string, chapters int) error {
				d = fillDoc(d, w)
				d.Summary, d.Notes, d.Chapters = summary, notes, chapters
				add(d)
				return nil
			})
		})
		if err != nil {
			r.fail(err)
		}
	}
}

// readTags reads all tags and how they stand to each other.
func readTags(tx *store.Tx) (*vocabulary.Vocabulary, error) {
	var failed error
	words := vocabulary.Build(
		seq(&failed, tx.EachTag),
		seq(&failed, tx.EachTagLink),
	)
	return words, failed
}

// errEnough ends what a reader wants no more of.
var errEnough = errors.New("enough")

// seq makes a sequence of what each calls a function with.
func seq[T any](failed *error, each func(func(T) error) error) iter.Seq[T] {
	return func(yield func(T) bool) {
		err := each(func(v T) error {
			if !yield(v) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			*failed = err
		}
	}
}
