package kindle

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/mobi"
)

func pagesOf(bodies ...string) (pages []*html.Node) {
	for _, body := range bodies {
		pages = append(pages, parse([]byte("<html><body>"+body+"</body></html>")))
	}
	return pages
}

func inner(page *html.Node) string {
	return strings.Join(strings.Fields(dom.Inner(dom.First(page, "body"))), " ")
}

const large = `<p align="center"><font size="5"><b>`

// TestRestoreDownload shows what is left of a download in an older book, and
// what is made of it.
func TestRestoreDownload(t *testing.T) {
	pages := pagesOf(
		`<p> </p><p align="center"> <b>Harbour</b><br></br> Posted originally on the <a href="x">Archive of Our Own</a> at <a href="https://archiveofourown.org/works/7">it</a>.</p><p><b>Rating:</b></p><blockquote><blockquote><a href="t">Mature</a></blockquote></blockquote><p><b>Fandoms:</b></p><blockquote><a href="a">A</a>, <a href="b">B</a></blockquote>`,
		large+`Harbour</b></font></p><p align="center">by <a href="u">Wren</a></p><p>Summary</p><blockquote>Short.</blockquote><blockquote><blockquote>Two.</blockquote></blockquote><p>See the end of the work for <a href="p#filepos9">more notes</a></p>`,
		large+`Chapter 1: Fog</b></font></p><p>Chapter Notes</p><blockquote>Hello.</blockquote><p>See the end of the chapter for <a href="x">notes</a></p><p>It was.</p><p>Chapter Notes</p><p>are a story too.</p><p>Chapter End Notes</p><blockquote>Bye.</blockquote>`,
		large+`Chapter 2</b></font></p><blockquote><blockquote>The end.</blockquote></blockquote><hr/><blockquote><blockquote><blockquote>Dear Sam,</blockquote></blockquote></blockquote>`,
		`<p>End Notes</p><blockquote>Thanks.</blockquote><p>Please <a href="c">drop by the Archive and comment</a>.</p>`,
		large+`Table of Contents</b></font></p><p><a href="part0002.xhtml#filepos3">Chapter 1: Fog</a></p>`,
	)
	if !restoreDownload(pages) {
		t.Fatal("not recognised")
	}
	for i, want := range []string{
		`<dl class="tags"><dt><b>Rating:</b></dt><dd><a href="t">Mature</a></dd><dt><b>Fandoms:</b></dt><dd><a href="a">A</a>, <a href="b">B</a></dd></dl></div>`,
		`<div id="preface"><h1><font size="5"><b>Harbour</b></font></h1><div class="byline">by <a href="u">Wren</a></div><p>Summary</p><blockquote><p>Short.</p><p>Two.</p></blockquote><div class="endnote-link">`,
		`<div id="chapters"><div class="meta group"><h2 class="heading"><font size="5"><b>Chapter 1: Fog</b></font></h2><p>Chapter Notes</p><blockquote><p>Hello.</p></blockquote><div class="endnote-link">See the end of the chapter for <a href="x">notes</a></div></div><div class="userstuff"><p>It was.</p><p>Chapter Notes</p><p>are a story too.</p></div><div id="endnotes1"><p>Chapter End Notes</p><blockquote><p>Bye.</p></blockquote></div></div>`,
		`<h2 class="heading"><font size="5"><b>Chapter 2</b></font></h2></div><div class="userstuff"><p>The end.</p><hr/><blockquote>Dear Sam,</blockquote></div></div>`,
		`<div id="afterword"><p>End Notes</p><blockquote><p>Thanks.</p></blockquote>`,
	} {
		if got := inner(pages[i]); !strings.Contains(got, want) {
			t.Errorf("page %d: got\n%s\nwant\n%s", i, got, want)
		}
	}
	if got := inner(pages[5]); got != "" {
		t.Errorf("the contents are still there: %s", got)
	}
	if restoreDownload(pagesOf(`<p>Posted originally on the web</p>`, `<p>x</p>`)) {
		t.Error("another book is taken for a download")
	}
}

func TestRestoreFanFicFare(t *testing.T) {
	pages := pagesOf(`<h3><a href="http://a.example/s/5">Harbour</a> by <a class="authorlink" href="u">Wren</a></h3><b>Category:</b> Sea, Storm<br/><b>Characters:</b> Ann, Bo<br/><b>Packaged:</b> 2020<br/>`, `<a name="TOCTOP"><h3>Table of Contents</h3></a>`, `<h3>One</h3>`)
	b := &epub.Book{}
	if !restoreFanFicFare(b, pages) || b.Source != "http://a.example/s/5" || strings.Join(b.Subjects, "|") != "Sea|Storm|Ann|Bo" || b.Contributors[0].Name != "FanFicFare" {
		t.Errorf("got %+v", b)
	}
	if dom.First(pages[0], "body.fff_titlepage") == nil || dom.First(pages[1], "body.fff_tocpage") == nil {
		t.Error("the pages are not marked")
	}
	if restoreFanFicFare(b, pagesOf(`<h3>Harbour</h3>`)) {
		t.Error("another book is taken for one")
	}
}

func TestRestoreHeadings(t *testing.T) {
	m := mobi.Book{TOC: []mobi.Entry{{Title: "The Fog", Part: 0}}}
	pages := pagesOf(`<a id="filepos1"></a><p><b>The  fog</b></p><p>It was.</p>`, large+`II</b></font></p><p>It is.</p>`, `<p>Once.</p>`)
	restoreHeadings(m, pages)
	for _, page := range pages {
		forgetStarts(page)
	}
	for i, want := range []string{`<a></a><h2><b>The fog</b></h2><p>It was.</p>`, `<h2><font size="5"><b>II</b></font></h2><p>It is.</p>`, `<p>Once.</p>`} {
		if got := inner(pages[i]); got != want {
			t.Errorf("page %d: got %s, want %s", i, got, want)
		}
	}
}

// FuzzRestore puts any text in the place of the pages of old books.
func FuzzRestore(f *testing.F) {
	f.Add(`<div id="preface"><p>Posted originally on the web</p>`, large+`Chapter 1</b></font></p><p>Chapter Notes</p><blockquote>x</blockquote>`, "The Fog")
	f.Add(`<h3><a href="http://a.example/s/5">Harbour</a> by <a class="authorlink" href="u">Wren</a></h3><b>Category:</b> Sea<br/>`, `<a name="TOCTOP"><h3>Table of Contents</h3></a>`, "")
	f.Add(`<p><b>Rating:</b></p><blockquote><blockquote>`, `<a id="filepos1"></a><p><b>The  fog</b></p>`, "the fog")
	f.Fuzz(func(t *testing.T, first, second, title string) {
		if len(first)+len(second) > 1<<14 {
			return
		}
		book := mobi.Book{Parts: []mobi.Part{{Data: []byte(first)}, {Data: []byte(second)}}, TOC: []mobi.Entry{{Title: title, Part: 1}}}
		restore(describe(book), &book)
		pages := pagesOf(first, second)
		restoreDownload(pages)
		restoreHeadings(book, pages)
		for _, page := range pages {
			forgetStarts(page)
			if dom.First(page, "body") == nil {
				t.Error("a page has no body left")
			}
		}
	})
}
