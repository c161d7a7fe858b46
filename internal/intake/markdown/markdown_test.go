package markdown_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/export"
	"ficstead/internal/intake/markdown"
)

func TestMatch(t *testing.T) {
	cases := []struct {
		what, name, text string
		want             bool
	}{
		{"metadata", "x.txt", "---\ntitle: A\n---\nOnce.", true},
		{"headings", "x.txt", "# Title\n\nOnce.\n\n## Two\n\nUpon.", true},
		{"a name and emphasis", "x.md", "He was *so* tired.", true},
		{"a name and plain prose", "x.md", "He was so tired.", false},
		{"prose", "x.txt", "He was so tired.\n\n***\n\nHe slept.", false},
		{"a rule first", "x.txt", "---\n\nHe was so tired.\n\n---\n\nHe slept.", false},
		{"a channel", "x.txt", "#general was quiet.\n\n#random was not.", false},
		{"marked scenes", "x.txt", "One.\n\n#\n\nTwo.\n\n#\n\nThree.", false},
		{"a letter quoted once", "x.txt", "He read:\n\n> Dear Tom\n\nand wept.", false},
		{"a mail that quotes", "x.txt", "One.\n\n~~~~\n\n> a\n> b\n> c\n\n~~~~\n\nThe End\n-------\n", false},
		{"a header block", "x.txt", "Title: A\nAuthor: B\n\nOnce upon a time.", false},
	}
	for _, c := range cases {
		if got := markdown.Match(c.text, c.name); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}

func TestReadChapters(t *testing.T) {
	m := read(t, "# The Harbour\n\nby Ann\n\n## Chapter 1: Out\n\nOnce *upon* a time.\n\n* * *\n\n- one\n- two\n\n## Back\n\n> Quote\n\n~~gone~~[^1]\n\n[^1]: A note.\n")
	if m.Title != "The Harbour" || len(m.Creators) != 1 || m.Creators[0].Name != "Ann" {
		t.Errorf("title %q by %v", m.Title, m.Creators)
	}
	if len(m.Chapters) != 2 || m.Chapters[0].Title != "Out" || m.Chapters[1].Title != "Back" {
		t.Fatalf("chapters: %+v", m.Chapters)
	}
	if got, want := m.Chapters[0].Text.HTML(), "<p>Once <em>upon</em> a time.</p>\n<hr>\n<ul><li>one</li><li>two</li></ul>"; squeeze(got) != squeeze(want) {
		t.Errorf("got %s", got)
	}
	if got := m.Chapters[1].Text.HTML(); !strings.Contains(got, "<blockquote>") || !strings.Contains(got, "<s>gone</s>") || !strings.Contains(got, "A note.") {
		t.Errorf("got %s", got)
	}
}

func TestReadLabelledHeadings(t *testing.T) {
	m := read(t, "# Title: The Harbour\n\n## Author: Ann B. Quill\n\n## Year: 1934\n\n-------\n\n## Chapter 1\n\nOnce.\n\n## Chapter 2\n\nUpon.\n")
	if m.Title != "The Harbour" || len(m.Creators) != 1 || m.Creators[0].Name != "Ann B. Quill" || m.Notes.Text() != "Year: 1934" && m.Notes.Text() != "Year: 1934\n" {
		t.Errorf("title %q by %v, notes %q", m.Title, m.Creators, m.Notes.Text())
	}
	if len(m.Chapters) != 2 || m.Chapters[0].Text.HTML() != "<p>Once.</p>" {
		t.Errorf("chapters: %+v", m.Chapters)
	}
	if m := read(t, "# Author: a life\n\nOnce.\n"); m.Title != "Author: a life" {
		t.Errorf("title %q", m.Title)
	}
}

func squeeze(s string) string { return strings.ReplaceAll(s, "\n", "") }

func TestReadFront(t *testing.T) {
	m := read(t, `---
title: 'The Harbour'
author: [Ann, "Pete (pete2)"]
fandom: Boats
tags: wind, "water"
pairings:
  - Ann/Pete
rating: Teen And Up Audiences
language: English
series: {title: Seas, part: 2}
summary: |
  Two *people*.

  One boat.
date: 2019-05-04
words: 1,204
draft: true
mood: [calm]
---
They went out, and they came back.
`)
	var names []string
	for _, tag := range m.Tags {
		names = append(names, tag.Kind.String()+":"+tag.Name)
	}
	if got, want := strings.Join(names, " "), `fandom:Boats tag:wind tag:"water" relationship:Ann/Pete rating:Teen And Up Audiences`; got != want {
		t.Errorf("tags %s, want %s", got, want)
	}
	if m.Title != "The Harbour" || m.Language != "en" || m.WordsClaimed != 1204 || m.Posted.Format(time.DateOnly) != "2019-05-04" {
		t.Errorf("got %q %q %d %v", m.Title, m.Language, m.WordsClaimed, m.Posted)
	}
	if len(m.Creators) != 2 || m.Creators[1] != (archive.Creator{Name: "Pete", Account: "pete2"}) {
		t.Errorf("creators %+v", m.Creators)
	}
	if len(m.Series) != 1 || m.Series[0].Series.Title != "Seas" || m.Series[0].Number != 2 {
		t.Errorf("series %+v", m.Series)
	}
	if got := squeeze(m.Summary.HTML()); got != "<p>Two <em>people</em>.</p><p>One boat.</p>" {
		t.Errorf("summary %s", got)
	}
	if len(m.Warnings) != 1 || !strings.Contains(m.Warnings[0], "mood") {
		t.Errorf("warnings %q", m.Warnings)
	}
}

// TestOwn reads back what export writes, and nothing may be lost.
func TestOwn(t *testing.T) {
	day := func(s string) time.Time { d, _ := time.Parse(time.DateOnly, s); return d }
	w := archive.Work{
		Title: `The "Harbour" *and* more: [1]`, Language: "de", Complete: true, ChaptersPlanned: 2,
		Creators:  []archive.Creator{{Name: "Ann", Account: "ann_b", URL: "https://example.org/ann"}, {Name: "Pete"}},
		Tags:      []archive.Tag{{Kind: archive.Rating, Name: "Mature"}, {Kind: archive.Fandom, Name: "Boats, and More"}, {Kind: archive.Freeform, Name: "wind: strong"}},
		Series:    []archive.Part{{Series: archive.Series{Title: "Seas"}, Number: 3}},
		Recipient: []string{"Tom"}, Collections: []string{"Yule"},
		Posted: day("2011-02-03"), Updated: day("2012-03-04"),
		Summary: prose.Parse("<p>Two <em>people</em>.</p><p>One boat.</p>"), Notes: prose.Parse("<p>Thanks.</p>"), EndNotes: prose.Parse("<ul><li>a</li><li>b</li></ul>"),
		Source: archive.Source{URL: "https://example.org/works/7"},
	}
	texts := []string{
		"<h2>Within</h2><p>She said <em>no</em> * 2.</p><hr><p># not a heading</p><blockquote><p>Quoted.</p></blockquote>",
		"<p>And <strong>then</strong> line<br>break.</p><h2>Chapter 9</h2><p>1. no list</p>",
	}
	for n := range 2 {
		want := archive.Manuscript{}
		for i, text := range texts[:n+1] {
			want.Chapters = append(want.Chapters, archive.Chapter{
				Number: i + 1, Title: []string{"Out", ""}[i], Text: prose.Parse(text), Words: prose.Parse(text).Words(),
				Summary: prose.Parse([]string{"", "<p>Short.</p>"}[i]), Notes: prose.Parse("<p>Before.</p><p>More.</p>"), EndNotes: prose.Parse([]string{"<p>After.</p>", ""}[i]),
			})
		}
		out, err := export.Markdown(export.Book{Works: []export.Bound{{Work: w, Chapters: want.Chapters}}})
		if err != nil {
			t.Fatal(err)
		}
		if !markdown.Match(string(out), "x") {
			t.Error("not matched")
		}
		got := read(t, string(out))
		compare(t, got, w)
		for i := range got.Chapters {
			if n == 0 {
				got.Chapters[i].Title = "Out" // a single chapter's title is not written
			}
			if i < len(want.Chapters) && shown(got.Chapters[i]) != shown(want.Chapters[i]) {
				t.Errorf("chapter %d of %d:\ngot  %s\nwant %s", i+1, n+1, shown(got.Chapters[i]), shown(want.Chapters[i]))
			}
		}
		if len(got.Chapters) != n+1 {
			t.Errorf("%d chapters, want %d", len(got.Chapters), n+1)
		}
	}
}

func shown(c archive.Chapter) string {
	return fmt.Sprintf("%d %q %d words: %s\n%s\n%s\n%s", c.Number, c.Title, c.Words, c.Summary.HTML(), c.Notes.HTML(), c.Text.HTML(), c.EndNotes.HTML())
}

func compare(t *testing.T, m archive.Manuscript, w archive.Work) {
	t.Helper()
	got := archive.Work{
		Title: m.Title, Language: m.Language, Complete: m.Complete, ChaptersPlanned: m.ChaptersPlanned, Creators: m.Creators, Tags: m.Tags,
		Series: m.Series, Recipient: m.Recipient, Collections: m.Collections, Posted: m.Posted, Updated: m.Updated,
		Summary: m.Summary, Notes: m.Notes, EndNotes: m.EndNotes, Source: archive.Source{URL: m.Source.URL},
	}
	if !reflect.DeepEqual(got, w) {
		t.Errorf("got  %+v\nwant %+v", got, w)
	}
	if len(m.Warnings) > 0 {
		t.Errorf("warnings %q", m.Warnings)
	}
}

func TestRefused(t *testing.T) {
	if _, err := markdown.Read("---\ntitle: A\n---\n\n***\n", "x.md"); err == nil {
		t.Error("a file without words was read")
	}
}

func read(t *testing.T, s string) archive.Manuscript {
	t.Helper()
	m, err := markdown.Read(s, "x.md")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"---\ntitle: a\n---\nb", "# a\n\nb\n\n# c\n\nd", "---\na: &a [*a]\n---\nx", strings.Repeat("> ", 50) + "x", "**Chapter Notes**\n\n> a\n\nb", "[a]: b\n[a]\n| a |\n|-|\n| b |"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if m, err := markdown.Read(s, "x"); err == nil && len(m.Chapters) == 0 {
			t.Errorf("no chapters: %q", s)
		}
		markdown.Match(s, "x")
	})
}

// TestLinear reads what Markdown readers are slow at.
func TestLinear(t *testing.T) {
	for _, piece := range []string{"> ", "- ", "*a ", "[", "![", "`", "<a", "a_b*", "\\", "&", "| ", "[^1]", "# ", "1. ", "\n> - ", "]("} {
		if _, err := markdown.Read("x"+strings.Repeat(piece, 40_000/len(piece)), "x"); err != nil {
			t.Errorf("%q: %v", piece, err)
		}
	}
}
