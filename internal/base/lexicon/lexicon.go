package lexicon

import (
	_ "embed"
	"math/bits"
	"sync"
)

//go:embed english.bin
var englishBin []byte

// English returns the tables of English, unpacked at the first call.
var English = sync.OnceValue(func() *Lexicon { return open(englishBin) })

// Lexicon is what is known about the words of one language. It is never changed.
type Lexicon struct {
	words       table // those that were counted
	plain       table // common words that were not
	names       table // and names
	rare, pairs table
	kinds       [1 << classBits][1 << classBits]uint8
}

// ID is the identity of a word: Start and then Next for each of its bytes.
type ID uint64

// Start is the identity of the empty word.
const Start ID = 0xcbf29ce484222325

// Next is the identity of a word that goes on with c.
func (id ID) Next(c byte) ID { return (id ^ ID(c)) * 0x100000001b3 }

// Of returns the identity of a folded word.
func Of(word string) ID {
	id := Start
	for i := range len(word) {
		id = id.Next(word[i])
	}
	return id
}

func (id ID) key() uint32 { return mix(uint64(id)) }

func pairKey(a, b ID) uint32 {
	return mix(bits.RotateLeft64(uint64(a)*0x9e3779b97f4a7c15, 29) ^ uint64(b))
}

// mix spreads what tells two identities apart over all the bits that are kept.
func mix(x uint64) uint32 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return uint32(x >> 32)
}

// Class is what kind of word something is.
type Class uint8

// The classes of words.
const (
	Unknown Class = iota
	Rare          // in large dictionaries only; never a part of anything here
	Name          // written with a capital
	Common        // in everyday dictionaries
)

// Word is what is known of one word; the zero Word is an unknown one.
type Word struct {
	Class Class
	Bits  float32 // how unlikely it is: it is one of 2^Bits words of a text; Uncounted if nobody saw it
	kind  uint8   // the company it keeps, see Lexicon.kinds
}

// Uncounted is the Bits of words that are in lists only.
const Uncounted = rarest

// Word looks a word up.
func (l *Lexicon) Word(id ID) Word {
	key := id.key()
	if v, ok := l.words.find(key); ok {
		return wordOf(v)
	}
	if _, ok := l.plain.find(key); ok {
		return Word{Class: Common, Bits: rarest}
	}
	if _, ok := l.names.find(key); ok {
		return Word{Class: Name, Bits: rarest}
	}
	if _, ok := l.rare.find(key >> (32 - rareBits)); ok {
		return Word{Class: Rare, Bits: rarest}
	}
	return Word{}
}

// Pair returns how unlikely it is that a pair of neighbours in a text is a and
// b, in bits. It is false if they were not seen so often enough to say.
func (l *Lexicon) Pair(a, b ID) (unlikely float32, ok bool) {
	v, ok := l.pairs.find(pairKey(a, b))
	if !ok {
		return 0, false
	}
	return pairBits(v), true
}

// Fits returns how much likelier b is after a for the company that words like
// them keep, in bits; it is negative where they avoid each other.
func (l *Lexicon) Fits(a, b Word) float32 {
	return float32(int(l.kinds[a.kind][b.kind])-128) / 8
}
