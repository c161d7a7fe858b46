package intake

import (
	"reflect"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/intake/htmlpage"
)

func TestSplit(t *testing.T) {
	long := "<p>" + fill(500) + "</p>"
	for _, c := range []struct {
		name, text string
		want       []string // titles
		notes      string
	}{
		{"no headings", "<p>a</p><p>b</p>", []string{""}, ""},
		{"one heading", "<h2>Chapter 1</h2><p>a</p>", []string{""}, ""},
		{"numbered chapters", "<h2>Chapter 1</h2><p>a</p><h2>Chapter 2</h2><p>b</p>", []string{"Chapter 1", "Chapter 2"}, ""},
		{"with names after the numbers", "<h2>Chapter 1</h2><h3>In</h3><p>a</p><h2>Chapter 2</h2><h3>Out</h3><p>b</p>", []string{"Chapter 1: In", "Chapter 2: Out"}, ""},
		{"prologue too", "<h3>Prologue</h3><p>a</p><h3>Chapter One</h3><p>b</p><h3>Epilogue</h3><p>c</p>", []string{"Prologue", "Chapter One", "Epilogue"}, ""},
		{"other languages", "<h2>Глава 1</h2><p>a</p><h2>Глава 2</h2><p>b</p>", []string{"Глава 1", "Глава 2"}, ""},
		{"Chinese", "<h2>第一章 灯</h2><p>a</p><h2>第二章 海</h2><p>b</p>", []string{"第一章 灯", "第二章 海"}, ""},
		{"bold lines", "<p><b>Chapter 1</b></p><p>a</p><p><b>Chapter 2: Out</b></p><p>b</p>", []string{"Chapter 1", "Chapter 2: Out"}, ""},
		{"names with much between", "<h2>In</h2>" + long + "<h2>Out</h2>" + long, []string{"In", "Out"}, ""},
		{"names with little between", "<h2>A letter</h2><p>a</p><h2>Another</h2><p>b</p>", []string{""}, ""},
		{"title above", "<h2>The Lamp</h2><h2>Chapter 1</h2><p>a</p><h2>Chapter 2</h2><p>b</p>", []string{"Chapter 1", "Chapter 2"}, ""},
		{"words above", "<p>By quill.</p><h2>Chapter 1</h2><p>a</p><h2>Chapter 2</h2><p>b</p>", []string{"Chapter 1", "Chapter 2"}, "By quill."},
		{"a long beginning", long + "<h2>Chapter 2</h2><p>a</p><h2>Chapter 3</h2><p>b</p>", []string{"", "Chapter 2", "Chapter 3"}, ""},
		{"talk of chapters", "<p>Chapter 1 was long.</p><p>Chapter 2 was not.</p>", []string{""}, ""},
	} {
		m := archive.Manuscript{Kind: htmlpage.Kind, Title: "The Lamp", Chapters: []archive.Chapter{{Text: prose.Parse(c.text)}}}
		split(&m, nil)
		var titles []string
		for _, chapter := range m.Chapters {
			titles = append(titles, chapter.Title)
		}
		if !reflect.DeepEqual(titles, c.want) || strings.TrimSpace(m.Notes.Text()) != c.notes {
			t.Errorf("%s: got %q, notes %q", c.name, titles, m.Notes.Text())
		}
	}
}

func TestTitlesWithoutNumbers(t *testing.T) {
	for _, c := range []struct {
		title string
		n     int
		want  string
	}{
		{"Chapter 3", 3, ""}, {"Chapter 3: The Storm", 3, "The Storm"}, {"Chapter Three – The Storm", 3, "The Storm"},
		{"CHAPTER III. THE STORM", 3, "THE STORM"}, {"3. The Storm", 3, "The Storm"}, {"3. Chapter 3", 3, ""}, {"3", 3, ""}, {"III", 3, ""},
		{"Chapter Twenty-Three", 23, ""}, {"Kapitel 3: Sturm", 3, "Sturm"},
		{"Chapter 4: The Storm", 3, "Chapter 4: The Storm"}, {"Prologue", 1, "Prologue"}, {"Part 3: The Storm", 3, "Part 3: The Storm"},
		{"4. The Storm", 3, "4. The Storm"}, {"The Storm", 3, "The Storm"}, {"I", 2, "I"}, {"Chapter and Verse", 1, "Chapter and Verse"},
	} {
		if got := withoutNumber(c.title, c.n); got != c.want {
			t.Errorf("%q as number %d: got %q, want %q", c.title, c.n, got, c.want)
		}
	}
}

func TestTitleOfFile(t *testing.T) {
	for name, want := range map[string]string{
		"/home/me/The_Lamp.html": "The Lamp", "a.zip!b/the-lamp.txt": "the lamp", `C:\Stories\The Lamp (2).doc`: "The Lamp (2)", "lamp": "lamp", ".txt": "",
	} {
		if got := titleOf(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
