package ao3

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/prose"
)

func readFile(t testing.TB, name string) archive.Manuscript {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	root, _ := dom.Parse(string(data))
	m, err := Read(root, Recognise(root))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func day(s string) time.Time {
	t, _ := time.Parse(time.DateOnly, s)
	return t
}

func tags(m archive.Manuscript) map[archive.Kind][]string {
	names := map[archive.Kind][]string{}
	for _, tag := range m.Tags {
		names[tag.Kind] = append(names[tag.Kind], tag.Name)
	}
	return names
}

func check[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func checkHTML(t *testing.T, what string, got prose.Doc, want string) {
	t.Helper()
	if want = prose.Parse(want).HTML(); got.HTML() != want {
		t.Errorf("%s: got %s, want %s", what, got.HTML(), want)
	}
}

func TestSingleWorkWithoutHeading(t *testing.T) {
	m := readFile(t, "single-2019.html")
	check(t, "kind", m.Kind, "ao3-html")
	check(t, "title", m.Title, "The Lighthouse - Part One")
	check(t, "creators", m.Creators, []archive.Creator{
		{Name: "quill", URL: "https://archiveofourown.org/users/quill/pseuds/quill"},
		{Name: "marlow", Account: "marlow_writes", URL: "https://archiveofourown.org/users/marlow_writes/pseuds/marlow"},
	})
	check(t, "tags", tags(m), map[archive.Kind][]string{
		archive.Rating: {"Teen And Up Audiences"}, archive.Warning: {"Creator Chose Not To Use Archive Warnings"},
		archive.Category: {"F/F"}, archive.Fandom: {"The Lamplighters (Radio)"},
		archive.Relationship: {"Ada Finch/Rosalind Thorne"}, archive.CharacterTag: {"Ada Finch", "Rosalind Thorne"},
		archive.Freeform: {"Hurt, Comfort, and Soup", "Sea & Sky"},
	})
	check(t, "source", m.Source, archive.Source{URL: "http://archiveofourown.org/works/100001", Site: "archiveofourown.org", Key: "ao3:100001"})
	check(t, "posted", m.Posted, day("2012-11-03"))
	check(t, "updated", m.Updated, day("2012-11-03"))
	check(t, "words", m.WordsClaimed, 1234)
	check(t, "complete", m.Complete, true)
	check(t, "planned", m.ChaptersPlanned, 1)
	check(t, "chapters", len(m.Chapters), 1)
	check(t, "chapter title", m.Chapters[0].Title, "")
	checkHTML(t, "text", m.Chapters[0].Text, "<p>The lamp was cold.</p><h2>A heading of the author's</h2><p>“Then light it,” Rosalind said.</p><p>A box of the author's.</p>")
	checkHTML(t, "summary", m.Summary, "<p>The lamp must not go out.</p>")
	check(t, "warnings", len(m.Warnings), 0)
}

func TestChaptersWithBareTitles(t *testing.T) {
	m := readFile(t, "chapters-2023.html")
	check(t, "creators", m.Creators, []archive.Creator{{Name: "keeper", Account: "orphan_account", URL: "https://archiveofourown.org/users/orphan_account/pseuds/keeper"}})
	check(t, "recipients", m.Recipient, []string{"iris", "Old Tom"})
	check(t, "language", m.Language, "de")
	check(t, "series", m.Series, []archive.Part{
		{Series: archive.Series{Title: "Lamps, and Those Who Light Them", URL: "https://archiveofourown.org/series/77"}, Number: 2},
		{Series: archive.Series{Title: "Salt", URL: "https://archiveofourown.org/series/78"}, Number: 10},
	})
	check(t, "collections", m.Collections, []string{"Yule, All Year", "Sea"})
	check(t, "tags", len(m.Tags), 12)
	check(t, "posted", m.Posted, day("2020-02-29"))
	check(t, "updated", m.Updated, day("2021-01-02"))
	check(t, "words", m.WordsClaimed, 12345)
	check(t, "complete", m.Complete, true)
	check(t, "planned", m.ChaptersPlanned, 3)
	checkHTML(t, "summary", m.Summary, "<p>Three tides.</p><p>Notes</p>")
	checkHTML(t, "notes", m.Notes, `<ul><li>A translation of <a href="http://archiveofourown.org/works/5">Gezeiten</a> by <a href="http://archiveofourown.org/users/vane/pseuds/vane">vane</a>.</li></ul><p>Thanks to my beta.</p>`)
	checkHTML(t, "end notes", m.EndNotes, `<p>Goodbye, lamp.</p><p>Works inspired by this one</p><ul><li><a href="http://archiveofourown.org/works/9">Undertow</a> by <a href="#">siren</a></li></ul>`)
	check(t, "chapters", len(m.Chapters), 3)
	var titles []string
	for _, c := range m.Chapters {
		titles = append(titles, c.Title)
	}
	check(t, "titles", titles, []string{"", "Neap, or Nearly", ""})
	second := m.Chapters[1]
	checkHTML(t, "summary of 2", second.Summary, "<p>Water falls.</p>")
	checkHTML(t, "notes of 2", second.Notes, `<p>Chapter by <a href="http://archiveofourown.org/users/guest/pseuds/guest">guest</a></p><p>Mind the rocks.</p>`)
	checkHTML(t, "end notes of 2", second.EndNotes, "<p>The rocks were real.</p>")
	checkHTML(t, "text of 2", second.Text, "<p>Second tide.</p><p>Summary</p><blockquote>A quote in the text.</blockquote>")
	checkHTML(t, "text of 3", m.Chapters[2].Text, "<p>Third tide.</p><hr><p>Done.</p>")
}

func TestNumberedHeadingAndRightToLeft(t *testing.T) {
	m := readFile(t, "hebrew-2026.html")
	check(t, "creators", m.Creators, []archive.Creator{{Name: "Anonymous"}})
	check(t, "language", m.Language, "he")
	check(t, "words", m.WordsClaimed, 1002345)
	check(t, "complete", m.Complete, false)
	check(t, "planned", m.ChaptersPlanned, 0)
	check(t, "title", m.Chapters[0].Title, "אור: ראשון")
	if text := m.Chapters[0].Text.HTML(); !strings.Contains(text, "המנורה הייתה קרה.") || !strings.Contains(text, "rtl") {
		t.Errorf("text: %s", text)
	}
}

func TestOtherArchives(t *testing.T) {
	m := readFile(t, "archived.html")
	check(t, "source", m.Source, archive.Source{URL: "https://squid.example/works/12", Site: "squid.example", Key: "squid.example:12"})
	check(t, "creators", m.Creators, []archive.Creator{{Name: "Mag"}, {Name: "second", URL: "https://squid.example/users/second/pseuds/second"}})
	checkHTML(t, "notes", m.Notes, `<p>Archived by <a href="https://squid.example/users/keep/pseuds/keep">keep</a>.</p>`)
	check(t, "tags", tags(m), map[archive.Kind][]string{archive.Rating: {"Not Rated"}, archive.Freeform: {"Podfic"}})
	check(t, "warnings", m.Warnings, []string{"The language “Old High Squid” is not known here."})
	check(t, "complete", m.Complete, true)
}

func TestSavedPage(t *testing.T) {
	m := readFile(t, "page-work.html")
	check(t, "kind", m.Kind, "ao3-page")
	check(t, "title", m.Title, "Harbour")
	check(t, "creators", m.Creators, []archive.Creator{{Name: "q", Account: "quill", URL: "https://archiveofourown.org/users/quill/pseuds/q"}})
	check(t, "recipients", m.Recipient, []string{"iris"})
	check(t, "source", m.Source.Key, "ao3:100004")
	check(t, "tags", tags(m), map[archive.Kind][]string{
		archive.Rating: {"Explicit"}, archive.Warning: {"Major Character Death", "Rape/Non-Con"},
		archive.Fandom: {"The Lamplighters (Radio)"}, archive.Freeform: {"Storms, Literal & Not"},
	})
	check(t, "series", m.Series, []archive.Part{
		{Series: archive.Series{Title: "One", URL: "https://archiveofourown.org/series/5"}, Number: 1},
		{Series: archive.Series{Title: "Two", URL: "https://archiveofourown.org/series/8"}, Number: 3},
	})
	check(t, "language", m.Language, "fr")
	check(t, "counts", []int{m.Kudos, m.Hits, m.Comments, m.Bookmarks, m.WordsClaimed}, []int{1814, 8567, 12, 112, 2000})
	check(t, "complete", m.Complete, true)
	checkHTML(t, "notes", m.Notes, `<ul><li>Inspired by <a href="https://archiveofourown.org/works/3">Ebb</a> by <a href="https://archiveofourown.org/users/vane/pseuds/vane">vane</a>.</li></ul><p>Written in a gale.</p>`)
	check(t, "chapters", len(m.Chapters), 2)
	check(t, "title of 1", m.Chapters[0].Title, "In")
	checkHTML(t, "text of 1", m.Chapters[0].Text, "<p>In came the boats.</p>")
	checkHTML(t, "end notes of 1", m.Chapters[0].EndNotes, "<p>Boats are hard.</p>")
	check(t, "title of 2", m.Chapters[1].Title, "")
	checkHTML(t, "summary of 2", m.Chapters[1].Summary, "<p>And out.</p>")
	checkHTML(t, "notes of 2", m.Chapters[1].Notes, "<p>Short one.</p>")
	checkHTML(t, "text of 2", m.Chapters[1].Text, `<p>Out they <a href="https://archiveofourown.org/works/9">went</a>.</p>`)
	checkHTML(t, "end notes", m.EndNotes, `<p>The end.</p><p>Works inspired by this one</p><ul><li><a href="https://archiveofourown.org/works/44">Wake</a> by <a href="https://archiveofourown.org/users/x/pseuds/x">x</a></li></ul>`)
}

func TestPageOfOneChapter(t *testing.T) {
	data, err := os.ReadFile("testdata/page-work.html")
	if err != nil {
		t.Fatal(err)
	}
	root, _ := dom.Parse(string(data))
	dom.Remove(dom.First(root, "#chapter-1"))
	m, err := Read(root, Recognise(root))
	if err != nil {
		t.Fatal(err)
	}
	check(t, "chapters", len(m.Chapters), 1)
	check(t, "title", m.Chapters[0].Title, "")
	check(t, "key", m.Source.Key, "ao3:100004")
	if len(m.Numbers) != 1 || m.Numbers[0] != 2 || m.ChaptersPosted != 2 {
		t.Errorf("numbers %v of %d", m.Numbers, m.ChaptersPosted)
	}
}

func TestObstacles(t *testing.T) {
	frame := func(class, body string) string {
		return `<title>X | Archive of Our Own</title><div id="main" class="` + class + `">` + body + `</div>`
	}
	for _, c := range []struct{ name, page, want string }{
		{"gone", frame("system errors error-404", "<h2>Error 404</h2>"), "not there"},
		{"adult", frame("works-show", "<p>This work could have adult content. If you continue…</p><ol class='index'><li class='blurb'>x</li></ol>"), "Yes, Continue"},
		{"unrevealed", frame("works-show", "<p class=notice>This work is part of an ongoing challenge and will be revealed soon!</p>"), "not revealed"},
		{"sign in", frame("session", "<p>This work is only available to registered users of the Archive.</p>"), "Sign in there"},
		{"no permission", frame("works-show", "<div class='flash error'>Sorry, you don't have permission to access the page you were trying to reach.</div>"), "does not show"},
		{"list", frame("works-index", "<ol class='work index group'><li class='work blurb'>x</li></ol>"), "list of works"},
		{"home", frame("home", "<p>A fan-created, fan-run archive.</p>"), "holds no work"},
	} {
		root, _ := dom.Parse(c.page)
		if got := Recognise(root); got != Obstacle {
			t.Errorf("%s: recognised as %d", c.name, got)
		}
		_, err := Read(root, Obstacle)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestOthersAreForeign(t *testing.T) {
	for _, page := range []string{
		"<p>text", `<div id="preface">My preface</div><p>text`, `<div id="main">text</div>`,
		`<h1>On</h1><p class="message">See <a href="/works/5">this</a></p>`,
	} {
		root, _ := dom.Parse(page)
		if got := Recognise(root); got != Foreign {
			t.Errorf("%s: recognised as %d", page, got)
		}
	}
}

func TestHeaderWithoutTextIsRefused(t *testing.T) {
	root, _ := dom.Parse(`<div id="preface"><p class="message"><a href="https://archiveofourown.org/works/5">x</a></p></div><div id="chapters"></div>`)
	if _, err := Read(root, Recognise(root)); err == nil {
		t.Error("taken")
	}
}

func FuzzRead(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.html")
	for _, name := range names {
		data, _ := os.ReadFile(name)
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, s string) {
		root, _ := dom.Parse(s)
		m, err := Read(root, Recognise(root))
		if (err == nil) == (len(m.Chapters) == 0) {
			t.Errorf("%d chapters and the error %v", len(m.Chapters), err)
		}
	})
}
