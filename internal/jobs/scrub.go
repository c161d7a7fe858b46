package jobs

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"ficstead/internal/store"
	"ficstead/internal/store/check"
)

// Scrubber checks everything that is kept, again and again, in small reads with
// rests between them: what is damaged on the disk is noticed while there are
// backups that are not.
type Scrubber struct {
	Store *store.Store
	Every time.Duration    // from the end of one to the beginning of the next
	Rest  time.Duration    // between two reads
	Now   func() time.Time // nil is time.Now
}

const (
	// Week is how often everything is checked.
	Week = 7 * 24 * time.Hour
	// Rest leaves nine tenths of a core and of the disk to readers.
	Rest = 200 * time.Millisecond

	keepEvery   = 10 * time.Second // so much of a scrub is done twice after a crash
	tryAgain    = time.Hour        // after a failure that is no damage
	sealsAtOnce = 100              // rows; whoever writes waits 10 ms
)

// Run checks until ctx ends. Rows that were written before rows had sums get
// theirs first.
func (b *Scrubber) Run(ctx context.Context) {
	for more := true; more && ctx.Err() == nil; pause(ctx, b.Rest) {
		var err error
		if more, err = b.Store.SealRest(ctx, sealsAtOnce); err != nil {
			b.failed(ctx, err)
			break
		}
	}
	for ctx.Err() == nil {
		wait, err := b.due(ctx)
		if err == nil && wait <= 0 {
			err = b.Once(ctx)
		}
		if err != nil {
			b.failed(ctx, err)
			wait = tryAgain
		}
		pause(ctx, wait)
	}
}

func (b *Scrubber) failed(ctx context.Context, err error) {
	if ctx.Err() == nil {
		slog.Error("what is kept could not be checked", "error", err)
	}
}

// due is how long it is until the next scrub begins, or goes on.
func (b *Scrubber) due(ctx context.Context) (time.Duration, error) {
	state, err := check.LoadScrub(ctx, b.Store)
	if err != nil || !state.Began.IsZero() || state.Last.Ended.IsZero() {
		return 0, err
	}
	return state.Last.Ended.Add(b.Every).Sub(b.now()), nil
}

// Once does one scrub, or the rest of one that was interrupted.
func (b *Scrubber) Once(ctx context.Context) error {
	state, err := check.LoadScrub(ctx, b.Store)
	if err != nil {
		return err
	}
	kept, done := b.now(), false
	for !done && err == nil && ctx.Err() == nil {
		before := state.Damages
		done, err = state.Step(ctx, b.Store, b.now(), tell)
		if err == nil && (done || state.Damages > before || b.now().Sub(kept) >= keepEvery) {
			kept, err = b.now(), state.Keep(ctx, b.Store)
		}
		if !done {
			pause(ctx, b.Rest)
		}
	}
	if done && err == nil {
		slog.Info("everything that is kept was checked", "sound", state.Last.Sound, "damages", state.Last.Damages,
			"took", state.Last.Ended.Sub(state.Last.Began).Round(time.Second))
		return nil
	}
	if !done && ctx.Err() != nil { // to go on there
		return errors.Join(err, state.Keep(context.WithoutCancel(ctx), b.Store))
	}
	return err
}

// tell logs a damage: what kind it is and which works it touches, and no title.
func tell(d check.Damage) {
	slog.Error("what is kept is damaged; run ficstead check to see what to do", "kind", string(d.Kind), "works", d.Works)
}

// Check says in a sentence what the last scrubs found, as an error.
func (b *Scrubber) Check(ctx context.Context) error {
	state, err := check.LoadScrub(ctx, b.Store)
	if err != nil {
		return err
	}
	if trouble := state.Trouble(); trouble != "" {
		return errors.New(trouble)
	}
	return nil
}

// State is how far the scrub is, and what the last one found.
func (b *Scrubber) State(ctx context.Context) (check.Scrub, error) {
	return check.LoadScrub(ctx, b.Store)
}

func (b *Scrubber) now() time.Time {
	if b.Now != nil {
		return b.Now()
	}
	return time.Now()
}

func pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
