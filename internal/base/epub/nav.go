package epub

import (
	"cmp"
	"fmt"
	"strings"

	"ficstead/internal/base/xmltree"
)

// entries is the table of contents: the book's own, or its titled pages, or
// else its first page, for it must not be empty.
func (w *writer) entries() []Entry {
	if entries := w.reachable(w.book.TOC); len(entries) > 0 {
		return entries
	}
	var entries []Entry
	for _, item := range w.book.Spine {
		if item.Title != "" && item.Kind != "cover" {
			entries = append(entries, Entry{Title: item.Title, Href: item.Href})
		}
	}
	if len(entries) == 0 {
		entries = []Entry{{Title: w.title(), Href: w.book.Spine[0].Href}}
	}
	return entries
}

// reachable leaves out what leads to no page of the book.
func (w *writer) reachable(entries []Entry) []Entry {
	var kept []Entry
	for _, e := range entries {
		name, _ := cutFragment(e.Href, func(name string) bool { return w.pages[name] })
		if !w.pages[name] {
			e.Href = ""
		}
		e.Children = w.reachable(e.Children)
		if e.Href != "" || len(e.Children) > 0 {
			kept = append(kept, e)
		}
	}
	return kept
}

// landmarks are the first pages of each kind.
func (w *writer) landmarks() []Item {
	var items []Item
	seen := map[string]bool{}
	for _, item := range w.book.Spine {
		if item.Kind != "" && !seen[item.Kind] {
			seen[item.Kind] = true
			items = append(items, item)
		}
	}
	return items
}

func landmarkTitle(item Item) string { return cmp.Or(oneLine(item.Title), item.Kind) }

// navDocument writes the table of contents of EPUB 3.
func (w *writer) navDocument() []byte {
	var b strings.Builder
	b.WriteString("<nav epub:type=\"toc\" id=\"toc\">\n<h1>" + Escape(w.title()) + "</h1>\n")
	w.writeEntries(&b, w.toc)
	b.WriteString("</nav>\n")
	if marks := w.landmarks(); len(marks) > 0 {
		b.WriteString("<nav epub:type=\"landmarks\" hidden=\"hidden\">\n<ol>\n")
		for _, item := range marks {
			fmt.Fprintf(&b, "<li><a epub:type=\"%s\" href=\"%s\">%s</a></li>\n",
				Escape(item.Kind), Escape(relative(w.navName, item.Href)), Escape(landmarkTitle(item)))
		}
		b.WriteString("</ol>\n</nav>\n")
	}
	return Page{Title: w.title(), Language: w.book.Language, Dir: w.book.Dir, Body: b.String()}.XHTML()
}

func (w *writer) writeEntries(b *strings.Builder, entries []Entry) {
	b.WriteString("<ol>\n")
	for _, e := range entries {
		title := Escape(entryTitle(e))
		switch {
		case e.Href != "":
			b.WriteString(`<li><a href="` + Escape(w.relativeEntry(w.navName, e.Href)) + `">` + title + "</a>")
		default:
			b.WriteString("<li><span>" + title + "</span>")
		}
		if len(e.Children) > 0 {
			b.WriteString("\n")
			w.writeEntries(b, e.Children)
		}
		b.WriteString("</li>\n")
	}
	b.WriteString("</ol>\n")
}

func entryTitle(e Entry) string { return cmp.Or(oneLine(e.Title), "Untitled") }

// ncxDocument writes the table of contents of EPUB 2, for readers that know
// no other.
func (w *writer) ncxDocument() string {
	id := "urn:title:" + w.title()
	if len(w.book.Identifiers) > 0 {
		id = strings.TrimSpace(xmltree.Clean(w.book.Identifiers[0].Value))
	}
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" +
		`<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"`)
	attribute(&b, "xml:lang", w.language())
	b.WriteString(">\n<head>\n<meta name=\"dtb:uid\"")
	attribute(&b, "content", id)
	fmt.Fprintf(&b, "/>\n<meta name=\"dtb:depth\" content=\"%d\"/>\n", depthOf(w.toc))
	b.WriteString("</head>\n<docTitle><text>" + Escape(w.title()) + "</text></docTitle>\n<navMap>\n")
	p := points{writer: w, b: &b, order: map[string]int{}}
	p.write(w.toc)
	b.WriteString("</navMap>\n</ncx>\n")
	return b.String()
}

func depthOf(entries []Entry) int {
	deepest := 0
	for _, e := range entries {
		deepest = max(deepest, depthOf(e.Children))
	}
	return deepest + min(1, len(entries))
}

// points writes the entries of an NCX. Those that lead to the same place have
// the same place in the order.
type points struct {
	*writer
	b     *strings.Builder
	count int
	order map[string]int // by address
}

// write writes entries. A heading without an address leads to where its first
// child does.
func (p *points) write(entries []Entry) {
	for _, e := range entries {
		href := e.Href
		eachEntry(e.Children, func(c Entry) { href = cmp.Or(href, c.Href) })
		p.count++
		if p.order[href] == 0 {
			p.order[href] = len(p.order) + 1
		}
		fmt.Fprintf(p.b, "<navPoint id=\"point-%d\" playOrder=\"%d\"><navLabel><text>%s</text></navLabel><content src=\"%s\"/>",
			p.count, p.order[href], Escape(entryTitle(e)), Escape(p.relativeEntry(p.ncxName, href)))
		p.write(e.Children)
		p.b.WriteString("</navPoint>\n")
	}
}
