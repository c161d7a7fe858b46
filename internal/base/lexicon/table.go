package lexicon

import (
	"encoding/binary"
	"math/bits"
)

// The widths of what is kept, and what the numbers stand for.
const (
	rareBits  = 24 // of a hash of a rare word: one in 100 unknown words seems rare
	classBits = 6
	freqBits  = 6
	pairWidth = 4

	commonest = 3   // bits of the commonest word
	wordStep  = 0.5 // bits
	rarest    = commonest + wordStep*(1<<freqBits-1)

	closest  = 6   // bits of the commonest pair
	pairStep = 1.5 // bits
)

// A word's value is its frequency, then its kind, then whether it is a name.
func wordOf(v uint16) Word {
	w := Word{Class: Common, Bits: commonest + wordStep*float32(v&(1<<freqBits-1)), kind: uint8(v >> freqBits & (1<<classBits - 1))}
	if v>>(freqBits+classBits)&1 == 1 {
		w.Class = Name
	}
	return w
}

const wordWidth = freqBits + classBits + 1

func pairBits(v uint16) float32 { return closest + pairStep*float32(v) }

// table maps sorted keys to small values.
type table struct {
	keys   []uint32
	values []uint16
	first  []uint32 // for each value of a key's top bits, the first such key
	shift  uint
}

// find looks a key up.
func (t *table) find(key uint32) (uint16, bool) {
	from, to := t.first[key>>t.shift], t.first[key>>t.shift+1]
	for from < to {
		mid := (from + to) / 2
		if t.keys[mid] < key {
			from = mid + 1
		} else {
			to = mid
		}
	}
	if int(from) < len(t.keys) && t.keys[from] == key {
		if t.values == nil {
			return 0, true
		}
		return t.values[from], true
	}
	return 0, false
}

// pack writes keys of a number of bits, which are sorted and no two alike, with
// their values of width bits: the distance of each key to the one before it in
// Rice's code, then its value.
func (t *table) pack(out []byte, bits, width uint) []byte {
	rice := uint(0)
	for 1<<(rice+1) <= (uint64(1)<<bits)/uint64(max(1, len(t.keys))) {
		rice++
	}
	out = binary.LittleEndian.AppendUint32(out, uint32(len(t.keys)))
	out = append(out, byte(bits), byte(width), byte(rice))
	var w bitWriter
	last := uint32(0)
	for i, key := range t.keys {
		gap := uint64(key - last)
		last = key
		for range gap >> rice {
			w.write(1, 1)
		}
		w.write(0, 1)
		w.write(gap&(1<<rice-1), rice)
		if width > 0 {
			w.write(uint64(t.values[i]), width)
		}
	}
	coded := w.bytes()
	out = binary.LittleEndian.AppendUint32(out, uint32(len(coded)))
	return append(out, coded...)
}

// unpack reads what pack wrote, and returns what follows it.
func (t *table) unpack(in []byte) []byte {
	n := int(binary.LittleEndian.Uint32(in))
	size, width, rice := uint(in[4]), uint(in[5]), uint(in[6])
	end := 11 + int(binary.LittleEndian.Uint32(in[7:]))
	r := bitReader{in: in[11:end]}
	t.keys = make([]uint32, n)
	if width > 0 {
		t.values = make([]uint16, n)
	}
	last := uint32(0)
	for i := range n {
		last += r.ones()<<rice + r.read(rice)
		t.keys[i] = last
		if width > 0 {
			t.values[i] = uint16(r.read(width))
		}
	}
	t.index(size)
	return in[end:]
}

// index notes where keys of the same beginning are.
func (t *table) index(bits uint) {
	const beginning = 16
	t.shift = bits - beginning
	t.first = make([]uint32, 1<<beginning+1)
	next := 0
	for i, key := range t.keys {
		for ; next <= int(key>>t.shift); next++ {
			t.first[next] = uint32(i)
		}
	}
	for ; next < len(t.first); next++ {
		t.first[next] = uint32(len(t.keys))
	}
}

type bitWriter struct {
	out []byte
	acc uint64
	n   uint
}

func (w *bitWriter) write(v uint64, width uint) {
	w.acc |= v << w.n
	w.n += width
	for w.n >= 8 {
		w.out = append(w.out, byte(w.acc))
		w.acc >>= 8
		w.n -= 8
	}
}

func (w *bitWriter) bytes() []byte { return append(w.out, byte(w.acc)) }

type bitReader struct {
	in  []byte
	acc uint64
	n   uint
}

// fill makes sure that at least 32 bits are there, zeros behind the end.
func (r *bitReader) fill() {
	for r.n <= 56 {
		if len(r.in) > 0 {
			r.acc |= uint64(r.in[0]) << r.n
			r.in = r.in[1:]
		}
		r.n += 8
	}
}

func (r *bitReader) read(width uint) uint32 {
	if r.n < width {
		r.fill()
	}
	v := uint32(r.acc & (1<<width - 1))
	r.acc >>= width
	r.n -= width
	return v
}

// ones reads ones up to the next zero, that too, and returns how many they are.
func (r *bitReader) ones() (n uint32) {
	for {
		r.fill()
		run := uint(bits.TrailingZeros64(^r.acc))
		if run < r.n {
			r.acc >>= run + 1
			r.n -= run + 1
			return n + uint32(run)
		}
		n += uint32(r.n)
		r.acc, r.n = 0, 0
	}
}
