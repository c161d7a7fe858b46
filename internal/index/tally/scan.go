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
	rows := c.materialise(t.base, in.rows)
	t.countBase(c, rows)
	tops := t.heads(c, a)
	if wanted, any := t.wanted(c, tops, new); any {
		c.countTails(t.base, rows, wanted)
	}
	t.others(c, a, func(kind archive.Kind, ord, n uint32) { tops[kind].offer(ord, n) })
	answer := Answer{Languages: map[string]int{}}
	for kind := range tops {
		answer.Tops[kind] = tops[kind].list
	}
	for code, n := range c.langs {
		answer.Languages[code] = n
	}
	return answer
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
	for code, n := range other.langs {
		c.langs[code] += n
	}
	c.n += other.n
	t.pool.put(other)
}

// heads returns the most frequent tags among those with heads.
func (t *Table) heads(c *counter, a Ask) (tops [KindCount]top) {
	for kind := range tops {
		tops[kind] = top{most: a.Most, names: a.Names}
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

// wanted returns which tags without a head may be among the most frequent.
func (t *Table) wanted(c *counter, tops [KindCount]top, new [KindCount]uint32) (wanted func(ord uint32) bool, any bool) {
	var end [KindCount]uint32 // of each kind, ordinals from here on are not wanted
	for _, kind := range archive.Kinds {
		s, least := t.kinds[kind], tops[kind].least()
		if s.from < t.small {
			continue
		}
		low, high := s.from+s.heads, s.to
		for low < high {
			if mid := low + (high-low)/2; t.uses(mid)+new[kind] < max(1, least) {
				high = mid
			} else {
				low = mid + 1
			}
		}
		end[kind] = low
		any = any || low > s.from+s.heads
	}
	spans := t.kinds
	return func(ord uint32) bool {
		for kind := archive.Fandom; kind <= archive.Freeform; kind++ {
			if ord >= spans[kind].from && ord < spans[kind].to {
				return ord < end[kind]
			}
		}
		return true
	}, any
}

// All returns the count of every tag of a kind that works found have, in no order.
func (t *Table) All(a Ask, kind archive.Kind) []Count {
	c := t.pool.take()
	defer t.pool.put(c)
	for _, s := range append([]*segment.Segment{t.base}, a.Deltas...) {
		rows := c.materialise(s, a.Found)
		c.count(s, rows)
		span := t.kinds[kind]
		c.countTails(s, rows, func(ord uint32) bool {
			return ord >= span.from && ord < span.to || t.kind(a, ord) == kind
		})
	}
	return t.byKind(c, a)[kind]
}
