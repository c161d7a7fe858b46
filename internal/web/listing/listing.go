package listing

import (
	"fmt"

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
	Sizes     []choiceLink
	Pager     Pager
	Filter    filter
	Without   []Link // if nothing was found
	Untouched bool   // no filter is in use
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
		Sorts: l.sorts(), Sizes: l.sizes(), Pager: l.pager(), Filter: l.filter(),
	}
	v.Untouched = len(v.Pills) == 0
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

// withoutLabel spells a filter as its pill does.
func (l List) withoutLabel(w find.Without) string {
	value := w.Value
	switch w.Filter {
	case "words":
		value = spanLabel(l.Question.Words, "words")
	case "chapters":
		value = spanLabel(l.Question.Chapters, "chapters")
	case "kudos":
		value = spanLabel(l.Question.Kudos, "kudos")
	}
	if value == "" {
		value = "unknown tag"
	}
	return fmt.Sprintf("without “%s”: %s", value, words.Counted(w.Total, "work", "works"))
}

// count is "1–20 of 12,345 works".
func (l List) count() string {
	a := l.Answer
	if a.Total <= len(a.IDs) {
		return words.Counted(a.Total, "work", "works")
	}
	first := (a.Page-1)*a.Per + 1
	return fmt.Sprintf("%s–%s of %s works", words.Number(first), words.Number(first+len(a.IDs)-1), words.Number(a.Total))
}

// with returns the address of the question after a change, on its first page.
func (l List) with(change func(*find.Question)) string {
	q := l.Question
	q.Page = 1
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
	"bookmarks": "Bookmarks", "title": "Title", "creator": "Creator", "best": "Best match", "loved": "Well loved", "random": "At random",
}

// Sorts that stand above the list; the filter offers all of them.
var shownSorts = [...]find.Sort{"best", "updated", "posted", "words", "kudos", "title", "creator", "random"}

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
				q.Seed = l.Question.Now.UnixMilli() % 100_000
			}
		})
		links = append(links, choiceLink{Link{href, label}, current})
	}
	return links
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
