package web

import "sync"

// A cache keeps what was made, by key, up to a bound in bytes. It holds two
// generations: what is asked for moves to the young one, and when that is half
// the bound the old one is forgotten. That is nearly the least recently used,
// at the cost of a map look-up. The zero value keeps nothing: bound first.
type cache[K comparable, V interface{ size() int }] struct {
	bound int // bytes

	mu         sync.Mutex
	young, old map[K]V
	bytes      int // in young
}

func (c *cache[K, V]) get(key K) (v V, ok bool) {
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

func (c *cache[K, V]) add(key K, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.put(key, v)
}

func (c *cache[K, V]) put(key K, v V) {
	if c.young == nil || c.bytes+v.size() > c.bound/2 {
		c.old, c.young, c.bytes = c.young, map[K]V{}, 0
	}
	if before, ok := c.young[key]; ok {
		c.bytes -= before.size()
	}
	c.young[key] = v
	c.bytes += v.size()
}
