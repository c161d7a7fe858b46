package segment

import (
	"encoding/binary"
	"slices"

	"ficstead/internal/base/packed"
)

// part is the rows of some blocks, written by one worker.
type part struct {
	from, to int
	heads    []uint16
	tails    []byte
	records  []byte
}

// rowWriter writes rows. Each worker has its own.
type rowWriter struct {
	*building
	part
	place   []uint32 // by code, less 1: place among the filters of the row, from 1
	filters []uint64 // ordinal and code
}

// writeRows writes all rows in their order.
func (x *building) writeRows() {
	s, n := x.s, len(x.rows)
	s.wide = s.numbering.Len() > 1<<24
	s.cellOf = make([]uint32, n)
	s.headAt, s.tailAt, s.recordAt = make([]uint32, n+1), make([]uint32, n+1), make([]uint32, n+1)
	s.recordBlock = make([]uint64, n/blockRows+1)
	s.ids = x.idSpan.Column(n)
	for c, span := range x.spans {
		s.columns[c] = span.Column(n)
	}
	blocks := n/blockRows + 1
	parts := make([]part, blocks)
	packed.Fork(x.Workers, blocks, func(_, from, to int) {
		w := &rowWriter{building: x}
		for b := from; b < to; b++ {
			parts[b] = w.block(b*blockRows, min((b+1)*blockRows, n))
		}
	})
	x.join(parts)
}

// join puts the parts behind each other.
func (x *building) join(parts []part) {
	s := x.s
	heads, tails, records := 0, 0, 0
	for _, p := range parts {
		heads, tails, records = heads+len(p.heads), tails+len(p.tails), records+len(p.records)
	}
	s.heads, s.tails, s.records = make([]uint16, 0, heads), make([]byte, 0, tails), make([]byte, 0, records)
	width := 3
	if s.wide {
		width = 4
	}
	for i, p := range parts {
		s.recordBlock[i] = uint64(len(s.records))
		for row := p.from; row < p.to; row++ {
			s.headAt[row] += uint32(len(s.heads))
			s.tailAt[row] += uint32(len(s.tails) / width)
		}
		s.heads, s.tails, s.records = append(s.heads, p.heads...), append(s.tails, p.tails...), append(s.records, p.records...)
		parts[i] = part{}
	}
	n := s.Len()
	s.headAt[n], s.tailAt[n] = uint32(len(s.heads)), uint32(len(s.tails)/width)
	s.recordAt[n] = uint32(uint64(len(s.records)) - s.recordBlock[n/blockRows])
}

// block writes the rows of a block.
func (w *rowWriter) block(from, to int) part {
	s, last := w.s, w.part
	w.part = part{
		from: from, to: to, heads: make([]uint16, 0, len(last.heads)+len(last.heads)/8),
		tails: make([]byte, 0, len(last.tails)+len(last.tails)/8), records: make([]byte, 0, len(last.records)+len(last.records)/8),
	}
	tails := uint32(0)
	for row := from; row < to; row++ {
		s.headAt[row], s.tailAt[row], s.recordAt[row] = uint32(len(w.part.heads)), tails, uint32(len(w.records))
		tails += w.row(row)
	}
	return w.part
}

// row writes one row, and returns how many tails it has.
func (w *rowWriter) row(row int) uint32 {
	s, i := w.s, w.rows[row]
	o := w.source(i)
	r := o.added(int(i) - o.from)
	old := r.number()
	s.cellOf[row] = o.cells[old]
	s.ids.Put(row, o.ids[int(i)-o.from])
	for c := range s.columns {
		s.columns[c].Put(row, r.signed())
	}
	w.place = w.place[:0]
	for _, at := range o.places[old] {
		w.place = append(w.place, at+1)
	}
	w.takeFilters(&r, o.ordinals)
	tails := w.putFilters(uint32(len(o.places[old])))
	start := r.b
	r.number()
	r.string()
	r.string()
	r.skipNumbers()
	r.skipNumbers()
	w.records = append(w.records, start[:len(start)-len(r.b)]...)
	w.own(&r)
	w.focus(&r)
	w.passages(r, o.terms)
	return tails
}

// takeFilters reads the filters of a row, in the order of their ordinals.
func (w *rowWriter) takeFilters(r *record, ordinals []uint32) {
	w.filters = w.filters[:0]
	for range 2 { // fandoms, and the others
		for n := r.number(); n > 0; n-- {
			w.filters = append(w.filters, uint64(ordinals[r.number()])<<32|uint64(len(w.place)))
			w.place = append(w.place, 0)
		}
	}
	sortFilters(w.filters)
}

// sortFilters sorts what is mostly a few dozen numbers nearly in order.
func sortFilters(filters []uint64) {
	if len(filters) > 100 {
		slices.Sort(filters)
		return
	}
	for i := 1; i < len(filters); i++ {
		f, j := filters[i], i
		for ; j > 0 && filters[j-1] > f; j-- {
			filters[j] = filters[j-1]
		}
		filters[j] = f
	}
}

// putFilters writes heads and tails, and notes the places of all.
func (w *rowWriter) putFilters(place uint32) (tails uint32) {
	numbers := w.s.numbering
	for _, f := range w.filters {
		if head, ok := numbers.HeadOf(uint32(f >> 32)); ok {
			place++
			w.place[uint32(f)] = place
			w.part.heads = append(w.part.heads, head)
		}
	}
	for _, f := range w.filters {
		if w.place[uint32(f)] != 0 {
			continue
		}
		place++
		w.place[uint32(f)] = place
		ord := uint32(f >> 32)
		w.part.tails = packed.AppendUint24(w.part.tails, ord)
		if w.s.wide {
			w.part.tails = append(w.part.tails, byte(ord>>24))
		}
		tails++
	}
	return tails
}

// own writes own tags by their places among the filters.
func (w *rowWriter) own(r *record) {
	n := r.number()
	w.records = binary.AppendUvarint(w.records, n)
	for ; n > 0; n-- {
		if code := r.number(); code > 0 {
			w.records = binary.AppendUvarint(w.records, uint64(w.place[code-1]))
		} else {
			w.records = binary.AppendUvarint(append(w.records, 0), r.number())
		}
	}
}

// focus writes the tags of the focus.
func (w *rowWriter) focus(r *record) {
	n := r.number()
	w.records = binary.AppendUvarint(w.records, n)
	for ; n > 0; n-- {
		w.records = binary.AppendUvarint(w.records, uint64(w.place[r.number()-1]))
	}
}

// passages writes words by the numbers that they have now.
func (w *rowWriter) passages(r record, terms []uint32) {
	for len(r.b) > 0 {
		n := r.number()
		if n >= 2 {
			n = uint64(terms[n-2]) + 2
		}
		w.records = binary.AppendUvarint(w.records, n)
	}
}
