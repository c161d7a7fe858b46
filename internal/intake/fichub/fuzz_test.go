package fichub

import (
	"testing"

	"golang.org/x/net/html"

	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
)

// FuzzRead looks for panics in pages that may be anything.
func FuzzRead(f *testing.F) {
	f.Add(`<html><head><title>The Lamp by Wren</title></head><body><div><h1>The Lamp by <a href="https://example.org/u/1">Wren</a></h1><p><b>Original source:</b> <a href="https://example.org/s/1">https://example.org/s/1</a></p><p>Rated: T, words: 5</p><p>Exported with the assistance of <a href="https://fichub.net">FicHub.net</a></p></div><h2>1. One</h2><p>The lamp.</p></body></html>`)
	f.Add(`<h1>by</h1><a href=fichub.net>FicHub.net</a><h2>`)
	f.Fuzz(func(t *testing.T, s string) {
		root, _ := dom.Parse(s)
		if m, _, err := Read(root); Match(root) && err == nil && len(m.Chapters) == 0 && m.Title == "" {
			t.Log("nothing of it") // intake refuses it
		}
		page, _ := dom.Parse(s)
		pages := []*html.Node{page, root}
		if MatchBook(pages) {
			_, _, _ = ReadBook(&epub.Book{Spine: []epub.Item{{Href: "a"}, {Href: "b"}}}, pages)
		}
	})
}
