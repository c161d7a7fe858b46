package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"ficstead/internal/base/errs"
	"ficstead/internal/store/database"
	"ficstead/internal/store/migrations"
	"ficstead/internal/store/packing"
	"ficstead/internal/store/seal"
)

// Store is an open database.
type Store struct {
	dialect database.Dialect
	write   *sql.DB
	read    *sql.DB // PostgreSQL: the same pool
	packer  *packing.Packer
	now     func() time.Time
	writes  *atomic.Int64
	sealed  map[string]seal.Table // by name
}

// Open opens the database at address, a postgres:// address or the path of a
// file, and brings its tables up to date. The folder of the file must exist.
func Open(ctx context.Context, address string) (*Store, error) { return Upgrade(ctx, address, nil) }

// Upgrade opens like Open, and calls before first if works are there whose tables
// are to be changed.
func Upgrade(ctx context.Context, address string, before Before) (*Store, error) {
	return open(ctx, address, migrations.All(), before)
}

func open(ctx context.Context, address string, all []migrations.Migration, before Before) (*Store, error) {
	write, read, d, err := database.Open(address, database.Durable)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	s := &Store{dialect: d, write: write, read: read, packer: packing.New(), now: time.Now, writes: new(atomic.Int64), sealed: map[string]seal.Table{}}
	for _, t := range seal.Tables() {
		s.sealed[t.Name] = t
	}
	if err := s.upgrade(ctx, all, before); err != nil {
		s.Close()
		if d.Broken(err) {
			err = fmt.Errorf("the database is %w: %w", Damaged, err)
		}
		return nil, fmt.Errorf("open store: %w", err)
	}
	return s, nil
}

// Close closes the database.
func (s *Store) Close() error { return errors.Join(s.read.Close(), s.write.Close()) }

// Watch begins to wait for changes. Its Close ends that.
func (s *Store) Watch() *database.Watch { return database.NewWatch(s.read, s.dialect) }

// WithClock returns s with another clock, for tests and for samples that must
// always come out the same.
func (s *Store) WithClock(now func() time.Time) *Store {
	other := *s
	other.now = now
	return &other
}

// IsUnwell reports whether err is no fault of what was asked: the disk is full or
// fails, or the database cannot be reached. The same may do later.
func (s *Store) IsUnwell(err error) bool { return s.dialect.Unwell(err) }

// Tx is one unit of work. It may be used only inside the function that was
// given to Read or Write.
type Tx struct {
	ctx     context.Context // a Tx never outlives its call, so it may hold this
	tx      *sql.Tx
	store   *Store
	now     time.Time
	sampled sampled         // the last sample that was taken
	logged  bool            // a change was noted
	written map[string]bool // the tables that were written to
}

// Now is the time of the transaction: all it changes, changes at once.
func (tx *Tx) Now() time.Time { return tx.now }

// Read runs f in a transaction that sees one state of the database.
func (s *Store) Read(ctx context.Context, f func(*Tx) error) error {
	return s.run(ctx, s.read, &s.dialect.Reading, "", f)
}

// Write runs f in a transaction and commits it unless f fails. No other Write
// runs meanwhile, in this process or another. It runs f again if the database
// asks for that, so f must change nothing but the database.
func (s *Store) Write(ctx context.Context, f func(*Tx) error) error {
	const attempts = 5
	var err error
	for range attempts {
		err = s.run(ctx, s.write, nil, s.dialect.Lock, f)
		s.writes.Add(1) // also after a failure: a commit may have come through all the same
		if err == nil || !s.dialect.Again(err) {
			return err
		}
	}
	return fmt.Errorf("after %d attempts: %w", attempts, err)
}

// Writes counts the writes of this process, to notice cheaply that there was
// one. What other processes write is not counted.
func (s *Store) Writes() int64 { return s.writes.Load() }

func (s *Store) run(ctx context.Context, db *sql.DB, opts *sql.TxOptions, lock string, f func(*Tx) error) error {
	tx, err := db.BeginTx(ctx, opts)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if lock != "" {
		if _, err := tx.ExecContext(ctx, lock); err != nil {
			return err
		}
	}
	now := s.now().UTC().Truncate(time.Microsecond)
	made := &Tx{ctx: ctx, tx: tx, store: s, now: now, written: map[string]bool{}}
	if err := f(made); err != nil {
		return err
	}
	if err := made.sealWritten(); err != nil {
		return err
	}
	if made.logged && s.dialect.Notify != "" {
		if _, err := tx.ExecContext(ctx, s.dialect.Notify); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// fail gives err the kind that callers can act on.
func (tx *Tx) fail(what string, err error) error {
	switch {
	case err == nil:
		return nil
	case err == sql.ErrNoRows:
		return fmt.Errorf("%s: %w", what, errs.NotFound)
	case tx.store.dialect.Conflict(err):
		return fmt.Errorf("%s: %w: %w", what, errs.Conflict, err)
	case tx.store.dialect.Broken(err):
		return fmt.Errorf("%s: the database is %w: %w", what, Damaged, err)
	}
	return fmt.Errorf("%s: %w", what, err)
}
