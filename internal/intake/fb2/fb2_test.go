package fb2

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var shown = "image:" + strings.Repeat("a", 64)

func keep(data []byte) string {
	if string(data) == "picture" {
		return shown
	}
	return ""
}

func book(description, body string) string {
	return `<?xml version="1.0" encoding="utf-8"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink"><description>` + description + `</description>` + body +
		`<body name="notes"><title><p>Notes</p></title><section id="n1"><title><p>1</p></title><p>Said <emphasis>so</emphasis>.</p></section></body><binary id="map.png" content-type="image/png">` + base64.StdEncoding.EncodeToString([]byte("picture")) + `</binary></FictionBook>`
}

func TestText(t *testing.T) {
	for _, c := range []struct{ name, section, want string }{
		{"looks", `<p>a <emphasis>b <strong>c</strong></emphasis> <strikethrough>d</strikethrough><sup>e</sup><sub>f</sub></p>`, `<p>a <em>b <strong>c</strong></em> <s>d</s><sup>e</sup><sub>f</sub></p>`},
		{"empty line", `<empty-line/><p>a</p><empty-line/><empty-line/><p>b</p><empty-line/>`, `<p>a</p><hr><p>b</p>`},
		{"empty line beside a poem", `<p>a</p><empty-line/><poem><stanza><v>b</v><v>c</v></stanza><text-author>Wren</text-author></poem>`, `<p>a</p><blockquote><p>b<br>c</p><p class="right">Wren</p></blockquote>`},
		{"stars", `<p>a</p><subtitle>* * *</subtitle><p>b</p>`, `<p>a</p><hr><p>b</p>`},
		{"subtitle", `<subtitle>Monday</subtitle><p>b</p>`, `<h3>Monday</h3><p>b</p>`},
		{"epigraph and quote", `<epigraph><p>a</p><text-author>Wren</text-author></epigraph><p>b</p><cite><p>c</p></cite>`, `<blockquote><p>a</p><p class="right">Wren</p></blockquote><p>b</p><blockquote><p>c</p></blockquote>`},
		{"picture", `<image l:href="#map.png" alt="A map"/><p>a</p><image l:href="#none.png" alt="None"/>`, `<p><img src="` + shown + `" alt="A map"></p><p>a</p><p>None</p>`},
		{"link", `<p><a l:href="https://example.org/">a</a> <a l:href="#x">b</a></p>`, `<p><a href="https://example.org/">a</a> b</p>`},
		{"table", `<table><tr><th colspan="2">a</th></tr><tr><td>b</td><td>c</td></tr></table>`, `<table><tbody><tr><th colspan="2">a</th></tr><tr><td>b</td><td>c</td></tr></tbody></table>`},
		{"note", `<p>a<a l:href="#n1" type="note">[1]</a></p>`, `<p>a<sup><span id="fn-from-n1"></span><a href="#fn-book-n1">1</a></sup></p><hr><p><span id="fn-book-n1"></span><a href="#fn-from-n1">1</a> Said <em>so</em>.</p>`},
		{"scenes without titles", `<section><p>a</p></section><section><p>b</p></section>`, `<p>a</p><hr><p>b</p>`},
		{"pieces with titles", `<section><title><p>1</p></title><p>a</p></section><section><title><p>2</p></title><p>b</p></section>`, `<h3>1</h3><p>a</p><h3>2</h3><p>b</p>`},
	} {
		m, err := Read([]byte(book("", `<body><section>`+c.section+`</section></body>`)), keep)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Chapters[0].Text.HTML(); got != c.want || len(m.Chapters) != 1 {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
		if c.name != "note" && m.Chapters[0].EndNotes.IsEmpty() {
			t.Errorf("%s: a note that nothing refers to is lost", c.name)
		}
	}
}

func TestChapters(t *testing.T) {
	long := "<p>" + strings.Repeat("word ", 900) + "</p>"
	section := func(title, inner string) string {
		return "<section><title><p>" + title + "</p></title>" + inner + "</section>"
	}
	for _, c := range []struct{ name, body, want string }{
		{"sections", section("One", "<p>a</p>") + section("Two", "<p>b</p>"), "One|Two"},
		{"parts", section("Part 1", "<epigraph><p>e</p></epigraph>"+section("I", long)+section("II", long)) + section("Part 2", section("III", long)+section("IV", long)), "Part 1: I|II|Part 2: III|IV"},
		{"a title of two lines", "<section><title><p>Chapter 1</p><p>Fog</p></title><p>a</p></section>", "Chapter 1: Fog"},
		{"no sections", "<title><p>Book</p></title><p>a</p>", ""},
		{"a frame", "<section>" + section("One", "<p>a</p>") + "</section>", "One"},
		{"titles that a converter wrote", "<section><p><strong>Fog</strong></p><p>a</p></section><section><p><strong>Rain</strong>!</p><p>b</p></section>", "Fog|"},
		{"a title with a note", `<section><title><p>Fog<a l:href="#n1">1</a></p></title><p>a</p></section>`, "Fog"},
	} {
		m, err := Read([]byte(book("", "<body>"+c.body+"</body>")), keep)
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, chapter := range m.Chapters {
			titles = append(titles, chapter.Title)
		}
		if got := strings.Join(titles, "|"); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

const about = `<title-info><genre>sf_fantasy</genre><genre>fanfiction</genre><genre>slice_of_life</genre><author><first-name>Anna</first-name><last-name>Wren</last-name></author><author><nickname>alder</nickname></author>
<book-title>The Harbour</book-title><annotation><p>A <emphasis>storm</emphasis>.</p></annotation><keywords>sea, ships</keywords><date value="2014-05-06">May</date><lang>ru</lang><sequence name="Coast" number="2"><sequence name="North"/></sequence></title-info>
<document-info><author><nickname>scanner</nickname></author><src-url>https://ficbook.net/readfic/123</src-url></document-info>`

func TestDescription(t *testing.T) {
	m, err := Read([]byte(book(about, `<body><section><annotation><p>In short.</p></annotation><p>a</p></section></body>`)), keep)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintf("%s|%v|%s|%s|%v|%s|%v|%s|%s", m.Title, m.Creators, m.Language, m.Summary.HTML(), m.Tags, m.Posted.Format("2006-01-02"), m.Series[0].Number, m.Source.URL, m.Chapters[0].Summary.Text())
	for _, want := range []string{"The Harbour|[Anna Wren alder]|ru|<p>A <em>storm</em>.</p>|", "Fantasy", "slice of life", "sea", "ships", "|2014-05-06|2|", "ficbook.net/readfic/123", "In short."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %s", want, got)
		}
	}
	if len(m.Tags) != 4 || len(m.Series) != 2 || strings.Contains(got, "scanner") {
		t.Errorf("got %s, %d series", got, len(m.Series))
	}
}

func TestEncodings(t *testing.T) {
	text := book(`<title-info><book-title>Гавань</book-title></title-info>`, `<body><section><p>Шторм</p></section></body>`)
	for name, encode := range map[string]func(string) (string, error){
		"windows-1251": charmap.Windows1251.NewEncoder().String,
		"koi8-r":       charmap.KOI8R.NewEncoder().String,
		"utf-16":       unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String,
		"utf-8":        func(s string) (string, error) { return "\xef\xbb\xbf" + s, nil },
	} {
		data, err := encode(strings.Replace(text, "utf-8", name, 1))
		if err != nil {
			t.Fatal(err)
		}
		m, err := Read([]byte(data), keep)
		if err != nil || !Match([]byte(data)) || m.Title != "Гавань" || strings.TrimSpace(m.Chapters[0].Text.Text()) != "Шторм" {
			t.Errorf("%s: got %q, %v", name, m.Title, err)
		}
	}
}

func TestDamaged(t *testing.T) {
	whole := book(about, `<body><section><p>One.</p><p>Two <emphasis>and`)
	m, err := Read([]byte(whole[:strings.Index(whole, "<body name")]), keep)
	if err != nil || !strings.Contains(m.Chapters[0].Text.Text(), "Two and") || len(m.Warnings) == 0 {
		t.Errorf("cut: %v, %v", m.Warnings, err)
	}
	if _, err := Read([]byte(book(about, "")), keep); err == nil {
		t.Error("a book without a body was read")
	}
	if m, err := Read([]byte(book("", "<body>"+strings.Repeat("<section>", 5000)+"<p>deep</p>")), keep); err == nil && len(m.Warnings) == 0 {
		t.Error("depth was not told")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(book(about, `<body><section><p>a<a l:href="#n1">1</a></p><empty-line/><poem><stanza><v>b`))
	f.Add(strings.Repeat(`<FictionBook><body><section><title>`, 100))
	f.Add(`<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><FictionBook><body>&a;<p>c</p></body><binary id="x">!!`)
	f.Fuzz(func(t *testing.T, s string) {
		if m, err := Read([]byte(s), keep); err == nil && len(m.Chapters) == 0 {
			t.Error("no chapters, and no refusal")
		}
	})
}
