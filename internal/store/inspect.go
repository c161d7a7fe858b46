package store

import (
	"ficstead/internal/archive"
	"ficstead/internal/store/seal"
)

// Rows is for package check, which asks what no other does: it calls f for every
// row that query answers, in a transaction that only reads. f must not query.
func (tx *Tx) Rows(what string, f func(scan func(...any) error) error, query string, args ...any) error {
	return tx.each(what, func(row scanner) error { return f(row.Scan) }, query, args...)
}

// Integrity asks the database whether its own structure is whole, and calls f
// with each thing that is not. PostgreSQL does not tell.
func (tx *Tx) Integrity(f func(line string)) error {
	if tx.store.dialect.Verify == "" {
		return nil
	}
	return tx.each("integrity", func(row scanner) error {
		var line string
		err := row.Scan(&line)
		if err == nil && line != "ok" {
			f(line)
		}
		return err
	}, tx.store.dialect.Verify)
}

// Unsealed returns how many rows were written before rows were sealed.
func (tx *Tx) Unsealed() (n int, err error) {
	for _, t := range seal.Tables() {
		var of int
		if err := tx.one("unsealed rows", []any{&of}, `SELECT count(*) FROM `+t.Name+` WHERE seal = 0 OR seal = -1`); err != nil {
			return n, err
		}
		n += of
	}
	return n, nil
}

// GatherNames makes anew what lists show of works.
func (tx *Tx) GatherNames(ids []archive.WorkID) error {
	for _, id := range ids {
		if err := tx.exec("names of work", `DELETE FROM work_names WHERE work = $1`, id); err != nil {
			return err
		}
		if err := tx.keepNames(id); err != nil {
			return err
		}
		if err := tx.log(id, 0); err != nil {
			return err
		}
	}
	return nil
}

// LogMissing notes works and tags as changed that the log of changes does not know.
func (tx *Tx) LogMissing() error {
	var works []archive.WorkID
	var tags []archive.TagID
	err := tx.each("works without a change", func(row scanner) error {
		var work archive.WorkID
		var tag archive.TagID
		err := row.Scan(&work, &tag)
		if work != 0 {
			works = append(works, work)
		} else {
			tags = append(tags, tag)
		}
		return err
	}, `SELECT id, 0 FROM work w WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.work = w.id AND c.tag = 0)
		UNION ALL SELECT 0, id FROM tag t WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.tag = t.id AND c.work = 0)`)
	for _, id := range works {
		if err == nil {
			err = tx.log(id, 0)
		}
	}
	if err != nil {
		return err
	}
	return tx.logTags(tags...)
}
