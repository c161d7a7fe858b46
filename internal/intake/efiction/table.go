package efiction

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/intake/sqldump"
)

// cell is one field of a row, nil if it is NULL.
type cell []byte

// table holds the rows of one table.
type table struct {
	columns []sqldump.Column
	index   map[string]int
	rows    [][]cell
}

// row is one row of a table.
type row struct {
	*table
	cells []cell
}

// each calls f with each row of t, which may be nil.
func (t *table) each(f func(row)) {
	if t == nil {
		return
	}
	for _, cells := range t.rows {
		f(row{t, cells})
	}
}

func (t *table) len() int {
	if t == nil {
		return 0
	}
	return len(t.rows)
}

// size is how many characters a column holds, or otherwise if that is unknown.
func (t *table) size(name string, otherwise int) int {
	i, ok := t.index[name]
	if !ok {
		return otherwise
	}
	var n int
	if _, err := fmt.Sscanf(t.columns[i].Type, "varchar(%d)", &n); err == nil {
		return n
	}
	return otherwise
}

func (r row) raw(name string) cell {
	if i, ok := r.index[name]; ok && i < len(r.cells) {
		return r.cells[i]
	}
	return nil
}

// word is a field of ASCII, such as a flag or a list of numbers.
func (r row) word(name string) string {
	s := strings.TrimSpace(strings.ToValidUTF8(string(r.raw(name)), "\uFFFD"))
	return strings.ReplaceAll(s, "\x00", "")
}

// num is a number, 0 if it is none.
func (r row) num(name string) int {
	n, err := strconv.Atoi(r.word(name))
	if err != nil {
		return 0
	}
	return n
}

// day reads a date as any version writes it: datetime, timestamp or seconds.
func (r row) day(name string) time.Time {
	s := r.word(name)
	if s == "" || strings.Trim(s, "0-: ") == "" {
		return time.Time{}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		if len(s) != 14 && len(s) != 8 {
			return time.Unix(n, 0).UTC()
		}
		t, _ := time.Parse("20060102150405"[:len(s)], s)
		return t
	}
	for _, form := range [...]string{time.DateTime, time.DateOnly, "2006-01-02 15:04"} {
		if t, err := time.Parse(form, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// archiveTables are the tables of one archive in a dump, by their names without
// the prefix.
type archiveTables map[string]*table

var tableName = regexp.MustCompile(`(?i)^(.*?)(?:fanfiction_)([a-z]+)$`)

// tables is all that is kept of a dump.
type tables struct {
	archives map[string]archiveTables // by prefix
	order    []string                 // the prefixes, as they come
	members  map[string]*table        // of other programs: id, name, email
	bridges  map[string][3]int        // where those are
	others   map[string]int           // rows in tables that are not kept
	faults   []sqldump.Fault
	faulty   int
	readErr  error
	held     int
}

// load reads a dump.
func load(dump io.Reader) (*tables, error) {
	r, err := sqldump.NewReader(dump)
	if err != nil {
		return nil, err
	}
	ts := &tables{archives: map[string]archiveTables{}, members: map[string]*table{}, bridges: map[string][3]int{}, others: map[string]int{}}
	for row := range r.Rows() {
		if ts.add(row); ts.held > bounds.DumpHeld {
			return nil, archive.Refusal(fmt.Sprintf("The dump holds more than %d GB, which no archive does. Make one of the archive's tables alone.", bounds.DumpHeld>>30))
		}
	}
	for _, name := range r.Created() { // an empty table says that there is such
		if prefix, kind, ok := split(name); ok && ts.archives[prefix] != nil {
			ts.table(prefix, kind, r.Columns(name))
		}
	}
	ts.faults, ts.faulty = r.Faults()
	ts.readErr = r.Err()
	for _, tables := range ts.archives {
		for kind, t := range tables {
			t.settle(kind)
		}
	}
	return ts, nil
}

// split takes the name of a table of eFiction apart.
func split(name string) (prefix, kind string, ok bool) {
	m := tableName.FindStringSubmatch(name)
	if m == nil || shapes[strings.ToLower(m[2])] == nil {
		return "", "", false
	}
	return m[1], strings.ToLower(m[2]), true
}

// add keeps a row if it is one of an archive.
func (ts *tables) add(r sqldump.Row) {
	prefix, kind, ok := split(r.Table)
	if ok {
		t := ts.table(prefix, kind, r.Columns)
		ts.held += t.add(r)
		return
	}
	if ts.others[r.Table] == 0 { // the first row of a table says what it is
		if at, ok := bridge(r.Columns); ok {
			ts.bridges[r.Table] = at
			ts.members[r.Table] = &table{index: map[string]int{"uid": 0, "penname": 1, "email": 2}}
		}
	}
	if t := ts.members[r.Table]; t != nil {
		at := ts.bridges[r.Table]
		cells := make([]cell, len(at))
		for i, from := range at {
			if from < len(r.Values) {
				cells[i] = bytes.Clone(r.Values[from].Bytes)
				ts.held += len(cells[i])
			}
		}
		t.rows = append(t.rows, cells)
	}
	ts.others[r.Table]++
}

// table returns the table of an archive, which it makes if need be.
func (ts *tables) table(prefix, kind string, columns []sqldump.Column) *table {
	if ts.archives[prefix] == nil {
		ts.archives[prefix] = archiveTables{}
		ts.order = append(ts.order, prefix)
	}
	t := ts.archives[prefix][kind]
	if t == nil {
		t = &table{columns: columns}
		t.reindex()
		ts.archives[prefix][kind] = t
	}
	return t
}

func (t *table) reindex() {
	t.index = map[string]int{}
	for i, c := range t.columns {
		name := strings.ToLower(c.Name)
		if _, twice := t.index[name]; !twice {
			t.index[name] = i
		}
	}
}

// add copies a row, and returns how much it holds. The row may name its columns
// in an order of its own.
func (t *table) add(r sqldump.Row) (held int) {
	place := func(i int) int { return i }
	if len(r.Columns) > 0 && !slices.Equal(r.Columns, t.columns) {
		if t.columns == nil {
			t.columns = slices.Clone(r.Columns)
			t.reindex()
		}
		place = func(i int) int { return t.place(r.Columns, i) }
	}
	for i, v := range r.Values {
		if i < len(r.Columns) && secret(r.Columns[i].Name) {
			r.Values[i].Bytes = nil
			continue
		}
		held += len(v.Bytes)
	}
	store := make([]byte, 0, held)
	cells := make([]cell, 0, max(len(r.Values), len(t.columns)))
	for i, v := range r.Values {
		at := place(i)
		for len(cells) <= at {
			cells = append(cells, nil)
		}
		if !v.Null {
			from := len(store)
			store = append(store, v.Bytes...)
			cells[at] = store[from:len(store):len(store)]
		}
	}
	t.rows = append(t.rows, cells)
	return held + 24*len(cells)
}

// place finds the column of t for the value i of a row with columns of its own.
func (t *table) place(columns []sqldump.Column, i int) int {
	if i >= len(columns) {
		return i
	}
	name := strings.ToLower(columns[i].Name)
	at, ok := t.index[name]
	if !ok {
		at = len(t.columns)
		t.columns = append(t.columns, columns[i])
		t.index[name] = at
	}
	return at
}

// settle names columns that the dump has not named, and forgets what is secret.
func (t *table) settle(kind string) {
	if len(t.columns) == 0 {
		t.columns = nameColumns(kind, t.rows)
		t.reindex()
	}
	known := len(t.columns)
	for _, cells := range t.rows {
		for i := range cells {
			if i >= known && kind == "settings" || i < known && secret(t.columns[i].Name) {
				cells[i] = nil // what has no name in settings may be a password
			}
		}
	}
}
