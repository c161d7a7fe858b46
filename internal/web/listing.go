package web

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/store"
)

var listView = newPage[listPage]("works/list")

// listPage is works one below the other, beside the filter that chose them.
type listPage struct {
	Frame
	Heading   string
	Lead      string // what the heading is the name of, "" for none
	About     []aboutLine
	Count     string
	Problems  []string
	DidMean   []link
	Pills     []pill
	Sorts     []choiceLink
	Sizes     []choiceLink
	Blurbs    []template.HTML
	Pager     pager
	Forms     []link // the same list in other forms
	Filter    filter
	Without   []link // if nothing was found
	Untouched bool   // no filter is in use
}

// An aboutLine is what is known of the thing whose works are listed.
type aboutLine struct {
	Label string
	Links []link
}

// A pill is a filter in use; its link drops it.
type pill struct {
	Label, Href string
	Not         bool
}

type choiceLink struct {
	link
	Current bool
}

type pager struct {
	Previous, Next string
	Pages          []pageLink
}

// A pageLink is a page of the list; the zero one is a gap.
type pageLink struct {
	Number  int
	Href    string
	Current bool
}

// A listing is one question about to be answered on one page.
type listing struct {
	scope    scope
	question find.Question // with the scope in it
	answer   find.Answer
	works    []archive.Work
	problems []find.Problem
	typed    map[archive.Kind]string       // what was typed to find more tags of a kind
	more     map[archive.Kind][]find.Facet // and what it found
}

// showListing answers a question with a page. An address that a form made is
// first tidied, so that each question has one address.
func (s *Site) showListing(w http.ResponseWriter, r *http.Request, sc scope) error {
	if tidy, changed := tidyParams(r.URL.Query()); changed {
		http.Redirect(w, r, address(sc.path, tidy), http.StatusSeeOther)
		return nil
	}
	l, err := s.list(r, sc)
	if err != nil {
		return err
	}
	v := l.page()
	v.Frame = s.frame(r, v.Heading, sc.section())
	v.Frame.Query, v.Frame.Feeds = l.question.Query, l.feeds()
	v.Blurbs = s.blurbs(l.works)
	return listView.show(w, r, http.StatusOK, v)
}

// list asks the finder, and the store for the works it found.
func (s *Site) list(r *http.Request, sc scope) (listing, error) {
	l := listing{scope: sc}
	l.question, l.problems = parseQuestion(r.URL.Query())
	l.question = sc.narrow(l.question)
	l.question.Now = s.now()
	viewer := s.Viewer(r)
	var err error
	l.answer, err = s.Finder.Works(r.Context(), viewer, l.question)
	if page, beyond := errors.AsType[find.PageError](err); beyond {
		return l, l.beyond(page)
	}
	if err != nil {
		return l, err
	}
	l.problems = append(l.problems, l.answer.Ignored...)
	l.typed, l.more = s.findMore(r, viewer)
	l.works, err = s.visible(r.Context(), viewer, l.answer.IDs)
	return l, err
}

// parseQuestion reads the parameters. A range that is not asked for is open.
func parseQuestion(v url.Values) (find.Question, []find.Problem) {
	q, problems := find.ParseQuestion(v)
	for name, r := range map[string]*find.Range{"words": &q.Words, "chapters": &q.Chapters, "kudos": &q.Kudos} {
		if v.Get(name) == "" {
			*r = find.Range{}
		}
	}
	return q, problems
}

// visible fetches works for a list. The index may be a moment behind the
// store, so what the viewer may see is asked again.
func (s *Site) visible(ctx context.Context, v archive.Viewer, ids []archive.WorkID) (works []archive.Work, err error) {
	err = s.Store.Read(ctx, func(tx *store.Tx) error {
		works, err = tx.Works(ids)
		return err
	})
	return slices.DeleteFunc(works, func(w archive.Work) bool { return !v.MaySeeWork(w) }), err
}

func (l listing) beyond(page find.PageError) error {
	last := l.question
	last.Page = page.Pages
	first := l.question
	first.Page = 1
	return told{err: page, Heading: fmt.Sprintf("There is no page %s", number(page.Page)), Message: page.Error(),
		Links: []link{{l.scope.href(first), "First page"}, {l.scope.href(last), "Last page"}}}
}

// page says everything but the frame and the blurbs.
func (l listing) page() listPage {
	v := listPage{
		Heading: l.scope.heading, Lead: l.scope.lead, About: l.scope.about, Count: l.count(), Pills: l.pills(),
		Sorts: l.sorts(), Sizes: l.sizes(), Pager: l.pager(), Forms: l.forms(), Filter: l.filter(),
	}
	v.Untouched = len(v.Pills) == 0
	if l.scope.path == "/works" && !v.Untouched {
		v.Heading = "Works"
	}
	for _, p := range l.problems {
		v.Problems = append(v.Problems, p.Message)
	}
	for _, t := range l.answer.DidYouMean {
		v.DidMean = append(v.DidMean, link{TagPath(t.ID), t.Name})
	}
	for _, w := range l.answer.Without {
		v.Without = append(v.Without, link{l.scope.href(w.Question), withoutLabel(w)})
	}
	return v
}

func withoutLabel(w find.Without) string {
	return fmt.Sprintf("without “%s”: %s", w.Value, counted(w.Total, "work", "works"))
}

// count is "1–20 of 12,345 works".
func (l listing) count() string {
	a := l.answer
	if a.Total <= len(a.IDs) {
		return counted(a.Total, "work", "works")
	}
	first := (a.Page-1)*a.Per + 1
	return fmt.Sprintf("%s–%s of %s works", number(first), number(first+len(a.IDs)-1), number(a.Total))
}

// with returns the address of the question after a change, on its first page.
func (l listing) with(change func(*find.Question)) string {
	q := l.question
	q.Page = 1
	change(&q)
	return l.scope.href(q)
}

var sortLabels = map[find.Sort]string{
	"updated": "Updated", "posted": "Posted", "words": "Words", "kudos": "Kudos", "hits": "Hits", "comments": "Comments",
	"bookmarks": "Bookmarks", "title": "Title", "creator": "Creator", "best": "Best match", "random": "At random",
}

// Sorts that stand above the list; the filter offers all of them.
var shownSorts = [...]find.Sort{"best", "updated", "posted", "words", "kudos", "title", "creator", "random"}

// sorts are links; the current one turns the order round.
func (l listing) sorts() []choiceLink {
	var links []choiceLink
	for _, sort := range shownSorts {
		current := sort == l.answer.Sort
		if sort == "best" && l.question.Query == "" {
			continue
		}
		label, dir := sortLabels[sort], find.Dir("")
		if current && sort != "random" && sort != "best" {
			label += map[find.Dir]string{"asc": " ↑", "desc": " ↓"}[l.answer.Dir]
			dir = map[find.Dir]find.Dir{"asc": "desc", "desc": "asc"}[l.answer.Dir]
		}
		href := l.with(func(q *find.Question) {
			if q.Sort, q.Dir = sort, dir; q.Dir != "" && q.Dir == find.Dir("").Of(sort) {
				q.Dir = ""
			}
			if sort == "random" {
				q.Seed = l.question.Now.UnixMilli() % 100_000
			}
		})
		links = append(links, choiceLink{link{href, label}, current})
	}
	return links
}

func (l listing) sizes() []choiceLink {
	var links []choiceLink
	for _, per := range find.PageSizes() {
		if l.answer.Total > find.PageSizes()[0] {
			href := l.with(func(q *find.Question) { q.Per = per })
			links = append(links, choiceLink{link{href, number(per)}, per == l.answer.Per})
		}
	}
	return links
}

const nearPages = 2 // links on either side of the current page

func (l listing) pager() (p pager) {
	current, last := l.answer.Page, l.answer.Pages
	href := func(n int) string { return l.with(func(q *find.Question) { q.Page = n }) }
	if current > 1 {
		p.Previous = href(current - 1)
	}
	if current < last {
		p.Next = href(current + 1)
	}
	if last < 2 {
		return p
	}
	for n, before := 1, 0; n <= last; n++ {
		near := n >= current-nearPages && n <= current+nearPages
		if !near && n != 1 && n != last {
			continue
		}
		if n > before+1 {
			p.Pages = append(p.Pages, pageLink{})
		}
		p.Pages = append(p.Pages, pageLink{n, href(n), n == current})
		before = n
		if n == 1 { // straight on to what is near, in lists of any length
			n = max(n, min(current-nearPages, last)-1)
		} else if n == current+nearPages {
			n = max(n, last-1)
		}
	}
	return p
}

// address joins a path and parameters.
func address(path string, v url.Values) string {
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}
