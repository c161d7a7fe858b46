package fulltext

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"sort"
)

// Damaged is what an error wraps when what was kept is no longer what was written.
var Damaged = errors.New("damaged text index")

// List says in which documents of a segment a term stands, and where.
//
// Heads has for each document: how many documents lie between it and the one
// before, and how many bytes its places take. So documents can be counted and
// compared without a look at places. A list of a pair has none.
type List struct {
	Docs   int
	Heads  Piece
	Places []Piece // one after the other, cut between documents
}

// Piece is some of a segment. Those that are small stand in the block of their
// term and are always there.
type Piece struct {
	Number uint32
	Size   int
	Data   []byte // nil until it is read
	start  int    // of a piece of places: the bytes before it
}

// A head is the number of documents left out, and in its lowest bits how many
// bytes of places the document has, if they are few.
const (
	kindBits = 3
	counted  = 1<<kindBits - 1 // or more: their number follows
)

// cursor goes through the documents of a list.
type cursor struct {
	heads    []byte
	doc      uint32 // the present one
	from, to int    // where its places stand
	broken   bool
	begun    bool
}

func (l *List) cursor() cursor {
	if len(l.Heads.Data) != l.Heads.Size {
		return cursor{broken: true}
	}
	return cursor{heads: l.Heads.Data}
}

// next goes on to the next document.
func (c *cursor) next() bool {
	if len(c.heads) == 0 {
		return false
	}
	head, n := uint64(c.heads[0]), 1
	if head >= 0x80 {
		head, n = binary.Uvarint(c.heads)
		if n <= 0 || head>>kindBits > 1<<31 {
			return c.fail()
		}
	}
	c.heads = c.heads[n:]
	c.doc += uint32(head >> kindBits)
	if c.begun {
		c.doc++
	}
	c.begun = true
	c.from = c.to
	kind := head & (1<<kindBits - 1)
	if kind < counted {
		c.to += int(kind)
		return true
	}
	size, n := binary.Uvarint(c.heads)
	if n <= 0 || size > 1<<30 {
		return c.fail()
	}
	c.heads, c.to = c.heads[n:], c.to+int(size)
	return true
}

func (c *cursor) fail() bool {
	c.heads, c.broken = nil, true
	return false
}

// err is why a cursor that came to its end did so too early.
func (c *cursor) err() error {
	if c.broken {
		return fmt.Errorf("a list cannot be read: %w", Damaged)
	}
	return nil
}

// pieceAt finds the piece of places that holds a byte, -1 if there is none. It is
// likely near one, or the next.
func (l *List) pieceAt(from, near int) int {
	for i := near; i < min(near+2, len(l.Places)); i++ {
		if p := &l.Places[i]; from >= p.start && from < p.start+p.Size {
			return i
		}
	}
	i := sort.Search(len(l.Places), func(i int) bool { return l.Places[i].start > from }) - 1
	if i < 0 || from >= l.Places[i].start+l.Places[i].Size {
		return -1
	}
	return i
}

// stand returns the packed places of a hit whose piece has been read.
func (l *List) stand(at stretch) ([]byte, error) {
	if int(at.piece) < len(l.Places) {
		p := &l.Places[at.piece]
		if from, to := at.from-p.start, at.to-p.start; from >= 0 && from <= to && to <= len(p.Data) {
			return p.Data[from:to], nil
		}
	}
	return nil, fmt.Errorf("places are missing: %w", Damaged)
}

// appendPlaces appends the places of a hit whose piece has been read.
func (l *List) appendPlaces(places []uint32, stand stretch) ([]uint32, error) {
	b, err := l.stand(stand)
	for at := uint32(0); len(b) > 0; {
		gap, n := uint32(b[0]), 1
		if gap >= oneTo {
			if gap, n = longGap(b); n == 0 {
				return places, fmt.Errorf("a place cannot be read: %w", Damaged)
			}
		}
		at += gap
		places, b = append(places, at), b[n:]
	}
	return places, err
}

// Distances between places: most are below 216, nearly all others below 10,200.
// Distances between documents are varints; these are a twentieth shorter so.
const (
	oneTo  = 216                          // what is below takes one byte
	twoTo  = oneTo + (escape-oneTo)*0x100 // what is below takes two
	escape = 255                          // a varint follows
)

func appendGap(b []byte, gap uint32) []byte {
	switch {
	case gap < oneTo:
		return append(b, byte(gap))
	case gap < twoTo:
		gap -= oneTo
		return append(b, byte(oneTo+gap>>8), byte(gap))
	}
	return binary.AppendUvarint(append(b, escape), uint64(gap))
}

// longGap reads one that takes more than a byte; of none it takes 0 bytes.
func longGap(b []byte) (gap uint32, n int) {
	if len(b) < 2 {
		return 0, 0
	}
	if b[0] < escape {
		return oneTo + uint32(b[0]-oneTo)<<8 + uint32(b[1]), 2
	}
	v, n := binary.Uvarint(b[1:])
	if n <= 0 || v > 1<<31 {
		return 0, 0
	}
	return uint32(v), n + 1
}

// lister makes a list, document by document in order.
type lister struct {
	docs   int
	next   uint32 // the document after the last
	heads  []byte
	places []byte
	cuts   []int // where pieces of places end
}

// pieceSize is how long a piece of places is at least before it is cut.
const pieceSize = 32 << 10

// add adds a document with its packed places.
func (l *lister) add(doc uint32, places []byte) {
	head := uint64(doc-l.next) << kindBits
	if len(places) < counted {
		l.heads = binary.AppendUvarint(l.heads, head|uint64(len(places)))
	} else {
		l.heads = binary.AppendUvarint(l.heads, head|counted)
		l.heads = binary.AppendUvarint(l.heads, uint64(len(places)))
	}
	l.docs++
	l.next = doc + 1
	l.places = append(l.places, places...)
	if len(l.places)-l.cut() >= pieceSize {
		l.cuts = append(l.cuts, len(l.places))
	}
}

// cut is where the last piece of places ends.
func (l *lister) cut() int {
	if len(l.cuts) == 0 {
		return 0
	}
	return l.cuts[len(l.cuts)-1]
}

func (l *lister) reset() {
	*l = lister{heads: l.heads[:0], places: l.places[:0], cuts: l.cuts[:0]}
}

// pieces are the sizes of the pieces of places.
func (l *lister) pieces() []int {
	var sizes []int
	last := 0
	for _, cut := range l.cuts {
		sizes, last = append(sizes, cut-last), cut
	}
	if last < len(l.places) {
		sizes = append(sizes, len(l.places)-last)
	}
	return sizes
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// seal appends the sum that Open checks.
func seal(data []byte) []byte {
	return binary.LittleEndian.AppendUint32(slices.Clip(data), crc32.Checksum(data, castagnoli))
}

// Open returns what was sealed, if it is still that.
func Open(sealed []byte) ([]byte, error) {
	n := len(sealed) - 4
	if n < 0 || crc32.Checksum(sealed[:n], castagnoli) != binary.LittleEndian.Uint32(sealed[n:]) {
		return nil, fmt.Errorf("the sum of a piece is wrong: %w", Damaged)
	}
	return sealed[:n], nil
}
