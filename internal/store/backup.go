package store

import (
	"context"
	"errors"
	"fmt"
)

// BackUp writes the whole of a SQLite store, as it is at one moment, into a
// new file at path, while others read and write.
func (s *Store) BackUp(ctx context.Context, path string) error {
	if s.dialect.Backup == "" {
		return errors.New("back up a PostgreSQL archive with pg_dump, which does it while Ficstead runs")
	}
	// Not in a transaction: SQLite copies in one of its own. A connection of the
	// readers is used, so that nobody waits, and must be allowed to write a file.
	conn, err := s.read.Conn(ctx)
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `PRAGMA query_only = 0`); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA query_only = 1`)
	if _, err := conn.ExecContext(ctx, s.dialect.Backup, path); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	return nil
}

// Settle moves what was written during a long read to its place, so that no writer
// has to do it.
func (s *Store) Settle(ctx context.Context) error {
	if s.dialect.Settle == "" {
		return nil
	}
	_, err := s.read.ExecContext(ctx, s.dialect.Settle)
	return err
}
