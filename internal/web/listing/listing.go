package listing

import (
	"fmt"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/web/address"
	"ficstead/internal/web/words"
)

// Page is works one below the other, beside the filter that chose them.
type Page struct {
	Heading   string
	Lead      string // what the heading is the name of, "" for none
	About     []About
	Count     string
	Problems  []string
	DidMean   []Link
	Pills     []Pill
	Sorts     []choiceLink
	OrderNote string // what the order is, where its name does not say
	Sizes     []choiceLink
	Pager     Pager
	Filter    filter
	Without   []Link // if nothing was found
	Untouched bool   // no filter is in use
	Alone     bool   // mere words are, and no other filter
	Inside    Link   // to the same words in the text of stories; Href is empty if they are no mere words
}

// An About is what is known of the thing whose works are listed.
type About struct {
	Label string
	Links []Link
}

// A Pill is a filter in use; its link drops it.
type Pill struct {
	Label, Href string
	Not         bool
}

type choiceLink struct {
	Link
	Current bool
}

// A List is one question about to be answered on one page.
type List struct {
	Scope    Scope
	Question find.Question // with the scope in it
	Answer   find.Answer
	Problems []find.Problem
	Typed    map[archive.Kind]string       // what was typed to find more tags of a kind
	More     map[archive.Kind][]find.Facet // and what it found

	Address func(find.Question) string // of other questions; nil is Scope.Href
}

// A Link is a way to another list.
type Link struct{ Href, Label string }

// Page says everything but the works themselves.
func (l List) Page() Page {
	v := Page{
		Heading: l.Scope.Heading, Lead: l.Scope.Lead, About: l.Scope.About, Count: l.count(), Pills: l.Pills(),
		Sorts: l.sorts(), OrderNote: orderNotes[l.Answer.Sort], Sizes: l.sizes(), Pager: l.pager(), Filter: l.filter(),
	}
	v.Untouched = len(v.Pills) == 0
	v.Inside = l.inside()
	v.Alone = len(v.Pills) == 1 && v.Inside.Href != ""
	if l.Scope.Path == "/works" && !v.Untouched {
		v.Heading = "Works"
	}
	for _, p := range l.Problems {
		v.Problems = append(v.Problems, p.Message)
	}
	for _, t := range l.Answer.DidYouMean {
		v.DidMean = append(v.DidMean, Link{address.Tag(t.ID), t.Name})
	}
	for _, w := range l.Answer.Without {
		v.Without = append(v.Without, Link{l.Scope.Href(w.Question), l.withoutLabel(w)})
	}
	return v
}

// inside asks for mere words in the text of stories.
func (l List) inside() Link {
	mere := strings.Join(strings.Fields(l.Question.Query), " ")
	if mere == "" || strings.ContainsAny(mere, `:"()|*-“”„‟«»`) || strings.Contains(mere, " OR ") {
		return Link{}
	}
	if strings.Contains(mere, " ") {
		mere = `"` + mere + `"`
	}
	return Link{l.with(func(q *find.Question) { q.Query, q.Sort, q.Dir = "text:"+mere, "", "" }), "Look for it inside the stories"}
}

// withoutLabel spells a filter as its pill does.
func (l List) withoutLabel(w find.Without) string {
	value := w.Value
	if span := numbersOf(&l.Question, w.Filter); span != nil {
		value = SpanLabel(*span, w.Filter)
	}
	if value == "" {
		value = "unknown tag"
	}
	return fmt.Sprintf("without “%s”: %s", value, words.Counted(w.Total, "work", "works"))
}

// count is "1–20 of 12,345 works". On a page that was reached by a cursor the
// address says which it is.
func (l List) count() string {
	a := l.Answer
	page := l.page()
	if a.Total <= len(a.IDs) || page == 0 || len(a.IDs) == 0 {
		return words.Counted(a.Total, "work", "works")
	}
	first := (page-1)*a.Per + 1
	if first+len(a.IDs)-1 > a.Total {
		return words.Counted(a.Total, "work", "works")
	}
	return fmt.Sprintf("%s–%s of %s works", words.Number(first), words.Number(first+len(a.IDs)-1), words.Number(a.Total))
}

// with returns the address of the question after a change, on its first page.
func (l List) with(change func(*find.Question)) string {
	q := l.Question
	q.Page, q.After = 1, ""
	change(&q)
	return l.href(q)
}

func (l List) href(q find.Question) string {
	if l.Address != nil {
		return l.Address(q)
	}
	return l.Scope.Href(q)
}

var sortLabels = map[find.Sort]string{
	"updated": "Updated", "posted": "Posted", "words": "Words", "kudos": "Kudos", "hits": "Hits", "comments": "Comments",
	"bookmarks": "Bookmarks", "title": "Title", "creator": "Creator", "best": "Best match", "loved": "Well loved for its size", "random": "At random",
}

// Sorts that stand above the list; the filter offers all of them.
var shownSorts = [...]find.Sort{"best", "updated", "words", "kudos", "loved", "title", "random"}

// orderNotes say what an order is where its name does not.
var orderNotes = map[find.Sort]string{
	"loved":  "Works that many of those who opened them left kudos on come first, so that small fandoms stand beside large ones; it orders the list and brands nobody.",
	"random": "Shuffled. This address keeps the order.",
}

// sorts are links; the current one turns the order round.
func (l List) sorts() []choiceLink {
	var links []choiceLink
	for _, sort := range shownSorts {
		current := sort == l.Answer.Sort
		if sort == "best" && l.Question.Query == "" {
			continue
		}
		label, dir := sortLabels[sort], find.Dir("")
		if current && sort != "random" && sort != "best" {
			label += map[find.Dir]string{"asc": " ↑", "desc": " ↓"}[l.Answer.Dir]
			dir = map[find.Dir]find.Dir{"asc": "desc", "desc": "asc"}[l.Answer.Dir]
		}
		href := l.with(func(q *find.Question) {
			if q.Sort, q.Dir = sort, dir; q.Dir != "" && q.Dir == find.Dir("").Of(sort) {
				q.Dir = ""
			}
			if sort == "random" {
				q.Seed = l.seed()
			}
		})
		if current && sort == "random" { // it leads to another order than this
			label, current = "Shuffle again", false
		}
		links = append(links, choiceLink{Link{href, label}, current})
	}
	return links
}

// seeds are as many orders at random as there are.
const seeds = 100_000

// seed is of another order than the one shown.
func (l List) seed() int64 {
	if l.Answer.Sort == "random" {
		return (l.Question.Seed*31 + 7) % seeds
	}
	return l.Question.Now.UnixMilli() % seeds
}

func (l List) sizes() []choiceLink {
	var links []choiceLink
	for _, per := range find.PageSizes() {
		if l.Answer.Total > find.PageSizes()[0] {
			href := l.with(func(q *find.Question) { q.Per = per })
			links = append(links, choiceLink{Link{href, words.Number(per)}, per == l.Answer.Per})
		}
	}
	return links
}
