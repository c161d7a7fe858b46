package check

import (
	"errors"
	"fmt"

	"ficstead/internal/archive"
	"ficstead/internal/store"
)

// contents verifies every content, by rows as long as they can be read, and else
// one by one as works hold them.
func (c *checker) contents() (sound int, err error) {
	after, more := int64(0), true // row 0 is the empty content
	for more && err == nil {
		err = c.store.Read(c.ctx, func(tx *store.Tx) error {
			n, last, err := c.contentsAfter(tx, after)
			sound, more, after = sound+n, last > after, last
			return err
		})
	}
	if errors.Is(err, store.Damaged) {
		c.found(New(Database, err.Error()+"."))
		return c.contentsHeld(after)
	}
	return sound, err
}

func (c *checker) contentsAfter(tx *store.Tx, after int64) (sound int, last int64, err error) {
	var damaged []int64
	var whys []error
	last = after
	err = tx.Rows("contents", func(scan func(...any) error) error {
		id, err := c.verified(scan)
		last = max(last, id)
		switch {
		case errors.Is(err, store.Damaged):
			damaged, whys = append(damaged, id), append(whys, err)
		case err == nil:
			sound++
		}
		return unless(err, store.Damaged)
	}, `SELECT id, sum, size, packing, data FROM body WHERE id > $1 ORDER BY id LIMIT $2`, after, chunk)
	for i, id := range damaged {
		if err == nil {
			err = c.tell(tx, id, whys[i].Error())
		}
	}
	return sound, last, err
}

// unless is err, or nil if it is of a kind.
func unless(err, kind error) error {
	if errors.Is(err, kind) {
		return nil
	}
	return err
}

// verified reads a row of id, sum, size, packing, data, and verifies it.
func (c *checker) verified(scan func(...any) error) (id int64, err error) {
	var size int64
	var sum, data []byte
	var how int
	if err := scan(&id, &sum, &size, &how, &data); err != nil {
		return id, err
	}
	_, err = c.packer.Verified(sum, size, how, data)
	return id, err
}

// contentsHeld verifies what works hold, each content for itself, where the table
// cannot be read from its beginning to its end.
func (c *checker) contentsHeld(after int64) (sound int, err error) {
	for more := true; more && err == nil; {
		err = c.store.Read(c.ctx, func(tx *store.Tx) error {
			var ids []int64
			err := tx.Rows("held contents", func(scan func(...any) error) error {
				var id int64
				err := scan(&id)
				ids = append(ids, id)
				return err
			}, `SELECT DISTINCT body FROM hold WHERE body > $1 ORDER BY body LIMIT $2`, after, chunk)
			more = len(ids) > 0
			for _, id := range ids {
				if err == nil {
					after = id
					err = c.held(tx, id, &sound)
				}
			}
			return err
		})
	}
	return sound, err
}

func (c *checker) held(tx *store.Tx, id int64, sound *int) error {
	there := false
	err := tx.Rows("content", func(scan func(...any) error) error {
		there = true
		_, err := c.verified(scan)
		return err
	}, `SELECT id, sum, size, packing, data FROM body WHERE id = $1`, id)
	switch {
	case errors.Is(err, store.Damaged):
		return c.tell(tx, id, err.Error())
	case err == nil && !there:
		return c.tell(tx, id, "a content that works hold is missing")
	case err == nil:
		*sound++
	}
	return err
}

// tell names a damaged content and the works that it touches.
func (c *checker) tell(tx *store.Tx, id int64, why string) error {
	d := New(Content, "")
	kinds := map[string]bool{}
	err := tx.Rows("works of a damaged content", func(scan func(...any) error) error {
		var work archive.WorkID
		var files, pictures int
		err := scan(&work, &files, &pictures)
		d.Works = append(d.Works, work)
		kinds[kindOf(files, pictures)] = true
		return err
	}, `SELECT h.work, (SELECT count(*) FROM original o WHERE o.work = h.work AND o.body = h.body),
			(SELECT count(*) FROM attachment a WHERE a.work = h.work AND a.body = h.body)
		FROM hold h WHERE h.body = $1 ORDER BY h.work`, id)
	what := "A content that no work holds"
	for _, kind := range []string{"A text of a work", "A picture", "A file that a work was read from"} {
		if kinds[kind] {
			what = kind
		}
	}
	d.What = fmt.Sprintf("%s is damaged: %s.", what, why)
	c.found(d)
	return err
}

func kindOf(files, pictures int) string {
	switch {
	case files > 0:
		return "A file that a work was read from"
	case pictures > 0:
		return "A picture"
	}
	return "A text of a work"
}
