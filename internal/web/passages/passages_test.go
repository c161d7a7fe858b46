package passages

import (
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/fulltext"
	"ficstead/internal/web/madeup"
)

func TestPieces(t *testing.T) {
	for _, c := range []struct {
		text  string
		marks []fulltext.Span
		want  string
	}{
		{"", nil, ""},
		{"a lamp", nil, "a lamp"},
		{"a lamp lit", []fulltext.Span{{From: 2, To: 6}}, "a [lamp] lit"},
		{"lamp", []fulltext.Span{{From: 0, To: 4}}, "[lamp]"},
		{"a lamp lit", []fulltext.Span{{From: 2, To: 6}, {From: 7, To: 10}}, "a [lamp] [lit]"},
		{"a lamp", []fulltext.Span{{From: -1, To: 2}, {From: 3, To: 3}, {From: 4, To: 99}, {From: 5, To: 2}}, "a lamp"},
		{"a lamp lit", []fulltext.Span{{From: 2, To: 6}, {From: 4, To: 8}}, "a [lamp] lit"},
		{"燈還亮著", []fulltext.Span{{From: 0, To: 3}}, "[燈]還亮著"},
	} {
		got := ""
		for _, p := range Pieces(c.text, c.marks) {
			if p.Marked {
				p.Text = "[" + p.Text + "]"
			}
			got += p.Text
		}
		if got != c.want {
			t.Errorf("%q %v: %q, want %q", c.text, c.marks, got, c.want)
		}
	}
}

func TestHTML(t *testing.T) {
	for _, c := range []struct {
		work   archive.Work
		places []fulltext.Passage
		want   []string
	}{
		{madeup.Usual().Work, Usual(), []string{`href="/works/`, `/chapters/1#p1a2b3c`, "Chapter 1: The Crate", "<mark>coat</mark>", "and 12 more places in this work", "Chapter 3</bdi>", "paragraph 12"}},
		{madeup.RightToLeft().Work, RightToLeft(), []string{`lang="ar" dir="rtl"`, "<mark>المصباح مضاءً</mark>"}},
		{madeup.Han().Work, Han(), []string{`lang="zh-Hant"`, "<mark>老人</mark>", "In the story"}},
		{madeup.Hostile().Work, Hostile(), []string{"&lt;script&gt;", `dir="auto"`}},
	} {
		html := string(HTML(c.work, c.places, 12))
		for _, want := range c.want {
			if !strings.Contains(html, want) {
				t.Errorf("%q: no %q in %s", c.work.Title, want, html)
			}
		}
		if strings.Contains(html, "<script") || strings.Contains(html, "<img") {
			t.Errorf("%q: %s", c.work.Title, html)
		}
	}
	if html := HTML(madeup.Usual().Work, nil, 3); html != "" {
		t.Errorf("of nothing: %s", html)
	}
}
