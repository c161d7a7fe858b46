package answer

import "sync"

// A Cache keeps what was made, by key, up to a bound in bytes. It holds two
// generations: what is asked for moves to the young one, and when that is half
// the bound the old one is forgotten. That is nearly the least recently used,
// at the cost of a map look-up. A value of 0 keeps nothing: set Bound first.
type Cache[K comparable, V interface{ Size() int }] struct {
	Bound int // bytes

	mu         sync.Mutex
	young, old map[K]V
	bytes      int // in young
}

// Get returns what was kept under key, if it still is.
func (c *Cache[K, V]) Get(key K) (v V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok = c.young[key]; ok {
		return v, true
	}
	if v, ok = c.old[key]; ok {
		c.put(key, v)
	}
	return v, ok
}

// Add keeps v under key.
func (c *Cache[K, V]) Add(key K, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.put(key, v)
}

func (c *Cache[K, V]) put(key K, v V) {
	if c.young == nil || c.bytes+v.Size() > c.Bound/2 {
		c.old, c.young, c.bytes = c.young, map[K]V{}, 0
	}
	if before, ok := c.young[key]; ok {
		c.bytes -= before.Size()
	}
	c.young[key] = v
	c.bytes += v.Size()
}
