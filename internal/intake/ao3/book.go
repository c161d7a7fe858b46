package ao3

import (
	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
)

// MatchBook reports whether the pages of an EPUB are those of a download. Its
// publisher may have been edited away, so the frame of a download, which EPUB
// makers keep, decides.
func MatchBook(pages []*html.Node) bool {
	for _, page := range pages[:min(len(pages), 3)] {
		if preface := dom.First(page, "#preface"); preface != nil {
			return message(preface) != nil || dom.First(preface, "dl.tags") != nil
		}
	}
	return false
}

// ReadBook reads a download as EPUB. The package tells the tags without their
// kinds and the creators in one string, so that only what the pages do not hold
// is taken from it. The pages are used up.
func ReadBook(b *epub.Book, pages []*html.Node) (archive.Manuscript, error) {
	m, err := readDownload(join(pages), "ao3-epub", contents(b.TOC))
	if err != nil {
		return m, err
	}
	if m.Title == "" {
		m.Title = b.Title
	}
	if m.Language == "" {
		m.Language = text.Language(b.Language)
	}
	if m.Summary.IsEmpty() {
		m.Summary = prose.Parse(b.Description)
	}
	if len(m.Series) == 0 {
		for _, c := range b.Collections {
			m.Series = append(m.Series, archive.Part{Series: archive.Series{Title: c.Title}, Number: number(c.Position)})
		}
	}
	m.Warnings = append(m.Warnings, b.Damage...)
	return m, nil
}

// contents gathers the titles in a table of contents.
func contents(entries []epub.Entry) map[string]bool {
	titles := map[string]bool{}
	for _, e := range entries {
		titles[e.Title] = e.Title != ""
		for title := range contents(e.Children) {
			titles[title] = true
		}
	}
	return titles
}

// join makes one page again of those that an EPUB maker cut a download into.
func join(pages []*html.Node) *html.Node {
	whole, _ := dom.Parse("")
	body := dom.First(whole, "body")
	for _, page := range pages {
		for part := dom.First(page, "body"); part != nil && part.FirstChild != nil; {
			n := part.FirstChild
			part.RemoveChild(n)
			body.AppendChild(n)
		}
	}
	return whole
}
