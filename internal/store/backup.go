package store

import (
	"context"

	"ficstead/internal/store/database"
)

// Copies reports whether CopyTo can copy this store: whether it is a file.
func (s *Store) Copies() bool { return s.dialect.Backup != "" }

// CopyTo writes the whole of a SQLite store, as it is at one moment, into a
// new or empty file at path, while others read and write. The file is not synced.
func (s *Store) CopyTo(ctx context.Context, path string) error {
	return database.Copy(ctx, s.read, s.dialect, path)
}

// Settle moves what was written during a long read to its place.
func (s *Store) Settle(ctx context.Context) error { return database.Settle(ctx, s.read, s.dialect) }
