package intake

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
)

// longestNote is how long a footnote may be, in words. What is longer is a page
// that the text refers to.
const longestNote = 400

// longestMark is how long the mark of a footnote may be, in characters, where
// nothing else says that it is one: "[12]".
const longestMark = 8

// binding makes the links between the pages of a book lead within what becomes
// of them: a footnote on a page of its own moves to the page that refers to it,
// and an address of a place in another page becomes that of the place alone.
type binding struct {
	pages  []*html.Node
	places map[string]*place // by "page#id", as the book writes it
	taken  map[string]*place // by id
}

// place is an element that a link may lead to.
type place struct {
	page int
	node *html.Node
	id   string
}

// link is one, and the page it was on at first.
type link struct {
	node *html.Node
	from string
	page int
}

func bind(b *epub.Book, pages []*html.Node) {
	x := binding{pages, map[string]*place{}, map[string]*place{}}
	var links []link
	for i, page := range pages {
		from := b.Spine[i].Href
		for n := range dom.Each(page, "[id],a[name]") {
			x.add(from, i, n)
		}
		for a := range dom.Each(page, "a[href*=#]") {
			links = append(links, link{a, from, i})
		}
	}
	for _, l := range links {
		x.follow(l)
	}
}

// add notes a place.
func (x *binding) add(href string, page int, n *html.Node) {
	id := dom.Attr(n, "id")
	if id == "" {
		id = dom.Attr(n, "name")
	}
	if key := href + "#" + id; x.places[key] == nil {
		x.places[key] = &place{page, n, id}
		if x.taken[id] == nil {
			x.taken[id] = x.places[key]
		}
	}
}

// follow makes a link one to its place, if the book has that. Where a link leads
// to another page whose id an earlier one has too, the place gets one of its own;
// within a page ids stay as they are.
func (x *binding) follow(l link) {
	path, id, _ := strings.Cut(dom.Attr(l.node, "href"), "#")
	if strings.Contains(path, ":") {
		return
	}
	if plain, err := url.PathUnescape(id); err == nil {
		id = plain
	}
	to := l.from
	if path != "" {
		to = within(l.from, path)
	}
	p := x.places[to+"#"+id]
	if p == nil {
		return
	}
	if x.taken[p.id] != p && p.page != l.page {
		p.id = fmt.Sprintf("%s-%d", id, p.page+1)
		x.taken[p.id] = p
		dom.SetAttr(p.node, "id", p.id)
	}
	dom.SetAttr(l.node, "href", "#"+p.id)
	if p.page == l.page {
		return
	}
	if note := noteAt(p.node); note != nil && isNote(l, note) {
		x.move(note, l.page)
	}
}

// noteAt returns the block that a place begins, if it is short enough for a
// footnote; or nil.
func noteAt(n *html.Node) *html.Node {
	note := dom.Closest(n, "aside,li,dd,p,div,section")
	if note == nil {
		return nil
	}
	if len(strings.Fields(dom.Text(note))) > longestNote || !begins(note, n) {
		return nil
	}
	return note
}

// begins reports whether nothing is said in outer before n.
func begins(outer, n *html.Node) bool {
	first := true
	dom.Walk(outer, func(m *html.Node) dom.Step {
		if m == n {
			return dom.Stop
		}
		first = first && (m.Type != html.TextNode || strings.TrimSpace(m.Data) == "")
		return dom.Into
	})
	return first
}

// isNote reports whether a link leads to a footnote: one of the two says so, or
// the note leads back to the page.
func isNote(l link, note *html.Node) bool {
	for _, n := range []*html.Node{l.node, note} {
		if strings.Contains(dom.Attr(n, "epub:type")+" "+dom.Attr(n, "role"), "note") {
			return true
		}
	}
	for back := range dom.Each(note, "a[href*=#]") {
		path, _, _ := strings.Cut(dom.Attr(back, "href"), "#")
		if path != "" && path[strings.LastIndexByte(path, '/')+1:] == l.from[strings.LastIndexByte(l.from, '/')+1:] {
			return len([]rune(dom.Text(l.node))) <= longestMark
		}
	}
	return false
}

// move puts a note to the end of a page, below a line. Notes that were moved
// stand there in the order in which the text refers to them.
func (x *binding) move(note *html.Node, page int) {
	body := dom.First(x.pages[page], "body")
	if body == nil || note.Parent == nil {
		return
	}
	last := body.LastChild
	if last == nil || dom.Attr(last, "class") != "moved-notes" {
		body.AppendChild(&html.Node{Type: html.ElementNode, Data: "hr"})
		last = &html.Node{Type: html.ElementNode, Data: "div", Attr: []html.Attribute{{Key: "class", Val: "moved-notes"}}}
		body.AppendChild(last)
	}
	dom.Remove(note)
	if note.Data == "li" || note.Data == "dd" || note.Data == "aside" {
		note.Data, note.DataAtom = "div", 0
	}
	last.AppendChild(note)
}
