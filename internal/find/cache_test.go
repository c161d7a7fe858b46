package find

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

func TestCacheKeepsWhatIsUsed(t *testing.T) {
	c := newCache(100)
	made := ""
	ask := func(key string, bytes int) {
		t.Helper()
		got, err := cached(t.Context(), c, key, func() (string, int, error) { made += key; return key + "!", bytes, nil })
		if err != nil || got != key+"!" {
			t.Fatalf("%s: %q, %v", key, got, err)
		}
	}
	for i := range 9 { // each is one more for its key
		ask(fmt.Sprint(i), 10)
	}
	ask("0", 10)
	ask("9", 10) // drives 1 out
	ask("0", 10)
	ask("1", 10) // drives 2 out
	ask("x", 26) // too large to be kept
	ask("x", 26)
	if want := "01234567891xx"; made != want {
		t.Errorf("made %s, want %s", made, want)
	}
	if c.bytes > c.most || len(c.kept) != c.used.Len() || len(c.flying) != 0 {
		t.Errorf("%d bytes, %d kept, %d used, %d flying", c.bytes, len(c.kept), c.used.Len(), len(c.flying))
	}
}

// Of many who ask the same at once one makes the answer; if that one goes away
// another does, and a real failure is everybody's.
func TestCacheAsksOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCache(1000)
		var made atomic.Int32
		var group sync.WaitGroup
		started, failed := make(chan struct{}), errors.New("broken")
		ask := func(ctx context.Context, key string, then error) {
			group.Go(func() {
				got, err := cached(ctx, c, key, func() (int, int, error) {
					made.Add(1)
					select {
					case <-started:
						return 7, 1, then
					case <-ctx.Done():
						return 0, 0, ctx.Err()
					}
				})
				if ctx.Err() == nil && (!errors.Is(err, then) || err == nil && got != 7) {
					t.Errorf("%s: %d, %v", key, got, err)
				}
			})
		}
		gone, leave := context.WithCancel(t.Context())
		ask(gone, "a", nil)
		synctest.Wait()
		for range 20 {
			ask(t.Context(), "a", nil)
			ask(t.Context(), "b", failed)
		}
		waits, stop := context.WithCancel(t.Context())
		ask(waits, "a", nil)
		synctest.Wait()
		stop()
		leave()
		synctest.Wait()
		close(started)
		group.Wait()
		if n := made.Load(); n != 3 { // a twice, b once
			t.Errorf("%d answers were made, want 3", n)
		}
		if _, ok := c.kept["b"]; ok || len(c.flying) > 0 {
			t.Error("a failure is kept, or still made")
		}
		func() {
			defer func() { _ = recover() }()
			_, _ = cached(t.Context(), c, "c", func() (int, int, error) { panic("broken") })
		}()
		if got, err := cached(t.Context(), c, "c", func() (int, int, error) { return 1, 1, nil }); got != 1 || err != nil {
			t.Errorf("after a panic: %d, %v", got, err)
		}
	})
}
