package review

import (
	"embed"
	"errors"
	"net/http"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/catalogue"
	"ficstead/internal/reading"
	"ficstead/internal/store"
	"ficstead/internal/web/answer"
	"ficstead/internal/web/page"
)

//go:embed templates
var templates embed.FS

// Pages are the pages of deciding about mends.
type Pages struct {
	*page.Room

	proposed answer.Cache[proposedKey, proposed]
}

// New makes the pages of a room.
func New(room *page.Room) *Pages {
	p := &Pages{Room: room}
	p.proposed.Bound = 1 << 20 // bytes: of some thousand works
	return p
}

// What the archive proposes of a revision costs a second for a long work, so it
// is kept. It may be a little behind what other works say.
type proposedKey struct {
	work     archive.WorkID
	revision int
	viewer   archive.Viewer // whose view of the archive it is
}

type proposed []archive.Proposal

// Size is about how many bytes it takes.
func (p proposed) Size() int {
	n := 64
	for _, one := range p {
		n += len(one.Field) + len(one.Value) + len(one.Because) + 64
	}
	return n
}

// Routes is every address of deciding about mends.
func (p *Pages) Routes() page.Routes {
	return page.Routes{
		"GET /works/{work}/review":           p.showReview,
		"POST /works/{work}/review":          p.createReview,
		"GET /works/{work}/review/{chapter}": p.showBeside,
	}
}

// matter is a work with all that is to be decided about it.
type matter struct {
	work      archive.Work
	mends     []archive.Mend
	decisions archive.Decisions
	files     []store.Original // that it is read from, without their data
	why       string           // of the present revision
	readable  bool             // there is a file to read again
}

// matter loads the work in the address, if the viewer may change it.
func (p *Pages) matter(tx *store.Tx, r *http.Request) (m matter, err error) {
	if m.work, err = p.Own(tx, r); err != nil {
		return m, err
	}
	if m.mends, err = tx.Mends(m.work.ID); err != nil {
		return m, err
	}
	if m.decisions, err = tx.Decisions(m.work.ID); err != nil {
		return m, err
	}
	revisions, err := tx.Revisions(m.work.ID)
	if err != nil {
		return m, err
	}
	m.why = revisions[0].Why
	m.files, err = catalogue.FilesOf(tx, m.work)
	if m.readable = err == nil; errors.Is(err, errs.Invalid) {
		err = nil
	}
	return m, err
}

// createReview does what the form of either page says.
func (p *Pages) createReview(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	var m matter
	err := p.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		m, err = p.matter(tx, r)
		return err
	})
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return errs.Problems{{Field: "review", Message: "The form did not arrive whole. Go back and send it again."}}
	}
	f := formOf(r.PostForm)
	read := p.archive(r).Reader(r.Context(), m.work)
	done, err := catalogue.Review(r.Context(), p.Store, p.Viewer(r), m.work.ID, read, f.change(m))
	if problems, ok := errors.AsType[errs.Problems](err); ok {
		return p.showReviewWith(w, r, http.StatusUnprocessableEntity, problems)
	}
	if refusal, ok := errors.AsType[archive.Refusal](err); ok {
		return p.showReviewWith(w, r, http.StatusUnprocessableEntity, errs.Problems{{Field: "review", Message: refusal.Error()}})
	}
	if err == nil {
		err = p.Settle(r.Context())
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, f.back(m.work.ID, done), http.StatusSeeOther)
	return nil
}

// archive is where works are read again, as whoever sends r.
func (p *Pages) archive(r *http.Request) reading.Archive {
	return reading.Archive{Store: p.Store, Finder: p.Finder, Viewer: p.Viewer(r)}
}

// maxForm is in bytes: a page has a hundred mends, and what was seen, ticked and
// sent of each is 60 bytes.
const maxForm = 256 << 10
