package tally

import (
	"math"
	"slices"

	"ficstead/internal/archive"
)

// KindCount is beyond the number of every kind.
const KindCount = int(archive.Freeform) + 1

// Count is a filter tag, by its ordinal, and how many works are found by it.
type Count struct{ Tag, N uint32 }

// Tops are, for each kind, the tags that most works are found by, the most
// frequent first, equal ones by name.
type Tops [KindCount][]Count

// top collects the most frequent tags of one kind.
type top struct {
	list  []Count
	most  int
	names func(a, b uint32) int // how the names of tags compare
}

// least is what a tag must have to get in: more, or as much and a name before
// that of the last. It is 0 while there is room, and beyond all where nothing is wanted.
func (t *top) least() uint32 {
	switch {
	case t.most == 0:
		return math.MaxUint32
	case len(t.list) < t.most:
		return 0
	}
	return t.list[t.most-1].N
}

func (t *top) offer(tag, n uint32) {
	if n == 0 || t.most == 0 {
		return
	}
	if len(t.list) == t.most {
		if last := t.list[t.most-1]; n < last.N || n == last.N && t.names(tag, last.Tag) >= 0 {
			return
		}
		t.list = t.list[:t.most-1]
	}
	i := len(t.list)
	for i > 0 && (t.list[i-1].N < n || t.list[i-1].N == n && t.names(tag, t.list[i-1].Tag) < 0) {
		i--
	}
	t.list = slices.Insert(t.list, i, Count{tag, n})
}
