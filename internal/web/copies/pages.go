package copies

import (
	"embed"
	"fmt"
	"net/http"
	"strconv"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/catalogue"
	"ficstead/internal/reading"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
)

//go:embed templates
var templates embed.FS

// Pages are the pages of comparing copies.
type Pages struct{ *page.Room }

// Routes is every address of comparing copies.
func (p *Pages) Routes() page.Routes {
	return page.Routes{
		"GET /works/{work}/copies":          p.showCopies,
		"GET /works/{work}/copies/{other}":  p.showComparison,
		"POST /works/{work}/copies/{other}": p.createDecision,
	}
}

const maxForm = 16 << 10 // bytes of a form with one button

// other returns the work that is compared, and what is known of the two. Works
// that were never found alike are not compared here.
func (p *Pages) other(tx *store.Tx, r *http.Request, id archive.WorkID) (archive.Work, archive.Likeness, error) {
	name := r.PathValue("other")
	number, err := strconv.ParseInt(name, 10, 64)
	if err != nil {
		return archive.Work{}, archive.Likeness{}, fmt.Errorf("copy %q: %w", name, errs.NotFound)
	}
	likenesses, err := tx.Likenesses(id)
	if err != nil {
		return archive.Work{}, archive.Likeness{}, err
	}
	for _, l := range likenesses {
		if l.Other != archive.WorkFromPublic(number) {
			continue
		}
		w, err := tx.Work(l.Other)
		if err == nil && p.Viewer(r).MaySeeWork(w) {
			return w, l, nil
		}
	}
	return archive.Work{}, archive.Likeness{}, fmt.Errorf("work %d has no copy %s: %w", id, name, errs.NotFound)
}

// createDecision does what a person chose about two copies.
func (p *Pages) createDecision(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	var work, other archive.Work
	err := p.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if work, err = p.Own(tx, r); err != nil {
			return err
		}
		other, _, err = p.other(tx, r, work.ID)
		return err
	})
	if err != nil {
		return err
	}
	back, viewer := address.Copies(work.ID), p.Viewer(r)
	switch r.PostFormValue("choice") {
	case "apart", "open":
		err = catalogue.KeepApart(r.Context(), p.Store, viewer, work.ID, other.ID, r.PostFormValue("choice") == "apart")
	case "unite", "take":
		err = catalogue.Unite(r.Context(), p.Store, viewer, work.ID, other.ID, r.PostFormValue("choice") == "take")
		if err == nil {
			p.heal(r, work.ID)
			back = address.Review(work.ID) + "?done=united"
		}
	default:
		return errs.Problems{{Field: "choice", Message: "Choose what is to become of the two copies."}}
	}
	if err == nil {
		err = p.Settle(r.Context())
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
	return nil
}

// heal has what the other copy knew better suggested. That it could not be read
// again is no reason to fail: the two are one work by now.
func (p *Pages) heal(r *http.Request, id archive.WorkID) {
	var w archive.Work
	err := p.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		w, err = tx.Work(id)
		return err
	})
	if err == nil {
		_ = reading.Archive{Store: p.Store, Finder: p.Finder, Viewer: p.Viewer(r)}.Heal(r.Context(), w)
	}
}
