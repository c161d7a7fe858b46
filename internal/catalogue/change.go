package catalogue

import (
	"context"
	"fmt"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/store"
)

// Discard removes a work with all its revisions and files, for good.
func Discard(ctx context.Context, s *store.Store, by archive.Viewer, id archive.WorkID) error {
	return change(ctx, s, by, id, func(tx *store.Tx, w archive.Work) error { return tx.RemoveWork(w.ID) })
}

// Revert puts a work back as it was before its last change. That is a change
// too: reverting twice brings back what was reverted. So does bringing in again
// the file that it came from.
func Revert(ctx context.Context, s *store.Store, by archive.Viewer, id archive.WorkID) error {
	return change(ctx, s, by, id, func(tx *store.Tx, w archive.Work) error {
		return putBack(tx, w, w.Revision-1)
	})
}

// RevertTo puts a work back as it was in a revision. A work that is in it stays
// as it is.
func RevertTo(ctx context.Context, s *store.Store, by archive.Viewer, id archive.WorkID, revision int) error {
	return change(ctx, s, by, id, func(tx *store.Tx, w archive.Work) error {
		if w.Revision == revision {
			return nil
		}
		return putBack(tx, w, revision)
	})
}

func putBack(tx *store.Tx, w archive.Work, revision int) error {
	if revision < 1 || revision > w.Revision {
		return errs.Problems{{Field: "revision", Message: "There is no earlier revision of this work to go back to."}}
	}
	old, err := tx.WorkAt(w.ID, revision)
	if err != nil {
		return err
	}
	chapters, err := tx.ChaptersAt(w.ID, revision)
	if err != nil {
		return err
	}
	mends, err := tx.MendsAt(w.ID, revision)
	if err != nil {
		return err
	}
	reading, err := tx.ReadingAt(w.ID, revision)
	if err != nil {
		return err
	}
	old.Revision = w.Revision
	if err := tx.ChangeWork(&old, chapters, mends); err != nil {
		return err
	}
	if err := tx.SetReading(old, reading); err != nil {
		return err
	}
	if err := tx.WithdrawOriginals(w.ID, revision); err != nil {
		return err
	}
	return tx.SetWhy(w.ID, fmt.Sprintf("Put back as it was in revision %d.", revision))
}

// SetVisibility says who may see a work.
func SetVisibility(ctx context.Context, s *store.Store, by archive.Viewer, id archive.WorkID, v archive.Visibility) error {
	return s.Write(ctx, func(tx *store.Tx) error {
		w, err := seen(tx, by, id)
		if err != nil {
			return err
		}
		if !by.MayShow(w, v) {
			return refuse(by, w, "show")
		}
		return tx.SetVisibility(id, v)
	})
}

// KeepFromTextSearch says that the text of a work is not searched, or is again.
func KeepFromTextSearch(ctx context.Context, s *store.Store, by archive.Viewer, id archive.WorkID, out bool) error {
	return s.Write(ctx, func(tx *store.Tx) error {
		w, err := seen(tx, by, id)
		if err != nil {
			return err
		}
		if !by.MayKeepFromTextSearch(w) {
			return refuse(by, w, "keep from text search")
		}
		if w.NoTextSearch == out {
			return nil
		}
		return tx.SetNoTextSearch(id, out)
	})
}

// change runs f on a work that by may see and change.
func change(ctx context.Context, s *store.Store, by archive.Viewer, id archive.WorkID, f func(*store.Tx, archive.Work) error) error {
	return s.Write(ctx, func(tx *store.Tx) error {
		w, err := seen(tx, by, id)
		if err != nil {
			return err
		}
		if !by.MayChange(w) {
			return refuse(by, w, "change")
		}
		return f(tx, w)
	})
}

// seen returns a work that by may know of. All others are not found.
func seen(tx *store.Tx, by archive.Viewer, id archive.WorkID) (archive.Work, error) {
	w, err := tx.Work(id)
	if err == nil && !by.MaySeeWork(w) {
		return archive.Work{}, fmt.Errorf("work %d: %w", id, errs.NotFound)
	}
	return w, err
}

func refuse(by archive.Viewer, w archive.Work, what string) error {
	kind := errs.Forbidden
	if by.Person == 0 {
		kind = errs.SignIn
	}
	return fmt.Errorf("%s work %d: %w", what, w.ID, kind)
}
