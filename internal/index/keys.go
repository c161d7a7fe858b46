package index

import "slices"

// setKey names a set: its family and its number there.
type setKey uint64

func keyOf(f family, number uint32) setKey { return setKey(f)<<32 | setKey(number) }

func (k setKey) parts() (family, uint32) { return family(k >> 32), uint32(k) }

// eachKey calls f for the sets that w is in. It may call it for one set more
// than once.
func (e *edit) eachKey(w *work, f func(setKey)) {
	f(keyOf(byKeeper, uint32(w.keeper)))
	f(keyOf(byVisibility, uint32(w.visibility)))
	f(keyOf(byLanguage, w.language))
	if w.complete {
		f(keyOf(byTrait, uint32(Complete)))
	}
	for _, id := range w.creators {
		f(keyOf(byCreator, id))
	}
	for _, id := range w.series {
		f(keyOf(bySeries, id))
	}
	for _, k := range filterKeys(w) {
		f(k)
	}
	for _, id := range w.tags {
		if t := e.next.graph.tags.at(id); t != nil {
			for _, term := range t.terms {
				f(keyOf(family(InTags), term))
			}
		}
	}
	w.passages.each(func(place Place, term uint32, ok bool) {
		if ok {
			f(keyOf(family(place), term))
		}
	})
}

// filterKeys returns those of the sets that w is in that follow from how tags
// stand to each other, ascending.
func filterKeys(w *work) []setKey {
	keys := make([]setKey, 0, len(w.filters)+1)
	for _, id := range w.filters {
		keys = append(keys, keyOf(byTag, id))
	}
	if w.crossover {
		keys = append(keys, keyOf(byTrait, uint32(Crossover)))
	}
	if w.oneShip {
		keys = append(keys, keyOf(byTrait, uint32(OneShip)))
	}
	for _, id := range w.focus {
		keys = append(keys, keyOf(byFocus, id))
	}
	return keys
}

// keys returns the sets that w is in, ascending. Nothing is in none.
func (e *edit) keys(w *work) []setKey {
	if w == nil {
		return nil
	}
	var keys []setKey
	e.eachKey(w, func(k setKey) { keys = append(keys, k) })
	slices.Sort(keys)
	return slices.Compact(keys)
}
