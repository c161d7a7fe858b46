package find

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"ficstead/internal/base/errs"
)

func TestGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := gateOf(1, 2)
		leave, err := g.enter(t.Context(), heavy)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		type entry struct {
			leave func()
			err   error
		}
		first, second := make(chan entry, 1), make(chan entry, 1)
		enter := func(ctx context.Context, into chan entry) {
			leave, err := g.enter(ctx, heavy)
			into <- entry{leave, err}
		}
		go enter(ctx, first)
		synctest.Wait()
		go enter(t.Context(), second)
		synctest.Wait()
		if len(first)+len(second) > 0 {
			t.Fatal("two heavy questions are answered at once")
		}
		if _, err := g.enter(t.Context(), heavy); !errors.Is(err, errs.Busy) {
			t.Errorf("one more than may wait: %v", err)
		}
		for range 1000 {
			light, err := g.enter(t.Context(), heavy-1)
			if err != nil {
				t.Fatalf("a light question: %v", err)
			}
			light()
		}
		cancel()
		if e := <-first; !errors.Is(e.err, context.Canceled) {
			t.Errorf("whoever went away: %v", e.err)
		}
		synctest.Wait()
		if len(second) > 0 {
			t.Fatal("one entered because another went away")
		}
		leave()
		e := <-second
		if e.err != nil {
			t.Fatal(e.err)
		}
		e.leave()
		if len(g.inside)+len(g.waiting) > 0 {
			t.Errorf("%d are inside and %d wait, and nobody is there", len(g.inside), len(g.waiting))
		}
	})
}
