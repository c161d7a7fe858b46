package tables

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Rows calls f for every row of t, in the order of its key. The values are f's
// only until it returns, and f must not query.
func (tx Tx) Rows(t Table, f func([]Value) error) error {
	values := make([]Value, len(t.Columns))
	raw := make([]sql.RawBytes, len(t.Columns))
	dest := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		values[i].Kind = c.Kind
		if dest[i] = &raw[i]; c.Kind == Int {
			dest[i] = &values[i].Int
		}
	}
	return tx.each(func(rows *sql.Rows) error {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		for i := range values {
			values[i].Bytes = raw[i]
		}
		return f(values)
	}, t.question())
}

// question asks for all rows of t.
func (t Table) question() string {
	var columns []string
	for _, c := range t.Columns {
		if c.truth {
			columns = append(columns, `CAST("`+c.Name+`" AS INTEGER)`)
			continue
		}
		columns = append(columns, `"`+c.Name+`"`)
	}
	order := ""
	if len(t.key) > 0 {
		order = ` ORDER BY "` + strings.Join(t.key, `", "`) + `"`
	}
	return `SELECT ` + strings.Join(columns, ", ") + ` FROM "` + t.Name + `"` + order
}

// Clear removes all rows of t.
func (tx Tx) Clear(t Table) error {
	_, err := tx.tx.ExecContext(tx.ctx, `DELETE FROM "`+t.Name+`"`)
	return tx.fail(err)
}

// Most is how many values Add may be given at once: fewer than SQLite bears.
const Most = 20_000

// Add adds rows, one behind the other in values, which must be of the kinds of
// the columns.
func (tx Tx) Add(t Table, values []Value) error {
	if len(values) == 0 {
		return nil
	}
	var b strings.Builder
	args := make([]any, 0, len(values))
	for i, v := range values {
		c := t.Columns[i%len(t.Columns)]
		if v.Kind != c.Kind {
			return fmt.Errorf("a value of %s.%s is of another kind", t.Name, c.Name)
		}
		args = append(args, argument(c, v))
		switch {
		case i == 0:
			b.WriteString("(")
		case i%len(t.Columns) == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(i+1))
	}
	_, err := tx.tx.ExecContext(tx.ctx, `INSERT INTO "`+t.Name+`" (`+t.names()+`) VALUES `+b.String()+`)`, args...)
	return tx.fail(err)
}

func (t Table) names() string {
	var names []string
	for _, c := range t.Columns {
		names = append(names, `"`+c.Name+`"`)
	}
	return strings.Join(names, ", ")
}

// argument is v as the driver takes it.
func argument(c Column, v Value) any {
	switch {
	case c.truth:
		return v.Int != 0
	case c.Kind == Int:
		return v.Int
	case c.Kind == Text:
		return string(v.Bytes)
	}
	return append([]byte{}, v.Bytes...) // never nil, which would be NULL
}

// Last returns the last number that t gave to a row of its own accord, if it
// does: those of rows that are gone must not come again.
func (tx Tx) Last(t Table) (n int64, err error) {
	err = tx.tx.QueryRowContext(tx.ctx, tx.dialect.Last, t.Name).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return n, tx.fail(err)
}

// SetLast makes n the last number that t gave. It is for tables that give
// numbers, and n is at least 1.
func (tx Tx) SetLast(t Table, n int64) error {
	_, err := tx.tx.ExecContext(tx.ctx, tx.dialect.SetLast, t.Name, n)
	return tx.fail(err)
}
