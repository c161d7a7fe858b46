package vocabulary

import (
	"maps"
	"slices"

	"ficstead/internal/archive"
)

// Change is what makes one vocabulary of another.
type Change struct {
	Tags   []archive.Tag     // tags that are new or changed
	Linked []archive.TagID   // tags whose links changed
	Links  []archive.TagLink // all links that there are of the tags of Linked
}

// With returns the vocabulary after c, and the tags by which those works are found
// before it, in v, that are to be filed anew; ascending. It costs in proportion to
// what changed and to what hangs on that. Only one caller may grow the newest
// version at a time; readers of any are not disturbed.
func (v *Vocabulary) With(c Change) (next *Vocabulary, moved []archive.TagID) {
	n := *v
	e := &edit{
		old: v, next: &n, answers: v.answers.edit(), direct: v.direct.edit(), records: v.records.edit(),
		named: map[uint32]bool{}, dirty: map[uint32]bool{}, came: map[uint32][]uint32{}, moved: map[archive.TagID]bool{},
	}
	changed := e.setTags(c.Tags)
	e.setLinks(c)
	e.climb = n.climb()
	e.spread(changed)
	for _, canonical := range slices.Sorted(maps.Keys(e.dirty)) {
		e.settle(canonical)
	}
	n.answers = e.answers.pages
	n.addRun(e.named)
	return &n, slices.Sorted(maps.Keys(e.moved))
}

// edit is a vocabulary in the making.
type edit struct {
	old, next                *Vocabulary
	answers, direct, records *pagesEdit[uint32]
	climb                    *climb
	named                    map[uint32]bool     // tags whose starts are to be made
	dirty                    map[uint32]bool     // canonical tags whose closure may be another
	came                     map[uint32][]uint32 // tags that are new or may have come to a canonical tag from another
	moved                    map[archive.TagID]bool
}

// setTags takes up what tags say of themselves, and returns those that are new or
// are synonyms of others than before.
func (e *edit) setTags(tags []archive.Tag) (changed []uint32) {
	last := map[archive.TagID]archive.Tag{}
	for _, t := range tags {
		if known(t.ID) {
			last[t.ID] = t
		}
	}
	var added, removed []pair
	for _, key := range slices.Sorted(maps.Keys(last)) {
		t, id := last[key], uint32(key)
		if !e.setName(id, t) {
			continue
		}
		was, is := e.direct.at(id), canonicalOf(t)
		if was != is {
			e.direct.set(id, is)
			if was != 0 {
				removed = append(removed, pairOf(was, id))
			}
			if is != 0 {
				added = append(added, pairOf(is, id))
			}
		}
		kind := kindBits(t.Kind)
		if a := e.answers.at(id); a == 0 || a&^(climbs|rest) != kind || was != is {
			if a == 0 {
				a = id
			}
			e.answers.set(id, a&(climbs|rest)|kind)
			changed = append(changed, id)
		}
	}
	e.next.direct, e.next.records = e.direct.pages, e.records.pages
	e.next.synonyms = e.next.synonyms.with(added, removed)
	return changed
}

// setName gives a tag its record, if it has none of that name. It reports whether
// the tag has one then.
func (e *edit) setName(id uint32, t archive.Tag) bool {
	old := e.records.at(id)
	if old != 0 && e.next.names.name(old) == t.Name {
		return true
	}
	at, ok := e.next.names.put(id, t.Name)
	if !ok {
		return old != 0
	}
	if old == 0 {
		e.next.count++
	}
	e.records.set(id, at)
	e.named[id] = true
	return true
}

// setLinks takes up links. The closures of children with other metatags are dirty.
func (e *edit) setLinks(c Change) {
	was, is := map[archive.TagLink]bool{}, map[archive.TagLink]bool{}
	linked := map[archive.TagID]bool{}
	for _, id := range c.Linked {
		if !known(id) || linked[id] {
			continue
		}
		linked[id] = true
		for _, l := range e.old.above.at(uint32(id)) {
			was[archive.TagLink{Parent: archive.TagID(l >> 1), Child: id, Sub: l&1 == 1}] = true
		}
		for _, l := range e.old.below.at(uint32(id)) {
			was[archive.TagLink{Parent: id, Child: archive.TagID(l >> 1), Sub: l&1 == 1}] = true
		}
	}
	for _, l := range c.Links {
		if isLink(l) && (linked[l.Parent] || linked[l.Child]) {
			is[l] = true
		}
	}
	var added, removed [2][]pair
	note := func(to *[2][]pair, l archive.TagLink) {
		parent, child := uint32(l.Parent), uint32(l.Child)
		to[0] = append(to[0], pairOf(child, linkOf(parent, l.Sub)))
		to[1] = append(to[1], pairOf(parent, linkOf(child, l.Sub)))
		if l.Sub {
			e.dirty[root(e.old.direct.at, child)] = true
			e.dirty[root(e.next.direct.at, child)] = true
		}
	}
	for l := range was {
		if !is[l] {
			note(&removed, l)
		}
	}
	for l := range is {
		if !was[l] {
			note(&added, l)
		}
	}
	e.next.above = e.next.above.with(added[0], removed[0])
	e.next.below = e.next.below.with(added[1], removed[1])
}

// spread makes dirty what hangs on the changed tags and on what is dirty.
func (e *edit) spread(changed []uint32) {
	seen := map[uint32]bool{}
	for todo := slices.Clone(changed); len(todo) > 0; {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[id] {
			continue
		}
		seen[id] = true
		canonical := root(e.next.direct.at, id)
		e.came[canonical] = append(e.came[canonical], id)
		e.dirty[canonical], e.dirty[root(e.old.direct.at, id)] = true, true
		todo = append(todo, e.next.synonyms.at(id)...)
	}
	for todo := slices.Collect(maps.Keys(e.dirty)); len(todo) > 0; {
		canonical := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		e.climb.members(canonical, func(id uint32) {
			for _, l := range e.next.below.at(id) {
				if child := root(e.next.direct.at, l>>1); l&1 == 1 && !e.dirty[child] {
					e.dirty[child] = true
					todo = append(todo, child)
				}
			}
		})
	}
}

// settle gives a canonical tag and its synonyms their answers.
func (e *edit) settle(canonical uint32) {
	if root(e.climb.direct, canonical) != canonical {
		return // its works answer for another now, which is dirty too
	}
	list := e.climb.all(canonical)
	a := e.old.answers.at(canonical) & (climbs | rest)
	was, old := e.old.closure(a)
	same := was == canonical && (slices.Equal(old, list) || len(old) == 0 && len(list) == 1)
	if !same {
		a = e.next.addClosure(canonical, list)
	}
	again := e.old.Kind(archive.TagID(canonical)) != archive.Kind(e.answers.at(canonical)>>kindShift)
	if same && !again {
		for _, id := range e.came[canonical] {
			e.answer(id, canonical, a)
		}
		return
	}
	e.climb.members(canonical, func(id uint32) {
		e.answer(id, canonical, a)
		if again {
			e.named[id] = true // it stands among another kind now
		}
	})
}

// answer gives a tag its answer, a for its canonical tag.
func (e *edit) answer(id, canonical uint32, a answer) {
	if e.records.at(id) == 0 {
		return
	}
	if e.old.Canonical(archive.TagID(id)) != archive.TagID(canonical) {
		e.named[id] = true // it is found as often as another now
	}
	was, is := e.old.answers.at(id), e.answers.at(id)&^(climbs|rest)|a
	e.answers.set(id, is)
	if was != is && (was != 0 || a != id) { // a new tag finds nothing yet
		e.moved[e.old.Canonical(archive.TagID(id))] = true
	}
}

// addRun makes starts of tags, among those of the other runs.
func (v *Vocabulary) addRun(ids map[uint32]bool) {
	if len(ids) == 0 {
		return
	}
	fresh := make([]unsorted, 1)
	for id := range ids {
		if at := v.records.at(id); at != 0 {
			fresh[0].add(v.standsAmong(id), at, v.names.key(at))
		}
	}
	v.runs = append(slices.Clip(v.runs), v.names.sorted(fresh))
	for n := len(v.runs); n > 1 && v.runs[n-2].size() < 2*v.runs[n-1].size(); n-- {
		v.runs[n-2] = v.names.merged(&v.runs[n-2], &v.runs[n-1])
		v.runs = v.runs[:n-1]
	}
}

// Fresh is how many starts of names came or moved since all were put in order:
// completing looks at all of these.
func (v *Vocabulary) Fresh() (n int) {
	for i := range v.runs {
		n += v.runs[i].size()
	}
	return n
}

// Compact returns the same vocabulary with everything in order. It costs as much as
// there are tags; Weigh must follow it.
func (v *Vocabulary) Compact() *Vocabulary {
	next := *v
	for i := len(v.runs) - 1; i >= 0; i-- {
		next.starts = v.names.merged(&next.starts, &v.runs[i])
	}
	next.runs = nil
	next.synonyms, next.above, next.below = v.synonyms.compact(), v.above.compact(), v.below.compact()
	return &next
}
