package lexicon

import (
	"cmp"
	"slices"
)

// KindBits is the number of bits that tell the kinds of words apart.
const KindBits = classBits

// Builder makes the tables; only the command in bench/lexicon has one.
type Builder struct {
	// Kinds is how much likelier a kind is after another than anywhere, in bits.
	Kinds                            [1 << KindBits][1 << KindBits]float64
	words, plain, names, rare, pairs []entry
}

type entry struct {
	key   uint32
	value uint16
}

// Word adds a word of class Name or Common, with how unlikely it is and its kind.
// Those that are too seldom to count are only listed.
func (b *Builder) Word(w string, class Class, bits float64, kind int) {
	const seldom = 28
	key := entry{key: Of(w).key()}
	switch {
	case bits >= seldom && class == Name:
		b.names = append(b.names, key)
		return
	case bits >= seldom:
		b.plain = append(b.plain, key)
		return
	}
	v := step(bits, commonest, wordStep, freqBits) | uint16(kind)<<freqBits
	if class == Name {
		v |= 1 << (freqBits + classBits)
	}
	b.words = append(b.words, entry{Of(w).key(), v})
}

// Rare adds a word of class Rare.
func (b *Builder) Rare(w string) {
	b.rare = append(b.rare, entry{key: Of(w).key() >> (32 - rareBits)})
}

// Pair adds two neighbours, with how unlikely they are.
func (b *Builder) Pair(first, second string, bits float64) {
	b.pairs = append(b.pairs, entry{pairKey(Of(first), Of(second)), step(bits, closest, pairStep, pairWidth)})
}

// step rounds bits to one of the steps that a value of width bits can tell.
func step(bits, first, size float64, width uint) uint16 {
	return uint16(min(max((bits-first)/size+0.5, 0), float64(int(1)<<width-1)))
}

// Bytes returns what English opens.
func (b *Builder) Bytes() []byte {
	var out []byte
	for _, row := range b.Kinds {
		for _, v := range row {
			out = append(out, byte(min(max(v*8+128.5, 0), 255)))
		}
	}
	out = tableOf(b.words).pack(out, 32, wordWidth)
	out = tableOf(b.plain).pack(out, 32, 0)
	out = tableOf(b.names).pack(out, 32, 0)
	out = tableOf(b.rare).pack(out, rareBits, 0)
	return tableOf(b.pairs).pack(out, 32, pairWidth)
}

// tableOf sorts entries. Of those with one key the commonest is kept.
func tableOf(entries []entry) *table {
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.value, b.value))
	})
	entries = slices.CompactFunc(entries, func(a, b entry) bool { return a.key == b.key })
	t := &table{}
	for _, e := range entries {
		t.keys, t.values = append(t.keys, e.key), append(t.values, e.value)
	}
	return t
}

func open(in []byte) *Lexicon {
	l := &Lexicon{}
	for i := range l.kinds {
		in = in[copy(l.kinds[i][:], in):]
	}
	in = l.words.unpack(in)
	in = l.plain.unpack(in)
	in = l.names.unpack(in)
	in = l.rare.unpack(in)
	l.pairs.unpack(in)
	return l
}
