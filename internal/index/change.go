package index

import (
	"math"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// maxRow is the largest number that sets can hold.
const maxRow = math.MaxUint32

// Change is what makes one snapshot of another. Tags that its Docs have must be
// in it or known already.
type Change struct {
	Docs    []Doc              // works that are new or changed, each once
	Removed []archive.WorkID   // works that are gone; known or not
	Tags    []archive.Tag      // tags that are new or changed
	Links   *[]archive.TagLink // all links between tags, nil if they are as before
}

// With returns the index after c. Only one caller may grow the newest snapshot
// at a time; readers of any snapshot are not disturbed.
func (s *Snapshot) With(c Change) *Snapshot {
	e := &edit{next: *s, works: s.works.edit(), filters: s.filters.edit(), changed: roaring.New()}
	e.setTags(c)
	e.dropWorks(c)
	e.addWorks(c.Docs)
	e.refile(s.moved(e.next.graph, c))
	return e.done(s)
}

// moved returns the works that may be found by other tags than before.
func (s *Snapshot) moved(next *graph, c Change) *roaring.Bitmap {
	moved := roaring.New()
	if next == s.graph {
		return moved
	}
	changed := make([]archive.TagID, len(c.Tags))
	for i, t := range c.Tags {
		changed[i] = t.ID
	}
	for _, id := range s.graph.moved(next, changed) {
		moved.Or(s.sets[byTag].at(uint32(id)).Bitmap())
	}
	return moved
}

// edit is a snapshot in the making.
type edit struct {
	next    Snapshot
	works   *tableEdit[*work]
	filters *tableEdit[[]uint32]
	sets    [familyCount]*tableEdit[*setEdit] // what to put into sets and take out
	changed *roaring.Bitmap                   // rows with other numbers or keys than before
	newTags []*tag
}

// setEdit is what happens to one set. A row that a work left and another took is in both.
type setEdit struct{ added, removed []uint32 }

// setTags brings the graph up to date.
func (e *edit) setTags(c Change) {
	if len(c.Tags) == 0 && c.Links == nil {
		return
	}
	g := *e.next.graph
	tags := g.tags.edit()
	for _, t := range c.Tags {
		if t.ID <= 0 || int64(t.ID) > maxRow {
			continue
		}
		slot := tags.value(uint32(t.ID))
		if *slot == nil || (*slot).Name != t.Name || (*slot).Kind != t.Kind {
			*slot = e.newTag(t)
		} else if (*slot).Canonical != t.Canonical {
			moved := **slot
			moved.Canonical = t.Canonical
			*slot = &moved
		}
	}
	g.tags = tags.table
	if c.Links != nil {
		g.links = slices.Clone(*c.Links)
	}
	g.relate()
	e.next.graph = &g
}

func (e *edit) newTag(t archive.Tag) *tag {
	t.Uses = 0
	made := &tag{Tag: t, key: text.Key(t.Name), terms: e.next.terms.add(text.Terms(t.Name)...)}
	e.next.keyTags.add(e.next.tagKeys.add(made.key)[0], t.ID)
	e.newTags = append(e.newTags, made)
	return made
}

func (e *edit) dropWorks(c Change) {
	for _, id := range c.Removed {
		if row := uint32(id); id > 0 && int64(id) <= maxRow && e.works.at(row) != nil {
			e.replace(row, nil)
		}
	}
}

func (e *edit) addWorks(docs []Doc) {
	top := uint32(0)
	for _, d := range docs {
		if d.ID > 0 && int64(d.ID) <= maxRow {
			top = max(top, uint32(d.ID))
		}
	}
	for c, column := range e.next.columns {
		fresh := make([]int64, max(len(column), int(top)+1))
		copy(fresh, column)
		e.next.columns[c] = fresh
	}
	for _, d := range docs {
		if d.ID <= 0 || int64(d.ID) > maxRow {
			continue
		}
		for c, n := range d.numbers() {
			e.next.columns[c][d.ID] = n
		}
		e.replace(uint32(d.ID), e.work(d))
		e.changed.Add(uint32(d.ID))
	}
}

// work makes what is kept of d.
func (e *edit) work(d Doc) *work {
	w := &work{
		keeper: d.Keeper, visibility: d.Visibility & 3, complete: d.Complete,
		language: e.next.languages.add(d.Language)[0],
		passages: newPassages(d, e.next.terms),
		keys:     [keyCount]string{TitleKey(d.Title), CreatorKey(d.Creators)},
	}
	for _, c := range d.Creators {
		w.creators = append(w.creators, uint32(c.ID))
	}
	for _, s := range d.Series {
		w.series = append(w.series, uint32(s.ID))
	}
	for _, id := range d.Tags {
		w.tags = append(w.tags, uint32(id))
	}
	for _, id := range d.Focus {
		w.ownFocus = append(w.ownFocus, uint32(id))
	}
	e.file(w)
	return w
}

// file works out the tags by which w is found.
func (e *edit) file(w *work) {
	w.filters = e.next.graph.filters(w.tags)
	w.focus = e.next.graph.filters(w.ownFocus)
	w.crossover = e.next.graph.crosses(w.tags)
	w.oneShip = e.next.graph.ships(w.tags) == 1
}

// refile works out anew by which tags works are found.
func (e *edit) refile(rows *roaring.Bitmap) {
	eachRow(rows, func(row uint32) {
		old := e.works.at(row)
		if old == nil {
			return
		}
		w := *old
		e.file(&w)
		if w.crossover == old.crossover && w.oneShip == old.oneShip && slices.Equal(w.filters, old.filters) && slices.Equal(w.focus, old.focus) {
			return
		}
		*e.works.value(row), *e.filters.value(row) = &w, w.filters
		e.exchange(row, filterKeys(old), filterKeys(&w))
	})
}

// exchange takes row out of the sets it was in and puts it into those it is in
// now. Both lists are ascending.
func (e *edit) exchange(row uint32, before, after []setKey) {
	for len(before) > 0 || len(after) > 0 {
		switch {
		case len(after) == 0 || len(before) > 0 && before[0] < after[0]:
			e.take(before[0], row)
			before = before[1:]
		case len(before) == 0 || after[0] < before[0]:
			e.put(after[0], row)
			after = after[1:]
		default:
			before, after = before[1:], after[1:]
		}
	}
}

// replace puts w, or nothing, in the place of the work at row.
func (e *edit) replace(row uint32, w *work) {
	slot := e.works.value(row)
	old := *slot
	*slot, *e.filters.value(row) = w, nil
	if w != nil {
		*e.filters.value(row) = w.filters
	}
	if old == nil {
		e.eachKey(w, func(k setKey) { e.put(k, row) })
		return
	}
	e.exchange(row, e.keys(old), e.keys(w))
	if w == nil {
		e.changed.Add(row)
	}
}

func (e *edit) put(k setKey, row uint32) {
	x := e.set(k)
	x.added = append(x.added, row)
}

func (e *edit) take(k setKey, row uint32) {
	x := e.set(k)
	x.removed = append(x.removed, row)
}

func (e *edit) set(k setKey) *setEdit {
	family, number := k.parts()
	if e.sets[family] == nil {
		e.sets[family] = table[*setEdit]{}.edit()
	}
	slot := e.sets[family].value(number)
	if *slot == nil {
		*slot = &setEdit{}
	}
	return *slot
}

// done makes the sets and returns the snapshot.
func (e *edit) done(old *Snapshot) *Snapshot {
	next := e.next
	next.works, next.filters = e.works.table, e.filters.table
	for f, edits := range e.sets {
		if edits == nil {
			continue
		}
		sets := next.sets[f].edit()
		edits.each(func(number uint32, x *setEdit) {
			if x != nil && len(x.added)+len(x.removed) > 0 {
				slices.Sort(x.added)
				slices.Sort(x.removed)
				slot := sets.value(number)
				*slot = (*slot).with(slices.Compact(x.added), slices.Compact(x.removed))
			}
		})
		next.sets[f] = sets.table
	}
	all := roaring.New()
	for vis := archive.Private; vis <= archive.Public; vis++ {
		all.Or(next.sets[byVisibility].at(uint32(vis)).Bitmap())
	}
	next.all = all
	next.names = old.names.with(e.newTags)
	next.orders = old.orders.with(&next, e.changed)
	next.counters = &counters{}
	return &next
}

// keyTags lists the tags of each name. Like a dictionary it only grows, and is shared.
type keyTags struct {
	mu   sync.RWMutex
	tags map[uint32][]archive.TagID // by number of the key
}

func (k *keyTags) at(key uint32) []archive.TagID {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.tags[key]
}

func (k *keyTags) add(key uint32, id archive.TagID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !slices.Contains(k.tags[key], id) {
		k.tags[key] = append(k.tags[key], id)
	}
}
