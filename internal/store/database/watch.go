package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
)

// Watch waits for changes. With PostgreSQL it keeps a connection that is told
// of them by whoever makes them, in this process or another; where there is no
// telling, or the connection breaks, it waits a while instead. It is for one
// goroutine.
type Watch struct {
	dialect Dialect
	db      *sql.DB
	conn    *sql.Conn // nil: not being told
}

// NewWatch begins to wait. Close ends it.
func NewWatch(db *sql.DB, d Dialect) *Watch { return &Watch{dialect: d, db: db} }

// patience is how many times longer Wait waits where changes are told: telling
// is not believed blindly.
const patience = 30

// Wait returns when there may be changes since it last returned, and at the
// latest after a while that depends on every. It reports whether it was told of one.
func (w *Watch) Wait(ctx context.Context, every time.Duration) (told bool) {
	if w.dialect.Listen == "" {
		pause(ctx, every)
		return false
	}
	if w.conn == nil {
		if w.listen(ctx) != nil {
			pause(ctx, every)
		}
		return false // there may have been changes while nobody listened
	}
	err := w.hear(ctx, patience*every)
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		w.Close()
	}
	return err == nil
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// listen takes a connection that is told of changes.
func (w *Watch) listen(ctx context.Context) (err error) {
	if w.conn, err = w.db.Conn(ctx); err != nil {
		w.conn = nil
		return err
	}
	var channel string
	if err = w.conn.QueryRowContext(ctx, w.dialect.Channel).Scan(&channel); err == nil {
		_, err = w.conn.ExecContext(ctx, w.dialect.Listen+channel)
	}
	if err != nil {
		w.Close()
	}
	return err
}

// hear waits for a change, at most for a while.
func (w *Watch) hear(ctx context.Context, most time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	return w.conn.Raw(func(c any) error {
		_, err := c.(*stdlib.Conn).Conn().WaitForNotification(ctx)
		return err
	})
}

// Close gives the connection up. It must not go back to where others would take
// it: it would go on listening.
func (w *Watch) Close() {
	if w.conn != nil {
		_ = w.conn.Raw(func(any) error { return driver.ErrBadConn }) // which is how to say so
		_ = w.conn.Close()
		w.conn = nil
	}
}
