package tally

import "ficstead/internal/archive"

// Part is something that all rows found answer: one of some tags, languages or
// traits, by their numbers, or if Not is set none of them.
type Part struct {
	Any []uint32
	Not bool
}

// bounds tell how many of the works found a tag may have at most, from what is
// known of all works that answer one of the parts of a question.
type bounds []bound

// bound is by one part.
type bound struct {
	of    [][]uint32        // by head, of each of the commonest tags in it
	extra *counter          // what lists say of the others, beyond rest; nil: nothing
	rest  [KindCount]uint32 // what others may have
	all   []uint32          // by head, of all works, where those of of are left out
}

// bounds returns what the parts say of works that the audience sees. The caller
// calls done when they are used up.
func (t *Table) bounds(a Ask) (list bounds, done func()) {
	if len(t.fulls.tags) == 0 {
		return nil, func() {}
	}
	for _, p := range a.Parts {
		if b, ok := t.bound(p, a); ok {
			list = append(list, b)
		}
	}
	return list, func() {
		for _, b := range list {
			t.pool.put(b.extra)
		}
	}
}

// bound returns what one part says, if that is anything.
func (t *Table) bound(p Part, a Ask) (b bound, ok bool) {
	if p.Not {
		everything, _ := t.full(everything)
		b.all = everything.heads()
	}
	for _, tag := range p.Any {
		if f, ok := t.full(tag); ok {
			b.of = append(b.of, f.heads())
			continue
		}
		if l, ok := t.lists[t.as(a.Audience)].of(tag); ok && a.Own == nil && !p.Not {
			if b.extra == nil {
				b.extra = t.pool.take()
				b.extra.n = 1 // so that it is cleared
			}
			b.widen(t, l)
			continue
		}
		for kind := range b.rest {
			b.rest[kind] += uint32(t.sizeOf(tag))
		}
	}
	return b, len(b.of) > 0 || b.extra != nil
}

// widen adds what a list says.
func (b *bound) widen(t *Table, l list) {
	for kind := archive.Fandom; kind <= archive.Freeform; kind++ {
		rest := l.rests[l.i*KindCount+int(kind)]
		b.rest[kind] += rest
		for e := l.of(kind); len(e) > 0; e = e[2:] {
			if head, ok := t.kinds[kind].headOf(e[0]); ok && e[1] > rest {
				b.extra.heads[head] += e[1] - rest
			}
		}
	}
}

// most is how many works found may have a head that so many works have.
func (list bounds) of(kind archive.Kind, head, most uint32) uint32 {
	for i := range list {
		b := &list[i]
		if b.all != nil {
			least := uint32(0) // of those that are left out
			for _, heads := range b.of {
				least = max(least, heads[head])
			}
			most = min(most, b.all[head]-least)
			continue
		}
		sum := b.rest[kind]
		for _, heads := range b.of {
			sum += heads[head]
		}
		if b.extra != nil {
			sum += b.extra.heads[head]
		}
		most = min(most, sum)
	}
	return most
}
