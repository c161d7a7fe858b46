package bring

import (
	"fmt"
	"net/http"
	"strconv"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/catalogue"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/answer"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

var recordView = page.New[recordPage](templates, "works/record")

// recordPage is what is kept of a work beside its text, for its keeper: the
// files it came from, its earlier revisions, what was mended, and the way out.
type recordPage struct {
	page.Frame
	Name      string
	Tongue    page.Tongue
	Href      string
	Originals []originalLine
	Revisions []revisionLine
	Mends     page.Link // Label is empty if nothing was mended
	Chapters  string
	Out       bool // its text is kept out of searches
	Problems  errs.Problems
}

type originalLine struct {
	page.Link
	Size     string
	Day, ISO string
}

type revisionLine struct {
	Number   int
	Day, ISO string
	Line     string // how long it is
	Why      string
	Current  bool
}

func (p *Pages) showRecord(w http.ResponseWriter, r *http.Request) error {
	return p.showRecordWith(w, r, http.StatusOK, nil)
}

func (p *Pages) showRecordWith(w http.ResponseWriter, r *http.Request, status int, problems errs.Problems) error {
	var v recordPage
	err := p.Store.Read(r.Context(), func(tx *store.Tx) error {
		work, err := p.Own(tx, r)
		if err != nil {
			return err
		}
		originals, err := tx.Originals(work.ID)
		if err != nil {
			return err
		}
		revisions, err := tx.Revisions(work.ID)
		if err != nil {
			return err
		}
		mends, err := tx.Mends(work.ID)
		v = newRecordPage(work, originals, revisions, len(mends))
		return err
	})
	if err != nil {
		return err
	}
	v.Problems = problems
	v.Frame = p.Frame(r, "Record of "+v.Name, "browse")
	v.Back = v.Href
	return recordView.Show(w, r, status, v)
}

func newRecordPage(work archive.Work, originals []store.Original, revisions []store.Revision, mends int) recordPage {
	v := recordPage{Name: words.Title(work), Tongue: page.TongueOf(work.Language), Href: address.Work(work.ID), Chapters: words.Counted(len(work.Chapters), "chapter", "chapters"), Out: work.NoTextSearch}
	for _, o := range originals {
		v.Originals = append(v.Originals, originalLine{page.Link{Href: address.Original(work.ID, o.Sum), Label: o.Name}, words.Bytes(o.Size), words.Day(o.Added), words.ISODay(o.Added)})
	}
	for _, rev := range revisions {
		v.Revisions = append(v.Revisions, revisionLine{rev.Number, words.Day(rev.Changed), words.ISODay(rev.Changed),
			words.Counted(rev.Chapters, "chapter", "chapters") + ", " + words.Counted(rev.Words, "word", "words"), rev.Why, rev.Number == work.Revision})
	}
	if mends > 0 {
		v.Mends = page.Link{Href: address.Review(work.ID), Label: "Review " + words.Counted(mends, "mend", "mends")}
	}
	return v
}

// showOriginal sends a file as it was brought in. It is never shown in place:
// it is whatever somebody made.
func (p *Pages) showOriginal(w http.ResponseWriter, r *http.Request) error {
	if !sumPattern.MatchString(r.PathValue("sum")) {
		return fmt.Errorf("original %q: %w", r.PathValue("sum"), errs.NotFound)
	}
	var original store.Original
	err := p.Store.Read(r.Context(), func(tx *store.Tx) error {
		work, err := p.Own(tx, r)
		if err != nil {
			return err
		}
		original, err = tx.Original(work.ID, r.PathValue("sum"))
		return err
	})
	if err != nil {
		return err
	}
	return answer.NewFile("application/octet-stream", original.Name, original.Data).Send(w, r, http.StatusOK)
}

// createReversion puts a work back as it was in an earlier revision.
func (p *Pages) createReversion(w http.ResponseWriter, r *http.Request) error {
	work, err := p.changing(w, r)
	if err != nil {
		return err
	}
	revision, err := strconv.Atoi(r.PostFormValue("revision"))
	if err != nil {
		return p.showRecordWith(w, r, http.StatusUnprocessableEntity, errs.Problems{{Field: "revisions", Message: "Choose a revision to go back to."}})
	}
	err = catalogue.RevertTo(r.Context(), p.Store, p.Viewer(r), work.ID, revision)
	if problems, ok := err.(errs.Problems); ok {
		return p.showRecordWith(w, r, http.StatusUnprocessableEntity, problems)
	}
	if err == nil {
		http.Redirect(w, r, address.Record(work.ID), http.StatusSeeOther)
	}
	return err
}

// updateTextSearch says whether searches may look inside the text of a work.
func (p *Pages) updateTextSearch(w http.ResponseWriter, r *http.Request) error {
	work, err := p.changing(w, r)
	if err != nil {
		return err
	}
	if err := catalogue.KeepFromTextSearch(r.Context(), p.Store, p.Viewer(r), work.ID, r.PostFormValue("out") == "yes"); err != nil {
		return err
	}
	if err := p.Settle(r.Context()); err != nil {
		return err
	}
	http.Redirect(w, r, address.Record(work.ID)+"#text-search", http.StatusSeeOther)
	return nil
}

// createRemoval takes a work out of the library for good.
func (p *Pages) createRemoval(w http.ResponseWriter, r *http.Request) error {
	work, err := p.changing(w, r)
	if err != nil {
		return err
	}
	if r.PostFormValue("sure") != "yes" {
		return p.showRecordWith(w, r, http.StatusUnprocessableEntity, errs.Problems{{Field: "sure", Message: "Tick the box that says you are sure. Nothing was removed."}})
	}
	if err := catalogue.Discard(r.Context(), p.Store, p.Viewer(r), work.ID); err != nil {
		return err
	}
	http.Redirect(w, r, "/works", http.StatusSeeOther)
	return nil
}

// changing returns the work that a form is about to change.
func (p *Pages) changing(w http.ResponseWriter, r *http.Request) (work archive.Work, err error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	err = p.Store.Read(r.Context(), func(tx *store.Tx) error {
		work, err = p.Own(tx, r)
		return err
	})
	return work, err
}
