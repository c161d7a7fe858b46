package web

import (
	"fmt"
	"net/http"
	"slices"

	"ficstead/internal/base/errs"
	"ficstead/internal/web/look"
)

var galleryView = newPage[galleryPage]("gallery/index")

// galleryPage lists the specimens, in development only.
type galleryPage struct {
	Frame
	Pages []galleryGroup
}

type galleryGroup struct {
	Page  string
	Links []link
}

// A specimen is one page with made-up data. Every page has some: empty, usual,
// long, right to left, hostile. People look at them, and tests measure them.
type specimen struct {
	page, name string
	show       func(w http.ResponseWriter, r *http.Request, f Frame) error
}

// specimenOf makes a specimen of what v returns for the layout's frame.
func specimenOf[T any](p page[T], name string, v func(Frame) T) specimen {
	return specimen{p.name, name, func(w http.ResponseWriter, r *http.Request, f Frame) error {
		return p.show(w, r, http.StatusOK, v(f))
	}}
}

func (s specimen) path() string { return "/-/gallery/" + s.page + "/" + s.name }

// specimens are all of them, by part of the site.
func specimens() []specimen {
	return slices.Concat(worksSpecimens(), listSpecimens(), browseSpecimens(), importSpecimens(), otherSpecimens())
}

func (s *Site) galleryRoutes() []route {
	return []route{
		{"GET /-/gallery", s.showGallery},
		{"GET /-/gallery/{part}/{page}/{case}", s.showSpecimen},
	}
}

func (s *Site) showGallery(w http.ResponseWriter, r *http.Request) error {
	v := galleryPage{Frame: s.frame(r, "Gallery", "")}
	for _, sp := range specimens() {
		if len(v.Pages) == 0 || v.Pages[len(v.Pages)-1].Page != sp.page {
			v.Pages = append(v.Pages, galleryGroup{Page: sp.page})
		}
		last := &v.Pages[len(v.Pages)-1]
		last.Links = append(last.Links, link{sp.path(), sp.name})
	}
	return galleryView.show(w, r, http.StatusOK, v)
}

// showSpecimen shows one, in the look that the parameters ask for, such as
// ?theme=dark.
func (s *Site) showSpecimen(w http.ResponseWriter, r *http.Request) error {
	for _, sp := range specimens() {
		if sp.path() == r.URL.Path {
			f := s.frame(r, sp.page+" "+sp.name, "")
			if r.URL.RawQuery != "" {
				f.Look = look.Pick(func(_ int, name string) string { return r.URL.Query().Get(name) })
			}
			return sp.show(w, r, f)
		}
	}
	return fmt.Errorf("specimen %q: %w", r.URL.Path, errs.NotFound)
}
