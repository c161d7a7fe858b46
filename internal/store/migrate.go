package store

import (
	"context"
	"database/sql"
	"fmt"

	"ficstead/internal/store/migrations"
	"ficstead/internal/store/tables"
)

// Before is called before the tables of an archive with works are changed, once,
// with the next migration. The archive can be read meanwhile, as it is.
type Before func(ctx context.Context, s *Store, next string) error

// Tables are all tables as rows without a meaning, for backups.
func (tx *Tx) Tables() tables.Tx { return tables.In(tx.ctx, tx.tx, tx.store.dialect) }

// upgrade runs those of all that have not been run, each in its own transaction.
func (s *Store) upgrade(ctx context.Context, all []migrations.Migration, before Before) error {
	var left []migrations.Migration
	works := false
	err := s.Write(ctx, func(tx *Tx) error {
		done, err := migrations.Prepare(ctx, tx.tx, s.dialect)
		if err != nil {
			return err
		}
		if left, err = migrations.Left(all, done); err != nil || len(left) == 0 || len(done) == 0 {
			return err
		}
		return tx.one("works", []any{&works}, `SELECT EXISTS (SELECT 1 FROM work)`)
	})
	if err == nil && works && before != nil {
		err = before(ctx, s, left[0].Name)
	}
	for _, m := range left {
		if err == nil {
			err = s.inTransaction(ctx, m.Name, func(tx *sql.Tx) error { return migrations.Run(ctx, tx, s.dialect, m, all) })
		}
	}
	return err
}

func (s *Store) inTransaction(ctx context.Context, what string, f func(*sql.Tx) error) error {
	err := s.Write(ctx, func(tx *Tx) error { return f(tx.tx) })
	if err != nil {
		err = fmt.Errorf("%s: %w", what, err)
	}
	return err
}
