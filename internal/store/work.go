package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store/packing"
)

const workColumns = `id, keeper, visibility, revision, title, recipients, collections, language, summary, notes, end_notes,
	chapters_planned, complete, words, posted, updated, added, changed, kudos, hits, comments, bookmarks,
	source_url, source_site, source_key, no_text_search`

func scanWork(row scanner) (archive.Work, error) {
	var w archive.Work
	var recipients, collections, summary, notes, endNotes string
	var posted, updated, added, changed int64
	err := row.Scan(&w.ID, &w.Keeper, &w.Visibility, &w.Revision, &w.Title, &recipients, &collections, &w.Language,
		&summary, &notes, &endNotes, &w.ChaptersPlanned, &w.Complete, &w.Words,
		&posted, &updated, &added, &changed, &w.Kudos, &w.Hits, &w.Comments, &w.Bookmarks,
		&w.Source.URL, &w.Source.Site, &w.Source.Key, &w.NoTextSearch)
	if err != nil {
		return w, err
	}
	w.Summary, w.Notes, w.EndNotes = doc(summary), doc(notes), doc(endNotes)
	w.Posted, w.Updated, w.Added, w.Changed = moment(posted), moment(updated), moment(added), moment(changed)
	return w, errors.Join(json.Unmarshal([]byte(recipients), &w.Recipient), json.Unmarshal([]byte(collections), &w.Collections))
}

// moment reads a time. The zero time is a number like any other.
func moment(micro int64) time.Time { return time.UnixMicro(micro).UTC() }

// doc reads prose as it was printed.
func doc(html string) prose.Doc {
	if html == "" {
		return prose.Doc{}
	}
	return prose.Parse(html)
}

// Work returns the work with the given ID, or an errs.NotFound error.
func (tx *Tx) Work(id archive.WorkID) (archive.Work, error) {
	row := tx.tx.QueryRowContext(tx.ctx, `SELECT `+workColumns+` FROM work WHERE id = $1`, id)
	w, err := scanWork(row)
	if err != nil {
		return w, tx.fail(fmt.Sprintf("work %d", id), err)
	}
	works := []archive.Work{w}
	err = tx.whole(works)
	return works[0], err
}

// Works returns the works with the given IDs, in that order. Those that are
// not there are left out.
func (tx *Tx) Works(ids []archive.WorkID) ([]archive.Work, error) {
	found := map[archive.WorkID]archive.Work{}
	err := eachIn(tx, "works", ids, func(row scanner) error {
		w, err := scanWork(row)
		found[w.ID] = w
		return err
	}, `SELECT `+workColumns+` FROM work WHERE id IN (*)`)
	if err != nil {
		return nil, err
	}
	var works []archive.Work
	for _, id := range ids {
		if w, ok := found[id]; ok {
			works = append(works, w)
		}
	}
	return works, tx.whole(works)
}

// CountWorks returns how many works there are, whoever may see them.
func (tx *Tx) CountWorks() (n int, err error) {
	err = tx.one("count works", []any{&n}, `SELECT count(*) FROM work`)
	return n, err
}

// WorkBySource returns the work that a person keeps of what a source calls key.
func (tx *Tx) WorkBySource(keeper archive.PersonID, key string) (archive.Work, error) {
	return tx.workBy("work "+key, `SELECT id FROM work WHERE keeper = $1 AND source_key = $2 AND source_key <> ''
		UNION ALL SELECT work FROM work_key WHERE keeper = $1 AND source_key = $2 LIMIT 1`, keeper, key)
}

// WorkByOriginal returns the work that a person brought in as the file with
// the given SHA-256, in hex.
func (tx *Tx) WorkByOriginal(keeper archive.PersonID, sum string) (archive.Work, error) {
	raw, err := packing.ParseSum(sum)
	if err != nil {
		return archive.Work{}, err
	}
	return tx.workBy("original "+sum,
		`SELECT o.work FROM original o JOIN body b ON b.id = o.body WHERE o.keeper = $1 AND b.sum = $2`, keeper, raw)
}

func (tx *Tx) workBy(what, query string, args ...any) (archive.Work, error) {
	var id archive.WorkID
	if err := tx.one(what, []any{&id}, query, args...); err != nil {
		return archive.Work{}, err
	}
	return tx.Work(id)
}

// SetVisibility says who may see a work.
func (tx *Tx) SetVisibility(id archive.WorkID, v archive.Visibility) error {
	return tx.setOfWork(id, `visibility`, v)
}

// SetNoTextSearch says whether the text of a work is kept out of searches. It is
// no revision, and no other revision takes it back.
func (tx *Tx) SetNoTextSearch(id archive.WorkID, out bool) error {
	return tx.setOfWork(id, `no_text_search`, out)
}

// setOfWork sets a column that is no part of a revision.
func (tx *Tx) setOfWork(id archive.WorkID, column string, value any) error {
	what := fmt.Sprintf("work %d", id)
	var same archive.WorkID
	err := tx.one(what, []any{&same}, `UPDATE work SET seal = 0, `+column+` = $2 WHERE id = $1 RETURNING id`, id, value)
	if err != nil {
		return err
	}
	return tx.log(id, 0)
}
