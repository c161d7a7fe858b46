package listing

import (
	"ficstead/internal/find"
	"ficstead/internal/web/words"
)

// A Pager is the ways from one page of a list to the others.
type Pager struct {
	Previous, Next string
	Pages          []PageLink
}

// A PageLink is a page of the list; the zero one is a gap.
type PageLink struct {
	Number  int
	Label   string
	Href    string
	Current bool
}

const nearPages = 2 // links on either side of the current page

// numbered is the last page that has a number in the pager. Behind it one goes
// from page to page by cursors, which cost the same at any depth.
const numbered = 50

// page is the number of the page, 0 if that cannot be told.
func (l List) page() int {
	switch {
	case l.Question.After == "":
		return l.Answer.Page
	case l.Question.Page > 1 && l.Question.Page <= l.Answer.Pages:
		return l.Question.Page
	}
	return 0
}

func (l List) pager() Pager {
	at := func(n int, after string) string {
		return l.with(func(q *find.Question) { q.Page, q.After = n, after })
	}
	page, last := l.page(), l.Answer.Pages
	if page > 0 && page <= numbered && l.Question.After == "" {
		p := Pages(page, min(last, numbered), func(n int) string { return at(n, "") })
		if last > numbered {
			p.Pages = append(p.Pages, PageLink{})
			if page == numbered && l.Answer.Next != "" {
				p.Next = at(page+1, l.Answer.Next)
			}
		}
		return p
	}
	p := Pager{Pages: []PageLink{{Number: 1, Label: "1", Href: at(1, "")}, {}}}
	if page > 0 {
		p.Pages = append(p.Pages, PageLink{Number: page, Label: words.Number(page), Current: true})
	}
	if l.Answer.Next != "" {
		p.Next = at(next(page, 1), l.Answer.Next)
	}
	switch {
	case l.Answer.Previous != "" && page-1 != numbered:
		p.Previous = at(next(page, -1), l.Answer.Previous)
	case page > 1 && (page-1 <= numbered || l.Question.After == ""):
		p.Previous = at(page-1, "")
	}
	return p
}

// next is the number of the page beside one that may have none.
func next(page, by int) int {
	if page == 0 {
		return 1
	}
	return page + by
}

// Pages leads from the current page to those near it, the first and the last.
func Pages(current, last int, href func(int) string) (p Pager) {
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
			p.Pages = append(p.Pages, PageLink{})
		}
		p.Pages = append(p.Pages, PageLink{n, words.Number(n), href(n), n == current})
		before = n
		if n == 1 { // straight on to what is near, in lists of any length
			n = max(n, min(current-nearPages, last)-1)
		} else if n == current+nearPages {
			n = max(n, last-1)
		}
	}
	return p
}
