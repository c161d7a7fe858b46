package epubfile

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"ficstead/internal/base/dom"
)

// piece is what stands between two places in a page.
type piece struct {
	title string
	node  *html.Node
}

// cut takes a page apart at the places that the table of contents names. With
// one place or none, the page is one piece.
func cut(body *html.Node, marks []mark) []piece {
	if len(marks) < 2 {
		return []piece{{node: body}}
	}
	targets := map[*html.Node]string{}
	named := ids(body)
	for _, m := range marks {
		if n := named[m.id]; n != nil && targets[n] == "" {
			targets[n] = m.title
		}
	}
	if len(targets) < 2 {
		return []piece{{node: body}}
	}
	pieces := []piece{{node: box()}}
	for _, row := range rows(body, targets) {
		if row.title != "" {
			pieces = append(pieces, piece{title: row.title, node: box()})
		}
		dom.Remove(row.node)
		pieces[len(pieces)-1].node.AppendChild(row.node)
	}
	if dom.IsBlank(pieces[0].node) {
		pieces = pieces[1:]
	}
	return pieces
}

// ids finds the elements below root by what links call them.
func ids(root *html.Node) map[string]*html.Node {
	found := map[string]*html.Node{}
	dom.Walk(root, func(n *html.Node) dom.Step {
		if n.Type != html.ElementNode {
			return dom.Into
		}
		names := []string{dom.Attr(n, "id")}
		if n.Data == "a" {
			names = append(names, dom.Attr(n, "name"))
		}
		for _, name := range names {
			if name != "" && found[name] == nil {
				found[name] = n
			}
		}
		return dom.Into
	})
	return found
}

func box() *html.Node { return &html.Node{Type: html.ElementNode, Data: "div"} }

// rows lays a page out as a row of nodes, each beginning at no place or at one:
// boxes that hold a place further in are opened.
func rows(n *html.Node, targets map[*html.Node]string) []piece {
	var found []piece
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		first, deep := placesIn(c, targets)
		switch {
		case !deep:
			found = append(found, piece{title: first, node: c})
		default:
			inner := rows(c, targets)
			if title := targets[c]; title != "" && len(inner) > 0 && inner[0].title == "" {
				inner[0].title = title
			}
			found = append(found, inner...)
		}
	}
	return found
}

// placesIn returns the title of the place that n begins with, and whether there
// is another place further in.
func placesIn(n *html.Node, targets map[*html.Node]string) (first string, deep bool) {
	said := false
	dom.Walk(n, func(m *html.Node) dom.Step {
		if title := targets[m]; title != "" {
			if said || first != "" {
				deep = true
				return dom.Stop
			}
			first = title
		}
		said = said || m.Type == html.TextNode && strings.TrimSpace(m.Data) != "" || dom.Is(m, "img")
		return dom.Into
	})
	return first, deep
}

// heading returns the heading that a piece begins with, or nil.
func heading(n *html.Node) *html.Node {
	var found *html.Node
	if n == nil {
		return nil
	}
	dom.Walk(n, func(m *html.Node) dom.Step {
		switch {
		case dom.Is(m, "h1,h2,h3,h4"):
			found = m
			return dom.Stop
		case dom.Is(m, "hgroup,header"):
			if h := dom.First(m, "h1,h2,h3,h4"); h != nil {
				found = m
				return dom.Stop
			}
		case m.Type == html.TextNode && strings.TrimSpace(m.Data) != "":
			return dom.Stop
		}
		return dom.Into
	})
	return found
}

// takeHeading takes out the headings that a chapter begins with, as far as they
// say its title, and returns the title: what the table of contents calls it, or
// else the headings.
func takeHeading(n *html.Node, title string) string {
	if h := heading(n); dom.Is(h, ".fff_chapter_title") { // the program's; what follows is of the text
		said := dom.Text(h)
		dom.Remove(h)
		return said
	}
	said := ""
	for range 3 {
		h := heading(n)
		if h == nil {
			break
		}
		text := dom.Text(h)
		if text != "" && title != "" && !strings.Contains(fold(title), fold(text)) && !strings.Contains(fold(text), fold(title)) {
			break
		}
		if title == "" && said != "" && text != "" && !isBareNumber(said) {
			break
		}
		if text != "" && said != "" {
			said += ": "
		}
		said += text
		dom.Remove(h)
	}
	if title == "" {
		return said
	}
	return title
}

// isBareNumber reports whether a heading is "Chapter 3" or "III" and so wants
// the next one for its title.
func isBareNumber(s string) bool {
	return len(strings.Fields(s)) <= 2 && len(s) <= 20
}

// fold keeps the letters and digits of s, in lower case, to compare titles by.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
