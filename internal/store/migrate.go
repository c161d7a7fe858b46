package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"slices"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate runs the migrations that have not been run, each in its own
// transaction. A database with migrations that this program does not know is
// left alone: what a newer one made of it is not ours to change.
func (s *Store) migrate(ctx context.Context) error {
	files, err := fs.Glob(migrations, "migrations/*.sql") // sorted by name
	if err != nil {
		return err
	}
	err = s.Write(ctx, func(tx *Tx) error {
		if err := tx.checkEncoding(); err != nil {
			return err
		}
		return tx.exec("migrations", `CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY)`)
	})
	if err != nil {
		return err
	}
	for _, file := range files {
		text, err := migrations.ReadFile(file)
		if err != nil {
			return err
		}
		err = s.Write(ctx, func(tx *Tx) error { return tx.migrate(file, files, s.dialect.Words.Replace(string(text))) })
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}

// migrate runs one migration unless it has been run. It looks only now, inside
// the transaction, because another process may be starting too.
func (tx *Tx) migrate(file string, known []string, text string) error {
	var done bool
	err := tx.each("migrations", func(row scanner) error {
		var name string
		err := row.Scan(&name)
		if err == nil && !slices.Contains(known, name) {
			err = fmt.Errorf("this archive was changed by a newer version of the program (%s): start that one", name)
		}
		done = done || name == file
		return err
	}, `SELECT name FROM migration`)
	if err != nil || done {
		return err
	}
	if err := tx.exec("migrate", text); err != nil {
		return err
	}
	return tx.exec("migrate", `INSERT INTO migration (name) VALUES ($1)`, file)
}

// checkEncoding refuses a database that could not hold every name.
func (tx *Tx) checkEncoding() error {
	if tx.store.dialect.Encoding == "" {
		return nil
	}
	var encoding string
	err := tx.one("encoding", []any{&encoding}, tx.store.dialect.Encoding)
	if err == nil && encoding != "UTF8" {
		err = fmt.Errorf("the database keeps text as %s: create one with ENCODING 'UTF8'", encoding)
	}
	return err
}
