package ao3

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
)

// MatchBook reports whether an EPUB is a download. Its publisher may have been
// edited away, so the frame of a download, which EPUB makers keep, decides.
func MatchBook(b *epub.Book) bool {
	for _, item := range b.Spine[:min(len(b.Spine), 3)] {
		if bytes.Contains(item.Data, []byte(`id="preface"`)) && isDownload(joined(b)) {
			return true
		}
	}
	return false
}

// ReadBook reads a download as EPUB. The package tells the tags without their
// kinds and the creators in one string, so that only what the pages do not hold
// is taken from it.
func ReadBook(b *epub.Book) (archive.Manuscript, error) {
	m, err := readDownload(joined(b), "ao3-epub")
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

// joined makes one page again of the files an EPUB maker cut a download into.
func joined(b *epub.Book) *html.Node {
	whole, _ := dom.Parse("")
	body := dom.First(whole, "body")
	for _, item := range b.Spine {
		if item.Aside && !strings.Contains(item.MediaType, "html") {
			continue
		}
		root, _ := dom.Parse(string(item.Data))
		part := dom.First(root, "body")
		for part != nil && part.FirstChild != nil {
			n := part.FirstChild
			part.RemoveChild(n)
			body.AppendChild(n)
		}
	}
	return whole
}
