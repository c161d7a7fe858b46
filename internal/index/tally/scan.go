package tally

import (
	"ficstead/internal/archive"
	"ficstead/internal/base/beside"
	"ficstead/internal/index/segment"
)

// scan goes through all works found.
func (t *Table) scan(a Ask, in inBase) Answer {
	c := t.pool.take()
	defer t.pool.put(c)
	c.few = a.N <= fewRows
	for _, d := range a.Deltas {
		t.countAll(c, d, a.Found)
	}
	new := t.newest(c, a)
	rows := c.list(t.base, in.rows)
	t.countBase(c, rows)
	tops := t.heads(c, a)
	if wanted, any := t.wanted(tops, new); any {
		listed := t.spare(&wanted, a, tops, new)
		if wanted.any(t) {
			c.countTails(t.base, rows, &wanted)
		}
		t.countListed(c, listed, in)
	}
	t.others(c, a, func(kind archive.Kind, ord, n uint32) { tops[kind].offer(ord, n) })
	answer := Answer{Languages: c.languages()}
	for kind := range tops {
		answer.Tops[kind] = tops[kind].tags()
	}
	return answer
}

// scanOne goes through all works found for the tags of one kind.
func (t *Table) scanOne(kind archive.Kind, a Ask, in inBase) []Count {
	c := t.pool.take()
	defer t.pool.put(c)
	for _, d := range a.Deltas {
		t.countAll(c, d, a.Found)
	}
	new := t.newest(c, a)
	rows := c.list(t.base, in.rows)
	c.n += len(rows)
	c.countHeadsOf(t.base, rows, t.kinds[kind])
	tops := t.heads(c, a)
	for other := range tops {
		if other != int(kind) {
			tops[other].most = 0
		}
	}
	if wanted, any := t.wanted(tops, new); any {
		listed := t.spare(&wanted, a, tops, new)
		if wanted.any(t) {
			c.countTails(t.base, rows, &wanted)
		}
		t.countListed(c, listed, in)
	}
	t.others(c, a, func(of archive.Kind, ord, n uint32) { tops[of].offer(ord, n) })
	return tops[kind].tags()
}

// newest is what c counted of tags without a head, at most for any one of a kind.
func (t *Table) newest(c *counter, a Ask) (most [KindCount]uint32) {
	c.rest.each(func(ord, n uint32) {
		kind := t.kind(a, ord)
		most[kind] = max(most[kind], n)
	})
	return most
}

// manyRows is where a second core is worth its while.
const manyRows = 30_000

// countBase counts heads and cells of rows of the base, on two cores if they are many.
func (t *Table) countBase(c *counter, rows []uint32) {
	if len(rows) < manyRows {
		c.count(t.base, rows)
		return
	}
	other := t.pool.take()
	other.loose = c.loose
	wait := beside.Start(func() { other.count(t.base, rows[len(rows)/2:]) })
	c.count(t.base, rows[:len(rows)/2])
	wait()
	for h, n := range other.heads {
		c.heads[h] += n
	}
	for ord, n := range other.small {
		c.small[ord] += n
	}
	other.rest.each(c.rest.add)
	for i, n := range other.langs {
		c.langs[i] += n
	}
	c.n += other.n
	t.pool.put(other)
}

// heads returns the most frequent tags among those with heads. They are good as
// long as c is.
func (t *Table) heads(c *counter, a Ask) *[KindCount]top {
	tops := &c.tops
	for kind := range tops {
		tops[kind].reset(a)
	}
	if c.few {
		for _, h := range c.seen {
			kind, ord := t.ordinal(h)
			tops[kind].offer(ord, c.heads[h])
		}
		return tops
	}
	for _, kind := range archive.Kinds {
		s, top := t.kinds[kind], &tops[kind]
		least := uint32(1)
		for i, n := range c.heads[s.head:][:s.heads] {
			if n >= least {
				top.offer(s.from+uint32(i), n)
				least = max(1, top.least())
			}
		}
	}
	return tops
}

// wanted is tags without a head: of each kind those before an end. What is new is
// always wanted.
type wanted struct {
	kinds [4]stretchOf
	all   bool // every tag is
}

// stretchOf is the ordinals of a kind, and before which of them they are wanted.
type stretchOf struct{ from, end, to uint32 }

func (w *wanted) has(ord uint32) bool {
	if w.all {
		return true
	}
	for i := range w.kinds {
		if k := &w.kinds[i]; ord < k.to {
			return ord < k.end || ord < k.from
		}
	}
	return true
}

// any reports whether any tag is.
func (w *wanted) any(t *Table) bool {
	for i, k := range w.kinds {
		if k.end > k.from+t.kinds[archive.Fandom+archive.Kind(i)].heads {
			return true
		}
	}
	return false
}

// wanted returns which tags without a head may be among the most frequent of kinds.
func (t *Table) wanted(tops *[KindCount]top, new [KindCount]uint32) (w wanted, any bool) {
	w.all = true
	for kind := archive.Fandom; kind <= archive.Freeform; kind++ {
		s, least := t.kinds[kind], tops[kind].least()
		low, high := s.from+s.heads, s.to
		if low < high && t.uses(low)+new[kind] < max(1, least) {
			high = low
		} else if low < high && t.uses(high-1)+new[kind] >= max(1, least) {
			low = high
		}
		for low < high {
			if mid := low + (high-low)/2; t.uses(mid)+new[kind] < max(1, least) {
				high = mid
			} else {
				low = mid + 1
			}
		}
		w.kinds[kind-archive.Fandom] = stretchOf{s.from, low, s.to}
		w.all = w.all && low == s.to
	}
	return w, w.any(t)
}

// All returns the count of every tag of a kind that works found have, in no order.
func (t *Table) All(a Ask, kind archive.Kind) []Count {
	c := t.pool.take()
	defer t.pool.put(c)
	var only wanted
	for k := archive.Fandom; k <= archive.Freeform; k++ {
		s := t.kinds[k]
		only.kinds[k-archive.Fandom] = stretchOf{s.from, s.from, s.to}
		if k == kind {
			only.kinds[k-archive.Fandom].end = s.to
		}
	}
	for _, s := range append([]*segment.Segment{t.base}, a.Deltas...) {
		rows := c.list(s, a.Found)
		c.count(s, rows)
		c.countTails(s, rows, &only)
	}
	return t.byKind(c, a)[kind]
}
