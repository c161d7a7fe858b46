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
	if s.pairsTell() {
		return s.pairOnly()
	}
	if err := s.LoadHeads(); err != nil {
		return nil, err
	}
	if len(s.Slots) == 1 {
		return s.union(s.Slots[0])
	}
	hits, err := s.candidates()
	if err != nil || len(hits) == 0 {
		return NewSet(s.Size), err
	}
	return s.verify(hits)
}

// pairsTell reports whether a list of a pair is all that is asked for.
func (s *Search) pairsTell() bool { return len(s.Slots) == 2 && len(s.Pairs) == 1 }

func (s *Search) pairOnly() (Set, error) {
	if err := s.Load([]*Piece{&s.Pairs[0].Heads}); err != nil {
		return nil, err
	}
	return s.union([]Form{{List: s.Pairs[0]}})
}

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

// union returns the documents that have one of forms, of those asked about.
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
	if s.Within != nil {
		set.meet(s.Within)
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
	next := make([]int, len(found)) // hit of each word
	ends := make([]int, len(found))
	order := make([]int, len(found))
	var room, starts []uint32
	for next[0] < len(found[0].docs) {
		doc := found[0].docs[next[0]]
		for i := range found {
			order[i], ends[i] = i, next[i]
			for ends[i] < len(found[i].docs) && found[i].docs[ends[i]] == doc {
				ends[i]++
			}
		}
		// The word with the fewest places first: most phrases end there.
		slices.SortFunc(order, func(a, b int) int {
			return found[a].bytes(next[a], ends[a]) - found[b].bytes(next[b], ends[b])
		})
		var err error
		for n, i := range order {
			stands := found[i].at[next[i]:ends[i]]
			switch {
			case n == 0:
				starts, err = s.places(starts[:0], i, stands)
				starts = before(starts, uint32(i))
			case len(stands) == 1:
				starts, err = s.Slots[i][stands[0].form].among(starts, uint32(i), stands[0])
			default:
				room, err = s.places(room[:0], i, stands)
				starts = shared(starts, before(room, uint32(i)))
			}
			if err != nil {
				return nil, err
			}
			if len(starts) == 0 {
				break
			}
		}
		if len(starts) > 0 {
			set.Add(doc)
		}
		copy(next, ends)
	}
	return set, nil
}

// bytes are how long the places of some hits are.
func (h *hits) bytes(from, to int) (n int) {
	for _, stand := range h.at[from:to] {
		n += stand.to - stand.from
	}
	return n
}

// places appends the places of a word in one document, ascending.
func (s *Search) places(into []uint32, slot int, stands []stretch) ([]uint32, error) {
	for _, stand := range stands {
		var err error
		if into, err = s.Slots[slot][stand.form].appendPlaces(into, stand.from, stand.to); err != nil {
			return into, err
		}
	}
	if len(stands) > 1 {
		slices.Sort(into)
	}
	return into, nil
}

// before are the places that lie n before places, in their room.
func before(places []uint32, n uint32) []uint32 {
	kept := places[:0]
	for _, place := range places {
		if place > n {
			kept = append(kept, place-n)
		}
	}
	return kept
}

// shared keeps of a what b has too.
func shared(a, b []uint32) []uint32 {
	kept, j := a[:0], 0
	for _, n := range a {
		for j < len(b) && b[j] < n {
			j++
		}
		if j < len(b) && b[j] == n {
			kept = append(kept, n)
		}
	}
	return kept
}

// among keeps of starts those behind which, so many words on, the list has a
// place. It reads no further than it must.
func (l *List) among(starts []uint32, on uint32, stand stretch) ([]uint32, error) {
	p, start := l.at(stand.from)
	if p == nil || stand.to-start > len(p.Data) {
		return nil, fmt.Errorf("places are missing: %w", Damaged)
	}
	kept, i, place := starts[:0], 0, uint32(0)
	for b := p.Data[stand.from-start : stand.to-start]; len(b) > 0 && i < len(starts); {
		gap, n := uint32(b[0]), 1
		if gap >= oneTo {
			if gap, n = longGap(b); n == 0 {
				return nil, fmt.Errorf("a place cannot be read: %w", Damaged)
			}
		}
		place, b = place+gap, b[n:]
		for i < len(starts) && starts[i]+on < place {
			i++
		}
		if i < len(starts) && starts[i]+on == place {
			kept = append(kept, starts[i])
			i++
		}
	}
	return kept, nil
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
