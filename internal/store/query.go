package store

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"ficstead/internal/base/errs"
)

// inChunk is how many values one IN list or one INSERT holds: far below what
// either database can bear, and beyond it more gains nothing.
const inChunk = 500

// scanner is a row that can be read, alone or among others.
type scanner interface{ Scan(...any) error }

// exec runs a statement that answers nothing.
func (tx *Tx) exec(what, query string, args ...any) error {
	tx.wrote(query)
	_, err := tx.tx.ExecContext(tx.ctx, query, args...)
	return tx.fail(what, err)
}

// one reads the only row of an answer. No row is an errs.NotFound error.
func (tx *Tx) one(what string, dest []any, query string, args ...any) error {
	tx.wrote(query)
	return tx.fail(what, tx.tx.QueryRowContext(tx.ctx, query, args...).Scan(dest...))
}

// each calls f for every row. f must not query: PostgreSQL answers one question
// at a time.
func (tx *Tx) each(what string, f func(scanner) error, query string, args ...any) error {
	tx.wrote(query)
	rows, err := tx.tx.QueryContext(tx.ctx, query, args...)
	if err != nil {
		return tx.fail(what, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return tx.fail(what, err)
		}
	}
	return tx.fail(what, rows.Err())
}

// eachIn runs query for all values, which it asks for once as "IN (*)" or, for
// numbers in a table of one column, as "VALUES (*)": in several statements if they
// are many. A value may come twice. Arguments of its own come first.
func eachIn[T any](tx *Tx, what string, values []T, f func(scanner) error, query string, args ...any) error {
	for len(values) > 0 {
		n := min(len(values), inChunk)
		all := args[:len(args):len(args)]
		for i := range padded(n) {
			all = append(all, values[min(i, n-1)])
		}
		list := places(len(all)-len(args), len(args)+1)
		text := strings.Replace(query, "IN (*)", "IN "+list, 1)
		text = strings.Replace(text, "VALUES (*)", "VALUES "+column(list), 1)
		if err := tx.each(what, f, text, all...); err != nil {
			return err
		}
		values = values[n:]
	}
	return nil
}

// padded is n or a little more, so that PostgreSQL is asked to prepare ten
// lengths of a list and not five hundred.
func padded(n int) int {
	p := 1
	for p < n {
		p *= 2
	}
	return p
}

// insert adds rows with one statement for many of them. into is
// "table (column, …)", and after what follows the values.
func (tx *Tx) insert(what, into string, rows [][]any, after string) error {
	for len(rows) > 0 {
		n := min(len(rows), inChunk)
		var values []string
		var args []any
		for _, row := range rows[:n] {
			values = append(values, places(len(row), len(args)+1))
			args = append(args, row...)
		}
		text := "INSERT INTO " + into + " VALUES " + strings.Join(values, ", ") + " " + after
		if err := tx.exec(what, text, args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// places is "($first, …)" for n values.
func places(n, first int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(", $" + strconv.Itoa(first+i))
	}
	return "(" + strings.TrimPrefix(b.String(), ", ") + ")"
}

// column makes of the places of numbers a row for each. PostgreSQL must be told
// what they are.
func column(list string) string {
	return strings.NewReplacer("(", "(CAST(", ", ", " AS BIGINT)), (CAST(", ")", " AS BIGINT))").Replace(list)
}

// checkText is the store's door for text: the two databases treat a NUL and
// broken UTF-8 differently, so that neither may pass.
func checkText(what string, texts ...string) error {
	for _, s := range texts {
		if strings.IndexByte(s, 0) >= 0 {
			return fmt.Errorf("%s: the text %.40q holds a NUL character: %w", what, s, errs.Invalid)
		}
		if !utf8.ValidString(s) {
			return fmt.Errorf("%s: the text %.40q is not UTF-8: %w", what, s, errs.Invalid)
		}
	}
	return nil
}

// only makes of a list that holds one thing at most that thing, or an
// errs.NotFound error.
func only[T any](what string, list []T, err error) (thing T, _ error) {
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("%s: %w", what, errs.NotFound)
	}
	if err != nil {
		return thing, err
	}
	return list[0], nil
}
