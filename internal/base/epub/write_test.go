package epub

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

// hostile is text that looks for a hole in every escape.
const hostile = "]]>&<b title='x\">\x00\x01\x0b\u2028\ufffe\xff 🎉 \u202e\"'--"

func specimen() Book {
	page := func(body string) []byte {
		return Page{Title: "A page", Language: "en", Dir: "ltr", Kind: "bodymatter", Styles: []string{"../style.css"}, Body: body}.XHTML()
	}
	return Book{
		Title:        "Two Lamps & a <Door>",
		Creators:     []Creator{{"A. Quill", "Quill, A.", "aut"}, {"Ink", "", "ill"}},
		Contributors: []Creator{{"A Friend", "", "edt"}},
		Language:     "en",
		Dir:          "ltr",
		Description:  "About <p>lamps</p>",
		Subjects:     []string{"Lamps", "Doors & Windows"},
		Publisher:    "Nobody",
		Rights:       "Theirs",
		Source:       "https://example.org/works/1?a=b&c=d",
		Identifiers:  []Identifier{{"", "urn:uuid:7d0c8d0e-9b5f-5d5e-8f3a-2f1f3a1b2c3d"}, {"", "https://example.org/works/1"}},
		Dates:        []Date{{"", "2006-07-09", time.Date(2006, 7, 9, 0, 0, 0, 0, time.UTC)}},
		Modified:     time.Date(2024, 2, 29, 10, 11, 12, 0, time.UTC),
		Collections:  []Collection{{"Saga", "2", "series"}, {"Other", "", "set"}},
		Metas:        map[string][]string{"schema:accessMode": {"textual", "visual"}},
		Spine: []Item{
			{ID: "one", Href: "EPUB/text/one.xhtml", MediaType: xhtmlType, Title: "One", Kind: "bodymatter", Data: page("<p id=\"x\">One</p>")},
			{ID: "two", Href: "EPUB/text/two & ü.xhtml", MediaType: xhtmlType, Title: "Two & <three>", Data: page("<p>Two</p>")},
			{ID: "three", Href: "EPUB/text/aside.xhtml", MediaType: xhtmlType, Title: "Aside", Aside: true, Data: page("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), Properties: []string{"svg"}},
		},
		Resources: []Item{
			{ID: "css", Href: "EPUB/style.css", MediaType: "text/css", Data: []byte("p {}")},
			{ID: "cov", Href: "EPUB/cover.png", MediaType: "image/png", Data: []byte("picture"), Properties: []string{"cover-image"}},
		},
		Cover: "EPUB/cover.png",
		TOC: []Entry{{"One", "EPUB/text/one.xhtml#x", []Entry{{"Two & <three>", "EPUB/text/two & ü.xhtml", nil}}},
			{"Aside", "EPUB/text/aside.xhtml", nil}},
	}
}

func TestRoundTrip(t *testing.T) {
	want := specimen()
	data, err := Write(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(data, Limits())
	if err != nil {
		t.Fatal(err)
	}
	want.Version = "3.0"
	for _, name := range []string{"calibre:series", "calibre:series_index", "cover"} {
		if len(got.Metas[name]) != 1 {
			t.Errorf("%s is missing", name)
		}
		delete(got.Metas, name)
	}
	same(t, "book", *got, want)
}

func TestWriteIsDeterministic(t *testing.T) {
	first, err := Write(specimen())
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		b := specimen()
		for _, name := range []string{"schema:z", "schema:a", "b", "a"} {
			b.Metas[name] = []string{"1"}
			delete(b.Metas, name)
		}
		again, err := Write(b)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Fatal("the same book gave other bytes")
		}
	}
}

func TestContainer(t *testing.T) {
	data, err := Write(specimen())
	if err != nil {
		t.Fatal(err)
	}
	if want := "PK\x03\x04\x14\x00\x00\x00\x00\x00"; string(data[:len(want)]) != want {
		t.Errorf("begins %q", data[:len(want)])
	}
	if want := "mimetypeapplication/epub+zip"; string(data[30:30+len(want)]) != want {
		t.Errorf("the type is not where readers look for it: %q", data[30:60])
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if f.Flags&8 != 0 || len(f.Extra) > 0 {
			t.Errorf("%s: flags %x, extra %x", f.Name, f.Flags, f.Extra)
		}
		if want := time.Date(2024, 2, 29, 10, 11, 12, 0, time.UTC); !f.Modified.Equal(want) {
			t.Errorf("%s: %v", f.Name, f.Modified)
		}
	}
}

// Whatever is in a book, every part of its EPUB is well-formed XML, and is read
// back.
func TestHostileBook(t *testing.T) {
	b := Book{
		Title: hostile, Creators: []Creator{{hostile, hostile, hostile}, {"", "", ""}}, Language: `en" onload="x`, Dir: "rtl",
		Description: hostile, Subjects: []string{hostile, "", " "}, Publisher: hostile, Rights: hostile, Source: hostile,
		Identifiers: []Identifier{{hostile, hostile}}, Collections: []Collection{{hostile, hostile, hostile}, {"", "1", ""}},
		Metas: map[string][]string{hostile: {hostile}, "schema:" + hostile: {hostile, ""}},
		Spine: []Item{{ID: hostile, Href: "a<&>\"'# %?.xhtml", MediaType: xhtmlType, Title: hostile, Kind: hostile,
			Data: Page{Title: hostile, Language: hostile, Kind: hostile, Body: "<p>" + Escape(hostile) + "</p>"}.XHTML()}},
		Resources: []Item{{Href: "nav.xhtml", MediaType: hostile}, {ID: "nav", Href: "TOC.ncx"}, {Href: "package.opf"}},
		TOC:       []Entry{{hostile, "a<&>\"'# %?.xhtml", []Entry{{"", "gone.xhtml", nil}}}, {"", "", []Entry{{hostile, "a<&>\"'# %?.xhtml#" + hostile, nil}}}},
	}
	data, err := Write(b)
	if err != nil {
		t.Fatal(err)
	}
	wellFormed(t, data)
	got, err := Read(data, Limits())
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Spine) != 1 || !strings.Contains(got.Title, "🎉") || strings.Contains(got.Title, "\x00") {
		t.Errorf("read back as %q with %+v", got.Title, got.Spine)
	}
}

func wellFormed(t *testing.T, data []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, "ml") && !strings.HasSuffix(f.Name, ".opf") && !strings.HasSuffix(f.Name, ".ncx") || f.UncompressedSize64 == 0 {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		for err == nil {
			_, err = d.Token()
		}
		if err != io.EOF {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	page := func(name string) Item { return Item{Href: name, MediaType: xhtmlType} }
	for name, b := range map[string]Book{
		"two items with one address": {Spine: []Item{page("a.xhtml"), page("A.xhtml")}},
		"no address":                 {Spine: []Item{page("")}},
		"a path":                     {Spine: []Item{page("../a.xhtml")}},
		"an absolute path":           {Spine: []Item{page("/a.xhtml")}},
	} {
		if _, err := Write(b); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := Write(Book{Title: "x"}); !errors.Is(err, ErrNoText) {
		t.Errorf("without text: %v", err)
	}
}

func BenchmarkWrite(b *testing.B) {
	book := specimen()
	book.Spine[0].Data = bytes.Repeat([]byte("<p>She wiped her hands before she took it. She knew the paper.</p>\n"), 10000)
	b.SetBytes(int64(len(book.Spine[0].Data)))
	for b.Loop() {
		if _, err := Write(book); err != nil {
			b.Fatal(err)
		}
	}
}
