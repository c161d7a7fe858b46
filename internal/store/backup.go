package store

import (
	"context"
	"errors"
	"fmt"
)

// Copies reports whether CopyTo can copy this store: whether it is a file.
func (s *Store) Copies() bool { return s.dialect.Backup != "" }

// CopyTo writes the whole of a SQLite store, as it is at one moment, into a
// new or empty file at path, while others read and write. The file is not synced.
func (s *Store) CopyTo(ctx context.Context, path string) error {
	if !s.Copies() {
		return errors.New("copy: not a file")
	}
	// Not in a transaction: SQLite copies in one of its own. A connection of the
	// readers is used, so that nobody waits, and must be allowed to write a file.
	conn, err := s.read.Conn(ctx)
	if err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `PRAGMA query_only = 0`); err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA query_only = 1`)
	if _, err := conn.ExecContext(ctx, s.dialect.Backup, path); err != nil {
		return fmt.Errorf("copy: %w", err)
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
