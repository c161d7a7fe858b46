package segment

import (
	"bytes"
	"encoding/binary"
	"slices"
	"sort"
	"strings"
)

// Place is a part of a work that words stand in.
type Place uint8

// The places. The names of tags are a place too, but not one of a segment.
const (
	InTitle Place = iota
	InCreator
	InSeries
	InSummary
	InNotes
	PlaceCount
)

// terms are the words of a segment. The most frequent have the smallest numbers.
type terms struct {
	text   []byte   // all of them, ascending, one behind the other
	at     []uint32 // where each begins, and where the last ends
	number []uint32 // of each
}

func (t *terms) len() int { return len(t.number) }

// word returns the word at a place of the ascending list.
func (t *terms) word(i int) []byte { return t.text[t.at[i]:t.at[i+1]] }

// Term returns the number of a word.
func (s *Segment) Term(word string) (number uint32, ok bool) {
	t := &s.terms
	i, ok := sort.Find(t.len(), func(i int) int { return strings.Compare(word, string(t.word(i))) })
	if !ok {
		return 0, false
	}
	return t.number[i], true
}

// TermsWith returns the numbers of the words that begin with prefix, most at most.
func (s *Segment) TermsWith(prefix string, most int) []uint32 {
	t := &s.terms
	from := sort.Search(t.len(), func(i int) bool { return string(t.word(i)) >= prefix })
	to := from
	for to < t.len() && to-from < most && bytes.HasPrefix(t.word(to), []byte(prefix)) {
		to++
	}
	return slices.Clone(t.number[from:to])
}

// TermSet returns the works that have a term in a place.
func (s *Segment) TermSet(place Place, number uint32) *Set {
	if int(number) >= s.terms.len() || place >= PlaceCount {
		return nil
	}
	return s.Set(byTerm, uint32(place)*uint32(s.terms.len())+number)
}

// Passages are the words of a row in their order, as numbers in variable length:
// gap between two passages of a place (two creators), turn between two places,
// else 2 more than the term.
type Passages []byte

const (
	gap  = 0
	turn = 1
)

// Phrase returns terms as they stand in passages.
func Phrase(terms []uint32) []byte {
	var b []byte
	for _, n := range terms {
		b = binary.AppendUvarint(b, uint64(n)+2)
	}
	return b
}

// Has reports whether a passage of place has a Phrase.
func (p Passages) Has(place Place, phrase []byte) bool {
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
func (p Passages) in(place Place) []byte {
	for at := InTitle; ; at++ {
		end := p.turn()
		if at == place {
			return p[:end]
		}
		if end == len(p) {
			return nil
		}
		p = p[end+1:]
	}
}

// turn returns where the passages of the first place end.
func (p Passages) turn() int {
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

// Each calls f for every word: its place and its term; ok is false between two
// passages of a place.
func (p Passages) Each(f func(place Place, term uint32, ok bool)) {
	place := InTitle
	for len(p) > 0 {
		n, size := binary.Uvarint(p)
		if size <= 0 {
			return
		}
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
