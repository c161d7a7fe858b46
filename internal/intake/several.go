package intake

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/picture"
)

// A list taken away as one file, or an anthology that a person merged of
// downloads, holds several works. Each becomes a file of its own, an HTML page,
// so that each has its receipt and its history.

// workBox is what each work of our own lists begins with, up to its number.
const workBox = `<div class="work" id="work-`

// severalIn returns the works in data if they are several, else nil.
func severalIn(name string, data []byte) []File {
	if files := recordsIn(name, data); len(files) > 0 {
		return files
	}
	var pages []string
	switch {
	case len(data) <= MaxText && bytes.Contains(data, []byte(workBox+`1"`)) && checkTags(string(data)) == nil:
		pages = worksInPage(data)
	case epub.Is(data):
		pages = worksInBook(data)
	}
	if len(pages) < 2 {
		return nil
	}
	files := make([]File, len(pages))
	for i, page := range pages {
		files[i] = File{Name: fmt.Sprintf("%s!%d.html", name, i+1)}.holding([]byte(page), nil)
	}
	return files
}

// worksInPage takes our own list of works apart. In it the ids of a work end in
// its number, because they must not stand twice in a page.
func worksInPage(data []byte) (pages []string) {
	root, _ := dom.Parse(string(data))
	for i, work := range dom.All(root, "div.work[id^=work-]") {
		mark := fmt.Sprintf("-%d", i+1)
		for n := range dom.Each(work, "[id]") {
			dom.SetAttr(n, "id", strings.TrimSuffix(dom.Attr(n, "id"), mark))
		}
		for n := range dom.Each(work, "a[href^=#]") {
			dom.SetAttr(n, "href", strings.TrimSuffix(dom.Attr(n, "href"), mark))
		}
		pages = append(pages, pageOf(dom.Inner(work)))
	}
	return pages
}

func pageOf(body string) string {
	return `<html><head><meta charset="utf-8"></head><body>` + body + "</body></html>"
}

// worksInBook takes an anthology apart where the table of tags of the next work
// stands. What is before the first one tells of the book and not of a work.
func worksInBook(data []byte) (pages []string) {
	b, err := epub.Read(data, epub.Limits())
	if err != nil {
		return nil // Read will say why
	}
	starts := prefaces(b)
	if len(starts) < 2 || checkBook(b) != nil {
		return nil
	}
	resources := map[string][]byte{}
	for _, r := range b.Resources {
		resources[r.Href] = r.Data
	}
	for i, start := range starts {
		end := len(b.Spine)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		var body strings.Builder
		for _, item := range b.Spine[start:end] {
			root, _ := dom.ParseXHTML(string(item.Data))
			for img := range dom.Each(root, "img") {
				inline(img, resources[within(item.Href, dom.Attr(img, "src"))])
			}
			body.WriteString(dom.Inner(dom.First(root, "body")))
		}
		pages = append(pages, pageOf(body.String()))
	}
	return pages
}

// prefaces returns the pages that the works in an anthology begin with.
func prefaces(b *epub.Book) (starts []int) {
	for i, item := range b.Spine {
		if bytes.Contains(item.Data, []byte(`id="preface"`)) && bytes.Contains(item.Data, []byte("<dl")) {
			starts = append(starts, i)
		}
	}
	return starts
}

// warnOfSeveral tells who reads a file of n works as one that they are several.
func warnOfSeveral(m *archive.Manuscript, n int) {
	if n > 1 {
		m.Warnings = append(m.Warnings, fmt.Sprintf("The file holds %d works, which are shown here as one. Bring it in to have each of them kept by itself.", n))
	}
}

// inline puts the bytes of a picture into its address.
func inline(img *html.Node, data []byte) {
	if look, err := picture.Look(data); err == nil {
		dom.SetAttr(img, "src", "data:"+look.MediaType+";base64,"+base64.StdEncoding.EncodeToString(data))
	}
}
