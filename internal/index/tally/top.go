package tally

import (
	"cmp"
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

// top collects the most frequent tags of one kind. Those that are as frequent as
// the last that gets in are kept until the end, so that few names are compared.
type top struct {
	list  []Count
	best  []uint32 // the greatest counts of all that were offered, at most most, descending
	most  int
	names func(a, b uint32) int // how the names of tags compare
}

// reset makes ready for another question, in the same memory.
func (t *top) reset(a Ask) {
	t.list, t.best, t.most, t.names = t.list[:0], t.best[:0], a.Most, a.Names
}

// least is what a tag must have to get in: more, or as much and a name before
// that of the last. It is 0 while there is room, and beyond all where nothing is wanted.
func (t *top) least() uint32 {
	switch {
	case t.most == 0:
		return math.MaxUint32
	case len(t.best) < t.most:
		return 0
	}
	return t.best[t.most-1]
}

func (t *top) offer(tag, n uint32) {
	if n == 0 || n < t.least() {
		return
	}
	if len(t.list) == cap(t.list) {
		t.drop()
	}
	t.list = append(t.list, Count{tag, n})
	if len(t.best) == t.most {
		if n == t.best[t.most-1] {
			return
		}
		t.best = t.best[:t.most-1]
	}
	i := len(t.best)
	t.best = append(t.best, n)
	for ; i > 0 && t.best[i-1] < n; i-- {
		t.best[i] = t.best[i-1]
	}
	t.best[i] = n
}

// drop drops what did not get in after all.
func (t *top) drop() {
	least := t.least()
	t.list = slices.DeleteFunc(t.list, func(c Count) bool { return c.N < least })
}

// tags returns the tags that got in, the most frequent first, equal ones by name.
func (t *top) tags() []Count {
	least := t.least()
	in := make([]Count, 0, min(t.most, len(t.list)))
	for _, c := range t.list {
		if c.N < least || len(in) == t.most && t.compare(c, in[t.most-1]) > 0 {
			continue
		}
		i := len(in)
		if i == t.most {
			i--
		} else {
			in = append(in, c)
		}
		for ; i > 0 && t.compare(c, in[i-1]) < 0; i-- {
			in[i] = in[i-1]
		}
		in[i] = c
	}
	return in
}

// compare puts tags in their order.
func (t *top) compare(a, b Count) int {
	if a.N != b.N {
		return cmp.Compare(b.N, a.N)
	}
	return t.names(a.Tag, b.Tag)
}
