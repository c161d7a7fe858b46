package tally

import (
	"ficstead/internal/archive"
	"ficstead/internal/index/segment"
)

// spare takes those kinds out of what is wanted of which a list around the works
// found tells that no tag without a head can be among the most frequent, but for
// listed ones. It returns those.
func (t *Table) spare(w *wanted, a Ask, tops *[KindCount]top, new [KindCount]uint32) (listed []uint32) {
	if a.Own != nil {
		return nil // lists do not know them
	}
	for kind := archive.Fandom; kind <= archive.Freeform; kind++ {
		span, least := t.kinds[kind], max(1, tops[kind].least())
		if w.kinds[kind-archive.Fandom].end <= span.from+span.heads {
			continue
		}
		l, ok := t.narrowest(a, kind)
		if !ok || l.rests[l.i*KindCount+int(kind)]+new[kind] >= least {
			continue
		}
		for e := l.of(kind); len(e) > 0; e = e[2:] {
			if _, ok := span.headOf(e[0]); !ok && e[1]+new[kind] >= least {
				listed = append(listed, e[0])
			}
		}
		w.kinds[kind-archive.Fandom].end = span.from
		w.all = false
	}
	return listed
}

// narrowest returns the list of a part of the question that leaves the fewest
// works to tags of a kind that are not in it.
func (t *Table) narrowest(a Ask, kind archive.Kind) (best list, ok bool) {
	rest := func(l list) uint32 { return l.rests[l.i*KindCount+int(kind)] }
	for _, p := range a.Parts {
		if p.Not || len(p.Any) != 1 {
			continue
		}
		if l, known := t.lists[t.as(a.Audience)].of(p.Any[0]); known && (!ok || rest(l) < rest(best)) {
			best, ok = l, true
		}
	}
	return best, ok
}

// countListed counts tags of the base by looking up their works among those found.
func (t *Table) countListed(c *counter, tags []uint32, in inBase) {
	for _, ord := range tags {
		c.tail = t.base.Set(segment.ByTag, ord).AppendTo(c.tail[:0])
		if n := in.rows.among(c.tail); n > 0 {
			c.rest.add(ord, n)
		}
	}
}

// among counts those of a list that are among the rows. Both ascend.
func (r Rows) among(list []uint32) (n uint32) {
	if r.Many != nil {
		for _, row := range list {
			if r.Many.Contains(row) {
				n++
			}
		}
		return n
	}
	few := r.Few
	for len(list) > 0 && len(few) > 0 {
		switch {
		case list[0] < few[0]:
			list = list[1:]
		case list[0] > few[0]:
			few = few[1:]
		default:
			n, list, few = n+1, list[1:], few[1:]
		}
	}
	return n
}
