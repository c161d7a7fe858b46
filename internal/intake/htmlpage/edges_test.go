package htmlpage

import (
	"slices"
	"strings"
	"testing"

	"ficstead/internal/base/dom"
)

// TestEdges wants a site's links gone from the edges of a text, and all others kept.
func TestEdges(t *testing.T) {
	const icon = `<img src="/dot.png">`
	for _, c := range []struct{ name, before, after, want string }{
		{"the way back", `<p><a href="../">Main fanfic page</a></p>`, `<p><a href="../">Main fanfic page</a></p>`, ""},
		{"the host's own address", "", `<p><a href="https://www.example.org/all">All stories</a> - <a href="/next">Next</a></p>`, ""},
		{"feedback", "", `<center><br>Please <a href="http://other.example/c.cgi?f=1">post a comment</a> on this story.<br>Read <a href="http://other.example/c.html">posted comments</a>.</center>`, ""},
		{"feedback on the page", "", `<div><a href="https://www.example.org/s/1#comments">No Comments</a></div>`, ""},
		{"forms to take away", icon + "<br>", "<p>" + icon + ` <a href="/read">Read the story</a></p><p>` + icon + ` <a href="/z">HTML</a> - <a href="/p">PDF</a> - <a href="/t">TXT</a></p>`, ""},
		{"behind a rule", "", `<hr><p><a href="/">Home</a></p>`, ""},
		{"posted elsewhere", "", `<p>This entry was originally posted at <a href="http://quill.example/3.html">http://quill.example/3.html</a>. Please comment there using OpenID.</p>`, ""},

		{"elsewhere", "", `<p><a href="https://other.example/">Follow me there</a></p>`, "Follow me there"},
		{"a dedication", `<p>by quill for the <a href="/festival">lamp festival</a></p>`, "", "lamp festival"},
		{"a letter to the author", "", `<p><a href="mailto:quill@example.org">Write to me</a></p>`, "Write to me"},
		{"a note", "", `<p><a href="#note1">1</a></p>`, "1"},
		{"a picture", `<p><a href="/art"><img src="/cover.png" alt=""></a> <a href="/art">here</a></p>`, "", "here"},
		{"a long line", "", `<p><a href="/x">` + strings.Repeat("The lamp was never out. ", 8) + `</a></p>`, "never out"},
		{"in the middle", `<p>A tale.</p><p><a href="/part1">Part 1</a></p>`, "", "Part 1"},
	} {
		m := read(t, `<html><head><link rel="canonical" href="https://example.org/s/1"></head><body><div>`+c.before+sea+c.after+`</div></body></html>`)
		got := m.Chapters[0].Text.Text()
		if strings.Count(got, "The lamp was lit") != 12 {
			t.Errorf("%s: the story was harmed: %s", c.name, got)
		}
		rest := strings.ReplaceAll(got, "The lamp was lit, and the sea went on as it had before anybody came to look at it.", "")
		if c.want == "" && strings.TrimSpace(rest) != "" || !strings.Contains(rest, c.want) || c.want == "" && strings.Contains(m.Chapters[0].Text.HTML(), "<hr") {
			t.Errorf("%s: got %q, want %q", c.name, rest, c.want)
		}
	}
}

func TestAPageOfLinksStaysWhole(t *testing.T) {
	m := read(t, `<html><body><p>My stories</p><p><a href="a.html">The Lamp</a></p><p><a href="b.html">The Sea</a></p></body></html>`)
	if got := m.Chapters[0].Text.Text(); !strings.Contains(got, "The Lamp") || !strings.Contains(got, "The Sea") {
		t.Error(got)
	}
}

func TestPrintablePageTellsWhereItWas(t *testing.T) {
	m := read(t, `<font><center><b>The Lamp</b></center>`+sea+`<center>This story archived at: <a href="http://tales.example">The Tales</a></center><br><center><a href="http://tales.example/viewstory.php?sid=19">http://tales.example/viewstory.php?sid=19</a></center></font>`)
	if m.Source.URL != "http://tales.example/viewstory.php?sid=19" || strings.Contains(m.Chapters[0].Text.Text(), "archived") {
		t.Errorf("%+v %s", m.Source, m.Chapters[0].Text.Text())
	}
}

func TestAListOfChaptersIsToldOf(t *testing.T) {
	for _, line := range []string{
		`1. <a href="viewstory.php?sid=1&amp;chapter=1">Lit</a> by <a href="viewuser.php?uid=2">Quill</a> [<a href="reviews.php">Reviews</a> - <a href="reviews.php">2</a>] (2,938 words)`,
		`1 - <a href="/Lamp/Lit/">The Lamp</a><br>Word count: 2,197 - Reviews: <a href="/r/">12</a> - Rating: Everyone`,
	} {
		if m := read(t, "<body><p>"+line+"</p>"+strings.Repeat(sea, 10)+"</body>"); !slices.Contains(m.Warnings, string(noChapters)) {
			t.Errorf("%s: %v", line, m.Warnings)
		}
		root, _ := dom.Parse("<body><p>" + line + "</p><p>A summary.</p></body>")
		if _, err := Read(root, "x.html"); err != noChapters {
			t.Errorf("%s alone: %v", line, err)
		}
	}
	if m := read(t, "<body>"+sea+"</body>"); len(m.Warnings) > 0 {
		t.Errorf("a story: %v", m.Warnings)
	}
}

// TestBylineUnderTheTitle is the line that a site prints above the text.
func TestBylineUnderTheTitle(t *testing.T) {
	const name = `<small>by ~<a class="u" href="http://quill.example/">quill</a></small>`
	m := read(t, `<html><head><title>The Lamp by ~quill on deviantART</title></head><body><div><h1><a href="/lamp">The Lamp</a> `+name+`</h1></div><div class="text"><h1>The Lamp</h1>`+name+`<br><br>`+sea+`</div></body></html>`)
	if got := m.Chapters[0].Text.HTML(); !strings.HasPrefix(got, "<p>The lamp was lit") || m.Title != "The Lamp" {
		t.Errorf("%q %q", m.Title, got)
	}
}

// TestAPageAboutAStory is one that leads to the story.
func TestAPageAboutAStory(t *testing.T) {
	root, _ := dom.Parse(`<html><body><h1>The Lamp</h1><div><b>Author</b> : Quill<br><br><b>Date sent</b> : March 06, 2008<br><br><b>Rating</b> : PG<br><br><b>Description</b> : ` + strings.Repeat("A cold night by the sea. ", 12) +
		`<br><br><a href="/lamp&deb=0"><span>Read the fanfic</span></a></div></body></html>`)
	if _, err := Read(root, "x.html"); err != elsewhere {
		t.Error(err)
	}
}

// TestShortLiterature is a story of few words on a page with a longer box of
// the site's news.
func TestShortLiterature(t *testing.T) {
	news := strings.Repeat("One of our best known members has filled her gallery with pictures that inspire others. ", 8)
	m := read(t, `<html><head><title>The Lamp by ~quill on deviantART</title></head><body><div class="gr-body"><div class="grf-indent"><div class="text">The lamp was lit.<br><br>The sea went on.</div></div></div>
<table><tr><td class="f" id="footer_news"><h2>News</h2><div class="news_text">`+news+`</div></td></tr></table></body></html>`)
	if got := m.Chapters[0].Text.Text(); !strings.Contains(got, "The lamp was lit.") || strings.Contains(got, "gallery") {
		t.Error(got)
	}
	m = read(t, `<html><body><div id="x"><p>The lamp was lit, and the sea went on.</p></div><div id="footer_news"><p>`+news[:180]+`</p></div><p>Then it went out.</p>`+sea+`</body></html>`)
	if got := m.Chapters[0].Text.Text(); strings.Contains(got, "gallery") {
		t.Error(got)
	}
}
