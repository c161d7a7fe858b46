package fulltext

import (
	"fmt"
	"slices"
	"sort"
)

// Form is a term that may stand at a place of a phrase, and its list in a segment.
type Form struct {
	List
	English bool // only in English documents: it is a form of the word that was asked for
}

// Search is a phrase and what a segment has of it.
type Search struct {
	Slots   [][]Form // of each word; a word of which the segment has none ends the search
	Pairs   []List   // of words side by side, which the documents must have too
	Size    int      // documents of the segment
	English Set
	Within  Set                  // only these documents; nil is all
	Load    func([]*Piece) error // reads pieces; those that are there already it leaves alone
}

// Find returns the documents of a segment that hold a phrase.
func (s *Search) Find() (Set, error) {
	if err := s.LoadHeads(); err != nil {
		return nil, err
	}
	if len(s.Slots) == 1 {
		set, err := s.union(s.Slots[0])
		if err == nil && s.Within != nil {
			set.meet(s.Within)
		}
		return set, err
	}
	hits, err := s.candidates()
	if err != nil || len(hits) == 0 {
		return NewSet(s.Size), err
	}
	if s.pairsTell() {
		found := NewSet(s.Size)
		for _, doc := range hits[0].docs {
			found.Add(doc)
		}
		return found, nil
	}
	return s.verify(hits)
}

// pairsTell reports whether a list of a pair is all that is asked for.
func (s *Search) pairsTell() bool { return len(s.Slots) == 2 && len(s.Pairs) == 1 }

// LoadHeads reads the documents of all lists.
func (s *Search) LoadHeads() error {
	var pieces []*Piece
	for _, forms := range s.Slots {
		for i := range forms {
			pieces = append(pieces, &forms[i].Heads)
		}
	}
	for i := range s.Pairs {
		pieces = append(pieces, &s.Pairs[i].Heads)
	}
	return s.Load(pieces)
}

// union returns the documents that have one of forms.
func (s *Search) union(forms []Form) (Set, error) {
	set := NewSet(s.Size)
	for i := range forms {
		c := forms[i].cursor()
		for c.next() {
			if forms[i].English && !s.English.Has(c.doc) {
				continue
			}
			if int(c.doc) >= s.Size {
				return nil, fmt.Errorf("document %d of %d: %w", c.doc, s.Size, Damaged)
			}
			set.Add(c.doc)
		}
		if err := c.err(); err != nil {
			return nil, err
		}
	}
	return set, nil
}

// hits are the documents of a word, and for each where its places stand. A
// document comes once for every form that it has.
type hits struct {
	docs []uint32
	at   []stretch
}

type stretch struct {
	form     int
	from, to int
}

func (h *hits) Len() int           { return len(h.docs) }
func (h *hits) Less(i, j int) bool { return h.docs[i] < h.docs[j] }
func (h *hits) Swap(i, j int) {
	h.docs[i], h.docs[j] = h.docs[j], h.docs[i]
	h.at[i], h.at[j] = h.at[j], h.at[i]
}

// candidates are the hits of every word, in documents that have all.
func (s *Search) candidates() ([]hits, error) {
	order := make([]int, len(s.Slots))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return frequency(s.Slots[a]) - frequency(s.Slots[b]) })
	may, err := s.union(s.Slots[order[0]])
	if err != nil {
		return nil, err
	}
	if s.Within != nil {
		may.meet(s.Within)
	}
	for i := range s.Pairs {
		pair, err := s.union([]Form{{List: s.Pairs[i]}})
		if err != nil {
			return nil, err
		}
		may.meet(pair)
	}
	for _, i := range order[1:] {
		all, err := s.union(s.Slots[i])
		if err != nil {
			return nil, err
		}
		may.meet(all)
	}
	if may.Len() == 0 {
		return nil, nil
	}
	found := make([]hits, len(s.Slots))
	for i, forms := range s.Slots {
		found[i] = s.within(forms, may)
	}
	return found, nil
}

func (s Set) meet(other Set) {
	for i := range s {
		s[i] &= other[i]
	}
}

func frequency(forms []Form) int {
	n := 0
	for i := range forms {
		n += forms[i].Docs
	}
	return n
}

// within returns the hits of forms in documents of a set.
func (s *Search) within(forms []Form, may Set) (h hits) {
	for i := range forms {
		c := forms[i].cursor()
		for c.next() {
			if may.Has(c.doc) && (!forms[i].English || s.English.Has(c.doc)) {
				h.docs = append(h.docs, c.doc)
				h.at = append(h.at, stretch{i, c.from, c.to})
			}
		}
	}
	if len(forms) > 1 {
		sort.Stable(&h)
	}
	return h
}

// verify reads the places of the hits, and returns the documents in which they
// stand side by side.
func (s *Search) verify(found []hits) (Set, error) {
	if err := s.loadPlaces(found); err != nil {
		return nil, err
	}
	set := NewSet(s.Size)
	at := make([]int, len(found))
	var these, next []uint32
	for at[0] < len(found[0].docs) {
		doc := found[0].docs[at[0]]
		whole := true
		for i := range found {
			var err error
			next, at[i], err = s.places(next[:0], i, &found[i], at[i], doc)
			if err != nil {
				return nil, err
			}
			if i == 0 {
				these, next = next, these
			} else if whole {
				these = follow(these, next)
			}
			whole = whole && len(these) > 0
		}
		if whole {
			set.Add(doc)
		}
	}
	return set, nil
}

// places appends the places of a word in a document, ascending, and returns
// where the next document of its hits begins.
func (s *Search) places(into []uint32, slot int, h *hits, at int, doc uint32) ([]uint32, int, error) {
	forms := 0
	for ; at < len(h.docs) && h.docs[at] == doc; at++ {
		var err error
		stand := h.at[at]
		into, err = s.Slots[slot][stand.form].appendPlaces(into, stand.from, stand.to)
		if err != nil {
			return into, at, err
		}
		forms++
	}
	if forms > 1 {
		slices.Sort(into)
	}
	return into, at, nil
}

// follow keeps of next what comes right behind one of these, in the room of these.
func follow(these, next []uint32) []uint32 {
	kept, i := these[:0], 0
	for _, place := range these {
		for i < len(next) && next[i] <= place {
			i++
		}
		if i < len(next) && next[i] == place+1 {
			kept = append(kept, place+1)
		}
	}
	return kept
}

// loadPlaces reads the pieces that hold places of the hits.
func (s *Search) loadPlaces(found []hits) error {
	var pieces []*Piece
	for slot := range found {
		var last *Piece
		for _, stand := range found[slot].at {
			p, start := s.Slots[slot][stand.form].at(stand.from)
			if p == nil || stand.to-start > p.Size {
				return fmt.Errorf("places are missing: %w", Damaged)
			}
			if p != last && p.Data == nil {
				pieces, last = append(pieces, p), p
			}
		}
	}
	return s.Load(pieces)
}

// EachPlace calls f with the places of a word of the search in documents of a
// set, document by document for each form of the word. What it reads it reads at once.
func (s *Search) EachPlace(slot int, within Set, f func(doc uint32, places []uint32)) error {
	h := s.within(s.Slots[slot], within)
	only := Search{Slots: s.Slots[slot : slot+1], Load: s.Load}
	if err := only.loadPlaces([]hits{h}); err != nil {
		return err
	}
	var room []uint32
	for i, doc := range h.docs {
		var err error
		room, err = s.Slots[slot][h.at[i].form].appendPlaces(room[:0], h.at[i].from, h.at[i].to)
		if err != nil {
			return err
		}
		f(doc, room)
	}
	return nil
}

// EachDocument calls f with the documents of a list, whose heads were read.
func (s *Search) EachDocument(form Form, f func(doc uint32)) error {
	c := form.cursor()
	for c.next() {
		if int(c.doc) >= s.Size {
			c.fail()
			break
		}
		if !form.English || s.English.Has(c.doc) {
			f(c.doc)
		}
	}
	return c.err()
}

// PlacesSize is how many bytes the places of a word take.
func (s *Search) PlacesSize(slot int) (size int) {
	for _, form := range s.Slots[slot] {
		for _, p := range form.Places {
			size += p.Size
		}
	}
	return size
}
