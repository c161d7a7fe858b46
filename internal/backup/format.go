package backup

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"time"

	"ficstead/internal/base/errs"
	"ficstead/internal/store/tables"
)

// The format; see docs/formats/backup.md. A change that older programs could not
// read raises version.
const (
	magic   = "ficstead backup\n"
	version = 1
)

// The records.
const (
	isTable = 't' // name, columns, last number
	isRow   = 'r' // a value for each column
	isDone  = 'd' // of a table: the number of its rows
	isEnd   = 'e' // of all: the sum
)

// The bounds of what is read. Contents have 100 MB at most when they come in.
const (
	maxHeader  = 1 << 20
	maxName    = 200
	maxColumns = 200
	maxValue   = 128 << 20
)

// Header is what a backup says of itself.
type Header struct {
	Program    string    `json:"program"` // the version that wrote it
	Written    time.Time `json:"written"`
	Migrations []string  `json:"migrations"` // which had been run
}

// Summary is what a backup was found to hold.
type Summary struct {
	Header
	Tables   []Count
	Contents int64             // bytes of all contents, unpacked
	Size     int64             // bytes of the file
	Sum      [sha256.Size]byte // of all rows: archives with the same have the same in them
}

// Count is the number of rows of a table.
type Count struct {
	Table string
	Rows  int64
}

// Rows returns the number of rows of a table.
func (s Summary) Rows(table string) int64 {
	for _, c := range s.Tables {
		if c.Table == table {
			return c.Rows
		}
	}
	return 0
}

// encoder spells records, and sums all of them but the last.
type encoder struct {
	w   *bufio.Writer
	sum hash.Hash
	num []byte
}

func newEncoder(w io.Writer) *encoder {
	sum := sha256.New()
	return &encoder{w: bufio.NewWriterSize(io.MultiWriter(w, sum), 64<<10), sum: sum}
}

// spellHeader spells the header. It is not summed: it tells when and by what a
// backup was written, not what is in it.
func spellHeader(text []byte) []byte {
	b := append([]byte(magic), version)
	b = binary.AppendUvarint(b, uint64(len(text)))
	return append(b, text...)
}

// The writer keeps its first error, so that only end asks for it.
func (e *encoder) kind(k byte)   { e.w.WriteByte(k) }
func (e *encoder) size(n uint64) { e.num = binary.AppendUvarint(e.num[:0], n); e.w.Write(e.num) }
func (e *encoder) int(n int64)   { e.num = binary.AppendVarint(e.num[:0], n); e.w.Write(e.num) }
func (e *encoder) text(s string) { e.size(uint64(len(s))); e.w.WriteString(s) }

func (e *encoder) table(t tables.Table, last int64) {
	e.kind(isTable)
	e.text(t.Name)
	e.size(uint64(len(t.Columns)))
	for _, c := range t.Columns {
		e.text(c.Name)
	}
	e.int(last)
}

func (e *encoder) row(values []tables.Value) error {
	e.kind(isRow)
	for _, v := range values {
		e.kind(byte(v.Kind))
		if v.Kind == tables.Int {
			e.int(v.Int)
			continue
		}
		e.size(uint64(len(v.Bytes)))
		e.w.Write(v.Bytes)
	}
	_, err := e.w.Write(nil)
	return err
}

func (e *encoder) done(rows int64) {
	e.kind(isDone)
	e.size(uint64(rows))
}

// end returns the sum of all that was spelled.
func (e *encoder) end() (sum [sha256.Size]byte, err error) {
	err = e.w.Flush()
	e.sum.Sum(sum[:0])
	return sum, err
}

// decoder reads records. All it answers may be lies, but is bounded.
type decoder struct{ r *bufio.Reader }

// odd is what must not be in a backup that is whole.
func odd(what string, args ...any) error {
	return fmt.Errorf("%s: it was changed: %w", fmt.Sprintf(what, args...), errs.Damaged)
}

// header reads what comes first.
func (d decoder) header() (h Header, err error) {
	begin := make([]byte, len(magic)+1)
	if _, err := io.ReadFull(d.r, begin); err != nil {
		return h, err
	}
	if !bytes.HasPrefix(begin, []byte(magic)) {
		return h, fmt.Errorf("it is no backup of Ficstead's: %w", errs.Invalid)
	}
	if v := begin[len(magic)]; v != version {
		return h, fmt.Errorf("it has format %d, and this version of the program reads format %d: restore it with the version that wrote it, or a newer one: %w", v, version, errs.Invalid)
	}
	text, err := d.bytes(maxHeader)
	if err != nil {
		return h, err
	}
	if err := json.Unmarshal(text, &h); err != nil {
		return h, odd("its header cannot be read (%v)", err)
	}
	return h, nil
}

func (d decoder) kind() (byte, error) {
	return d.r.ReadByte()
}

func (d decoder) size(most uint64) (int, error) {
	n, err := binary.ReadUvarint(d.r)
	if err == nil && n > most {
		return 0, odd("a length of %d where %d is the most", n, most)
	}
	return int(n), err
}

func (d decoder) int() (int64, error) {
	return binary.ReadVarint(d.r)
}

// trusted is how much memory is taken for a length before any of it was read.
const trusted = 64 << 10

// bytes reads a length and what has it.
func (d decoder) bytes(most uint64) ([]byte, error) {
	n, err := d.size(most)
	if err != nil {
		return nil, err
	}
	b := make([]byte, 0, min(n, trusted))
	for len(b) < n {
		from := len(b)
		b = append(b, make([]byte, min(n-from, max(from, trusted)))...)
		if _, err := io.ReadFull(d.r, b[from:]); err != nil {
			return nil, err
		}
	}
	return b, nil
}
