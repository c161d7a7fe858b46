package tables

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ficstead/internal/store/database"
	"ficstead/internal/store/packing"
)

// Kind is what a value is.
type Kind byte

// The kinds. Their numbers stand in backups: never renumber. A truth is 0 or 1.
const (
	Int Kind = iota
	Text
	Bytes
)

// Value is what stands in one column of a row.
type Value struct {
	Kind  Kind
	Int   int64
	Bytes []byte // of Text too
}

// Table is a table of the archive.
type Table struct {
	Name    string
	Columns []Column
	key     []string // the columns of its primary key, in order
}

// Column is a column of a table.
type Column struct {
	Name  string
	Kind  Kind
	truth bool // its database keeps truths, not 0 and 1
}

// Tx reads and fills tables in one transaction, which it may not outlive.
type Tx struct {
	ctx     context.Context
	tx      *sql.Tx
	dialect database.Dialect
}

// In returns the tables that tx sees.
func In(ctx context.Context, tx *sql.Tx, d database.Dialect) Tx { return Tx{ctx, tx, d} }

// Migrations returns which migrations have been run, in order.
func (tx Tx) Migrations() (names []string, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		names = append(names, name)
		return err
	}, `SELECT name FROM migration`)
	slices.Sort(names)
	return names, err
}

// Empty reports whether there is no table at all, of anybody's.
func (tx Tx) Empty() (bool, error) {
	all, err := tx.all()
	return len(all) == 0, err
}

// All returns the tables of the archive, each after those that it refers to and
// otherwise by name.
func (tx Tx) All() ([]Table, error) {
	all, err := tx.all()
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(t Table) bool { return t.Name == "migration" || strings.HasPrefix(t.Name, "text_") })
	parents := map[string][]string{}
	err = tx.each(func(rows *sql.Rows) error {
		var child, parent string
		err := rows.Scan(&child, &parent)
		if child != parent {
			parents[child] = append(parents[child], parent)
		}
		return err
	}, tx.dialect.Parents)
	if err != nil {
		return nil, err
	}
	return sorted(all, parents)
}

// sorted puts parents before children.
func sorted(all []Table, parents map[string][]string) (list []Table, err error) {
	slices.SortFunc(all, func(a, b Table) int { return strings.Compare(a.Name, b.Name) })
	placed := map[string]bool{}
	for len(all) > 0 {
		i := slices.IndexFunc(all, func(t Table) bool {
			return !slices.ContainsFunc(parents[t.Name], func(p string) bool { return !placed[p] })
		})
		if i < 0 {
			return nil, fmt.Errorf("the tables from %s on refer to each other in a circle", all[0].Name)
		}
		placed[all[i].Name] = true
		list = append(list, all[i])
		all = slices.Delete(all, i, i+1)
	}
	return list, nil
}

// all returns every table of the database.
func (tx Tx) all() (list []Table, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var table, kind string
		var c Column
		var sure bool
		var place int
		if err := rows.Scan(&table, &c.Name, &kind, &sure, &place); err != nil {
			return err
		}
		if !sure && !strings.HasPrefix(table, "text_") {
			return fmt.Errorf("%s.%s may be NULL, which nothing in an archive is", table, c.Name)
		}
		if len(list) == 0 || list[len(list)-1].Name != table {
			list = append(list, Table{Name: table})
		}
		t := &list[len(list)-1]
		c.Kind, c.truth = kindOf(kind)
		t.Columns = append(t.Columns, c)
		if place > 0 {
			for len(t.key) < place {
				t.key = append(t.key, "")
			}
			t.key[place-1] = c.Name
		}
		return nil
	}, tx.dialect.Columns)
	return list, err
}

// kindOf is the kind of what a database calls type.
func kindOf(name string) (k Kind, truth bool) {
	switch strings.ToLower(name) {
	case "text":
		return Text, false
	case "blob", "bytea":
		return Bytes, false
	}
	return Int, strings.EqualFold(name, "boolean")
}

// each calls f for every row that query answers.
func (tx Tx) each(f func(*sql.Rows) error, query string, args ...any) error {
	rows, err := tx.tx.QueryContext(tx.ctx, query, args...)
	if err != nil {
		return tx.fail(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return tx.fail(err)
		}
	}
	return tx.fail(rows.Err())
}

// fail tells a damaged database from other failures.
func (tx Tx) fail(err error) error {
	if err != nil && !errors.Is(err, packing.Damaged) && tx.dialect.Broken(err) {
		return fmt.Errorf("the database is %w: %w", packing.Damaged, err)
	}
	return err
}
