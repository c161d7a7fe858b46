package export_test

import (
	"strings"
	"testing"

	"ficstead/internal/export"
	"ficstead/internal/intake/markdown"
)

// What Markdown has a place for is read back from it.
func TestMarkdownReadsBack(t *testing.T) {
	b := specimens()["full"]
	b.Works[0].Chapters[0].Text = parse("<p>She <em>wiped</em> her hands.</p><hr><p>* not a list</p>")
	b.Works[0].Chapters[0].Summary, b.Works[0].Chapters[0].Notes, b.Works[0].Chapters[0].EndNotes = parse(""), parse(""), parse("")
	b.Works[0].Chapters[1].EndNotes = parse("")
	b.Works[0].Chapters = b.Works[0].Chapters[:2]
	data, err := export.Markdown(b)
	if err != nil {
		t.Fatal(err)
	}
	if !markdown.Match(string(data), "work.md") {
		t.Error("not recognised")
	}
	m, err := markdown.Read(string(data), "work.md")
	if err != nil {
		t.Fatal(err)
	}
	w := b.Works[0].Work
	m.Kudos, m.Hits, m.Comments, m.Bookmarks = w.Kudos, w.Hits, w.Comments, w.Bookmarks // have no place
	m.Source.Key = w.Source.Key
	if len(m.Collections) == 0 {
		m.Collections = w.Collections
	}
	compare(t, b.Works[0], m)
}

// Whatever is in a work, its metadata stays YAML.
func TestMarkdownOfHostileWork(t *testing.T) {
	data, err := export.Markdown(specimens()["hostile"])
	if err != nil {
		t.Fatal(err)
	}
	m, err := markdown.Read(string(data), "work.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(m.Title, "<b title='x\">") || len(m.Tags) < 2 {
		t.Errorf("title %.80q, %d tags", m.Title, len(m.Tags))
	}
	pictures, err := export.Markdown(specimens()["pictures"])
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(pictures), "image:") || !strings.Contains(string(pictures), "https://example.org/bare.png") {
		t.Errorf("pictures: %s", pictures)
	}
}
