package htmlpage

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/errs"
)

const story = `<p>The lamp was lit and the sea went on, and nobody in the house by the water knew of it until the morning came.</p><p>` +
	`Then they knew. They stood at the windows and looked out, and the youngest said that it was only the tide, which nobody believed.</p>`

// netPage is a page in the shape of that site.
func netPage(line, menu string) string {
	return `<html><head><title>The Lamp Chapter 2, a Sea Tales fanfic | FanFiction</title><link rel="canonical" href="//www.fanfiction.net/s/77/2/The-Lamp"></head><body>
<div id=pre_story_links><span><a href='/book/'>Books</a><a href="/book/Sea/">Sea Tales + River Tales Crossover</a></span></div>
<div id=profile_top><b class='xcontrast_txt'>The Lamp</b> <span class='xcontrast_txt'>By:</span> <a class='xcontrast_txt' href='/u/5/Quill'>Quill</a>
<div style='margin-top:2px' class='xcontrast_txt'>A cold night.</div><span class='xgray xcontrast_txt'>` + line + `</span></div>
` + menu + `<div id=storytext>` + story + `</div></body></html>`
}

// shown prints what the tests below look at.
func shown(m archive.Manuscript) string {
	var tags []string
	for _, t := range m.Tags {
		tags = append(tags, t.Kind.String()+" "+t.Name)
	}
	by := ""
	for _, c := range m.Creators {
		by += c.Name
	}
	return fmt.Sprintf("%s|%s|%s|%s|%s|%s|%t %d|%s|%d words", m.Title, by, m.Language, strings.Join(tags, ", "), m.Posted.Format(time.DateOnly), m.Updated.Format(time.DateOnly),
		m.Complete, m.ChaptersPlanned, m.Source.Key, m.WordsClaimed)
}

func TestFanfictionNet(t *testing.T) {
	rated := `Rated: <a href='https://www.fictionratings.com/'>Fiction  %s</a> - English - %s - %sWords: 4,206 - Reviews: <a href='/r/77/'>16</a> - Favs: 9 - Follows: 8 - %sPublished: <span data-xutime='1082775104'>4/23/2004</span> - %sid: 77`
	for _, c := range []struct{ name, page, want, title string }{
		{"one of several chapters", netPage(fmt.Sprintf(rated, "M", "Hurt/Comfort/Romance", "[Ann, Bob] Lou - Chapters: 3 - ", "Updated: <span data-xutime='1107670653'>2/5/2005</span> - ", ""),
			`<select id=chap_select><option value=1>1. Lit<option value=2 selected>2. Out<option value=3>3. Dark</select>`),
			"The Lamp|Quill|en|fandom Sea Tales, fandom River Tales, rating Mature, tag Hurt/Comfort, tag Romance, relationship Ann/Bob, character Ann, character Bob, character Lou|2004-04-24|2005-02-06|false 0|ffn:77|4206 words", "Out"},
		{"a single one, done", netPage(fmt.Sprintf(rated, "K+", "General", "", "", "Status: Complete - "), ""),
			"The Lamp|Quill|en|fandom Sea Tales, fandom River Tales, rating General Audiences, tag General|2004-04-24|2004-04-24|true 1|ffn:77|4206 words", ""},
		{"names with a hyphen", netPage(fmt.Sprintf(rated, "T", "Drama", "Ann - the Elder, Bob - ", "", ""), ""),
			"The Lamp|Quill|en|fandom Sea Tales, fandom River Tales, rating Teen And Up Audiences, tag Drama, character Ann - the Elder, character Bob|2004-04-24|2004-04-24|false 0|ffn:77|4206 words", ""},
		{"as in 2011", `<html><head><meta name="description" content="A Sea Tales  - Romance fanfiction with characters Ann & Bob. Story summary: A cold night.."><title>The Lamp, a Sea Tales fanfic - FanFiction.Net</title></head><body><a href='/u/5/Quill'>Quill</a><div></div>
Rated: <a href='#'> M</a> - English - Romance - Ann & Bob - Reviews: <a href='/r/77/'>4</a> - Published: 08-29-06 - Complete - id:77 <script>x()</script><div id=storytext>` + story + `</div></body></html>`,
			"The Lamp|Quill|en|fandom Sea Tales, rating Mature, tag Romance, character Ann, character Bob|2006-08-29|2006-08-29|true 1|ffn:77|0 words", ""},
	} {
		root, _ := dom.Parse(c.page)
		m, err := Read(root, "x.html")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if m.Source.Key == "" {
			m.Source = archive.ParseSource(m.Source.URL)
		}
		if got := shown(m); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
		if m.Summary.Text() != "A cold night.\n" && m.Summary.Text() != "A cold night." || m.Chapters[0].Title != c.title || (c.title == "") != (m.Numbers == nil) || c.title != "" && (m.Numbers[0] != 2 || m.ChaptersPosted != 3) || !strings.HasPrefix(m.Chapters[0].Text.Text(), "The lamp") {
			t.Errorf("%s: %q %q %q", c.name, m.Summary.Text(), m.Chapters[0].Title, m.Chapters[0].Text.Text())
		}
	}
	root, _ := dom.Parse(`<div id=profile_top><b class='xcontrast_txt'>T</b><div class=xcontrast_txt>` + strings.Repeat("A summary. ", 40) + `</div><span class=xgray>Rated: Fiction T - English - id: 5</span></div>`)
	if _, err := Read(root, "x.html"); !errors.Is(err, errs.Invalid) {
		t.Errorf("the head of a page alone: %v", err)
	}
}

func TestFanFicFarePage(t *testing.T) {
	row := func(label, value string) string {
		return "<tr><td><b>" + label + ":</b></td><td>" + value + "</td></tr>\n"
	}
	page := `<!DOCTYPE html><html><head><title>The Lamp by Quill</title></head><body>
<h1><a href="https://archiveofourown.org/works/77">The Lamp</a> by <a class='authorlink' href='https://archiveofourown.org/users/Quill'>Quill</a></h1>
<table class="full">` + row("Series", "<a class='serieslink' href='https://archiveofourown.org/series/5'>Lights [2]</a>") + row("Category", "Sea Tales, River Tales") + row("Genre", "Fluff, F/M") + row("Language", "Deutsch") +
		row("Characters", "Ann, Bob") + row("Relationships", "Ann/Bob") + row("Status", "Completed") + row("Published", "2004-04-24") + row("Updated", "2005-02-06") + row("Packaged", "2026-11-23 05:56:30") +
		row("Rating", "Mature") + row("Warnings", "Heat") + row("Words", "4,206") + row("Summary", "<div><p>A cold night.</p></div>") + `</table>
<a name="TOCTOP"><h2>Table of Contents</h2></a><p><a href="#section0001">1. Lit</a><br /><a href="#section0002">2. Out</a><br /></p>
<a name="section0001"><h2>1. Lit</h2></a><div>` + story + `</div><a name="section0002"><h2>2. Out</h2></a><div>` +
		`<div class="fff_chapter_notes fff_head_notes"><b>Summary for the Chapter:</b><blockquote>Short.</blockquote><b>Notes for the Chapter:</b><blockquote>Before.</blockquote></div>` + story +
		`<div class="fff_chapter_notes fff_foot_notes"><b>Notes for the Chapter:</b><blockquote>After.</blockquote></div></div></body></html>`
	root, _ := dom.Parse(page)
	m, err := Read(root, "x.html")
	if err != nil {
		t.Fatal(err)
	}
	want := "The Lamp|Quill|de|fandom Sea Tales, fandom River Tales, tag Fluff, category F/M, character Ann, character Bob, relationship Ann/Bob, rating Mature, warning Heat|2004-04-24|2005-02-06|true 2|ao3:77|4206 words"
	if got := shown(m); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if m.Summary.HTML() != "<p>A cold night.</p>" || m.Series[0].Number != 2 || m.Series[0].Series.Title != "Lights" {
		t.Errorf("%q %+v", m.Summary.HTML(), m.Series)
	}
	if len(m.Chapters) != 2 || m.Chapters[0].Title != "1. Lit" || m.Chapters[1].Title != "2. Out" {
		t.Fatalf("%+v", m.Chapters)
	}
	if c := m.Chapters[1]; c.Text.HTML() != story || c.Summary.Text() != "Short.\n" || c.Notes.Text() != "Before.\n" || c.EndNotes.Text() != "After.\n" {
		t.Errorf("%q, %q, %q, %q", c.Text.HTML(), c.Summary.Text(), c.Notes.Text(), c.EndNotes.Text())
	}
}

func TestJournal(t *testing.T) {
	root, _ := dom.Parse(`<html><head><title>quill: The Lamp</title></head><body><table><tr><td><p><b>Current mood:</b></p></td><td>curious</td></tr><tr><td>Entry tags:</td><td><a href="/tag/sea">sea</a>, <a href="/tag/fic">fic</a></td></tr></table>
<table><tr><td>Ann</td><td>Bob</td></tr></table>` + story + `</body></html>`)
	m, err := Read(root, "x.html")
	if err != nil {
		t.Fatal(err)
	}
	text := m.Chapters[0].Text.Text()
	if len(m.Tags) != 2 || m.Tags[0].Name != "sea" || strings.Contains(text, "curious") || !strings.Contains(text, "Ann") {
		t.Errorf("%+v %q", m.Tags, text)
	}
}

// TestPlayers wants films and readings to be reached from the text still, and
// advertising gone.
func TestPlayers(t *testing.T) {
	root, _ := dom.Parse(`<html><body><div>` + story + `<iframe src="https://www.youtube.com/embed/x"></iframe><audio src="https://example.org/a.mp3"></audio><iframe src="https://ads.example.org/b"></iframe></div></body></html>`)
	m, err := Read(root, "x.html")
	if err != nil {
		t.Fatal(err)
	}
	got := m.Chapters[0].Text.HTML()
	if !strings.Contains(got, `href="https://www.youtube.com/embed/x"`) || !strings.Contains(got, `href="https://example.org/a.mp3"`) || strings.Contains(got, "ads.") {
		t.Error(got)
	}
}
