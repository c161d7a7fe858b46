package index

import (
	"bytes"
	"encoding/binary"
	"slices"

	"ficstead/internal/base/text"
)

// Place is a part of a work that words stand in.
type Place uint8

// The places.
const (
	InTitle Place = iota
	InCreator
	InSeries
	InSummary
	InNotes
	InTags // the names of the work's own tags
	PlaceCount
)

// passages are the words of a work in their order, but for those of tags, which
// are kept once for each tag. They are numbers in variable length, since the
// commonest words have the smallest numbers: gap between two passages of a
// place (two creators), turn between two places, else 2 more than the term.
type passages []byte

const (
	gap  = 0
	turn = 1
)

// termsOf returns the words of d, by place; each place has its passages.
func termsOf(d Doc) [InTags][][]string {
	var terms [InTags][][]string
	put := func(p Place, s string) { terms[p] = append(terms[p], text.Terms(s)) }
	put(InTitle, d.Title)
	for _, c := range d.Creators {
		put(InCreator, c.String())
	}
	for _, s := range d.Series {
		put(InSeries, s.Title)
	}
	put(InSummary, d.Summary)
	put(InNotes, d.Notes)
	return terms
}

// newPassages numbers the words of d.
func newPassages(d Doc, terms *dictionary) passages {
	var p passages
	for place, texts := range termsOf(d) {
		if place > 0 {
			p = append(p, turn)
		}
		for i, words := range texts {
			if i > 0 {
				p = append(p, gap)
			}
			p = append(p, encode(terms.add(words...))...)
		}
	}
	return slices.Clip(p)
}

// each calls f for every word: its place, and the term. A gap is told by ok being false.
func (p passages) each(f func(place Place, term uint32, ok bool)) {
	place := InTitle
	for len(p) > 0 {
		n, size := binary.Uvarint(p)
		p = p[size:]
		switch n {
		case gap:
			f(place, 0, false)
		case turn:
			place++
		default:
			f(place, uint32(n-2), true)
		}
	}
}

// has reports whether a passage of place has what was encoded, side by side.
func (p passages) has(place Place, phrase []byte) bool {
	in := p.in(place)
	for from := 0; ; {
		i := bytes.Index(in[from:], phrase)
		if i < 0 {
			return false
		}
		if from += i; startsNumber(in, from) {
			return true
		}
		from++
	}
}

// in returns the passages of one place.
func (p passages) in(place Place) []byte {
	for at := InTitle; ; at++ {
		end := p.turn()
		if at == place {
			return p[:end]
		}
		p = p[end+1:]
	}
}

// turn returns where the passages of the first place end.
func (p passages) turn() int {
	for from := 0; ; from++ {
		i := bytes.IndexByte(p[from:], turn)
		if i < 0 {
			return len(p)
		}
		if from += i; startsNumber(p, from) {
			return from
		}
	}
}

// startsNumber reports whether a number begins at i, and not in the midst of
// another: all bytes of a number but its last have the high bit.
func startsNumber(p []byte, i int) bool { return i == 0 || p[i-1] < 0x80 }

// encode returns the terms as they stand in passages.
func encode(terms []uint32) []byte {
	var b []byte
	for _, n := range terms {
		b = binary.AppendUvarint(b, uint64(n)+2)
	}
	return b
}

// sideBySide reports whether terms stand in run one after the other.
func sideBySide(run, terms []uint32) bool {
	for ; len(run) >= len(terms); run = run[1:] {
		if slices.Equal(run[:len(terms)], terms) {
			return true
		}
	}
	return false
}
