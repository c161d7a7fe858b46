package find

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync/atomic"

	"ficstead/internal/base/errs"
	"ficstead/internal/index"
)

// origin is where an index was made from: the index itself and all that follow
// by changes have the same one.
type origin struct {
	file   *index.File // what it was opened from; nil: it was made from the store
	tell   func(error)
	sound  atomic.Bool // the file has been compared with its sums
	broken atomic.Bool // nobody may be answered from it any more
}

// blame says that the index is damaged. It is told once.
func (o *origin) blame(err error) {
	if o.broken.CompareAndSwap(false, true) {
		o.tell(fmt.Errorf("%w; it is made anew", err))
	}
}

// usable is errs.Busy once the index is known to be damaged.
func (o *origin) usable() error {
	if o != nil && o.broken.Load() {
		return fmt.Errorf("the index is being made anew: %w", errs.Busy)
	}
	return nil
}

// guard is the border at which panics over a damaged file end. What it returns
// is deferred: a panic means that the file is to blame as long as nobody has
// compared it with its sums, and later if its bytes cannot be read any more. The
// index is made anew then, and the answer is errs.Busy. All else is our own fault
// and goes on.
func (o *origin) guard(err *error) func() {
	faults := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(faults)
		p := recover()
		if p == nil {
			return
		}
		_, fault := p.(interface{ Addr() uintptr })
		if o == nil || o.file == nil || o.sound.Load() && !fault {
			panic(p)
		}
		o.blame(fmt.Errorf("kept index: %v: %w", p, errs.Damaged))
		if err != nil {
			*err = o.usable()
		}
	}
}

// guard is that of the newest index.
func (f *Finder) guard(err *error) func() { return f.current.Load().from.guard(err) }

// atOnceBytes is up to which size a kept index is compared with its sums before
// anybody is answered from it: some ten milliseconds.
const atOnceBytes = 128 << 20

// compare compares the file of an index with its sums.
func (o *origin) compare(ctx context.Context) (err error) {
	defer o.guard(&err)()
	if err = o.file.Verify(ctx); err == nil {
		o.sound.Store(true)
	}
	return err
}
