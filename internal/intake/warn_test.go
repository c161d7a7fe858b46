package intake

import (
	"strings"
	"testing"
)

// TestWarnings wants what a reader would miss to be told, and nothing else.
func TestWarnings(t *testing.T) {
	work := func(n string) string { return `<div class="work" id="work-` + n + `"><p>` + fill(30) + `</p></div>` }
	preface := `<div id="preface"><dl class="tags"><dt>Rating:</dt><dd>Mature</dd></dl><h1>Tea</h1></div><div id="chapters"><p>` + fill(30) + `</p></div>`
	for _, c := range []struct{ name, data, want string }{
		{"a page", "<html><body><p>" + fill(30) + "</p></body></html>", ""},
		{"scripts and forms", "<html><body><script><!-- x\n//--></script><form><input></form><p>" + fill(30) + "</p></body></html>", ""},
		{"a comment in an unclosed script", "<html><body><p>" + fill(30) + "</p><script><!-- x", ""},
		{"a comment that never ends", "<html><body><p>" + fill(30) + "</p><!-- <p>" + fill(30) + "</p></body></html>", "never ends"},
		{"a film", "<html><body><p>" + fill(30) + `</p><video src="https://example.org/a.mp4"></video><p>` + fill(30) + "</p></body></html>", ""},
		{"one work of a list", "<html><body>" + work("1") + "</body></html>", ""},
		{"several works", "<html><body>" + work("1") + work("2") + work("3") + "</body></html>", "holds 3 works"},
		{"an anthology", string(epubOf(t, "<dc:title>Two</dc:title>", "", member{name: "1.xhtml", data: preface}, member{name: "2.xhtml", data: preface})), "holds 2 works"},
	} {
		m, _, err := Read(c.name, []byte(c.data), nil)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got := strings.Join(m.Warnings, " ")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestUnclosedComment wants the story behind it.
func TestUnclosedComment(t *testing.T) {
	m, _, err := Read("a.html", []byte("<html><body><p>The lamp was cold.</p><!-- <p>And it was dark.</p></body></html>"), nil)
	if err != nil || !strings.Contains(m.Chapters[0].Text.Text(), "And it was dark.") {
		t.Errorf("%v: %+v", err, m.Chapters)
	}
}

// TestBookLinks wants links within a book to lead somewhere still.
func TestBookLinks(t *testing.T) {
	one := `<h2>Chapter 1</h2><p>` + fill(20) + `<a id="r1" href="notes.xhtml#fn1">1</a> and <a href="2.xhtml#x">there</a> <a href="1.xhtml#here">here</a></p><p id="here">x</p>`
	two := `<h2>Chapter 2</h2><p id="x">` + fill(20) + ` <a href="https://example.org/">out</a></p>`
	notes := `<h2>Notes</h2><p id="fn1">The note. <a href="1.xhtml#r1">back</a></p><p id="fn2">Another.</p>`
	book := epubOf(t, "<dc:title>Tea</dc:title>", "", member{name: "1.xhtml", data: one}, member{name: "2.xhtml", data: two}, member{name: "notes.xhtml", data: notes})
	m, _, err := Read("tea.epub", book, nil)
	if err != nil {
		t.Fatal(err)
	}
	first := m.Chapters[0].Text.HTML() + m.Chapters[0].EndNotes.HTML()
	for _, want := range []string{`href="#fn-here"`, `id="fn-here"`, `href="#fn-fn1"`, `id="fn-fn1"`, "The note.", `href="#fn-r1"`, `id="fn-r1"`, "there"} {
		if !strings.Contains(first, want) {
			t.Errorf("chapter 1 lacks %s:\n%s", want, first)
		}
	}
	if strings.Contains(first, "2.xhtml") || strings.Contains(first, `href="#fn-x"`) {
		t.Errorf("a link to nowhere: %s", first)
	}
	if last := m.Chapters[len(m.Chapters)-1].Text.HTML(); !strings.Contains(last, "Another.") {
		t.Errorf("a note that nobody refers to is lost: %s", last)
	}
}
