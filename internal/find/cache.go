package find

import (
	"container/list"
	"context"
	"errors"
	"sync"
)

// A cache keeps answers of one state of the index, the newest used of them up
// to a bound of bytes. Who asks what somebody else is asking waits for that
// answer. A state's cache goes with the state, so that nothing in it is ever old.
type cache struct {
	most int // bytes

	mu     sync.Mutex
	asked  int64 // how often, of this state and those before it
	had    int64 // how often it was kept
	bytes  int
	kept   map[string]*list.Element // of *entry
	used   *list.List               // the last used first
	flying map[string]*flight
}

// maxCache is as much as the answers of one state may take.
const maxCache = 96 << 20

type entry struct {
	key   string
	value any
	bytes int
}

// flight is an answer in the making.
type flight struct {
	done  chan struct{}
	value any
	err   error
}

func newCache(most int) *cache {
	return &cache{most: most, kept: map[string]*list.Element{}, used: list.New(), flying: map[string]*flight{}}
}

// next is an empty cache for the state after that of c, which goes on counting.
func (c *cache) next() *cache {
	n := newCache(maxCache)
	if c != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		n.asked, n.had = c.asked, c.had
	}
	return n
}

// cached returns the value of a key, which make makes if it is not there; it
// says how many bytes it takes. The value is shared: nobody may change it.
func cached[T any](ctx context.Context, c *cache, key string, make func() (T, int, error)) (value T, err error) {
	for {
		kept, fly, mine := c.look(key)
		if kept != nil {
			return kept.(T), nil
		}
		if mine {
			return land(c, key, fly, make)
		}
		select {
		case <-ctx.Done():
			return value, ctx.Err()
		case <-fly.done:
		}
		if fly.err == nil {
			return fly.value.(T), nil
		}
		// Whoever made it may have gone away, which is no reason for others to.
		if !errors.Is(fly.err, context.Canceled) && !errors.Is(fly.err, context.DeadlineExceeded) {
			return value, fly.err
		}
	}
}

// look returns what is kept, or else the flight to wait for; mine is whether
// the caller is to make it.
func (c *cache) look(key string) (kept any, f *flight, mine bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked++
	if e, ok := c.kept[key]; ok {
		c.had++
		c.used.MoveToFront(e)
		return e.Value.(*entry).value, nil, false
	}
	if f, ok := c.flying[key]; ok {
		return nil, f, false
	}
	f = &flight{done: make(chan struct{}), err: context.Canceled} // as it stays if make panics
	c.flying[key] = f
	return nil, f, true
}

// land makes the value of a flight and lets those know who wait for it.
func land[T any](c *cache, key string, f *flight, make func() (T, int, error)) (value T, err error) {
	bytes := 0
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if f.err == nil {
			c.keep(&entry{key, f.value, bytes + len(key)})
		}
		delete(c.flying, key)
		close(f.done)
	}()
	value, bytes, err = make()
	f.value, f.err = value, err
	return value, err
}

// keep keeps e, and lets go what has not been used for longest.
func (c *cache) keep(e *entry) {
	if e.bytes > c.most/4 {
		return // one must not drive out all others
	}
	c.kept[e.key] = c.used.PushFront(e)
	for c.bytes += e.bytes; c.bytes > c.most; {
		last := c.used.Remove(c.used.Back()).(*entry)
		delete(c.kept, last.key)
		c.bytes -= last.bytes
	}
}
