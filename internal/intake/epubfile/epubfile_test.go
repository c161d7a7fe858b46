package epubfile

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
)

// bookOf makes a book of the bodies of pages, named 1.xhtml and so on.
func bookOf(bodies ...string) (*epub.Book, []*html.Node) {
	b := &epub.Book{Title: "The Lamps", Metas: map[string][]string{}}
	var pages []*html.Node
	for i, body := range bodies {
		data := []byte(body)
		if !strings.Contains(body, "<body") {
			data = []byte("<html><head><title/></head><body>" + body + "</body></html>")
		}
		b.Spine = append(b.Spine, epub.Item{Href: fmt.Sprintf("%d.xhtml", i+1), MediaType: "application/xhtml+xml", Data: data})
		page, _ := dom.ParseXHTML(string(data))
		pages = append(pages, page)
	}
	return b, pages
}

func chapters(m archive.Manuscript) (all []string) {
	for _, c := range m.Chapters {
		all = append(all, c.Title+" | "+strings.Join(strings.Fields(c.Text.Text()), " "))
	}
	return all
}

func TestChapters(t *testing.T) {
	text := strings.Repeat("the lamp was lit and ", 60)
	said := strings.TrimSpace(text)
	for _, c := range []struct {
		name   string
		bodies []string
		toc    map[int]string // titles by page, from 1
		kinds  map[int]string
		want   []string
	}{
		{"headings", []string{"<h1>One</h1><p>a</p>", "<div><h2>Two</h2><p>b</p></div>"}, nil, nil, []string{"One | a", "Two | b"}},
		{"contents", []string{"<p>a</p>", "<p>b</p>"}, map[int]string{1: "One", 2: "Two"}, nil, []string{"One | a", "Two | b"}},
		{"contents and headings that agree", []string{"<h1>Chapter 1</h1><h2>One</h2><p>a</p>", "<h2>Two!</h2><p>b</p>"}, map[int]string{1: "Chapter 1: One", 2: "TWO"}, nil, []string{"Chapter 1: One | a", "TWO | b"}},
		{"a heading that is the text's own", []string{"<h3>A letter</h3><p>a</p>"}, map[int]string{1: "One"}, nil, []string{"One | A letter a"}},
		{"two headings in a row", []string{"<h2>Chapter 1</h2><h3>The Storm</h3><p>a</p>", "<h2>Chapter 2</h2><h3>Calm</h3><p>b</p>"}, nil, nil, []string{"Chapter 1: The Storm | a", "Chapter 2: Calm | b"}},
		{"a title, and a heading of the text's own", []string{"<h2>The Storm at Sea</h2><h3>A letter</h3><p>a</p>", "<h2>Calm</h2><p>b</p>"}, nil, nil, []string{"The Storm at Sea | A letter a", "Calm | b"}},
		{"cut over files", []string{"<h1>One</h1><p>a</p>", "<p>and on</p>", "<p>and on</p>", "<h1>Two</h1><p>b</p>"}, nil, nil, []string{"One | a and on and on", "Two | b"}},
		{"nothing that guides", []string{"<p>a</p>", "<p>b</p>"}, nil, nil, []string{" | a", " | b"}},
		{"cover, title, contents, blank", []string{`<img src="c.png"/>`, "<h1>The Lamps</h1><p>by quill</p>", `<ul><li><a href="4.xhtml">One</a></li><li><a href="5.xhtml">Two</a></li><li><a href="6.xhtml">Three</a></li></ul>`, "<p>\u00a0</p>", "<h1>One</h1><p>a</p>"}, nil, nil, []string{"One | a"}},
		{"by landmark", []string{"<p>All rights reserved.</p>", "<h1>One</h1><p>a</p>"}, nil, map[int]string{1: "copyright-page"}, []string{"One | a"}},
		{"by type", []string{`<section epub:type="colophon"><p>Set in type.</p></section>`, "<h1>One</h1><p>a</p>"}, nil, nil, []string{"One | a"}},
		{"a landmark that is too long to be true", []string{"<p>" + text + text + text + "</p>"}, nil, map[int]string{1: "titlepage"}, []string{" | " + strings.TrimSpace(text+text+text)}},
		{"preface of the author's", []string{"<h1>Preface</h1><p>" + text + "</p>", "<h1>One</h1><p>a</p>"}, nil, nil, []string{"Preface | " + said, "One | a"}},
		{"one chapter called like the book", []string{"<h1>The Lamps</h1><p>" + text + "</p>"}, nil, nil, []string{" | " + said}},
		{"a byline for a heading", []string{"<h1>The Lamps</h1>", "<h2>By quill</h2><p>a</p>"}, nil, nil, []string{" | a"}},
		{"hgroup", []string{`<section epub:type="chapter"><hgroup><h2>I</h2><p>A Letter</p></hgroup><p>a</p></section>`}, map[int]string{1: "I: A Letter"}, nil, []string{"I: A Letter | a"}},
	} {
		b, pages := bookOf(c.bodies...)
		b.Creators = []epub.Creator{{Name: "quill"}}
		for i := range b.Spine {
			b.Spine[i].Title, b.Spine[i].Kind = c.toc[i+1], c.kinds[i+1]
		}
		m, err := Read(b, pages)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := chapters(m); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestSeveralChaptersInAFile(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"headings with ids", `<h2 id="a">One</h2><p>a</p><h2 id="b">Two</h2><p>b</p>`, []string{"One | a", "Two | b"}},
		{"boxes with ids", `<div><section id="a"><h2>One</h2><p>a</p></section><section id="b"><h2>Two</h2><p>b</p></section></div>`, []string{"One | a", "Two | b"}},
		{"anchors", `<p><a id="a"/>a</p><p>a2</p><p><a id="b"/>b</p>`, []string{"One | a a2", "Two | b"}},
		{"a word before", `<p>Fore.</p><h2 id="a">One</h2><p>a</p><h2 id="b">Two</h2><p>b</p>`, []string{" | Fore.", "One | a", "Two | b"}},
		{"within one box", `<div id="a"><p>a</p><div><h3 id="b">Two</h3><p>b</p></div><p>b2</p></div>`, []string{"One | a", "Two | b b2"}},
	} {
		b, pages := bookOf(c.body)
		b.TOC = []epub.Entry{{Title: "One", Href: "1.xhtml#a", Children: []epub.Entry{{Title: "Two", Href: "1.xhtml#b"}}}}
		b.Spine[0].Title = "One"
		m, err := Read(b, pages)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := chapters(m); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestMetadata(t *testing.T) {
	day := func(s string) time.Time { d, _ := time.Parse(time.DateOnly, s); return d }
	b, pages := bookOf("<p>a</p>")
	b.Creators = []epub.Creator{{Name: "quill", Role: "aut"}, {Name: "A. Editor", Role: "edt"}, {Name: "Unknown"}}
	b.Language, b.Description = "en-GB", "<p>Three <b>tides</b>.</p>"
	b.Subjects = []string{"FanFiction", "Fluff", "Explicit", "M/M", "Last Update: 2020/06/27", "Completed", "A &amp; B"}
	b.Collections = []epub.Collection{{Title: "Salt", Position: "2.0"}, {Title: "Tides"}}
	b.Source = "https://www.fanfiction.net/s/77/1/"
	b.Dates = []epub.Date{{Event: "publication", Time: day("2020-01-02")}, {Event: "creation", Time: day("2026-01-01")}, {Event: "modification", Time: day("2020-03-04")}}
	m, err := Read(b, pages)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"creators", m.Creators, []archive.Creator{{Name: "quill"}}},
		{"language", m.Language, "en-GB"},
		{"summary", m.Summary.HTML(), "<p>Three <strong>tides</strong>.</p>"},
		{"tags", m.Tags, []archive.Tag{{Kind: archive.Freeform, Name: "Fluff"}, {Kind: archive.Rating, Name: "Explicit"}, {Kind: archive.Category, Name: "M/M"}, {Kind: archive.Freeform, Name: "A & B"}}},
		{"complete", m.Complete, true}, {"planned", m.ChaptersPlanned, 1},
		{"series", m.Series, []archive.Part{{Series: archive.Series{Title: "Salt"}, Number: 2}, {Series: archive.Series{Title: "Tides"}}}},
		{"source", m.Source.Key, "ffn:77"},
		{"posted", m.Posted, day("2020-01-02")}, {"updated", m.Updated, day("2020-03-04")},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s: got %v, want %v", c.what, c.got, c.want)
		}
	}
}

func TestFanFicFare(t *testing.T) {
	b, pages := bookOf(
		`<html><body class="fff_titlepage"><h3><a href="https://archiveofourown.org/works/5">The Lamps</a> by <a class="authorlink" href="https://example.org/quill">quill</a></h3><div>
<b>Series:</b> <a class="serieslink" href="https://example.org/s/1">Salt [3]</a><br/><b>Category:</b> The Lamplighters, Radio<br/><b>Genre:</b> Soup, Comfort<br/>
<b>Characters:</b> Ada Finch<br/><b>Relationships:</b> Ada/Tom<br/><b>Status:</b> Completed<br/><b>Published:</b> 2020-01-02<br/><b>Updated:</b> 2020-03-04<br/>
<b>Rating:</b> K+<br/><b>Warnings:</b> Death, Storms<br/><b>Words:</b> 1,234<br/><b>Summary:</b> <div><p>Three tides.</p></div><br/></div></body></html>`,
		`<html><body class="fff_chapter"><h3 class="fff_chapter_title">1. In</h3><div><div class="fff_chapter_notes fff_head_notes"><b>Summary for the Chapter:</b><blockquote><p>Short.</p></blockquote><b>Notes for the Chapter:</b><blockquote><p>Before.</p></blockquote></div><p>a</p><div class="fff_chapter_notes fff_foot_notes"><b>Notes for the Chapter:</b><blockquote><p>After.</p></blockquote></div></div></body></html>`,
		`<html><body class="fff_logpage"><h3>Update Log</h3><p>nothing</p></body></html>`)
	b.Contributors = []epub.Creator{{Name: "FanFicFare [https://example.org]"}}
	b.Creators = []epub.Creator{{Name: "quill", Role: "aut"}}
	b.Subjects = []string{"FanFiction", "Soup", "Comfort", "The Lamplighters, Radio", "Ada Finch", "Ada/Tom", "In-Progress"}
	b.Spine[1].Title = "1. In"
	m, err := Read(b, pages)
	if err != nil {
		t.Fatal(err)
	}
	want := []archive.Tag{
		{Kind: archive.Rating, Name: archive.RatingGeneral}, {Kind: archive.Warning, Name: "Death"}, {Kind: archive.Warning, Name: "Storms"},
		{Kind: archive.Freeform, Name: "Soup"}, {Kind: archive.Freeform, Name: "Comfort"}, {Kind: archive.Fandom, Name: "The Lamplighters, Radio"},
		{Kind: archive.CharacterTag, Name: "Ada Finch"}, {Kind: archive.Relationship, Name: "Ada/Tom"},
	}
	if !reflect.DeepEqual(m.Tags, want) {
		t.Errorf("tags: got %v, want %v", m.Tags, want)
	}
	if got := chapters(m); !reflect.DeepEqual(got, []string{"1. In | a"}) {
		t.Errorf("chapters: %q", got)
	}
	c := m.Chapters[0]
	if c.Summary.Text() != "Short.\n" || c.Notes.Text() != "Before.\n" || c.EndNotes.Text() != "After.\n" {
		t.Errorf("notes: %q, %q, %q", c.Summary.Text(), c.Notes.Text(), c.EndNotes.Text())
	}
	if !m.Complete || m.WordsClaimed != 1234 || m.Series[0].Number != 3 || m.Series[0].Series.Title != "Salt" || m.Creators[0].URL == "" {
		t.Errorf("%+v", m)
	}
}

func TestNothingToRead(t *testing.T) {
	b, pages := bookOf(`<img src="c.png"/>`, "<p> </p>")
	if _, err := Read(b, pages); err == nil {
		t.Error("taken in")
	}
}

// FuzzRead makes a book of any two pages.
func FuzzRead(f *testing.F) {
	f.Add("<h1>One</h1><p>a</p>", `<h2 id="a">Two</h2><p>b</p><h2 id="b">Three</h2><p>c</p>`, "Two", "a")
	f.Add(`<div id="a"><p>a</p><div><h3 id="b">Two</h3><p>b</p></div><p>b2</p></div>`, `<section epub:type="colophon"><p>Set.</p></section>`, "", "b")
	f.Add(`<body class="fff_titlepage"><h3>x</h3><b>Series:</b> S [3]<br/>`, `<body class="fff_chapter"><h3 class="fff_chapter_title">1. In</h3><p>a</p>`, "x", "")
	f.Fuzz(func(t *testing.T, first, second, title, id string) {
		if len(first)+len(second) > 1<<14 {
			return
		}
		b, pages := bookOf(first, second)
		b.Spine[1].Title = title
		b.TOC = []epub.Entry{{Title: title, Href: "2.xhtml#" + id, Children: []epub.Entry{{Title: title, Href: "1.xhtml#b"}}}}
		b.Contributors = []epub.Creator{{Name: "FanFicFare"}}
		m, err := Read(b, pages)
		if err == nil && len(m.Chapters) == 0 {
			t.Error("no text, and no error")
		}
		for i, c := range m.Chapters {
			if c.Number != i+1 {
				t.Errorf("chapter %d is number %d", i+1, c.Number)
			}
		}
	})
}
