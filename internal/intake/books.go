package intake

import (
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/prose"
	"ficstead/internal/intake/ao3"
	"ficstead/internal/intake/epubfile"
	"ficstead/internal/intake/fichub"
	"ficstead/internal/intake/htmlpage"
)

// readBound gives a book to the reader of the program that made it.
func readBound(b *epub.Book, pages []*html.Node, name string) (archive.Manuscript, error) {
	if ao3.MatchBook(pages) {
		return ao3.ReadBook(b, pages)
	}
	if fichub.MatchBook(pages) {
		return ofSite(fichub.ReadBook(b, pages))
	}
	return epubfile.Read(b, pages)
}

// ofSite reads the line that a work's own site writes about it.
func ofSite(m archive.Manuscript, line string, err error) (archive.Manuscript, error) {
	switch {
	case err != nil:
	case strings.HasPrefix(line, "Rated: "):
		htmlpage.RatedLine(&m, line)
		if m.Complete && m.ChaptersPlanned == 0 {
			m.ChaptersPlanned = len(m.Chapters)
		}
	case line != "":
		m.Notes = prose.FromText(line)
	}
	return m, err
}
