package ao3

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
)

// cutUp makes of a download the pages that an EPUB maker makes of it.
func cutUp(t *testing.T, name string, renamed *strings.Replacer, framed bool) []*html.Node {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	root, _ := dom.Parse(renamed.Replace(string(data)))
	var pages []*html.Node
	add := func(id string, nodes ...*html.Node) {
		page, _ := dom.Parse("")
		frame := dom.First(page, "body")
		if id != "" {
			box := &html.Node{Type: html.ElementNode, Data: "div", Attr: []html.Attribute{{Key: "id", Val: id}}}
			frame.AppendChild(box)
			frame = box
		}
		for _, n := range nodes {
			dom.Remove(n)
			frame.AppendChild(n)
		}
		pages = append(pages, page)
	}
	preface := dom.First(root, "#preface")
	box := &html.Node{Type: html.ElementNode, Data: "div"}
	for n := dom.Next(dom.First(preface, "dl")); n != nil; {
		next := dom.Next(n)
		dom.Remove(n)
		box.AppendChild(n)
		n = next
	}
	add("preface", dom.Elements(preface)...)
	add("preface", box)
	id := map[bool]string{true: "chapters"}[framed]
	for _, n := range dom.Elements(dom.First(root, "#chapters")) {
		add(id, n)
	}
	add("afterword", dom.Elements(dom.First(root, "#afterword"))...)
	return pages
}

// TestBooksSayWhatPagesSay reads one work in all the shapes that EPUB makers
// give it, which must not make a difference.
func TestBooksSayWhatPagesSay(t *testing.T) {
	want := readFile(t, "chapters-2023.html")
	want.Kind = "ao3-epub"
	toc := []epub.Entry{{Title: "Tide Tables", Children: []epub.Entry{{Title: "Chapter 1"}, {Title: "Neap, or Nearly"}, {Title: "Chapter 3"}}}}
	for _, c := range []struct {
		name    string
		renamed *strings.Replacer
		framed  bool
	}{
		{"as it was", strings.NewReplacer(), true},
		{"classes numbered", strings.NewReplacer(`class="userstuff"`, `class="userstuff2"`, `class="meta group"`, `class="calibre1"`), true},
		{"classes renamed", strings.NewReplacer(`class="heading"`, `class="calibre8"`, `class="message"`, `class="calibre9"`, `class="meta"`, `class="calibre1"`, `class="meta group"`, `class="calibre1"`), true},
		{"no frame around the text", strings.NewReplacer(), false},
	} {
		pages := cutUp(t, "chapters-2023.html", c.renamed, c.framed)
		if !MatchBook(pages) {
			t.Errorf("%s: not recognised", c.name)
			continue
		}
		got, err := ReadBook(&epub.Book{Title: "Other", TOC: toc}, pages)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", c.name, got, want)
		}
	}
}

func TestOtherBooksAreNotOurs(t *testing.T) {
	page, _ := dom.Parse(`<div id="preface"><h1>Preface</h1><p>I wrote this.</p></div>`)
	if MatchBook([]*html.Node{page}) {
		t.Error("matched")
	}
}
