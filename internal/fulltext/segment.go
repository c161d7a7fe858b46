package fulltext

import (
	"encoding/binary"
	"fmt"
	"sort"
	"strings"
)

// A segment is terms and their lists in pieces that are numbered from 0. Terms
// stand in order in blocks, with all that is small of their lists. A Directory
// says which term each block begins with.

const (
	blockSize  = 8 << 10 // a block ends with the entry that makes it longer
	small      = 2 << 10 // what is longer of a list has pieces of its own
	mostPieces = 1 << 20
)

// Writer writes a segment.
type Writer struct {
	put       func(number uint32, sealed []byte) error
	next      uint32
	block     []byte
	last      string // term in the block
	first     string // of the block
	directory []byte
	before    string // the first term of the block before
}

// NewWriter returns a writer that gives its pieces to put, in order.
func NewWriter(put func(number uint32, sealed []byte) error) *Writer { return &Writer{put: put} }

// add adds the next term.
func (w *Writer) add(term string, l *lister) error {
	if len(w.block) == 0 {
		w.first, w.last = term, ""
	}
	shared := sharedPrefix(w.last, term)
	w.last = term
	b := binary.AppendUvarint(w.block, uint64(shared))
	b = binary.AppendUvarint(b, uint64(len(term)-shared))
	b = append(b, term[shared:]...)
	b = binary.AppendUvarint(b, uint64(l.docs))
	b = binary.AppendUvarint(b, uint64(len(l.heads)))
	b, err := w.part(b, l.heads)
	if err != nil {
		return err
	}
	b = binary.AppendUvarint(b, uint64(len(l.places)))
	if len(l.places) > small {
		sizes := l.pieces()
		b = binary.AppendUvarint(b, uint64(len(sizes)))
		b = binary.AppendUvarint(b, uint64(w.next))
		at := 0
		for _, size := range sizes {
			b = binary.AppendUvarint(b, uint64(size))
			if err := w.piece(l.places[at : at+size]); err != nil {
				return err
			}
			at += size
		}
	} else {
		b = append(b, l.places...)
	}
	w.block = b
	if len(b) >= blockSize {
		return w.flush()
	}
	return nil
}

// part appends heads, or the number of the piece that they become.
func (w *Writer) part(b, heads []byte) ([]byte, error) {
	if len(heads) <= small {
		return append(b, heads...), nil
	}
	b = binary.AppendUvarint(b, uint64(w.next))
	return b, w.piece(heads)
}

func (w *Writer) piece(data []byte) error {
	w.next++
	return w.put(w.next-1, seal(data))
}

// flush ends the block.
func (w *Writer) flush() error {
	if len(w.block) == 0 {
		return nil
	}
	shared := sharedPrefix(w.before, w.first)
	w.directory = binary.AppendUvarint(w.directory, uint64(shared))
	w.directory = binary.AppendUvarint(w.directory, uint64(len(w.first)-shared))
	w.directory = append(w.directory, w.first[shared:]...)
	w.directory = binary.AppendUvarint(w.directory, uint64(w.next))
	w.before = w.first
	block := w.block
	w.block = w.block[:0]
	return w.piece(block)
}

// Finish writes what is left, and returns the segment's directory, sealed.
func (w *Writer) Finish() ([]byte, error) {
	err := w.flush()
	return seal(w.directory), err
}

func sharedPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// Directory finds the block of a term.
type Directory struct {
	firsts  []string // the first term of each block
	numbers []uint32 // its piece
}

// ReadDirectory reads what Finish returned.
func ReadDirectory(sealed []byte) (d Directory, err error) {
	data, err := Open(sealed)
	if err != nil {
		return d, err
	}
	r := reader{b: data}
	term := ""
	for len(r.b) > 0 && !r.broken {
		term = r.term(term)
		d.firsts = append(d.firsts, term)
		d.numbers = append(d.numbers, uint32(r.number(1<<32)))
	}
	return d, r.err()
}

// Block returns the piece that has a term, if any has.
func (d Directory) Block(term string) (number uint32, ok bool) {
	i := sort.Search(len(d.firsts), func(i int) bool { return d.firsts[i] > term })
	if i == 0 {
		return 0, false
	}
	return d.numbers[i-1], true
}

// Blocks returns the pieces that may have terms with a prefix, in order.
func (d Directory) Blocks(prefix string) []uint32 {
	from := max(sort.Search(len(d.firsts), func(i int) bool { return d.firsts[i] > prefix })-1, 0)
	to := from
	for to < len(d.firsts) && (d.firsts[to] <= prefix || strings.HasPrefix(d.firsts[to], prefix)) {
		to++
	}
	return d.numbers[from:to]
}

// EachTerm calls f with the terms of a block in order, until f wants no more.
// What f is given is of the block, which is kept as long as any of it.
func EachTerm(block []byte, f func(term string, l List) bool) error {
	r := reader{b: block}
	term := ""
	for len(r.b) > 0 && !r.broken {
		term = r.term(term)
		l := List{Docs: int(r.number(1 << 32))}
		l.Heads = Piece{Size: int(r.number(1 << 31))}
		if l.Heads.Size > small {
			l.Heads.Number = uint32(r.number(1 << 32))
		} else {
			l.Heads.Data = r.bytes(l.Heads.Size)
		}
		l.Places = r.places()
		if r.broken || !f(term, l) {
			break
		}
	}
	return r.err()
}

// reader reads numbers and bytes, and goes on after damage with nothing.
type reader struct {
	b      []byte
	broken bool
}

func (r *reader) number(below uint64) uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v >= below {
		r.b, r.broken = nil, true
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) bytes(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.b, r.broken = nil, true
		return nil
	}
	part := r.b[:n:n]
	r.b = r.b[n:]
	return part
}

// term reads a term that shares its beginning with the one before.
func (r *reader) term(before string) string {
	shared := int(r.number(1 << 16))
	rest := r.bytes(int(r.number(1 << 16)))
	if shared > len(before) {
		r.b, r.broken = nil, true
		return ""
	}
	return before[:shared] + string(rest)
}

func (r *reader) places() []Piece {
	size := int(r.number(1 << 40))
	if size <= small {
		data := r.bytes(size)
		if size == 0 {
			return nil
		}
		return []Piece{{Size: size, Data: data}}
	}
	count, first := r.number(mostPieces), uint32(r.number(1<<32))
	var pieces []Piece
	start := 0
	for i := uint64(0); i < count && !r.broken; i++ {
		p := Piece{Number: first + uint32(i), Size: int(r.number(1 << 31)), start: start}
		pieces, start = append(pieces, p), start+p.Size
	}
	return pieces
}

func (r *reader) err() error {
	if r.broken {
		return fmt.Errorf("a block cannot be read: %w", Damaged)
	}
	return nil
}
