package sqldump

import (
	"io"
	"iter"
)

// maxFaults is how many faults are told one by one; the others are counted.
const maxFaults = 200

// Column is a column of a table as CREATE TABLE has it. Type is "" if the name
// comes from an INSERT alone.
type Column struct {
	Name string
	Type string // in lower case, such as "varchar(200)"
}

// Value is one field. Numbers are their digits.
type Value struct {
	Null  bool
	Bytes []byte
}

// Row is one row of an INSERT. Its values may be used until the next row is
// asked for; what is kept longer must be copied.
type Row struct {
	Table   string
	Columns []Column // nil where the dump does not name them
	Values  []Value
	Line    int // of the dump, from 1
}

// Fault is something that could not be read.
type Fault struct {
	Line  int
	Table string // "" if unknown
	Text  string // a sentence
	Cut   bool   // the dump ends here, in the middle of something
}

// Reader reads one dump, once.
type Reader struct {
	input
	tables  map[string][]Column
	created []string
	faults  []Fault
	count   int // of all faults

	table   string // what is being read
	scratch []byte // the values of a row, one after another
	spans   []span
	values  []Value
	over    bool // a value of this row went beyond a bound
	quotes  int  // quotes within strings that nobody escaped
	last    byte // the first byte of the token that was skipped last
}

type span struct {
	from, to int
	null     bool
}

// NewReader reads a dump that may be packed by gzip, or by ZIP together with
// nothing else, and may be UTF-16. An error is one of reading or unpacking.
func NewReader(src io.Reader) (*Reader, error) {
	plain, err := unwrap(src)
	if err != nil {
		return nil, err
	}
	r := &Reader{tables: map[string][]Column{}}
	r.src = plain
	return r, nil
}

// Rows reads all rows of all tables, in the order of the dump.
func (r *Reader) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for r.statement(yield) {
		}
		if r.quotes > 0 {
			r.fault("%d quotes within texts were not escaped; they were taken for a part of the text.", r.quotes)
		}
	}
}

// Columns returns the columns of a table as its CREATE TABLE, read so far, has
// them; nil if there was none.
func (r *Reader) Columns(table string) []Column { return r.tables[table] }

// Created lists the tables that were created, in order.
func (r *Reader) Created() []string { return r.created }

// Faults are what could not be read, and how many there are: the first are told.
func (r *Reader) Faults() ([]Fault, int) { return r.faults, r.count }

// Err is what the source itself failed with, once Rows has ended.
func (r *Reader) Err() error {
	if r.err == io.EOF {
		return nil
	}
	return r.err
}
