package remember

import (
	"embed"
	"net/http"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/web/page"
)

//go:embed templates
var templates embed.FS

// Pages is the page for what is half remembered.
type Pages struct{ *page.Room }

// Routes is its address.
func (p *Pages) Routes() page.Routes { return page.Routes{"GET /remember": p.show} }

// A matter is what somebody remembers, and what was found of it.
type matter struct {
	memory    memory
	found     find.Remembered
	works     map[archive.WorkID]archive.Work
	languages []find.LanguageFacet
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	m := matter{memory: read(r.URL.Query())}
	viewer := p.Viewer(r)
	m.languages = p.Finder.Languages(viewer)
	if m.memory.Line != "" {
		var err error
		if m.found, err = p.Finder.Remember(r.Context(), viewer, m.memory.Memory); err != nil {
			return err
		}
	}
	err := p.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		m.works, err = visible(tx, viewer, m.found)
		return err
	})
	if err != nil {
		return err
	}
	v := newShowPage(m)
	v.Frame = p.Frame(r, "I remember…", "remember")
	v.Frame.Noindex = m.memory.asked
	return showView.Show(w, r, http.StatusOK, v)
}

// visible are the works of what was found. The index may be a moment behind the
// store, so what the viewer may see is asked again.
func visible(tx *store.Tx, v archive.Viewer, found find.Remembered) (map[archive.WorkID]archive.Work, error) {
	var ids []archive.WorkID
	for _, c := range found.Chapters {
		if !slices.Contains(ids, c.Work) {
			ids = append(ids, c.Work)
		}
	}
	works, err := tx.Works(ids)
	seen := map[archive.WorkID]archive.Work{}
	for _, w := range works {
		if v.MaySeeWork(w) {
			seen[w.ID] = w
		}
	}
	return seen, err
}
