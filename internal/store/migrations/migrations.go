// Package migrations brings the tables of an archive up to date, and makes
// archives of backups, which may be older than the program.
//
// A migration is a file beside this one. It is run once, in a transaction of its
// own that also notes its name. Six words in it are translated; see package
// database. A database with migrations that this program does not know is left
// alone: what a newer one made of it is not ours to change.
//
// Start reading at Run.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"ficstead/internal/base/errs"
	"ficstead/internal/store/database"
	"ficstead/internal/store/tables"
)

//go:embed *.sql
var files embed.FS

// Migration is one step from an older form of the tables to a newer one.
type Migration struct{ Name, Text string }

// All returns the migrations that this program knows, in order.
func All() []Migration {
	names, err := fs.Glob(files, "*.sql") // sorted by name
	if err != nil {
		panic(err) // the pattern is constant
	}
	var all []Migration
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			panic(err) // it is part of the program
		}
		all = append(all, Migration{path.Join("migrations", name), string(text)})
	}
	return all
}

// Number is how people call a migration: "0011" for "migrations/0011_seals.sql".
func Number(name string) string {
	number, _, _ := strings.Cut(path.Base(name), "_")
	return number
}

// Left returns which of all have not been run where those of done have been.
func Left(all []Migration, done []string) ([]Migration, error) {
	for _, name := range done {
		if !slices.ContainsFunc(all, func(m Migration) bool { return m.Name == name }) {
			return nil, fmt.Errorf("this archive was changed by a newer version of the program (%s): start that one", name)
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(m Migration) bool { return slices.Contains(done, m.Name) }), nil
}

// Prepare makes the list of migrations where there is none, and returns which
// have been run.
func Prepare(ctx context.Context, tx *sql.Tx, d database.Dialect) ([]string, error) {
	if d.Encoding != "" {
		var encoding string
		if err := tx.QueryRowContext(ctx, d.Encoding).Scan(&encoding); err != nil {
			return nil, err
		}
		if encoding != "UTF8" {
			return nil, fmt.Errorf("the database keeps text as %s: create one with ENCODING 'UTF8'", encoding)
		}
	}
	if _, err := tx.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY)`); err != nil {
		return nil, err
	}
	return tables.In(ctx, tx, d).Migrations()
}

// Run runs one migration of all unless it has been run. It looks only now, inside
// the transaction, because another process may be starting too.
func Run(ctx context.Context, tx *sql.Tx, d database.Dialect, m Migration, all []Migration) error {
	done, err := tables.In(ctx, tx, d).Migrations()
	if err != nil {
		return err
	}
	if _, err := Left(all, done); err != nil || slices.Contains(done, m.Name) {
		return err
	}
	if _, err := tx.ExecContext(ctx, d.Words.Replace(m.Text)); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO migration (name) VALUES ($1)`, m.Name)
	return err
}

// Fill makes an archive in an empty database, all in one transaction: its tables
// are as those of done left them when fill is called, and up to date afterwards.
// A SQLite file is to be thrown away unless Fill succeeds, and is not synced.
func Fill(ctx context.Context, address string, done []string, fill func(tables.Tx) error) error {
	all := All()
	if len(done) == 0 || len(done) > len(all) || !slices.EqualFunc(done, all[:len(done)], func(name string, m Migration) bool { return name == m.Name }) {
		if _, err := Left(all, done); err != nil {
			return err
		}
		return fmt.Errorf("its list of migrations is none that this program knows: %w", errs.Damaged)
	}
	write, read, d, err := database.Open(address, database.Scratch)
	if err != nil {
		return err
	}
	defer func() { write.Close(); read.Close() }()
	tx, err := write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := fillIn(ctx, tx, d, all, len(done), fill); err != nil {
		return err
	}
	return tx.Commit()
}

// fillIn does what Fill does, after n migrations, in a transaction.
func fillIn(ctx context.Context, tx *sql.Tx, d database.Dialect, all []Migration, n int, fill func(tables.Tx) error) error {
	if d.Lock != "" {
		if _, err := tx.ExecContext(ctx, d.Lock); err != nil {
			return err
		}
	}
	open := tables.In(ctx, tx, d)
	if empty, err := open.Empty(); err != nil || !empty {
		return errors.Join(err, notEmpty(empty))
	}
	if _, err := Prepare(ctx, tx, d); err != nil {
		return err
	}
	for _, m := range all[:n] {
		if err := Run(ctx, tx, d, m, all); err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
	}
	list, err := open.All()
	if err != nil {
		return err
	}
	for _, t := range slices.Backward(list) { // what migrations put there
		if err := open.Clear(t); err != nil {
			return err
		}
	}
	if err := fill(open); err != nil {
		return err
	}
	for _, m := range all[n:] {
		if err := Run(ctx, tx, d, m, all); err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
	}
	return nil
}

func notEmpty(empty bool) error {
	if empty {
		return nil
	}
	return fmt.Errorf("the database has tables already; restore into an empty one: %w", errs.Conflict)
}
