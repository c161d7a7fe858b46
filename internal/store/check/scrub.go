package check

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"ficstead/internal/store"
	"ficstead/internal/store/packing"
	"ficstead/internal/store/seal"
)

// Scrub is how far a check is that takes its time, and what the last one found. It
// is kept in the store, so that one that was interrupted goes on where it was.
type Scrub struct {
	Began   time.Time // zero if none is going on
	Part    int       // of parts; the first is contents
	After   int64     // the last content that was read
	Sound   int
	Found   []Damage // the first of them
	Damages int

	Last Scrubbed
}

// Scrubbed is what a scrub found that came to its end.
type Scrubbed struct {
	Began, Ended time.Time // zero if there was none yet
	Sound        int
	Found        []Damage // the first of them
	Damages      int
}

// toldAtMost is how many damages are kept: whoever has more needs a backup, and
// not a list.
const toldAtMost = 50

// scrubSetting is where a Scrub is kept.
const scrubSetting = "check.scrub"

// LoadScrub reads how far the scrub of s is. What cannot be read begins anew.
func LoadScrub(ctx context.Context, s *store.Store) (b Scrub, err error) {
	err = s.Read(ctx, func(tx *store.Tx) error {
		text, err := tx.Setting(scrubSetting)
		if err == nil && text != "" && json.Unmarshal([]byte(text), &b) != nil {
			b = Scrub{}
		}
		return err
	})
	return b, err
}

// Keep writes down how far the scrub is.
func (b *Scrub) Keep(ctx context.Context, s *store.Store) error {
	text, err := json.Marshal(b)
	if err != nil {
		return err
	}
	return s.Write(ctx, func(tx *store.Tx) error { return tx.SetSetting(scrubSetting, string(text)) })
}

// Trouble says in a sentence what is wrong with what is kept, as far as is known
// from the last scrub and the one going on; "" is nothing.
func (b *Scrub) Trouble() string {
	n, when := b.Damages, b.Began
	if n < b.Last.Damages {
		n, when = b.Last.Damages, b.Last.Began
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d damages were found by the check that began on %s; run ficstead check to see what to do", n, when.UTC().Format(time.DateOnly))
}

// Step does the next small piece of a scrub, and begins one if none is going on.
// It reports whether the scrub is done by that.
func (b *Scrub) Step(ctx context.Context, s *store.Store, now time.Time, found func(Damage)) (done bool, err error) {
	if b.Began.IsZero() {
		b.Began = now
	}
	c := &checker{ctx, s, packing.New(), func(d Damage) {
		b.Damages++
		if len(b.Found) < toldAtMost {
			b.Found = append(b.Found, d)
		}
		found(d)
	}}
	parts := c.parts()
	if b.Part > 0 {
		if err := c.unreadable(parts[min(b.Part, len(parts))-1]()); err != nil {
			return false, err
		}
		b.Part++
	} else if err := b.contents(c); err != nil {
		return false, err
	}
	if b.Part <= len(parts) {
		return false, nil
	}
	*b = Scrub{Last: Scrubbed{b.Began, now, b.Sound, b.Found, b.Damages}}
	return true, nil
}

// contents verifies the next contents.
func (b *Scrub) contents(c *checker) error {
	n, last := 0, b.After
	err := c.store.Read(c.ctx, func(tx *store.Tx) (err error) {
		n, last, err = c.contentsAfter(tx, b.After)
		return err
	})
	if unless(err, store.Damaged) != nil {
		return err
	}
	if err != nil {
		c.found(New(Database, err.Error()+"."))
		n, err = c.contentsHeld(b.After)
		last = b.After
	}
	b.Sound += n
	if last == b.After {
		b.Part = 1
	}
	b.After = last
	return err
}

// parts are what is checked after the contents. What they are may change with the
// program: a scrub that goes on after an upgrade may check a part twice, or not.
func (c *checker) parts() (parts []func() error) {
	for _, t := range seal.Tables() {
		parts = append(parts, func() error { return c.rowsOf(t) })
	}
	for _, a := range slices.Concat(questions, chainQuestions) {
		parts = append(parts, func() error { return c.ask(a) })
	}
	return append(parts, c.tags, c.rescues, c.names)
}
