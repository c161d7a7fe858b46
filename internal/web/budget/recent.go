package budget

// recent remembers values by key, those that were asked for last, up to most of
// them. It holds two generations; when the young one is full, the old is forgotten.
type recent[K comparable, V any] struct {
	most       int
	young, old map[K]V
}

func (r *recent[K, V]) get(key K) (v V, ok bool) {
	if v, ok = r.young[key]; ok {
		return v, true
	}
	if v, ok = r.old[key]; ok {
		r.set(key, v)
	}
	return v, ok
}

func (r *recent[K, V]) set(key K, v V) {
	if _, known := r.young[key]; r.young == nil || !known && len(r.young) >= r.most/2 {
		r.old, r.young = r.young, map[K]V{}
	}
	r.young[key] = v
}
