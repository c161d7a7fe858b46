package segment

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/base/packed"
)

// none stands for an ordinal that there is not.
const none = math.MaxUint32

// fewRows is up to where one worker is enough.
const fewRows = 4096

// building is a segment in the making.
type building struct {
	*Builder // the first: it gets to know what the others do
	s        *Segment
	sources  []source
	sparse   bool     // the family being made lists the numbers of its sets
	rows     []uint32 // in the order of the segment: how many rows were added before, to this builder and those before it
}

// source is a builder and what its numbers have become.
type source struct {
	*Builder
	from     int        // rows of the builders before it
	ordinals []uint32   // by slot
	cells    []uint32   // new numbers by old ones
	places   [][]uint32 // by old number of a cell: for each slot of its key its place, from 0
	terms    []uint32   // new numbers by old ones
}

// Build makes the segment of all that was added to b and to others, which have
// the options of b. None of them must be used afterwards.
func (b *Builder) Build(others ...*Builder) *Segment {
	x := &building{Builder: b, s: &Segment{First: b.First}, sources: []source{{Builder: b}}}
	n := len(b.at)
	for _, o := range others {
		x.sources = append(x.sources, source{Builder: o, from: n})
		n += len(o.at)
		x.heed(o)
	}
	x.rows = packed.Identity(n)
	if n < fewRows {
		b.Workers = 1
	}
	x.numberTags()
	x.orderCells()
	x.orderTerms()
	x.orderRows()
	x.writeRows()
	x.sources, x.rows = nil, nil
	b.at, b.chunks, b.ids = nil, nil, nil
	x.makeOrders()
	x.makeFamilies()
	return x.s
}

// heed widens what is known of all rows by those of another builder.
func (x *building) heed(o *Builder) {
	x.idSpan = x.idSpan.And(o.idSpan)
	for c := range x.spans {
		x.spans[c] = x.spans[c].And(o.spans[c])
	}
	for f := range x.pairs {
		x.pairs[f] += o.pairs[f]
		x.most[f] = max(x.most[f], o.most[f])
	}
}

// source returns the builder that row i was added to.
func (x *building) source(i uint32) *source {
	k := len(x.sources) - 1
	for int(i) < x.sources[k].from {
		k--
	}
	return &x.sources[k]
}

// numberTags numbers the filter tags, or finds their numbers.
func (x *building) numberTags() {
	slots := make([][]uint32, len(x.sources)) // those here of the slots of the others
	for k, o := range x.sources[1:] {
		slots[k+1] = make([]uint32, len(o.slots.tags))
		for slot, tag := range o.slots.tags {
			here := x.slots.of(tag).number()
			x.slots.uses[here] += o.slots.uses[slot]
			slots[k+1][slot] = here
		}
	}
	ordinals := x.numberSlots()
	for k := range x.sources {
		if k == 0 {
			x.sources[0].ordinals = ordinals
			continue
		}
		for slot, here := range slots[k] {
			slots[k][slot] = ordinals[here]
		}
		x.sources[k].ordinals = slots[k]
	}
}

// numberSlots returns the ordinals of the slots, none if works are not found by them.
func (x *building) numberSlots() []uint32 {
	ordinals := make([]uint32, len(x.slots.tags))
	numbers := x.Numbering
	var fresh []numbered
	for slot, tag := range x.slots.tags {
		ordinals[slot] = none
		if x.slots.uses[slot] == 0 {
			continue
		}
		if numbers != nil {
			if ord, ok := numbers.Ordinal(tag); ok {
				ordinals[slot] = ord
				continue
			}
		}
		fresh = append(fresh, numbered{tag: tag, kind: x.slots.of(tag).kind(), uses: x.slots.uses[slot], slot: uint32(slot)})
	}
	if numbers == nil {
		numbers = newNumbering(fresh, x.heads(), x.Workers)
	} else {
		numbers = numbers.grown(fresh)
	}
	x.s.numbering = numbers
	for _, t := range fresh {
		ordinals[t.slot] = t.ord
	}
	return ordinals
}

// orderCells sorts cells by how frequent they are, and languages by their codes.
func (x *building) orderCells() {
	s := x.s
	s.languages = x.allLanguages()
	numbers := map[string]uint32{}
	var all []Cell
	for k := range x.sources {
		o := &x.sources[k]
		languages := o.languagesIn(s.languages)
		o.cells, o.places = make([]uint32, len(o.cellKeys)), make([][]uint32, len(o.cellKeys))
		for i, key := range o.cellKeys {
			var c Cell
			c, o.places[i] = o.cellOf(key, languages)
			name := string(cellKey(nil, c.Traits, c.Visibility, uint32(c.Language), c.Small))
			n, ok := numbers[name]
			if !ok {
				n = uint32(len(all))
				all, numbers[name] = append(all, c), n
			}
			all[n].N += o.cellUses[i]
			o.cells[i] = n
		}
	}
	order := packed.Identity(len(all))
	slices.SortFunc(order, func(i, j uint32) int { return compareCells(all[i], all[j]) })
	at := make([]uint32, len(all))
	s.cells = make([]Cell, len(all))
	for n, i := range order {
		at[i], s.cells[n] = uint32(n), all[i]
	}
	for _, o := range x.sources {
		for i, n := range o.cells {
			o.cells[i] = at[n]
		}
	}
}

// allLanguages lists the codes of all languages, ascending.
func (x *building) allLanguages() []string {
	codes := []string{}
	for _, o := range x.sources {
		for code := range o.languages {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	return codes[:min(len(codes), math.MaxUint16+1)]
}

// languagesIn returns where in codes the languages of a builder are.
func (b *Builder) languagesIn(codes []string) []uint16 {
	at := make([]uint16, len(b.languages))
	for code, n := range b.languages {
		if i, ok := slices.BinarySearch(codes, code); ok {
			at[n] = uint16(i)
		}
	}
	return at
}

// cellOf returns the cell of a key without its rows, and the place of each slot of
// the key in it.
func (o *source) cellOf(key string, languages []uint16) (Cell, []uint32) {
	c := Cell{Traits: Traits(key[0]), Visibility: archive.Visibility(key[1])}
	if lang := int(key[2]) | int(key[3])<<8; lang < len(languages) {
		c.Language = languages[lang]
	}
	for small := []byte(key[4:]); len(small) > 0; small = small[4:] {
		c.Small = append(c.Small, o.ordinals[binary.LittleEndian.Uint32(small)])
	}
	asAdded := slices.Clone(c.Small)
	slices.Sort(c.Small)
	places := make([]uint32, len(asAdded))
	for i, ord := range asAdded {
		at, _ := slices.BinarySearch(c.Small, ord)
		places[i] = uint32(at)
	}
	return c, places
}

func compareCells(a, b Cell) int {
	return cmp.Or(cmp.Compare(b.N, a.N), slices.Compare(a.Small, b.Small), cmp.Compare(a.Language, b.Language),
		cmp.Compare(a.Traits, b.Traits), cmp.Compare(a.Visibility, b.Visibility))
}

// orderTerms gives the most frequent terms the smallest numbers.
func (x *building) orderTerms() {
	here := x.allTerms()
	t := &x.s.terms
	ascending := packed.Identity(len(x.words))
	slices.SortFunc(ascending, func(a, b uint32) int { return cmp.Compare(x.words[a], x.words[b]) })
	rarity := make([]uint32, len(x.words))
	for i, n := range x.termUses {
		rarity[i] = ^n
	}
	order := slices.Clone(ascending)
	packed.Sort32(order, rarity, x.Workers)
	numbers := make([]uint32, len(x.words))
	for number, i := range order {
		numbers[i] = uint32(number)
	}
	t.at, t.number = append(make([]uint32, 0, len(ascending)+1), 0), make([]uint32, len(ascending))
	for rank, i := range ascending {
		t.text = append(t.text, x.words[i]...)
		t.at = append(t.at, uint32(len(t.text)))
		t.number[rank] = numbers[i]
	}
	for k := range x.sources {
		for i, n := range here[k] {
			here[k][i] = numbers[n]
		}
		x.sources[k].terms = here[k]
	}
	x.Builder.terms, x.words = nil, nil
}

// allTerms makes the terms of all builders known to the first, and returns what
// numbers the terms of each have in it.
func (x *building) allTerms() [][]uint32 {
	here := make([][]uint32, len(x.sources))
	here[0] = packed.Identity(len(x.words))
	for k, o := range x.sources[1:] {
		here[k+1] = make([]uint32, len(o.words))
		for i, word := range o.words {
			n := x.termNumber(word)
			x.termUses[n] += o.termUses[i]
			here[k+1][i] = n
		}
	}
	return here
}

// orderRows decides the order of rows: main fandom, second fandom, date, id.
func (x *building) orderRows() {
	n := len(x.rows)
	ids, fandoms := make([]uint64, n), make([]uint64, n)
	updated := x.spans[Updated].Column(n)
	packed.Fork(x.Workers, n, func(_, from, to int) {
		for i := from; i < to; i++ {
			o := x.source(uint32(i))
			ids[i] = uint64(o.ids[i-o.from]) ^ 1<<63
			r := o.added(i - o.from)
			r.number()
			r.skip(uint64(Updated))
			updated.Put(i, r.signed())
			r.skip(uint64(ColumnCount - Updated - 1))
			main, second := uint32(none), uint32(none)
			for k := r.number(); k > 0; k-- {
				if ord := o.ordinals[r.number()]; ord < main {
					main, second = ord, main
				} else {
					second = min(second, ord)
				}
			}
			fandoms[i] = uint64(main)<<32 | uint64(second)
		}
	})
	if !slices.IsSorted(ids) {
		packed.Sort64(x.rows, ids, x.Workers)
	}
	sortByColumn(x.rows, updated, x.Workers)
	packed.Sort64(x.rows, fandoms, x.Workers)
}

// sortByColumn sorts rows by a column, and leaves equal ones in their order.
func sortByColumn(rows []uint32, c packed.Column, workers int) {
	if c.Wide == nil {
		packed.Sort32(rows, c.Low, workers)
		return
	}
	keys := make([]uint64, len(c.Wide))
	for i, n := range c.Wide {
		keys[i] = uint64(n) ^ 1<<63
	}
	packed.Sort64(rows, keys, workers)
}

// added returns the record that the builder has of a row.
func (b *Builder) added(i int) record {
	at := b.at[i]
	chunk := b.chunks[at>>32]
	if next := i + 1; next < len(b.at) && b.at[next]>>32 == at>>32 {
		chunk = chunk[:uint32(b.at[next])]
	}
	return record{chunk[uint32(at):]}
}

// signed reads the next number, which may be negative.
func (r *record) signed() int64 {
	n := r.number()
	return int64(n>>1) ^ -int64(n&1)
}

// makeOrders sorts the rows by everything.
func (x *building) makeOrders() {
	s := x.s
	n := s.Len()
	s.byID = packed.Identity(n)
	sortByColumn(s.byID, s.ids, x.Workers)
	for by := range OrderCount {
		rows := slices.Clone(s.byID)
		switch by {
		case ByTitleKey:
			packed.SortStrings(rows, func(i uint32) []byte { return s.TitleKey(s.First + i) }, x.Workers)
		case ByCreatorKey:
			packed.SortStrings(rows, func(i uint32) []byte { return s.CreatorKey(s.First + i) }, x.Workers)
		case ByLoved:
			packed.Sort32(rows, s.loved(x.Workers), x.Workers)
		default:
			sortByColumn(rows, s.columns[by], x.Workers)
		}
		s.orders[by] = s.ranked(rows, x.Workers)
	}
}

// loved returns how well every row is loved for its size.
func (s *Segment) loved(workers int) []uint32 {
	keys := make([]uint32, s.Len())
	packed.Fork(workers, len(keys), func(_, from, to int) {
		for i := from; i < to; i++ {
			keys[i] = Loved(s.columns[Kudos].At(i), s.columns[Hits].At(i), s.columns[Chapters].At(i))
		}
	})
	return keys
}

// ranked makes an order of rows less First.
func (s *Segment) ranked(rows []uint32, workers int) Order {
	rank := make([]uint32, len(rows))
	packed.Fork(workers, len(rows), func(_, from, to int) {
		for i := from; i < to; i++ {
			rank[rows[i]] = uint32(i)
			rows[i] += s.First
		}
	})
	return Order{rows, rank}
}
