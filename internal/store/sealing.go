package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/store/seal"
)

// sealedAtOnce is how many rows of a table one transaction seals: more than any
// writes. What is left, SealRest finds.
const sealedAtOnce = 10_000

// wrote notes which table a statement writes to.
func (tx *Tx) wrote(statement string) {
	words := strings.Fields(statement[:min(len(statement), 80)])
	switch {
	case len(words) > 2 && words[0] == "INSERT":
		tx.written[words[2]] = true
	case len(words) > 1 && words[0] == "UPDATE":
		tx.written[words[1]] = true
	}
}

// sealWritten seals the rows that the transaction wrote.
func (tx *Tx) sealWritten() error {
	for name := range tx.written {
		t, ok := tx.store.sealed[name]
		if !ok {
			continue
		}
		if _, err := tx.sealRows(t, seal.Written, sealedAtOnce); err != nil {
			return err
		}
	}
	return nil
}

// sealRows seals up to limit rows of a table that have a mark, and returns how many.
func (tx *Tx) sealRows(t seal.Table, mark int64, limit int) (int, error) {
	n, err := t.Seal(tx.ctx, tx.tx, mark, limit)
	return n, tx.fail("seal "+t.Name, err)
}

// SealRest seals up to limit rows that were written before rows were sealed, and
// reports whether there may be more.
func (s *Store) SealRest(ctx context.Context, limit int) (more bool, err error) {
	err = s.Write(ctx, func(tx *Tx) error {
		more, err = tx.sealRest(limit)
		return err
	})
	return more, err
}

func (tx *Tx) sealRest(limit int) (more bool, err error) {
	for _, t := range seal.Tables() {
		for _, mark := range []int64{seal.Older, seal.Written} {
			n, err := tx.sealRows(t, mark, limit)
			if err != nil || n == limit {
				return true, err
			}
			limit -= n
		}
	}
	return false, nil
}

// verifySeal compares the columns of a row with its seal.
func verifySeal(what string, sealed int64, columns ...any) error {
	if !seal.Sound(sealed, columns) {
		return fmt.Errorf("%s: its row is %w", what, Damaged)
	}
	return nil
}

// verifyRows reads the rows that works have in a table, compares each with its
// seal, and gives f its columns.
func (tx *Tx) verifyRows(name string, ids []archive.WorkID, f func(values []any) error) error {
	t := tx.store.sealed[name]
	return eachIn(tx, name, ids, func(row scanner) error {
		values, sealed, err := t.Scan(row.Scan)
		if err != nil {
			return err
		}
		if !seal.Sound(sealed, values) {
			return fmt.Errorf("work %d: its row in %s is %w", t.WorkOf(values), name, Damaged)
		}
		return f(values)
	}, `SELECT `+t.List("")+` FROM `+name+` WHERE `+t.Work+` IN (*)`)
}

// verifyHeads compares the rows of works, and what lists show of them, with their
// seals.
func (tx *Tx) verifyHeads(ids []archive.WorkID) error {
	sealed := func([]any) error { return nil }
	if err := tx.verifyRows("work", ids, sealed); err != nil {
		return err
	}
	return tx.verifyRows("work_names", ids, sealed)
}

// whole fills works, and compares what they are called with what was gathered
// and sealed when they were kept.
func (tx *Tx) whole(works []archive.Work) error {
	if err := tx.fill(works); err != nil {
		return err
	}
	ids := make([]archive.WorkID, len(works))
	at, seen := map[archive.WorkID]archive.Work{}, map[archive.WorkID]bool{} // a work may be asked for twice
	for i, w := range works {
		ids[i], at[w.ID] = w.ID, w
	}
	err := tx.verifyRows("work", ids, func([]any) error { return nil })
	if err != nil {
		return err
	}
	err = tx.verifyRows("work_names", ids, func(values []any) error {
		// The columns of work_names, in their order.
		id, _ := values[0].(int64)
		chapters, _ := values[1].(int64)
		tags, _ := values[2].(string)
		creators, _ := values[3].(string)
		series, _ := values[4].(string)
		w, named := at[archive.WorkID(id)], archive.Work{ID: archive.WorkID(id)}
		seen[w.ID] = true
		if err := readNames(&named, tags, creators, series); err != nil {
			return err
		}
		if int64(len(w.Chapters)) != chapters || !sameNames(w, named) {
			return fmt.Errorf("what work %d is called, or has of chapters, is %w", id, Damaged)
		}
		return nil
	})
	for id := range at {
		if err == nil && !seen[id] {
			err = fmt.Errorf("the names of work %d are missing: it is %w", id, Damaged)
		}
	}
	return err
}

// sameNames compares what was gathered of a work with the work.
func sameNames(w, named archive.Work) bool {
	return slices.EqualFunc(w.Tags, named.Tags, func(a, b archive.Tag) bool { return a.ID == b.ID && a.Kind == b.Kind && a.Name == b.Name }) &&
		slices.EqualFunc(w.Creators, named.Creators, func(a, b archive.Creator) bool {
			return a.ID == b.ID && a.Name == b.Name && a.Account == b.Account
		}) &&
		slices.EqualFunc(w.Series, named.Series, func(a, b archive.Part) bool {
			return a.Series.ID == b.Series.ID && a.Series.Title == b.Series.Title && a.Number == b.Number
		})
}
