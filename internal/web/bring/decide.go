package bring

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
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

// importDiscardPage asks before many works are taken out at once.
type importDiscardPage struct {
	page.Frame
	Path     string
	Question string
}

func (p *Pages) askDiscardImport(w http.ResponseWriter, r *http.Request) error {
	batch, rows, err := p.discardable(r)
	if err != nil {
		return err
	}
	v := importDiscardPage{
		Frame: p.Frame(r, "Discard this import", "import"), Path: address.Import(batch.ID),
		Question: "Take " + words.Counted(len(rows), "work", "works") + " out of the library again?",
	}
	return importDiscard.Show(w, r, http.StatusOK, v)
}

// discardable lists the receipts of an import that can be undone.
func (p *Pages) discardable(r *http.Request) (batch store.Import, rows []receiptRow, err error) {
	err = p.Store.Read(r.Context(), func(tx *store.Tx) error {
		if batch, err = p.Import(tx, r); err != nil {
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
		rows = receiptRows(batch, items, p.Partials(batch.ID), done)
		return fillRows(tx, p.Viewer(r), rows)
	})
	rows = slices.DeleteFunc(rows, func(row receiptRow) bool { return !row.MayDiscard() })
	return batch, rows, err
}

// discardImport undoes everything that an import brought.
func (p *Pages) discardImport(w http.ResponseWriter, r *http.Request) error {
	batch, rows, err := p.discardable(r)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := p.discard(r, batch, row); err != nil {
			return err
		}
	}
	http.Redirect(w, r, address.Import(batch.ID), http.StatusSeeOther)
	return nil
}

// discardReceipt undoes what one file brought.
func (p *Pages) discardReceipt(w http.ResponseWriter, r *http.Request) error {
	batch, rows, err := p.discardable(r)
	if err != nil {
		return err
	}
	id := r.PathValue("receipt")
	for _, row := range rows {
		if row.ID == id {
			err = p.discard(r, batch, row)
		}
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, address.Import(batch.ID), http.StatusSeeOther)
	return nil
}

// discard takes a new work out, and puts an updated one back as it was before
// the import. What was undone before, by whomever, is so already.
func (p *Pages) discard(r *http.Request, batch store.Import, row receiptRow) error {
	err := p.undo(r, batch, row)
	if err != nil && !errors.Is(err, errs.NotFound) {
		return fmt.Errorf("discard %s of import %d: %w", row.ID, batch.ID, err)
	}
	err = p.review(r.Context(), batch.ID, func(v *review) {
		if !slices.Contains(v.Discarded, row.ID) {
			v.Discarded = append(v.Discarded, row.ID)
		}
	})
	if err != nil {
		return err
	}
	return p.Settle(r.Context())
}

func (p *Pages) undo(r *http.Request, batch store.Import, row receiptRow) error {
	if row.Status != archive.StatusUpdated {
		return catalogue.Discard(r.Context(), p.Store, p.Viewer(r), row.Work)
	}
	before := 1 // if the import brought the work too: the copy it brought first
	err := p.Store.Read(r.Context(), func(tx *store.Tx) error {
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
	return catalogue.RevertTo(r.Context(), p.Store, p.Viewer(r), row.Work, before)
}

// keepImport notes that a person has looked and wants everything as it is.
func (p *Pages) keepImport(w http.ResponseWriter, r *http.Request) error {
	var batch store.Import
	err := p.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		batch, err = p.Import(tx, r)
		return err
	})
	if err == nil {
		err = p.review(r.Context(), batch.ID, func(v *review) { v.Kept = true })
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, address.Import(batch.ID), http.StatusSeeOther)
	return nil
}

// review changes what was decided about an import.
func (p *Pages) review(ctx context.Context, id archive.ImportID, change func(*review)) error {
	return p.Store.Write(ctx, func(tx *store.Tx) error {
		v, err := readReview(tx, id)
		if err != nil {
			return err
		}
		change(&v)
		return writeReview(tx, id, v)
	})
}
