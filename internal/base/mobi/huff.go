package mobi

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"ficstead/internal/base/bounds"
)

// huff unpacks HUFF/CDIC: each code stands for a phrase, which may be packed
// itself.
type huff struct {
	short   [256]code
	least   [33]uint64 // by length of the code
	most    [33]uint64
	phrases []phrase
	budget  int // bytes that may still come out, phrases counted each time
}

type code struct {
	length int
	whole  bool
	most   uint64
}

type phrase struct {
	text  []byte
	plain bool // not packed, or unpacked already
	open  bool // being unpacked
}

func readHuff(records [][]byte) (*huff, bool) {
	if len(records) == 0 || !bytes.HasPrefix(records[0], []byte("HUFF")) {
		return nil, false
	}
	h := &huff{}
	b := bytesAt(records[0])
	first, second := b.u32(8), b.u32(12)
	if first+1024 > len(b) || second+256 > len(b) {
		return nil, false
	}
	for i := range h.short {
		v := b.u32(first + 4*i)
		c := code{length: v & 0x1F, whole: v&0x80 != 0}
		c.most = upper(uint64(v>>8), c.length)
		h.short[i] = c
	}
	for i := 1; i <= 32; i++ {
		at := second + 8*(i-1)
		h.least[i] = uint64(b.u32(at)) << (32 - i)
		h.most[i] = upper(uint64(b.u32(at+4)), i)
	}
	for _, r := range records[1:] {
		h.addPhrases(r)
	}
	return h, len(h.phrases) > 0
}

func upper(v uint64, length int) uint64 { return (v+1)<<(32-min(length, 32)) - 1 }

func (h *huff) addPhrases(record []byte) {
	b := bytesAt(record)
	if !bytes.HasPrefix(record, []byte("CDIC")) {
		return
	}
	all, width := b.u32(8), min(b.u32(12), 20)
	n := min(1<<width, all-len(h.phrases), (len(b)-16)/2)
	for i := 0; i < n && len(h.phrases) < bounds.MobiPhrases; i++ {
		at := 16 + b.u16(16+2*i)
		size := b.u16(at)
		h.phrases = append(h.phrases, phrase{text: b.slice(at+2, size&0x7FFF), plain: size&0x8000 != 0})
	}
}

// unpack unpacks one record.
func (h *huff) unpack(in []byte, limit int) []byte {
	h.budget = limit
	return h.expand(in, 0)
}

func (h *huff) expand(in []byte, depth int) (out []byte) {
	left := len(in) * 8
	padded := append(bytes.Clone(in), make([]byte, 8)...)
	at := 0 // in bits
	for left > 0 && h.budget > 0 {
		window := binary.BigEndian.Uint64(padded[at/8:]) << (at % 8) >> 32
		c := h.short[window>>24]
		if !c.whole {
			for c.length < 32 && (c.length == 0 || window < h.least[c.length]) {
				c.length++
			}
			c.most = h.most[c.length]
		}
		if c.length == 0 || c.length > left {
			return out
		}
		at += c.length
		left -= c.length
		i := int((c.most - window) >> (32 - c.length))
		if i < 0 || i >= len(h.phrases) {
			return out
		}
		text := h.phrase(i, depth)
		h.budget -= len(text)
		out = append(out, text...)
		if at/8+8 > len(padded) {
			return out
		}
	}
	return out
}

func (h *huff) phrase(i, depth int) []byte {
	p := &h.phrases[i]
	if p.plain {
		return p.text
	}
	if p.open || depth >= bounds.MobiPhraseDepth {
		return nil
	}
	p.open = true
	text := h.expand(p.text, depth+1)
	*p = phrase{text: text, plain: true}
	return text
}

// trailing is how many bytes hang on a record of text, of the kinds in flags.
func trailing(record []byte, flags int) int {
	n := 0
	for range bits.OnesCount(uint(flags >> 1)) {
		n += backward(record[:len(record)-min(n, len(record))])
	}
	if flags&1 != 0 && n < len(record) {
		n += int(record[len(record)-n-1]&3) + 1
	}
	return min(n, len(record))
}

// backward reads a number that stands at the end of b, its last byte first.
func backward(b []byte) int {
	n := 0
	for i := range 4 {
		at := len(b) - 1 - i
		if at < 0 {
			break
		}
		n |= int(b[at]&0x7F) << (7 * i)
		if b[at]&0x80 != 0 {
			break
		}
	}
	return n
}
