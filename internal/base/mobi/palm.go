package mobi

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// Why a file cannot be read.
var (
	ErrNot       = errors.New("not a MOBI book")
	ErrEncrypted = errors.New("the book is encrypted")
	ErrDamaged   = errors.New("the book is damaged")
	ErrBig       = errors.New("the book is too big")
)

// Is reports whether data is a book of this kind.
func Is(data []byte) bool {
	return len(data) > 78 && bytes.Equal(data[60:68], []byte("BOOKMOBI"))
}

// records cuts a database into its records. Where the table lies they are cut
// short: what is there is read.
func records(data []byte) [][]byte {
	n := int(binary.BigEndian.Uint16(data[76:]))
	n = min(n, (len(data)-78)/8)
	starts := make([]int, 0, n+1)
	for i := range n {
		starts = append(starts, min(int(binary.BigEndian.Uint32(data[78+8*i:])), len(data)))
	}
	starts = append(starts, len(data))
	found := make([][]byte, n)
	for i := range found {
		if starts[i] < starts[i+1] {
			found[i] = data[starts[i]:starts[i+1]]
		}
	}
	return found
}

// bytesAt reads numbers where they may not be.
type bytesAt []byte

func (b bytesAt) u16(at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.BigEndian.Uint16(b[at:]))
}

func (b bytesAt) u32(at int) int {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return int(binary.BigEndian.Uint32(b[at:]))
}

// slice returns what is there of n bytes from at on.
func (b bytesAt) slice(at, n int) []byte {
	if at < 0 || n <= 0 || at >= len(b) {
		return nil
	}
	return b[at:min(at+n, len(b))]
}

// PalmText unpacks a text for Palm readers, which is no HTML and says nothing
// of itself. It is not ok if data is none.
func PalmText(data []byte) (text []byte, ok bool) {
	if len(data) <= 78 || !bytes.Equal(data[60:68], []byte("TEXtREAd")) {
		return nil, false
	}
	rows := records(data)
	if len(rows) == 0 {
		return nil, false
	}
	head := bytesAt(rows[0])
	r := reader{rows: rows, header: header{raw: head, compression: head.u16(0), textLength: head.u32(4), textRecords: head.u16(8), recordSize: head.u16(10)}}
	if r.compression != 1 && r.compression != 2 {
		return nil, false
	}
	text, err := r.text()
	return text, err == nil && len(text) > 0
}
