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
	*Builder
	s        *Segment
	ordinals []uint32          // by slot, none if works are not found by it
	slotOf   map[uint32]uint32 // of small ordinals
	cells    []uint32          // new numbers by old ones
	terms    []uint32          // new numbers by old ones
	sparse   bool              // the family being made lists the numbers of its sets
	rows     []uint32          // in the order of the segment: how many rows were added before
}

// Build makes the segment. The builder must not be used afterwards.
func (b *Builder) Build() *Segment {
	if len(b.at) < fewRows {
		b.Workers = 1
	}
	x := &building{Builder: b, s: &Segment{First: b.First}}
	x.numberTags()
	x.orderCells()
	x.orderTerms()
	x.orderRows()
	x.writeRows()
	x.at, x.chunks, x.ids, x.rows = nil, nil, nil, nil
	x.makeOrders()
	x.makeFamilies()
	return x.s
}

// numberTags numbers the filter tags, or finds their numbers.
func (x *building) numberTags() {
	x.ordinals = make([]uint32, len(x.slots.tags))
	numbers := x.Numbering
	var fresh []numbered
	for slot, tag := range x.slots.tags {
		x.ordinals[slot] = none
		if x.tagged[slot].uses == 0 {
			continue
		}
		if numbers != nil {
			if ord, ok := numbers.Ordinal(tag); ok {
				x.ordinals[slot] = ord
				continue
			}
		}
		fresh = append(fresh, numbered{tag: tag, kind: x.tagged[slot].kind, uses: x.tagged[slot].uses, slot: uint32(slot)})
	}
	if numbers == nil {
		numbers = newNumbering(fresh, x.heads(), x.Workers)
	} else {
		numbers = numbers.grown(fresh)
	}
	x.s.numbering = numbers
	for _, t := range fresh {
		x.ordinals[t.slot] = t.ord
	}
	x.slotOf = map[uint32]uint32{}
	for slot, ord := range x.ordinals {
		if ord != none && isSmall(x.tagged[slot].kind) {
			x.slotOf[ord] = uint32(slot)
		}
	}
}

// orderCells sorts cells by how frequent they are, and languages by their codes.
func (x *building) orderCells() {
	s := x.s
	s.languages = make([]string, 0, len(x.languages))
	for code := range x.languages {
		s.languages = append(s.languages, code)
	}
	slices.Sort(s.languages)
	language := make([]uint16, len(s.languages))
	for i, code := range s.languages {
		language[x.languages[code]] = uint16(i)
	}
	all := make([]Cell, len(x.cellKeys))
	for i, key := range x.cellKeys {
		c := Cell{Traits: Traits(key[0]), Visibility: archive.Visibility(key[1]), N: x.cellUses[i]}
		if lang := int(key[2]) | int(key[3])<<8; lang < len(language) {
			c.Language = language[lang]
		}
		for small := []byte(key[4:]); len(small) > 0; small = small[4:] {
			c.Small = append(c.Small, x.ordinals[binary.LittleEndian.Uint32(small)])
		}
		slices.Sort(c.Small)
		all[i] = c
	}
	order := packed.Identity(len(all))
	slices.SortFunc(order, func(i, j uint32) int { return compareCells(all[i], all[j]) })
	x.cells, s.cells = make([]uint32, len(all)), make([]Cell, len(all))
	for n, i := range order {
		x.cells[i], s.cells[n] = uint32(n), all[i]
	}
}

func compareCells(a, b Cell) int {
	return cmp.Or(cmp.Compare(b.N, a.N), slices.Compare(a.Small, b.Small), cmp.Compare(a.Language, b.Language),
		cmp.Compare(a.Traits, b.Traits), cmp.Compare(a.Visibility, b.Visibility))
}

// orderTerms gives the most frequent terms the smallest numbers.
func (x *building) orderTerms() {
	t := &x.s.terms
	ascending := packed.Identity(len(x.words))
	slices.SortFunc(ascending, func(a, b uint32) int { return cmp.Compare(x.words[a], x.words[b]) })
	rarity := make([]uint32, len(x.words))
	for i, n := range x.termUses {
		rarity[i] = ^n
	}
	order := slices.Clone(ascending)
	packed.Sort32(order, rarity, x.Workers)
	x.terms = make([]uint32, len(x.words))
	for number, i := range order {
		x.terms[i] = uint32(number)
	}
	t.at, t.number = append(make([]uint32, 0, len(ascending)+1), 0), make([]uint32, len(ascending))
	for rank, i := range ascending {
		t.text = append(t.text, x.words[i]...)
		t.at = append(t.at, uint32(len(t.text)))
		t.number[rank] = x.terms[i]
	}
	x.Builder.terms, x.words = nil, nil
}

// orderRows decides the order of rows: main fandom, second fandom, date, id.
func (x *building) orderRows() {
	n := len(x.at)
	x.rows = packed.Identity(n)
	ids, fandoms := make([]uint64, n), make([]uint64, n)
	updated := x.spans[Updated].Column(n)
	packed.Fork(x.Workers, n, func(_, from, to int) {
		for i := from; i < to; i++ {
			ids[i] = uint64(x.ids[i]) ^ 1<<63
			r := x.added(uint32(i))
			r.number()
			main, second := uint32(none), uint32(none)
			for k := r.number(); k > 0; k-- {
				slot := r.number()
				if x.tagged[slot].kind != archive.Fandom {
					continue
				}
				if ord := x.ordinals[slot]; ord < main {
					main, second = ord, main
				} else {
					second = min(second, ord)
				}
			}
			fandoms[i] = uint64(main)<<32 | uint64(second)
			r.skip(uint64(Updated))
			updated.Put(i, r.signed())
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
func (b *Builder) added(i uint32) record {
	at := b.at[i]
	chunk := b.chunks[at>>32]
	if next := int(i) + 1; next < len(b.at) && b.at[next]>>32 == at>>32 {
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
