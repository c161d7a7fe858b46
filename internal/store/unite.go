package store

import (
	"fmt"

	"ficstead/internal/archive"
)

// AddWorkKey notes what else a source calls a work. A key that is another work's
// stays with it.
func (tx *Tx) AddWorkKey(work archive.WorkID, key string) error {
	what := fmt.Sprintf("key of work %d", work)
	if err := checkText(what, key); err != nil {
		return err
	}
	return tx.exec(what, `INSERT INTO work_key (keeper, source_key, work) SELECT keeper, $2, id FROM work WHERE id = $1 ON CONFLICT DO NOTHING`, work, short(key))
}

// MoveFiles gives the files of a work to another of the same keeper, with the
// keys that sources call it by: what is brought in again finds its work. With
// asText the other takes its text from them in its next revision, and its
// pictures too; else they only stand beside.
func (tx *Tx) MoveFiles(from, to archive.WorkID, asText bool) error {
	what := fmt.Sprintf("files of work %d for work %d", from, to)
	revision := `0`
	if asText {
		revision = `CASE WHEN revision = (SELECT revision FROM work WHERE id = $1) THEN (SELECT revision + 1 FROM work WHERE id = $2) ELSE 0 END`
	}
	statements := []string{
		`INSERT INTO hold (work, body) SELECT $2, body FROM original WHERE work = $1 ON CONFLICT DO NOTHING`,
		`UPDATE original SET seal = 0, work = $2, revision = ` + revision + ` WHERE work = $1`,
		`UPDATE work_key SET seal = 0, work = $2 WHERE work = $1`,
		`INSERT INTO work_key (keeper, source_key, work) SELECT keeper, source_key, $2 FROM work WHERE id = $1 AND source_key <> ''
			ON CONFLICT DO NOTHING`,
	}
	if asText {
		statements = append(statements,
			`INSERT INTO hold (work, body) SELECT $2, body FROM attachment WHERE work = $1 ON CONFLICT DO NOTHING`,
			`INSERT INTO attachment (work, body, media_type) SELECT $2, body, media_type FROM attachment WHERE work = $1 ON CONFLICT DO NOTHING`)
	}
	for _, statement := range statements {
		if err := tx.exec(what, statement, from, to); err != nil {
			return err
		}
	}
	return tx.moveRescued(from, to)
}
