package fulltext

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"

	"ficstead/internal/base/packed"
)

// Form is a term that may stand at a place of a phrase, and its list in a segment.
type Form struct {
	List
	English bool  // only in English documents: it is a form of the word that was asked for
	near    int32 // the piece of places that was looked for last
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
	form     int32
	piece    int32 // that they stand in; known when it was read
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
				h.at = append(h.at, stretch{form: int32(i), from: c.from, to: c.to})
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
	set, docs := NewSet(s.Size), found[0].docs
	parts, split := 1, uint32(math.MaxUint32)
	if len(docs) > manyHits { // at a border of the words of set, so that two may write it
		parts, split = 2, docs[len(docs)/2]&^63
	}
	var failed [2]error
	packed.Fork(parts, parts, func(part, _, _ int) {
		v := verifier{Search: s, found: found, set: set, next: make([]int, len(found)), end: split}
		if part > 0 {
			v.end = math.MaxUint32
			for i := range found {
				v.next[i] = sort.Search(len(found[i].docs), func(k int) bool { return found[i].docs[k] >= split })
			}
		}
		failed[part] = v.run()
	})
	return set, errors.Join(failed[:]...)
}

// manyHits is from where on two processors verify them.
const manyHits = 2000

// verifier goes through documents before one, and adds those to set in which the
// words stand side by side.
type verifier struct {
	*Search
	found  []hits
	set    Set
	next   []int // hit of each word
	end    uint32
	starts []uint32
	room   []uint32
}

func (v *verifier) run() error {
	ends, order, sizes := make([]int, len(v.found)), make([]int, len(v.found)), make([]int, len(v.found))
	first := &v.found[0]
	for v.next[0] < len(first.docs) && first.docs[v.next[0]] < v.end {
		doc := first.docs[v.next[0]]
		for i := range v.found {
			h := &v.found[i]
			ends[i], sizes[i] = v.next[i], 0
			for ends[i] < len(h.docs) && h.docs[ends[i]] == doc {
				sizes[i] += h.at[ends[i]].to - h.at[ends[i]].from
				ends[i]++
			}
			// The word with the fewest places first: most phrases end there.
			k := i
			for ; k > 0 && sizes[order[k-1]] > sizes[i]; k-- {
				order[k] = order[k-1]
			}
			order[k] = i
		}
		side, err := v.sideBySide(order, ends)
		if err != nil {
			return err
		}
		if side {
			v.set.Add(doc)
		}
		copy(v.next, ends)
	}
	return nil
}

// sideBySide reports whether the words stand so in the document of their next hits.
func (v *verifier) sideBySide(order, ends []int) (_ bool, err error) {
	for n, i := range order {
		stands := v.found[i].at[v.next[i]:ends[i]]
		switch {
		case n == 0:
			v.starts, err = v.places(v.starts[:0], i, stands)
			v.starts = before(v.starts, uint32(i))
		case len(stands) == 1:
			v.starts, err = v.Slots[i][stands[0].form].among(v.starts, uint32(i), stands[0])
		default:
			v.room, err = v.places(v.room[:0], i, stands)
			v.starts = shared(v.starts, before(v.room, uint32(i)))
		}
		if err != nil || len(v.starts) == 0 {
			return false, err
		}
	}
	return true, nil
}

// places appends the places of a word in one document, ascending.
func (s *Search) places(into []uint32, slot int, stands []stretch) ([]uint32, error) {
	for _, stand := range stands {
		var err error
		if into, err = s.Slots[slot][stand.form].appendPlaces(into, stand); err != nil {
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
	b, err := l.stand(stand)
	kept, i, place := starts[:0], 0, uint32(0)
	for len(b) > 0 && i < len(starts) {
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
	return kept, err
}

// loadPlaces reads the pieces that hold places of the hits.
func (s *Search) loadPlaces(found []hits) error {
	var pieces []*Piece
	for slot := range found {
		forms := s.Slots[slot]
		var last *Piece
		for i := range found[slot].at {
			stand := &found[slot].at[i]
			l := &forms[stand.form].List
			if stand.piece = int32(l.pieceAt(stand.from, int(forms[stand.form].near))); stand.piece < 0 {
				return fmt.Errorf("places are missing: %w", Damaged)
			}
			forms[stand.form].near = stand.piece
			p := &l.Places[stand.piece]
			if stand.to-p.start > p.Size {
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
		room, err = s.Slots[slot][h.at[i].form].appendPlaces(room[:0], h.at[i])
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
