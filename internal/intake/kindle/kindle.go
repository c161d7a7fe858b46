package kindle

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/mobi"
)

// Kind is the name of the format.
const Kind = "kindle"

const (
	locked  archive.Refusal = "This Kindle book is locked to a device (DRM), so that only that can open it. Bring a copy without a lock, or another format of the work."
	damaged archive.Refusal = "This Kindle book is too damaged to be read. Download it again, or try another format of the work."
	tooBig  archive.Refusal = "The text of this Kindle book is larger than any story is. Bring it in smaller parts."
)

// Match reports whether a file is a Kindle book.
func Match(data []byte) bool { return mobi.Is(data) }

// Book reads a Kindle book. The error is a Refusal.
func Book(data []byte) (*epub.Book, error) {
	m, err := mobi.Read(data)
	switch {
	case errors.Is(err, mobi.ErrEncrypted):
		return nil, locked
	case errors.Is(err, mobi.ErrBig):
		return nil, tooBig
	case err != nil:
		return nil, damaged
	}
	b := describe(m)
	if m.Version < 8 {
		restore(b, &m)
	}
	titles := map[int]string{}
	for _, e := range m.TOC {
		href := m.Parts[e.Part].Name
		if titles[e.Part] == "" {
			titles[e.Part] = e.Title
		}
		if e.ID != "" {
			href += "#" + e.ID
		}
		b.TOC = append(b.TOC, epub.Entry{Title: e.Title, Href: href})
	}
	for i, p := range m.Parts {
		if len(p.Data) == 0 || bytes.Contains(p.Data, []byte(`id="calibre_generated_inline_toc"`)) {
			continue // a table of contents that was made for the format
		}
		b.Spine = append(b.Spine, epub.Item{ID: p.Name, Href: p.Name, MediaType: "application/xhtml+xml", Title: titles[i], Kind: p.Kind, Data: p.Data})
	}
	for i, picture := range m.Pictures {
		if len(picture) > 0 {
			b.Resources = append(b.Resources, epub.Item{Href: fmt.Sprintf("pictures/%d", i+1), Data: picture})
		}
	}
	if len(b.Spine) == 0 {
		return nil, damaged
	}
	return b, nil
}

// restore gives the pages of an older book their names of elements back. What
// becomes empty is left out, and so is the table of contents.
func restore(b *epub.Book, m *mobi.Book) {
	pages := make([]*html.Node, len(m.Parts))
	for i, p := range m.Parts {
		pages[i] = parse(p.Data)
	}
	switch {
	case restoreDownload(pages):
	case restoreFanFicFare(b, pages):
	default:
		restoreHeadings(*m, pages)
	}
	for i, page := range pages {
		forgetStarts(page)
		body := dom.First(page, "body")
		m.Parts[i].Data = nil
		if body != nil && !dom.IsBlank(body) && (m.Parts[i].Kind != "toc" || !isContents(page)) {
			m.Parts[i].Data = []byte(dom.Outer(page))
		}
	}
}

// parse reads a page of an older book. They end line breaks, which HTML takes for
// another one.
func parse(data []byte) *html.Node {
	data = bytes.ReplaceAll(data, []byte("<br></br>"), []byte("<br>"))
	root, _ := dom.ParseXHTML(string(data))
	return root
}

func describe(m mobi.Book) *epub.Book {
	b := &epub.Book{
		Title: m.Title, Language: m.Language, Description: m.Description, Subjects: m.Subjects, Publisher: m.Publisher, Source: m.Source,
	}
	for _, name := range m.Creators {
		b.Creators = append(b.Creators, epub.Creator{Name: name, Role: "aut"})
	}
	if m.Contributor != "" {
		b.Contributors = []epub.Creator{{Name: m.Contributor}}
	}
	for _, layout := range [...]string{time.RFC3339, time.DateOnly, "2006"} {
		if day, err := time.Parse(layout, m.Published); err == nil {
			b.Dates = []epub.Date{{Value: m.Published, Time: day}}
			break
		}
	}
	if m.Cut {
		b.Damage = []string{"The Kindle book is damaged: what could be read of it is here, and the rest is missing."}
	}
	return b
}

// restoreHeadings makes headings of the lines that the table of contents knows,
// where they begin a page.
func restoreHeadings(m mobi.Book, pages []*html.Node) {
	named := map[int]string{}
	for _, e := range m.TOC {
		if named[e.Part] == "" {
			named[e.Part] = fold(e.Title)
		}
	}
	for i, page := range pages {
		for _, n := range dom.Elements(dom.First(page, "body")) {
			if dom.IsBlank(n) {
				continue
			}
			if said := fold(dom.Text(n)); n.Data == "p" && said != "" && (said == named[i] || isLarge(n)) {
				rename(n, "h2")
			}
			break
		}
	}
}

// forgetStarts takes out the places that a page begins with, which only the
// table of contents leads to.
func forgetStarts(page *html.Node) {
	var starts []*html.Node
	dom.Walk(dom.First(page, "body"), func(n *html.Node) dom.Step {
		switch {
		case n.Type == html.TextNode && strings.TrimSpace(n.Data) != "":
			return dom.Stop
		case strings.HasPrefix(dom.Attr(n, "id"), "filepos"), strings.HasPrefix(dom.Attr(n, "name"), "mobi_article"):
			starts = append(starts, n)
		}
		return dom.Into
	})
	for _, n := range starts {
		n.Attr = nil
	}
}

// isLarge reports whether all of a line is in a font for headings.
func isLarge(n *html.Node) bool {
	font := dom.First(n, "font")
	size := dom.Attr(font, "size")
	return (size == "5" || size == "6" || size == "7") && dom.Attr(n, "align") == "center" && dom.Text(font) == dom.Text(n)
}

func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

func rename(n *html.Node, tag string) {
	n.Data, n.DataAtom = tag, 0
	n.Attr = nil
}
