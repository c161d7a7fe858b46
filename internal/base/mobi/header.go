package mobi

import (
	"bytes"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// none is what stands where there is no record.
const none = 0xFFFFFFFF

// header is what the first record of a book says. Numbers of records are from
// that record on.
type header struct {
	raw         bytesAt
	compression int
	textLength  int
	textRecords int
	recordSize  int
	locked      bool
	version     int
	utf8        bool
	title       string
	extra       int // what hangs on the records of the text, a bit for each kind
	exth        map[int][][]byte
}

func readHeader(record []byte) (h header, ok bool) {
	b := bytesAt(record)
	h = header{raw: b, compression: b.u16(0), textLength: b.u32(4), textRecords: b.u16(8), recordSize: b.u16(10), locked: b.u16(12) != 0}
	if !bytes.Equal(b.slice(16, 4), []byte("MOBI")) {
		return h, false
	}
	length := b.u32(20)
	h.version = b.u32(36)
	h.utf8 = b.u32(28) == 65001
	h.title = h.decode(b.slice(b.u32(84), b.u32(88)))
	if length >= 0xE4 && h.version >= 5 {
		h.extra = b.u16(242)
	}
	if b.u32(128)&0x40 != 0 {
		h.readEXTH(16 + length)
	}
	return h, true
}

// maxEXTH bounds how many entries of metadata there are.
const maxEXTH = 2000

// readEXTH reads the metadata, each a number and bytes.
func (h *header) readEXTH(at int) {
	h.exth = map[int][][]byte{}
	if !bytes.Equal(h.raw.slice(at, 4), []byte("EXTH")) {
		return
	}
	n := min(h.raw.u32(at+8), maxEXTH)
	at += 12
	for range n {
		kind, size := h.raw.u32(at), h.raw.u32(at+4)
		if size < 8 || at+size > len(h.raw) {
			return
		}
		h.exth[kind] = append(h.exth[kind], h.raw[at+8:at+size])
		at += size
	}
}

// decode makes text of bytes in the encoding of the book.
func (h *header) decode(b []byte) string {
	if !h.utf8 {
		if s, err := charmap.Windows1252.NewDecoder().Bytes(b); err == nil {
			b = s
		}
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}

// lines returns the texts of one kind of metadata.
func (h *header) lines(kind int) (found []string) {
	for _, b := range h.exth[kind] {
		if s := strings.TrimSpace(h.decode(b)); s != "" {
			found = append(found, s)
		}
	}
	return found
}

func (h *header) line(kind int) string {
	if found := h.lines(kind); len(found) > 0 {
		return found[0]
	}
	return ""
}
