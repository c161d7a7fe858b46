package check

import (
	"context"
	"errors"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/store/packing"
)

// Damage is one thing that is not as it was kept.
type Damage struct {
	What  string           // a sentence
	Works []archive.WorkID // the works that need it
}

// chunk is how many rows one read verifies: small enough that writers
// on PostgreSQL and the write-ahead log of SQLite are not held up.
const chunk = 100

// checker compares one store, and tells found.
type checker struct {
	ctx    context.Context
	store  *store.Store
	packer *packing.Packer
	found  func(Damage)
}

// Store compares all that s keeps and calls found for each damage. It returns
// how many contents are sound. The databases' own checks do not see a changed
// letter; this does.
func Store(ctx context.Context, s *store.Store, found func(Damage)) (sound int, err error) {
	c := &checker{ctx, s, packing.New(), found}
	sound, err = c.contents()
	for _, part := range []func() error{c.rescues, c.names, c.integrity} {
		if err == nil {
			err = part()
		}
	}
	if errors.Is(err, store.Damaged) { // so badly that it could not be read to its end
		found(Damage{What: err.Error()})
		err = nil
	}
	return sound, err
}

// contents verifies every content.
func (c *checker) contents() (sound int, err error) {
	after, more := int64(0), true
	for more && err == nil {
		err = c.store.Read(c.ctx, func(tx *store.Tx) error {
			n, damaged, last, err := c.contentsAfter(tx, after)
			sound, more, after = sound+n, last > after, last
			for _, d := range damaged {
				if err == nil {
					err = c.tell(tx, d)
				}
			}
			return err
		})
	}
	return sound, err
}

// body is a row whose content is not what was kept.
type body struct {
	id  int64
	why string
}

func (c *checker) contentsAfter(tx *store.Tx, after int64) (sound int, damaged []body, last int64, err error) {
	last = after
	err = tx.Rows("verify", func(scan func(...any) error) error {
		var id, size int64
		var sum, data []byte
		var how int
		if err := scan(&id, &sum, &size, &how, &data); err != nil {
			return err
		}
		last = max(last, id)
		if _, err := c.packer.Verified(sum, size, how, data); err != nil {
			damaged = append(damaged, body{id, err.Error()})
			return nil
		}
		sound++
		return nil
	}, `SELECT id, sum, size, packing, data FROM body WHERE id > $1 ORDER BY id LIMIT $2`, after, chunk)
	return sound, damaged, last, err
}

// tell names a damage and the works that it touches.
func (c *checker) tell(tx *store.Tx, b body) error {
	d := Damage{What: b.why}
	err := tx.Rows("works of a damaged content", func(scan func(...any) error) error {
		var work archive.WorkID
		err := scan(&work)
		d.Works = append(d.Works, work)
		return err
	}, `SELECT work FROM hold WHERE body = $1 ORDER BY work`, b.id)
	c.found(d)
	return err
}

// integrity asks the database whether its own structure is whole.
func (c *checker) integrity() error {
	return c.store.Read(c.ctx, func(tx *store.Tx) error {
		return tx.Integrity(func(line string) { c.found(Damage{What: "the database file is damaged: " + line}) })
	})
}
