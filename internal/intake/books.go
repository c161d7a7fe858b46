package intake

import (
	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/epub"
	"ficstead/internal/intake/ao3"
	"ficstead/internal/intake/epubfile"
)

// readBound gives a book to the reader of the program that made it.
func readBound(b *epub.Book, pages []*html.Node, name string) (archive.Manuscript, error) {
	if ao3.MatchBook(pages) {
		return ao3.ReadBook(b, pages)
	}
	return epubfile.Read(b, pages)
}
