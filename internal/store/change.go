package store

import "ficstead/internal/archive"

// Change says that a work or a tag is no longer what it was, or no longer
// there. One of Work and Tag is 0.
type Change struct {
	Seq  int64
	Work archive.WorkID
	Tag  archive.TagID
}

// Changes returns up to limit changes after the one with the given number, in
// order. Of several changes of one thing only the last is told.
func (tx *Tx) Changes(after int64, limit int) (changes []Change, err error) {
	err = tx.each("changes", func(row scanner) error {
		var c Change
		err := row.Scan(&c.Seq, &c.Work, &c.Tag)
		changes = append(changes, c)
		return err
	}, `SELECT seq, work, tag FROM change WHERE seq > $1 ORDER BY seq LIMIT $2`, after, limit)
	return changes, err
}

// LastChange returns the number of the last change, 0 if there was none.
func (tx *Tx) LastChange() (seq int64, err error) {
	err = tx.one("last change", []any{&seq}, `SELECT coalesce(max(seq), 0) FROM change`)
	return seq, err
}

// log notes a change in the transaction that makes it. Writers come one at a
// time, so that whoever has seen a number has seen all below it.
func (tx *Tx) log(work archive.WorkID, tag archive.TagID) error {
	tx.logged = true
	return tx.exec("log change", `
		INSERT INTO change (work, tag, seq) VALUES ($1, $2, (SELECT coalesce(max(seq), 0) + 1 FROM change))
		ON CONFLICT (work, tag) DO UPDATE SET seq = excluded.seq`, work, tag)
}
