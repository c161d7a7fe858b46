// Package fanficfare knows what the program FanFicFare writes around the
// chapters of the works that it packs into books and pages.
package fanficfare

import (
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/base/dom"
)

// Notes are what the program puts around a chapter, as HTML: "<b>Summary for the
// Chapter:</b><blockquote>…", "<b>Notes for the Chapter:</b><blockquote>…".
type Notes struct{ Summary, Before, After string }

// Take takes the notes out of a piece of a chapter, and adds them.
func (o *Notes) Take(piece *html.Node) {
	for _, box := range dom.All(piece, ".fff_chapter_notes") {
		if dom.Is(box, ".fff_foot_notes") {
			o.read(box, &o.After)
		} else {
			o.read(box, &o.Before)
		}
		dom.Remove(box)
	}
}

// read sorts one box of notes; what is no summary goes into rest.
func (o *Notes) read(box *html.Node, rest *string) {
	into := rest
	for n := box.FirstChild; n != nil; n = n.NextSibling {
		said := dom.Text(n)
		switch {
		case dom.Is(n, "b") && strings.HasPrefix(said, "Summary"):
			into = &o.Summary
		case dom.Is(n, "b") && strings.HasSuffix(said, ":"):
			into = rest
		case dom.Is(n, "blockquote"):
			*into += dom.Inner(n)
		default:
			*into += dom.Outer(n)
		}
	}
}
