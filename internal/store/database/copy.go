package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Copy writes the whole of a SQLite database, as it is at one moment, into a new or
// empty file at path, which is not synced. A connection of the readers is used, so
// that nobody waits. It is in no transaction: SQLite copies in one of its own.
func Copy(ctx context.Context, read *sql.DB, d Dialect, path string) error {
	if d.Backup == "" {
		return errors.New("copy: not a file")
	}
	conn, err := read.Conn(ctx)
	if err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	defer conn.Close()
	// It must be allowed to write a file.
	if _, err := conn.ExecContext(ctx, `PRAGMA query_only = 0`); err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA query_only = 1`)
	if _, err := conn.ExecContext(ctx, d.Backup, path); err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	return nil
}

// Settle moves what was written during a long read to its place, so that no writer
// has to do it.
func Settle(ctx context.Context, read *sql.DB, d Dialect) error {
	if d.Settle == "" {
		return nil
	}
	_, err := read.ExecContext(ctx, d.Settle)
	return err
}
