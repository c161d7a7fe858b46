package htmlpage

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
)

func read(t *testing.T, page string) archive.Manuscript {
	t.Helper()
	root, _ := dom.Parse(page)
	m, err := Read(root, "page.html")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"doctype", "<!DOCTYPE html>\n<p>a", true},
		{"xml first", `<?xml version="1.0"?><html><body>a`, true},
		{"a comment first", "<!-- saved from url=(0014)about:internet --><html>", true},
		{"a piece of a page", "<p>a</p><p>b</p>", true},
		{"breaks throughout", strings.Repeat("the lamp was lit<br>\n", 20), true},
		{"plain", "The lamp was lit.\n\nAnd out.", false},
		{"italics by hand", "The lamp was <i>lit</i>.\n\nAnd <b>out</b>.", false},
		{"one break in a long text", strings.Repeat("the lamp was lit ", 2000) + "<br><br><br>", false},
		{"about tags", "He typed <p> and then", false},
	} {
		if got := IsPage(c.text) || IsMarkedUp(c.text); got != c.want {
			t.Errorf("%s: got %v", c.name, got)
		}
	}
}

// sea is a story of some length.
var sea = strings.Repeat("<p>The lamp was lit, and the sea went on as it had before anybody came to look at it.</p>\n", 12)

func TestContent(t *testing.T) {
	chrome := `<nav><a href="/">Home</a> <a href="/stories">Stories</a></nav><div id="sidebar"><p>Popular stories of this week, and many others that you may like to read.</p></div>`
	after := `<div class="comments"><p>What a wonderful story this was, I could not stop reading until the very end of it.</p></div><footer><p>Copyright of the site</p></footer>`
	links := strings.Repeat(`<p><a href="/x">Popular stories of this week</a> and more</p>`, 10)
	part := strings.Repeat("<p>The lamp was lit, and the sea went on as it had before anybody came to look at it.</p>", 4)
	for _, c := range []struct{ name, page string }{
		{"bare", "<html><body>" + sea + "</body></html>"},
		{"article", "<html><body>" + chrome + "<article>" + sea + "</article>" + after + "</body></html>"},
		{"main", `<html><body><header><h2>The Site</h2></header>` + chrome + `<div role="main">` + sea + "</div>" + after + "</body></html>"},
		{"named box", `<html><body>` + chrome + `<div class="post"><div class="entry-content">` + sea + `</div></div>` + after + "</body></html>"},
		{"density", `<html><body>` + chrome + `<div class="x1"><div class="x2">` + sea + `</div></div>` + after + "</body></html>"},
		{"a teaser by a good name", `<html><body><article><p>Read this too.</p></article>` + chrome + `<div class="x2">` + sea + `</div></body></html>`},
		{"comments within the article", "<html><body><article>" + chrome + sea + after + "</article></body></html>"},
		{"a long teaser by a good name", `<html><body><article><p><a href="/x">` + strings.Repeat("Read this too, you will like it. ", 8) + `</a></p></article><div class="x2">` + sea + `</div></body></html>`},
		{"several boxes", `<html><body><div class="x0">` + links + `</div><div class="x1"><div class="a">` + part + `</div><div class="a">` + part + `</div><div class="a">` + part + `</div></div></body></html>`},
		{"table layout", `<html><body><table><tr><td><a href="/">Home</a><br><a href="/all">All the stories</a></td><td>` + sea + `</td></tr></table></body></html>`},
		{"hidden boxes and scripts", `<html><body><div style="display: none"><p>Please enable scripts to read this page, or else you will not see it.</p></div>` + sea + `<script>var x = "The lamp";</script><style>p{}</style></body></html>`},
	} {
		m := read(t, c.page)
		text := m.Chapters[0].Text
		if got := strings.Count(text.Text(), "The lamp was lit"); got != 12 {
			t.Errorf("%s: %d paragraphs of 12", c.name, got)
		}
		for _, chrome := range []string{"Home", "Popular", "wonderful", "Copyright", "enable scripts", "var x", "p{}", "Read this too", "The Site"} {
			if strings.Contains(text.Text(), chrome) {
				t.Errorf("%s: holds %q", c.name, chrome)
			}
		}
	}
}

func TestShortStoriesAreStories(t *testing.T) {
	m := read(t, "<html><body><p>The lamp was lit.</p></body></html>")
	if got := m.Chapters[0].Text.HTML(); got != "<p>The lamp was lit.</p>" {
		t.Errorf("got %s", got)
	}
}

func TestDescription(t *testing.T) {
	m := read(t, `<html lang="fr"><head><title>Les Lampes | The Site</title><meta name="author" content="Quill"><meta property="og:site_name" content="The Site">
<link rel="canonical" href="https://example.org/s/lampes"><meta property="article:published_time" content="2020-01-02T10:00:00Z"></head>
<body><h1>Les Lampes</h1><article>`+sea+`<p><a href="/next">next</a> <img src="/lamp.png" alt="a lamp"></p></article><p>Tags: <a rel="tag" href="/t/sea">sea</a></p></body></html>`)
	if m.Title != "Les Lampes" || m.Language != "fr" || len(m.Creators) != 1 || m.Creators[0].Name != "Quill" {
		t.Errorf("%q by %v in %q", m.Title, m.Creators, m.Language)
	}
	if m.Source.URL != "https://example.org/s/lampes" || m.Posted.Format("2006-01-02") != "2020-01-02" {
		t.Errorf("%v, %v", m.Source, m.Posted)
	}
	if len(m.Tags) != 1 || m.Tags[0].Name != "sea" {
		t.Errorf("tags: %v", m.Tags)
	}
	text := m.Chapters[0].Text.HTML()
	if !strings.Contains(text, `href="https://example.org/next"`) || !strings.Contains(text, `src="https://example.org/lamp.png"`) {
		t.Errorf("links: %s", text)
	}
}

func TestTitlesAndCreators(t *testing.T) {
	for _, c := range []struct{ name, page, title, creator string }{
		{"title alone", "<title>The Lamp</title>", "The Lamp", ""},
		{"title with the site", "<title>The Lamp | Tide Archive</title>", "The Lamp", ""},
		{"heading that the title repeats", "<title>quill: The Lamp</title><h1>Tide Archive</h1><h3>The Lamp</h3>", "The Lamp", ""},
		{"by and on", "<title>The Lamp by ~quill on deviantART</title><small>by ~<a href='http://quill.example'>quill</a></small>", "The Lamp", "quill"},
		{"a fandom after it", "<title>The Lamp, a Lamplighters fanfic - FanFiction.Net</title>", "The Lamp", ""},
		{"creator before it", "<title>quill: The Lamp</title><span class=ljuser>quill</span>", "The Lamp", "quill"},
		{"creator after it", "<title>The Lamp by quill</title><h1>The Lamp by <a class=authorlink>quill</a></h1>", "The Lamp", "quill"},
		{"a line in the text", "<title>The Lamp</title><center>Fandom: Seas<br>by quill for the lamp festival</center>", "The Lamp", "quill"},
		{"number and name", "<title>III: The Lamp</title><h2>III</h2><p>The Lamp</p>", "III: The Lamp", ""},
		{"nothing", "", "", ""},
	} {
		m := read(t, "<html><head></head><body>"+c.page+sea+"</body></html>")
		creator := ""
		if len(m.Creators) > 0 {
			creator = m.Creators[0].Name
		}
		if m.Title != c.title || creator != c.creator {
			t.Errorf("%s: %q by %q", c.name, m.Title, creator)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("<title>A by b</title><article>" + sea + "</article>")
	f.Add("<div class=comments><div id=content>x</div></div>")
	f.Add(netPage("Rated: Fiction  M - English - Drama - [Ann, Bob] Lou - Chapters: 3 - Words: 4 - Published: <span data-xutime='1082775104'>x</span> - id: 77", `<select id=chap_select><option value=1>1. Lit<option selected>2. Out</select>`))
	f.Add(archivePage(`<select name="chapter"><option value="2" selected>2. Out</select>`, `<div class="notes"><div class="noteinfo">x</div></div><div class="chapter">`+story+`</div><div class="chapter">`+story+`</div>`))
	f.Add(`<h1><a href="http://a.example/5">L</a> by <a class=authorlink>Q</a></h1><table class=full><tr><td>Published:<td>2<tr><td>Series:<td>[3]</table><a name=section0001><h2>1.</h2></a><p>x<a name=section0002></a>`)
	f.Add(`<h1><a href="http://a.example/5">L</a> by <a class=authorlink>Q</a></h1><table class=full><tr><td>Published:</table><a name=section0002>`)
	f.Add(`<title>quill: The Lamp (2/3)</title><span class=ljuser lj:user=quill>quill</span><font>@ 2009-10-04</font><a href="http://www.livejournal.com/go.bml?journal=a&itemid=5">p</a>` + story)
	f.Add("<!-- STORYINFO\ntitle: x\ndate: 2\n--><center>Written for: W in the L 2008 Challenge</center>" + story)
	for _, seed := range hostile("../../../../shared/badinputs/html/*/*") {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, page string) {
		root, _ := dom.Parse(page)
		m, err := Read(root, "x")
		if (err == nil) != (len(m.Chapters) > 0) || m.Numbers != nil && len(m.Numbers) != len(m.Chapters) {
			t.Errorf("%d chapters, numbers %v, %v", len(m.Chapters), m.Numbers, err)
		}
	})
}

// hostile reads what tests of parsers are made of, where it is at hand.
func hostile(pattern string) (all []string) {
	files, _ := filepath.Glob(pattern)
	for _, file := range files {
		if data, err := os.ReadFile(file); err == nil {
			all = append(all, string(data[:min(len(data), 1<<14)]))
		}
	}
	return all
}
