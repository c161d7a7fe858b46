package facets

import (
	"embed"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/web/address"
	"ficstead/internal/web/listing"
	"ficstead/internal/web/page"
)

//go:embed templates
var templates embed.FS

// Pages are the pages of tags among the works found.
type Pages struct{ *page.Room }

// Show answers with the tags among the works of a scope. An address that a form
// made is first tidied, so that each state has one address.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request, sc listing.Scope) error {
	if tidy, changed := listing.Tidy(r.URL.Query()); changed {
		http.Redirect(w, r, address.With(address.Facets(sc.Path), tidy), http.StatusSeeOther)
		return nil
	}
	m, err := p.matter(r, sc)
	if err != nil {
		return err
	}
	v := newShowPage(m)
	v.Frame = p.Frame(r, v.Heading, "browse")
	v.Frame.Query, v.Frame.Noindex = m.question.Query, true
	return showView.Show(w, r, http.StatusOK, v)
}

// A matter is what the page is about.
type matter struct {
	scope    listing.Scope
	question find.Question // with the scope in it
	of       find.FacetQuestion
	answer   find.FacetAnswer
	problems []find.Problem
}

func (p *Pages) matter(r *http.Request, sc listing.Scope) (matter, error) {
	m := matter{scope: sc}
	v := r.URL.Query()
	m.of = asked(v)
	v.Del("page") // it is a page of tags
	m.question, m.problems = find.ParseQuestion(v)
	var cut []find.Problem
	m.question, cut = listing.Bound(m.question, listing.MaxFacetQuery)
	m.problems = append(m.problems, cut...)
	m.question = sc.Narrow(m.question)
	m.question.Now = p.Now()
	var err error
	m.answer, err = p.Finder.TagsOf(r.Context(), p.Viewer(r), m.question, m.of)
	m.problems = append(m.problems, m.answer.Ignored...)
	return m, err
}

const (
	perPage  = 60
	maxTyped = 200 // bytes of what is searched for
)

// asked reads which tags are asked for. What makes no sense is the usual.
func asked(v url.Values) find.FacetQuestion {
	of := find.FacetQuestion{Kind: archive.Fandom, Per: perPage, Page: pageOf(v.Get("page"))}
	if kind, ok := archive.ParseKind(v.Get("kind")); ok {
		of.Kind = kind
	}
	of.Typed = strings.TrimSpace(strings.ToValidUTF8(v.Get("typed"), ""))
	if len(of.Typed) > maxTyped {
		of.Typed = strings.ToValidUTF8(of.Typed[:maxTyped], "")
	}
	of.ByName = v.Get("order") == "name"
	return of
}

// pageOf reads the number of a page; what is none is the first.
func pageOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 1
	}
	return min(n, lastPage)
}

const lastPage = 1_000_000 // beyond any
