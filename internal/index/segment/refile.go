package segment

import (
	"encoding/binary"

	"ficstead/internal/archive"
)

// Filing is by which tags a work is found, and what follows from them.
type Filing struct {
	Filters, Focus     []archive.TagID
	Crossover, OneShip bool
}

// AddRow adds a row of another segment. If refile is not nil it says how the work
// is filed now, from the tags it has itself; its lists need not outlive the call.
// Rows of one segment are best added one after the other.
func (b *Builder) AddRow(from *Segment, row uint32, refile func(own []archive.TagID) Filing) {
	b.take(from)
	cell := from.Cell(row)
	b.ordinals = from.AppendFilters(b.ordinals[:0], row)
	b.own = from.AppendOwn(b.own[:0], row)
	filing := Filing{Crossover: cell.Traits.Has(Crossover), OneShip: cell.Traits.Has(OneShip)}
	b.row = b.row[:0]
	if refile != nil {
		filing = refile(b.own)
	} else {
		b.row = from.appendTags(b.row, b.ordinals)
		filing.Filters = b.row
		focus := len(b.row)
		b.ordinals = from.AppendFocus(b.ordinals[:0], row)
		b.row = from.appendTags(b.row, b.ordinals)
		filing.Filters, filing.Focus = b.row[:focus], b.row[focus:]
	}
	traits := traitsOf(cell.Traits.Has(Complete), filing.Crossover, filing.OneShip)
	var values [ColumnCount]int64
	for c := range ColumnCount {
		values[c] = from.Value(c, row)
	}
	b.begin(filing.Filters, from.LanguageOf(cell), traits, cell.Visibility, values)
	b.copyRecord(from, row)
	b.tags(b.own, filing.Focus)
	b.copyPassages(from.Passages(row))
	b.end(from.ID(row))
}

func (s *Segment) appendTags(dst []archive.TagID, ordinals []uint32) []archive.TagID {
	for _, ord := range ordinals {
		dst = append(dst, s.numbering.Tag(ord))
	}
	return dst
}

// take makes ready for rows of a segment.
func (b *Builder) take(from *Segment) {
	if b.from == from {
		return
	}
	b.from = from
	b.fromTerms, b.fromWords = make([]uint32, from.terms.len()), make([]uint32, from.terms.len())
	for i, n := range from.terms.number {
		b.fromWords[n] = uint32(i)
	}
}

// copyRecord copies what needs no other numbers.
func (b *Builder) copyRecord(from *Segment, row uint32) {
	r := from.record(row)
	whole := r.b
	keeper := r.number()
	b.note(ByKeeper, keeper)
	r.string()
	r.string()
	b.creators = numbers(&r, b.creators[:0])
	for _, id := range b.creators {
		b.note(ByCreator, uint64(id))
	}
	b.series = numbers(&r, b.series[:0])
	for _, id := range b.series {
		b.note(BySeries, uint64(id))
	}
	b.scratch = append(b.scratch, whole[:len(whole)-len(r.b)]...)
}

// copyPassages copies passages with the numbers that terms have here.
func (b *Builder) copyPassages(p Passages) {
	for len(p) > 0 {
		n, size := binary.Uvarint(p)
		if size <= 0 {
			return
		}
		p = p[size:]
		if n >= 2 {
			n = uint64(b.termFrom(uint32(n-2))) + 2
		}
		b.number(n)
	}
}

// termFrom returns the number here of a term of from.
func (b *Builder) termFrom(n uint32) uint32 {
	if int(n) >= len(b.fromTerms) {
		return b.term("")
	}
	here := &b.fromTerms[n]
	if *here == 0 {
		*here = b.term(string(b.from.terms.word(int(b.fromWords[n])))) + 1
		return *here - 1
	}
	b.termUses[*here-1]++
	b.pairs[byTerm]++
	return *here - 1
}
