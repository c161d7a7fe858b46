package web

import (
	"fmt"
	"net/http"
	"slices"

	"ficstead/internal/base/errs"
	"ficstead/internal/web/alike"
	"ficstead/internal/web/bring"
	"ficstead/internal/web/copies"
	"ficstead/internal/web/facets"
	"ficstead/internal/web/look"
	"ficstead/internal/web/page"
	"ficstead/internal/web/remember"
	"ficstead/internal/web/rescues"
	"ficstead/internal/web/review"
)

var galleryView = page.New[galleryPage](templates, "gallery/index")

// galleryPage lists the specimens, in development only.
type galleryPage struct {
	page.Frame
	Pages []galleryGroup
}

type galleryGroup struct {
	Page  string
	Links []link
}

// specimens are all of them, by part of the site.
func specimens() []page.Specimen {
	return slices.Concat(worksSpecimens(), listSpecimens(), browseSpecimens(), bring.Specimens(), review.Specimens(), copies.Specimens(), facets.Specimens(), alike.Specimens(plainBlurb), remember.Specimens(), rescues.Specimens(), page.Specimens(), otherSpecimens())
}

func (s *Site) galleryRoutes() page.Routes {
	return page.Routes{
		"GET /-/gallery":                      s.showGallery,
		"GET /-/gallery/{part}/{page}/{case}": s.showSpecimen,
	}
}

func (s *Site) showGallery(w http.ResponseWriter, r *http.Request) error {
	v := galleryPage{Frame: s.Frame(r, "Gallery", "")}
	for _, sp := range specimens() {
		if len(v.Pages) == 0 || v.Pages[len(v.Pages)-1].Page != sp.Page {
			v.Pages = append(v.Pages, galleryGroup{Page: sp.Page})
		}
		last := &v.Pages[len(v.Pages)-1]
		last.Links = append(last.Links, link{Href: sp.Path(), Label: sp.Name})
	}
	return galleryView.Show(w, r, http.StatusOK, v)
}

// showSpecimen shows one, in the look that the parameters ask for, such as
// ?theme=dark.
func (s *Site) showSpecimen(w http.ResponseWriter, r *http.Request) error {
	for _, sp := range specimens() {
		if sp.Path() == r.URL.Path {
			f := s.Frame(r, sp.Page+" "+sp.Name, "")
			if r.URL.RawQuery != "" {
				f.Look = look.Pick(func(_ int, name string) string { return r.URL.Query().Get(name) })
			}
			return sp.Show(w, r, f)
		}
	}
	return fmt.Errorf("specimen %q: %w", r.URL.Path, errs.NotFound)
}
