package web

import (
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/find"
)

// A scope is what a listing is of: everything, a tag, a creator, a language. It
// is in the path of the address, so the parameters leave it out.
type scope struct {
	path    string
	heading string
	lead    string // what the heading is the name of
	about   []aboutLine

	tag      archive.TagID
	creator  archive.CreatorID
	language string
}

// narrow adds the scope to a question.
func (sc scope) narrow(q find.Question) find.Question {
	if sc.tag != 0 && !slices.Contains(q.Include, sc.tag) {
		q.Include = append(slices.Clone(q.Include), sc.tag)
	}
	if sc.creator != 0 {
		q.Creator = sc.creator
	}
	if sc.language != "" && !slices.Contains(q.Languages, sc.language) {
		q.Languages = append(slices.Clone(q.Languages), sc.language)
	}
	return q
}

// holds reports whether a question is within the scope.
func (sc scope) holds(q find.Question) bool {
	return (sc.tag == 0 || slices.Contains(q.Include, sc.tag)) && (sc.creator == 0 || q.Creator == sc.creator) &&
		(sc.language == "" || slices.Contains(q.Languages, sc.language))
}

// href is the address of a question: within the scope if it still is, among
// all works if it is not.
func (sc scope) href(q find.Question) string {
	if !sc.holds(q) {
		return address("/works", q.Values())
	}
	return address(sc.path, sc.values(q))
}

// values are the parameters of a question without the scope.
func (sc scope) values(q find.Question) map[string][]string {
	if sc.tag != 0 {
		q.Include = without(q.Include, sc.tag)
	}
	if sc.creator != 0 {
		q.Creator = 0
	}
	if sc.language != "" {
		q.Languages = without(q.Languages, sc.language)
	}
	return q.Values()
}

func (sc scope) section() string {
	if sc.path == "/works" {
		return "browse"
	}
	return ""
}

// without returns list less one value, and never changes list.
func without[T comparable](list []T, value T) []T {
	return slices.DeleteFunc(slices.Clone(list), func(v T) bool { return v == value })
}

// A scoper finds what a listing is of in the address. Moved reports that it has
// another address now, the scope's path.
type scoper func(*http.Request) (sc scope, moved bool, err error)

func everything(*http.Request) (scope, bool, error) {
	return scope{path: "/works", heading: "All works"}, false, nil
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
			http.Redirect(w, r, address(sc.path+ext, r.URL.Query()), http.StatusSeeOther)
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
