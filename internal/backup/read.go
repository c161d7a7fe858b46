package backup

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"

	"ficstead/internal/base/errs"
	"ficstead/internal/store/tables"
)

// Verify reads a backup to its end, and compares all that can be compared without
// a database: the seal, the contents, counts and sum.
func Verify(r io.Reader, tell Progress) (Summary, error) {
	in, err := open(r)
	if err != nil {
		return Summary{}, err
	}
	defer in.close()
	err = in.all(func(head) error { return nil }, func([]tables.Value) error { return nil }, tell)
	return in.Summary, err
}

// reader reads a backup.
type reader struct {
	Summary
	file     *unsealer
	unpacked *zstd.Decoder
	in       decoder
	contents contents
	sum      *encoder // spells again what was read
}

// head is what a table begins with.
type head struct {
	name    string
	columns []string
	last    int64
}

// open reads the header.
func open(r io.Reader) (*reader, error) {
	file := newUnsealer(r)
	unpacked, err := zstd.NewReader(file, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return nil, whatIsWrong(err)
	}
	in := &reader{file: file, unpacked: unpacked, in: decoder{bufio.NewReaderSize(unpacked, 64<<10)}, sum: newEncoder(io.Discard)}
	if in.Header, err = in.in.header(); err != nil {
		in.close()
		return nil, whatIsWrong(err)
	}
	return in, nil
}

func (in *reader) close() {
	in.unpacked.Close()
	in.contents.close()
}

// all calls begin for each table and row for each of its rows, and fails unless
// everything was as it was written. Values are the callee's to keep.
func (in *reader) all(begin func(head) error, row func([]tables.Value) error, tell Progress) error {
	for {
		kind, err := in.in.kind()
		if err != nil {
			return whatIsWrong(err)
		}
		switch kind {
		case isTable:
			if err := in.table(begin, row, tell); err != nil {
				return err
			}
		case isEnd:
			return whatIsWrong(in.end())
		default:
			return odd("a record of the kind %#x", kind)
		}
	}
}

// table reads a table, whose name was not yet read.
func (in *reader) table(begin func(head) error, row func([]tables.Value) error, tell Progress) error {
	h, err := in.head()
	if err != nil {
		return whatIsWrong(err)
	}
	if err := begin(h); err != nil {
		return fmt.Errorf("table %s: %w", h.name, err)
	}
	rows := int64(0)
	for {
		values, err := in.row(len(h.columns), rows)
		if err != nil {
			return fmt.Errorf("table %s: %w", h.name, whatIsWrong(err))
		}
		if values == nil {
			break
		}
		if err := row(values); err != nil {
			return fmt.Errorf("table %s: %w", h.name, err)
		}
		if rows++; tell != nil && rows%tellEvery == 0 {
			tell(h.name, rows)
		}
	}
	in.Tables = append(in.Tables, Count{h.name, rows})
	return nil
}

// head reads what a table begins with.
func (in *reader) head() (h head, err error) {
	name, err := in.in.bytes(maxName)
	if err != nil {
		return h, err
	}
	h.name = string(name)
	n, err := in.in.size(maxColumns)
	if err != nil {
		return h, err
	}
	for range n {
		column, err := in.in.bytes(maxName)
		if err != nil {
			return h, err
		}
		h.columns = append(h.columns, string(column))
	}
	if n == 0 || slices.ContainsFunc(in.Tables, func(c Count) bool { return c.Table == h.name }) {
		return h, odd("table %.100q comes without columns, or twice", h.name)
	}
	if h.last, err = in.in.int(); err != nil {
		return h, err
	}
	in.sum.table(h.spelt(), h.last)
	return h, in.contents.begin(h.name, h.columns)
}

// spelt is what the encoder needs of a table.
func (h head) spelt() tables.Table {
	t := tables.Table{Name: h.name}
	for _, c := range h.columns {
		t.Columns = append(t.Columns, tables.Column{Name: c})
	}
	return t
}

// row reads a row of n values, or nil where the table of so many rows ends.
func (in *reader) row(n int, rows int64) ([]tables.Value, error) {
	kind, err := in.in.kind()
	switch {
	case err != nil:
		return nil, err
	case kind == isDone:
		counted, err := in.in.size(1 << 62)
		if err == nil && int64(counted) != rows {
			err = odd("it has %d rows, and %d were written", rows, counted)
		}
		in.sum.done(rows)
		return nil, err
	case kind != isRow:
		return nil, odd("a record of the kind %#x", kind)
	}
	values := make([]tables.Value, n)
	for i := range values {
		if values[i], err = in.value(); err != nil {
			return nil, err
		}
	}
	if err := in.contents.row(values); err != nil {
		return nil, err
	}
	return values, in.sum.row(values)
}

func (in *reader) value() (v tables.Value, err error) {
	kind, err := in.in.kind()
	if err != nil {
		return v, err
	}
	switch v.Kind = tables.Kind(kind); v.Kind {
	case tables.Int:
		v.Int, err = in.in.int()
	case tables.Text:
		v.Bytes, err = in.in.bytes(maxValue)
		if err == nil && (!utf8.Valid(v.Bytes) || bytes.IndexByte(v.Bytes, 0) >= 0) {
			err = odd("a text that is none")
		}
	case tables.Bytes:
		v.Bytes, err = in.in.bytes(maxValue)
	default:
		err = odd("a value of the kind %#x", kind)
	}
	return v, err
}

// end reads the sum, and that nothing stands behind it.
func (in *reader) end() (err error) {
	if in.Sum, err = in.sum.end(); err != nil {
		return err
	}
	var written [len(in.Sum)]byte
	if _, err := io.ReadFull(in.in.r, written[:]); err != nil {
		return err
	}
	if written != in.Sum {
		return odd("its rows do not come to the sum at its end")
	}
	if _, err := in.in.kind(); err != io.EOF {
		if err == nil {
			err = odd("something stands behind its end")
		}
		return err
	}
	in.Size = in.file.size + int64(sealSize)
	in.Contents = in.contents.bytes
	return nil
}

// whatIsWrong tells of an error of reading what a person can do something about.
func whatIsWrong(err error) error {
	_, failed := errors.AsType[*fs.PathError](err)
	switch {
	case err == nil || failed || errors.Is(err, errs.Damaged) || errors.Is(err, errs.Invalid):
		return err
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, errNoSeal):
		return fmt.Errorf("it ends too early: it was cut off, or copied only in part: %w", errs.Damaged)
	case errors.Is(err, zstd.ErrMagicMismatch):
		return fmt.Errorf("it is no backup of Ficstead's, or its beginning was changed: %w", errs.Invalid)
	}
	return fmt.Errorf("it was changed (%w): %w", err, errs.Damaged)
}
