package vocabulary_test

import (
	"slices"
	"testing"

	"ficstead/internal/archive"
	v "ficstead/internal/index/vocabulary"
)

// TestAgainstModel builds random vocabularies, changes them at random, and wants
// each to be as a model has it, and all that has moved to be told.
func TestAgainstModel(t *testing.T) {
	const most = 24
	for seed := range uint64(60) {
		d, m := newDice(seed), newModel()
		now := v.New()
		if seed%2 == 0 {
			for range d.IntN(most) {
				tag := d.tag(archive.TagID(1+d.IntN(most)), most)
				m.tags[tag.ID] = tag
			}
			for range d.IntN(10) {
				if l := d.link(most); l.Parent != l.Child {
					m.links[l] = true
				}
			}
			now = m.build()
		}
		for step := range 12 {
			if err := m.check(now, d, most); err != nil {
				t.Fatalf("seed %d, step %d: %v", seed, step, err)
			}
			old := *m
			before := now
			next := &model{cloneMap(m.tags), cloneMap(m.links)}
			var c v.Change
			for range d.IntN(4) {
				tag := d.tag(archive.TagID(1+d.IntN(most)), most)
				if was, ok := next.tags[tag.ID]; ok && d.IntN(4) > 0 {
					tag.Name, tag.Kind = was.Name, was.Kind
				}
				next.tags[tag.ID] = tag
				c.Tags = append(c.Tags, tag)
			}
			for range d.IntN(4) {
				l := d.link(most)
				if l.Parent == l.Child {
					continue
				}
				if next.links[l] {
					delete(next.links, l)
				} else {
					next.links[l] = true
				}
				c.Linked = append(c.Linked, l.Parent, l.Child)
			}
			c.Links = next.linksOf(c.Linked)
			var moved []archive.TagID
			now, moved = now.With(c)
			m = next
			for range 30 {
				own := slices.DeleteFunc(d.own(most), func(id archive.TagID) bool { return old.tags[id].ID == 0 })
				same := slices.Equal(old.filters(own), m.filters(own)) && old.crosses(own) == m.crosses(own) && old.oneShip(own) == m.oneShip(own)
				told := slices.ContainsFunc(before.Filters(nil, own), func(id archive.TagID) bool { return slices.Contains(moved, id) })
				if !same && !told {
					t.Fatalf("seed %d, step %d: %v moved from %v to %v and was not told in %v", seed, step, own, old.filters(own), m.filters(own), moved)
				}
			}
			if err := old.check(before, d, most); err != nil {
				t.Fatalf("seed %d, step %d: the version before changed: %v", seed, step, err)
			}
			if d.IntN(4) == 0 {
				now = now.Compact()
			}
		}
	}
}

func cloneMap[K comparable, V any](m map[K]V) map[K]V {
	next := make(map[K]V, len(m))
	for k, x := range m {
		next[k] = x
	}
	return next
}
