package vocabulary

import (
	"math"
	"sync/atomic"
)

// arena is a list that grows at its end and is never changed before it. Versions
// share what they have in common: whoever grows the newest writes behind the end
// of all others.
type arena[T any] struct {
	base, tail []T
	used       *atomic.Int64 // how much of the array below tail is taken, by any version
}

func newArena[T any](base []T) arena[T] { return arena[T]{base: base, used: new(atomic.Int64)} }

func (a *arena[T]) len() int { return len(a.base) + len(a.tail) }

// from returns what stands at a position and after it, nothing if there is none.
func (a *arena[T]) from(at uint32) []T {
	if int(at) < len(a.base) {
		return a.base[at:]
	}
	if i := int(at) - len(a.base); i < len(a.tail) {
		return a.tail[i:]
	}
	return nil
}

// add appends items and returns where they begin; ok is false, and nothing
// happens, where positions end.
func (a *arena[T]) add(items ...T) (at uint32, ok bool) {
	if a.len()+len(items) > math.MaxUint32 {
		return 0, false
	}
	at = uint32(a.len())
	old, grown := len(a.tail), len(a.tail)+len(items)
	if grown > cap(a.tail) || !a.used.CompareAndSwap(int64(old), int64(grown)) {
		a.tail = append(make([]T, 0, grown+old/2), a.tail...)
		a.used = new(atomic.Int64)
		a.used.Store(int64(grown))
	}
	a.tail = append(a.tail, items...)
	return at, true
}
