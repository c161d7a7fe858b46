package web

import (
	"fmt"
	"net/http"
	"path"
	"strings"

	"ficstead/internal/base/errs"
	"ficstead/internal/web/address"
	"ficstead/internal/web/facets"
	"ficstead/internal/web/listing"
)

// A scoper finds what a listing is of in the address. Moved reports that it has
// another address now, the scope's path.
type scoper func(*http.Request) (sc listing.Scope, moved bool, err error)

func everything(*http.Request) (listing.Scope, bool, error) {
	return listing.Scope{Path: "/works", Heading: "All works"}, false, nil
}

// listings answers the addresses of a listing: its page, and the same with
// .atom, .opds or .epub, which the patterns of ServeMux cannot tell apart.
func (s *Site) listings(of scoper) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		r, ext := cutExtension(r)
		sc, moved, err := of(r)
		switch {
		case err != nil:
			return err
		case moved:
			http.Redirect(w, r, address.With(sc.Path+ext, r.URL.Query()), http.StatusSeeOther)
			return nil
		}
		switch ext {
		case "":
			return s.showListing(w, r, sc)
		case ".epub":
			return s.sendBook(w, r, sc)
		case ".atom", ".opds":
			return s.sendFeed(w, r, sc, ext)
		}
		return fmt.Errorf("form %q: %w", ext, errs.NotFound)
	}
}

// facets answers with all tags of a kind among the works of a listing.
func (s *Site) facets(of scoper) handler {
	pages := facets.Pages{Room: &s.Room}
	return func(w http.ResponseWriter, r *http.Request) error {
		sc, moved, err := of(r)
		switch {
		case err != nil:
			return err
		case moved:
			http.Redirect(w, r, address.With(address.Facets(sc.Path), r.URL.Query()), http.StatusSeeOther)
			return nil
		}
		return pages.Show(w, r, sc)
	}
}

// cutExtension takes .atom and its like off the address, so that what is below
// sees the listing alone.
func cutExtension(r *http.Request) (*http.Request, string) {
	ext := path.Ext(r.URL.Path)
	if ext == "" {
		return r, ""
	}
	plain := r.Clone(r.Context())
	for _, name := range []string{"tag", "creator", "language"} {
		plain.SetPathValue(name, strings.TrimSuffix(r.PathValue(name), ext))
	}
	return plain, ext
}

// section is the part of the site that a listing belongs to.
func section(sc listing.Scope) string {
	if sc.Path == "/works" {
		return "browse"
	}
	return ""
}
