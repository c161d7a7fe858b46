package textindex

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"ficstead/internal/archive"
	"ficstead/internal/fulltext"
	"ficstead/internal/store"
	"ficstead/internal/store/database"
)

// Check reads all that is kept at address, compares it with its sums and with the
// store, and changes nothing. It returns sentences of what is wrong; an index that
// is only behind the store, or not there, is not.
func Check(ctx context.Context, s *store.Store, address string) (wrong []string, err error) {
	x := &Index{store: s, address: address}
	if x.write, x.read, x.dialect, err = database.Open(address, pragmas); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	err = x.check(ctx, func(what string) { wrong = append(wrong, what) })
	if err != nil && x.broken(err) {
		return append(wrong, fmt.Sprintf("The index of texts cannot be read: %v.", err)), nil
	}
	return wrong, err
}

func (x *Index) check(ctx context.Context, told func(string)) error {
	tx, err := x.read.BeginTx(ctx, &x.dialect.Reading)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var kept int
	if err := tx.QueryRowContext(ctx, `SELECT format FROM text_state WHERE one = $1`, 1).Scan(&kept); err != nil || kept != format {
		return nil // none is kept, or one that is made anew
	}
	v := &view{}
	err = tx.QueryRowContext(ctx, `SELECT version, generation, filled, segments FROM text_state WHERE one = $1`, 1).
		Scan(&v.version, &v.generation, &v.filled, &v.last)
	if err != nil {
		return err
	}
	if err := v.load(ctx, tx, nil); err != nil {
		return err
	}
	for _, s := range v.segments {
		if err := s.checkPieces(ctx, tx); err != nil {
			return err
		}
	}
	return x.compare(ctx, v, told)
}

// checkPieces compares the pieces of a segment with their sums, in the order in
// which they stand.
func (s *segment) checkPieces(ctx context.Context, tx *sql.Tx) error {
	size := int64(0)
	for after, more := pieceID(s.id, 0)-1, true; more; {
		more = false
		rows, err := tx.QueryContext(ctx, `SELECT id, data FROM text_piece WHERE id > $1 AND id < $2 ORDER BY id LIMIT 200`, after, pieceID(s.id+1, 0))
		if err != nil {
			return err
		}
		for rows.Next() {
			more = true
			var sealed []byte
			if err = rows.Scan(&after, &sealed); err == nil {
				_, err = fulltext.Open(sealed)
			}
			if err != nil {
				break
			}
			size += int64(len(sealed))
		}
		if err := errors.Join(err, rows.Err(), rows.Close()); err != nil {
			return err
		}
	}
	if size != s.size {
		return fmt.Errorf("segment %d has %d bytes, and %d were written: %w", s.id, size, s.size, fulltext.Damaged)
	}
	return nil
}

// compare compares the texts that are in the index with those of the store, where
// both know the same changes.
func (x *Index) compare(ctx context.Context, v *view, told func(string)) error {
	return x.store.Read(ctx, func(tx *store.Tx) error {
		last, err := tx.LastChange()
		if err != nil {
			return err
		}
		if v.generation > last {
			told("The index of texts is of another archive, or newer than this one.")
			return nil
		}
		if v.generation < last || v.filled != filledAll {
			return nil // behind
		}
		indexed := map[[2]int64]bool{}
		for _, s := range v.segments {
			for i, d := range s.docs {
				if !s.dead.Has(uint32(i)) {
					indexed[[2]int64{int64(d.Work), int64(d.Chapter)}] = true
				}
			}
		}
		missing := 0
		err = eachText(tx, func(t store.Text) {
			key := [2]int64{int64(t.Work), int64(t.Chapter)}
			if !indexed[key] {
				missing++
			}
			delete(indexed, key)
		})
		if err == nil && missing+len(indexed) > 0 {
			told(fmt.Sprintf("The index of texts lacks %d chapters, and has %d that are not there.", missing, len(indexed)))
		}
		return err
	})
}

// eachText calls f for every text that may be searched.
func eachText(tx *store.Tx, f func(store.Text)) error {
	for after := archive.WorkID(0); ; {
		ids, err := tx.WorkIDs(after, 500)
		if err != nil || len(ids) == 0 {
			return err
		}
		texts, err := tx.Texts(ids)
		if err != nil {
			return err
		}
		for _, t := range texts {
			f(t)
		}
		after = ids[len(ids)-1]
	}
}

// Anew makes an index without texts of whatever is kept; CatchUp fills it.
func (x *Index) Anew(ctx context.Context) error { return x.anew(ctx) }
