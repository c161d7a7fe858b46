package store

import (
	"context"
	"errors"
	"fmt"

	"ficstead/internal/archive"
)

// Damage is one thing that is not as it was kept.
type Damage struct {
	What  string           // a sentence
	Works []archive.WorkID // the works that need it
}

// verifyChunk is how many bodies one read verifies: small enough that writers
// on PostgreSQL and the write-ahead log of SQLite are not held up.
const verifyChunk = 100

// Verify reads every stored content, compares it with its SHA-256 and calls
// found for each that differs. It returns how many are sound. The databases'
// own checks do not see a changed letter; this does.
func (s *Store) Verify(ctx context.Context, found func(Damage)) (sound int, err error) {
	after, more := bodyID(0), true
	for more && err == nil {
		err = s.Read(ctx, func(tx *Tx) error {
			n, damaged, last, err := tx.verifyAfter(after)
			sound, more, after = sound+n, last > after, last
			for _, d := range damaged {
				if err == nil {
					err = tx.tell(d, found)
				}
			}
			return err
		})
	}
	if err == nil {
		err = s.verifyRescues(ctx, found)
	}
	if err == nil {
		err = s.verifyNames(ctx, found)
	}
	if err == nil && s.dialect.Verify != "" {
		err = s.verifyDatabase(ctx, found)
	}
	if errors.Is(err, Damaged) { // so badly that it could not be read to its end
		found(Damage{What: err.Error()})
		err = nil
	}
	return sound, err
}

// damagedBody is a row whose content is not what was kept.
type damagedBody struct {
	id  bodyID
	why string
}

func (tx *Tx) verifyAfter(after bodyID) (sound int, damaged []damagedBody, last bodyID, err error) {
	last = after
	err = tx.each("verify", func(row scanner) error {
		id, _, err := tx.scanBody(row)
		last = max(last, id)
		if errors.Is(err, Damaged) {
			damaged = append(damaged, damagedBody{id, err.Error()})
			return nil
		}
		sound++
		return err
	}, `SELECT id, sum, size, packing, data FROM body WHERE id > $1 ORDER BY id LIMIT $2`, after, verifyChunk)
	return sound, damaged, last, err
}

// tell names a damage and the works that it touches.
func (tx *Tx) tell(b damagedBody, found func(Damage)) error {
	d := Damage{What: b.why}
	err := tx.each("works of a damaged content", func(row scanner) error {
		var work archive.WorkID
		err := row.Scan(&work)
		d.Works = append(d.Works, work)
		return err
	}, `SELECT work FROM hold WHERE body = $1 ORDER BY work`, b.id)
	found(d)
	return err
}

// verifyNames compares what lists show of works with what they are called.
func (s *Store) verifyNames(ctx context.Context, found func(Damage)) (err error) {
	last, more := archive.WorkID(0), true
	for more && err == nil {
		err = s.Read(ctx, func(tx *Tx) error {
			n, err := tx.verifyNames(last, inChunk, found)
			more, last = n > last, n
			return err
		})
	}
	return err
}

// verifyDatabase asks the database whether its own structure is whole.
func (s *Store) verifyDatabase(ctx context.Context, found func(Damage)) error {
	return s.Read(ctx, func(tx *Tx) error {
		return tx.each("integrity", func(row scanner) error {
			var line string
			err := row.Scan(&line)
			if err == nil && line != "ok" {
				found(Damage{What: "the database file is damaged: " + line})
			}
			return err
		}, s.dialect.Verify)
	})
}

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
