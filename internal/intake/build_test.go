package intake

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"
	"testing"
)

// member is a file to be put into a ZIP.
type member struct {
	name, data string
	method     uint16
	flags      uint16
}

func zipOf(t testing.TB, members ...member) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	for _, m := range members {
		w, err := z.CreateHeader(&zip.FileHeader{Name: m.name, Method: m.method, Flags: m.flags})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, m.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// epubOf makes a book of pages, with what its package and its navigation say.
// A page is its name and its body, or a whole page.
func epubOf(t testing.TB, metadata, nav string, pages ...member) []byte {
	t.Helper()
	manifest, spine := `<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>`, ""
	members := []member{
		{name: "mimetype", data: "application/epub+zip"},
		{name: "META-INF/container.xml", data: `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`},
		{name: "OEBPS/nav.xhtml", data: xhtml(`<nav xmlns:epub="http://www.idpf.org/2007/ops" epub:type="toc"><ol>` + nav + `</ol></nav>`)},
	}
	for i, p := range pages {
		if !strings.HasSuffix(p.name, ".xhtml") {
			manifest += fmt.Sprintf(`<item id="r%d" href="%s" media-type="image/png"/>`, i, p.name)
			members = append(members, member{name: "OEBPS/" + p.name, data: p.data})
			continue
		}
		manifest += fmt.Sprintf(`<item id="p%d" href="%s" media-type="application/xhtml+xml"/>`, i, p.name)
		spine += fmt.Sprintf(`<itemref idref="p%d"/>`, i)
		data := p.data
		if !strings.Contains(data, "<html") {
			data = xhtml(data)
		}
		members = append(members, member{name: "OEBPS/" + p.name, data: data})
	}
	members = append(members, member{name: "OEBPS/content.opf", data: `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf"><dc:identifier id="id">x</dc:identifier>` +
		metadata + `</metadata><manifest>` + manifest + `</manifest><spine>` + spine + `</spine></package>`})
	return zipOf(t, members...)
}

func xhtml(body string) string {
	return `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>` + body + `</body></html>`
}

func pngOf(t testing.TB) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewPaletted(image.Rect(0, 0, 2, 2), color.Palette{color.Black, color.White})); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipOf(t testing.TB, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, s); err != nil {
		t.Fatal(err)
	}
	z.Close()
	return b.Bytes()
}

// fill is prose of n words.
func fill(n int) string {
	return strings.TrimSpace(strings.Repeat("the lamp was lit and the sea went on ", n/9+1))
}

// download is a small one of the archive's, of a work with that number.
func download(number int, updated string, chapters ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<html><body><div id="preface"><h2 class="toc-heading">Preface</h2><p class="message"><b>Work %d</b><br/>Posted originally on the <a href="https://archiveofourown.org/">Archive of Our Own</a> at <a href="https://archiveofourown.org/works/%d">https://archiveofourown.org/works/%d</a>.</p>
<div class="meta"><dl class="tags"><dt>Rating:</dt><dd><a href="#">General Audiences</a></dd><dt>Language:</dt><dd>English</dd><dt>Stats:</dt><dd>Published: 2020-01-01 Updated: %s Words: 1 Chapters: %d/?</dd></dl>
<h1>Work %d</h1><div class="byline">by <a rel="author" href="https://archiveofourown.org/users/a/pseuds/a">a</a></div></div></div><div id="chapters" class="userstuff">`,
		number, number, number, updated, len(chapters), number)
	for i, text := range chapters {
		fmt.Fprintf(&b, `<div class="meta group"><h2 class="heading">Chapter %d</h2></div><div class="userstuff">%s</div>`, i+1, text)
	}
	b.WriteString(`</div><div id="afterword"><p class="message">bye</p></div></body></html>`)
	return b.String()
}
