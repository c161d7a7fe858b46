package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/catalogue"
	"ficstead/internal/store"
)

// importDiscardPage asks before many works are taken out at once.
type importDiscardPage struct {
	Frame
	Path     string
	Question string
}

func (s *Site) askDiscardImport(w http.ResponseWriter, r *http.Request) error {
	batch, rows, err := s.discardable(r)
	if err != nil {
		return err
	}
	v := importDiscardPage{
		Frame: s.frame(r, "Discard this import", "import"), Path: ImportPath(batch.ID),
		Question: "Take " + counted(len(rows), "work", "works") + " out of the library again?",
	}
	return importDiscard.show(w, r, http.StatusOK, v)
}

// discardable lists the receipts of an import that can be undone.
func (s *Site) discardable(r *http.Request) (batch store.Import, rows []receiptRow, err error) {
	err = s.Store.Read(r.Context(), func(tx *store.Tx) error {
		if batch, err = s.Import(tx, r); err != nil {
			return err
		}
		items, err := tx.ImportItems(batch.ID)
		if err != nil {
			return err
		}
		done, err := readReview(tx, batch.ID)
		if err != nil {
			return err
		}
		rows = receiptRows(batch, items, s.Partials(batch.ID), done)
		return fillRows(tx, s.Viewer(r), rows)
	})
	rows = slices.DeleteFunc(rows, func(row receiptRow) bool { return !row.MayDiscard() })
	return batch, rows, err
}

// discardImport undoes everything that an import brought.
func (s *Site) discardImport(w http.ResponseWriter, r *http.Request) error {
	batch, rows, err := s.discardable(r)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := s.discard(r, batch, row); err != nil {
			return err
		}
	}
	http.Redirect(w, r, ImportPath(batch.ID), http.StatusSeeOther)
	return nil
}

// discardReceipt undoes what one file brought.
func (s *Site) discardReceipt(w http.ResponseWriter, r *http.Request) error {
	batch, rows, err := s.discardable(r)
	if err != nil {
		return err
	}
	id := r.PathValue("receipt")
	for _, row := range rows {
		if row.ID == id {
			err = s.discard(r, batch, row)
		}
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, ImportPath(batch.ID), http.StatusSeeOther)
	return nil
}

// discard takes a new work out, and puts an updated one back as it was before
// the import. What was undone before, by whomever, is so already.
func (s *Site) discard(r *http.Request, batch store.Import, row receiptRow) error {
	err := s.undo(r, batch, row)
	if err != nil && !errors.Is(err, errs.NotFound) {
		return fmt.Errorf("discard %s of import %d: %w", row.ID, batch.ID, err)
	}
	err = s.review(r.Context(), batch.ID, func(v *review) {
		if !slices.Contains(v.Discarded, row.ID) {
			v.Discarded = append(v.Discarded, row.ID)
		}
	})
	if err != nil {
		return err
	}
	return s.settled(r.Context())
}

func (s *Site) undo(r *http.Request, batch store.Import, row receiptRow) error {
	if row.Status != archive.StatusUpdated {
		return catalogue.Discard(r.Context(), s.Store, s.Viewer(r), row.Work)
	}
	before := 1 // if the import brought the work too: the copy it brought first
	err := s.Store.Read(r.Context(), func(tx *store.Tx) error {
		revisions, err := tx.Revisions(row.Work)
		for _, revision := range revisions {
			if revision.Changed.Before(batch.Started) {
				before = max(before, revision.Number)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return catalogue.RevertTo(r.Context(), s.Store, s.Viewer(r), row.Work, before)
}

// settled lets the index see what was just changed, so that the next page does.
func (s *Site) settled(ctx context.Context) error {
	if s.Finder == nil {
		return nil
	}
	return s.Finder.CatchUp(ctx)
}

// keepImport notes that a person has looked and wants everything as it is.
func (s *Site) keepImport(w http.ResponseWriter, r *http.Request) error {
	var batch store.Import
	err := s.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		batch, err = s.Import(tx, r)
		return err
	})
	if err == nil {
		err = s.review(r.Context(), batch.ID, func(v *review) { v.Kept = true })
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, ImportPath(batch.ID), http.StatusSeeOther)
	return nil
}

// review changes what was decided about an import.
func (s *Site) review(ctx context.Context, id archive.ImportID, change func(*review)) error {
	return s.Store.Write(ctx, func(tx *store.Tx) error {
		v, err := readReview(tx, id)
		if err != nil {
			return err
		}
		change(&v)
		return writeReview(tx, id, v)
	})
}
