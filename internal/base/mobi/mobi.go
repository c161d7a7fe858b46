package mobi

import (
	"bytes"
	"fmt"

	"ficstead/internal/base/bounds"
)

// Book is what a file holds.
type Book struct {
	Version int // of the format: 6 or less, or 8

	Title, Publisher, Description, Language, Published, Source, Contributor string
	Creators, Subjects                                                      []string

	// Parts are the pages, in order. A link in them leads to the name of a
	// part and an id, a picture is "pictures/" and its number.
	Parts []Part
	TOC   []Entry

	// Pictures are the resources, from number 1 on; nil where there is none.
	Pictures [][]byte
	Cut      bool // there is more, which cannot be read
}

// Part is a page, in UTF-8.
type Part struct {
	Name string
	Data []byte
	Kind string // as the book's guide says, such as "toc"
}

// Entry is a line of the table of contents.
type Entry struct {
	Title string
	Level int
	Part  int
	ID    string // of the element in the part, "" for its beginning
}

// Read reads a book.
func Read(data []byte) (b Book, err error) {
	if !Is(data) {
		return b, ErrNot
	}
	rows := records(data)
	if len(rows) == 0 {
		return b, ErrDamaged
	}
	h, ok := readHeader(rows[0])
	if !ok {
		return b, ErrNot
	}
	outer := h
	base := 0
	if at := newer(rows, h); at > 0 {
		if inner, ok := readHeader(rows[at]); ok && inner.version >= 8 {
			h, base = inner, at
		}
	}
	if h.locked || outer.locked {
		return b, ErrEncrypted
	}
	r := reader{rows: rows, base: base, header: h}
	text, err := r.text()
	if err != nil {
		return b, err
	}
	b = r.describe()
	b.Pictures = pictures(rows, outer)
	if h.version >= 8 {
		r.parts(&b, text)
	} else {
		r.pages(&b, text)
	}
	for i := range b.Parts {
		p := &b.Parts[i]
		if hasPictures(p.Data) {
			p.Data = embedded.ReplaceAllFunc(p.Data, pictureName)
		}
		p.Data = []byte(r.decode(p.Data))
	}
	b.Cut = b.Cut || r.cut
	return b, nil
}

func first(found [][]byte) []byte {
	if len(found) == 0 {
		return nil
	}
	return found[0]
}

// newer finds the header of the book for newer readers, if there is one.
func newer(rows [][]byte, h header) int {
	at := bytesAt(first(h.exth[121])).u32(0)
	if at <= 0 || at >= len(rows) || !bytes.HasPrefix(rows[at-1], []byte("BOUNDARY")) {
		return 0
	}
	return at
}

// reader reads the book that begins at one record.
type reader struct {
	header
	rows [][]byte
	base int
	cut  bool
}

// row returns a record by its number within the book, or nil.
func (r *reader) row(n int) []byte {
	if n < 0 || n >= len(r.rows)-r.base {
		return nil
	}
	return r.rows[r.base+n]
}

// text unpacks the text.
func (r *reader) text() ([]byte, error) {
	var unpack func(in []byte, limit int) []byte
	switch r.compression {
	case 1:
		unpack = func(in []byte, limit int) []byte { return in[:min(len(in), limit)] }
	case 2:
		unpack = unpalm
	case 0x4448:
		start, n := r.raw.u32(112), r.raw.u32(116)
		var tables [][]byte
		for i := range min(n, 1000) {
			tables = append(tables, r.row(start+i))
		}
		h, ok := readHuff(tables)
		if !ok {
			return nil, fmt.Errorf("%w: no table of codes", ErrDamaged)
		}
		unpack = h.unpack
	default:
		return nil, fmt.Errorf("%w: packed in an unknown way", ErrDamaged)
	}
	size := r.recordSize
	if size == 0 {
		size = 4096
	}
	var out []byte
	for i := 1; i <= r.textRecords; i++ {
		record := r.row(i)
		if r.version >= 5 {
			record = record[:len(record)-trailing(record, r.extra)]
		}
		out = append(out, unpack(record, size)...)
		if len(out) > bounds.Part {
			return nil, ErrBig
		}
	}
	r.cut = len(out) < r.textLength
	if r.textLength > 0 && r.textLength < len(out) {
		out = out[:r.textLength]
	}
	return out, nil
}

func (r *reader) describe() Book {
	b := Book{
		Version: r.version, Title: r.line(503), Publisher: r.line(101), Description: r.line(103), Language: r.line(524),
		Published: r.line(106), Source: r.line(112), Contributor: r.line(108), Creators: r.lines(100), Subjects: r.lines(105),
	}
	if b.Title == "" {
		b.Title = r.title
	}
	return b
}

// pictures gathers what stands behind the text.
func pictures(rows [][]byte, h header) (found [][]byte) {
	start := h.raw.u32(108)
	if start == none || start <= 0 || start >= len(rows) {
		return nil
	}
	for _, row := range rows[start:min(len(rows), start+bounds.MobiPictures)] {
		if bytes.HasPrefix(row, []byte("BOUNDARY")) {
			break
		}
		found = append(found, row)
	}
	return found
}
