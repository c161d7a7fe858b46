package store

import (
	"encoding/json"
	"errors"
	"fmt"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
)

// Decisions returns what was decided about how a work is read, and what its
// file proposed; the zero value if nothing was.
func (tx *Tx) Decisions(id archive.WorkID) (d archive.Decisions, err error) {
	what := fmt.Sprintf("decisions about work %d", id)
	var packed []byte
	err = tx.one(what, []any{&packed}, `SELECT content FROM decision WHERE work = $1`, id)
	if errors.Is(err, errs.NotFound) {
		return d, nil
	}
	if err != nil {
		return d, err
	}
	content, err := tx.store.packer.Expand(packed)
	if err != nil {
		return d, fmt.Errorf("%s (%w): %w", what, err, Damaged)
	}
	return d, tx.fail(what, json.Unmarshal(content, &d))
}

// SetDecisions keeps what was decided about how a work is read.
func (tx *Tx) SetDecisions(id archive.WorkID, d archive.Decisions) error {
	what := fmt.Sprintf("decisions about work %d", id)
	content, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return tx.exec(what, `INSERT INTO decision (work, content) VALUES ($1, $2)
		ON CONFLICT (work) DO UPDATE SET seal = 0, content = excluded.content`, id, tx.store.packer.Compress(content))
}

// ReadingAt returns how a revision of a work came to be.
func (tx *Tx) ReadingAt(id archive.WorkID, revision int) (r archive.Reading, err error) {
	what := fmt.Sprintf("reading of work %d", id)
	var at int
	var chosen string
	err = tx.one(what, []any{&at, &r.Origin, &chosen}, `SELECT revision, origin, chosen FROM reading
		WHERE work = $1 AND revision <= $2 ORDER BY revision DESC LIMIT 1`, id, revision)
	switch {
	case errors.Is(err, errs.NotFound):
	case err != nil:
		return r, err
	default:
		if err := json.Unmarshal([]byte(chosen), &r.Chosen); err != nil {
			return r, tx.fail(what, err)
		}
	}
	var file int // the last that came with a revision
	err = tx.one(what, []any{&file}, `SELECT COALESCE(MAX(revision), 0) FROM original WHERE work = $1 AND revision <= $2`, id, revision)
	if file >= at { // also one that was brought in again after the work was put back
		r.Origin = file
	}
	return r, err
}

// SetReading notes how the present revision of a work came to be.
func (tx *Tx) SetReading(w archive.Work, r archive.Reading) error {
	chosen, err := json.Marshal(r.Chosen)
	if err != nil {
		return err
	}
	return tx.exec(fmt.Sprintf("reading of work %d", w.ID), `INSERT INTO reading (work, revision, origin, chosen) VALUES ($1, $2, $3, $4)
		ON CONFLICT (work, revision) DO UPDATE SET seal = 0, origin = excluded.origin, chosen = excluded.chosen`, w.ID, w.Revision, r.Origin, string(chosen))
}
