package epubfile

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
)

// parts sorts the pages of a book into chapters.
func parts(b *epub.Book, pages []*html.Node) []part {
	var found []part
	marks := contents(b)
	guided := isGuided(b, pages)
	for i, page := range pages {
		item := b.Spine[i]
		body := dom.First(page, "body")
		if body == nil || isAside(b, i, body) {
			continue
		}
		for j, piece := range cut(body, marks[item.Href]) {
			title := piece.title
			if j == 0 && title == "" && !names(marks[item.Href], item.Title) {
				title = item.Title
			}
			starts := title != "" || heading(piece.node) != nil || !guided
			if starts || len(found) == 0 {
				found = append(found, part{title: title, pieces: []*html.Node{piece.node}})
			} else if !dom.IsBlank(piece.node) {
				last := &found[len(found)-1]
				last.pieces = append(last.pieces, piece.node)
			}
		}
	}
	return withoutEmpty(found)
}

// withoutEmpty joins a page that holds a heading alone, such as "Part One", to
// the chapter that follows it, and drops what is empty.
func withoutEmpty(parts []part) []part {
	var kept []part
	for _, p := range parts {
		blank := true
		for _, piece := range p.pieces {
			blank = blank && dom.IsBlank(piece)
		}
		if !blank {
			kept = append(kept, p)
		}
	}
	return kept
}

// isGuided reports whether the book says where chapters begin, by its table of
// contents or by headings. If it does not, each file is a chapter.
func isGuided(b *epub.Book, pages []*html.Node) bool {
	guides := 0
	for i, page := range pages {
		if b.Spine[i].Title != "" || heading(dom.First(page, "body")) != nil {
			guides++
		}
	}
	return guides*3 >= len(pages)
}

// mark is a place in a page that the table of contents names.
type mark struct{ id, title string }

// names reports whether a title is that of a place further on in its page.
func names(marks []mark, title string) bool {
	return len(marks) > 1 && slices.ContainsFunc(marks, func(m mark) bool { return m.title == title })
}

// contents gathers the places within each page that the table of contents
// names, the page's beginning left out.
func contents(b *epub.Book) map[string][]mark {
	marks := map[string][]mark{}
	var gather func([]epub.Entry)
	gather = func(entries []epub.Entry) {
		for _, e := range entries {
			if page, id, ok := strings.Cut(e.Href, "#"); ok && e.Title != "" {
				marks[page] = append(marks[page], mark{id, e.Title})
			}
			gather(e.Children)
		}
	}
	gather(b.TOC)
	return marks
}

// The kinds of pages that are not the text: EPUB 3 types and EPUB 2 guide types.
var asides = map[string]bool{
	"cover": true, "titlepage": true, "title-page": true, "halftitlepage": true, "toc": true, "loi": true, "lot": true,
	"landmarks": true, "page-list": true, "copyright-page": true, "copyright": true, "imprint": true,
	"colophon": true, "imprimatur": true, "index": true,
}

var asideNames = regexp.MustCompile(`(?i)^(cover(page)?|title[-_ ]?page|half[-_ ]?title|toc([-_ ]?page)?|nav|log[-_ ]?page|contents|imprint|colophon|uncopyright|copyright|endorsements?)(\d*)$`)

const (
	asideWords = 250 // a page about the book is no longer than this
	linkShare  = 0.6 // of its text is links, in a table of contents
)

// isAside reports whether a page is about the book and not of it.
func isAside(b *epub.Book, i int, body *html.Node) bool {
	item := b.Spine[i]
	said := dom.Text(body)
	words := len(strings.Fields(said))
	switch {
	case dom.IsBlank(body), said == "" && i == 0, said == "" && len(dom.All(body, "img")) == 1 && item.Title == "":
		return true
	case dom.Is(body, ".fff_titlepage,.fff_tocpage,.fff_logpage"), isContents(body, words):
		return true
	case words > asideWords:
		return false
	case asides[item.Kind], hasAsideType(body), strings.Contains(said, "Exported with the assistance of FicHub.net"):
		return true
	}
	name := strings.TrimSuffix(path.Base(item.Href), path.Ext(item.Href))
	return asideNames.MatchString(name) || isTitlePage(b, said, words)
}

// hasAsideType looks for epub:type on the body or its only box.
func hasAsideType(body *html.Node) bool {
	n := body
	for depth := 0; n != nil && depth < 3; depth++ {
		for kind := range strings.FieldsSeq(dom.Attr(n, "epub:type")) {
			if asides[kind] {
				return true
			}
		}
		children := dom.Elements(n)
		if len(children) == 0 {
			break
		}
		n = children[0]
	}
	return false
}

// isContents reports whether a page is a list of links into the book.
func isContents(body *html.Node, words int) bool {
	links, linked := 0, 0
	for a := range dom.Each(body, "a[href]") {
		if href := dom.Attr(a, "href"); !strings.Contains(href, "://") && !strings.HasPrefix(href, "mailto:") {
			links++
			linked += len(strings.Fields(dom.Text(a)))
		}
	}
	return links >= 3 && float64(linked) > linkShare*float64(words)
}

// isTitlePage reports whether a short page says little but who wrote what.
func isTitlePage(b *epub.Book, said string, words int) bool {
	if words > 40 || b.Title == "" {
		return false
	}
	rest := strings.Replace(fold(said), fold(b.Title), "", 1)
	if rest == fold(said) {
		return false
	}
	for _, c := range b.Creators {
		rest = strings.Replace(rest, fold(c.Name), "", 1)
	}
	return len(rest) <= 12 // "by", a year, a number
}
