package htmlpage

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"ficstead/internal/base/dom"
	"ficstead/internal/base/errs"
)

// archivePage is a page of an archive on eFiction with the parts that skins keep.
func archivePage(menu, body string) string {
	return `<!-- saved from url=(0060)http://www.lantern-archive.example/efic/viewstory.php?sid=12&chapter=2 -->
<html><head><title>The Lamp by Quill</title></head><body><ul id="menulist"><li><a href="browse.php?type=recent">Most Recent</a></li></ul>
<div id="pagetitle"><!-- TITLE START --><a href="viewstory.php?sid=12">The Lamp</a><!-- TITLE END --> by <!-- AUTHOR START --><a href="viewuser.php?uid=3">Quill</a>, <a href="viewuser.php?uid=9">Wren</a><!-- AUTHOR END --></div>
<div class="content"><span class="label">Summary: </span><!-- SUMMARY START --><p>A cold <i>night</i>.</p><!-- SUMMARY END --><br>
<span class="label">Rated:</span> R - Restricted<br>
<span class="label">Categories:</span> <a href="browse.php?type=categories&amp;catid=4">Ann/Bob</a>, <a href="browse.php?type=categories&amp;catid=5">Drama</a><br>
<span class="label">Characters: </span> <a href="browse.php?type=characters&amp;charid=1">Ann</a>, <a href="browse.php?type=characters&amp;charid=2">Bob, the Elder</a><br>
<span class='label'>Genres: </span> <a href="browse.php?type=class">Adventure/Action</a><br><span class='label'>Warnings: </span> <a href="browse.php?type=class">Strong Violence</a><br>
<span class="label">Challenges:</span> None<br> <span class="label">Series:</span> <a href="viewseries.php?seriesid=2">Lamps</a><br>
<span class="label">Chapters: </span> 3 <span class="label">Completed:</span> Yes <br>
<span class="label">Word count:</span> <!-- WORDCOUNT START -->12,184<!-- WORDCOUNT END --> <span class="label">Read:</span> 1,621<br>
<span class="label"> Published: </span><!-- PUBLISHED START -->January 13, 2011<!-- PUBLISHED END --> <span class="label">Updated:</span> <!-- UPDATED START -->24/06/12<!-- UPDATED END --></div>
` + menu + body + `</body></html>`
}

func TestEfiction(t *testing.T) {
	menu := `<form><select name="chapter"><option value="1">1. Lit<option value="2" selected>2. Out<option value="3">3. Dark</select></form>`
	notes := `<div class="notes"><div class="title"><span class="label">Author's Notes: </span></div><div class="noteinfo">%s</div></div>`
	end := strings.Replace(fmt.Sprintf(notes, "After."), "Author's", "Chapter End", 1)
	root, _ := dom.Parse(archivePage(menu, fmt.Sprintf(notes, "Before.")+`<div id="story">`+story+`</div>`+end))
	m, err := Read(root, "x.html")
	if err != nil {
		t.Fatal(err)
	}
	want := "The Lamp|QuillWren||rating Mature, warning Strong Violence, character Ann, character Bob, the Elder, relationship Ann/Bob, tag Drama, tag Adventure/Action|" +
		"2011-01-13|2012-06-24|true 3|efiction:lantern-archive.example/efic:sid:12|12184 words"
	if got := shown(m); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if m.Summary.HTML() != "<p>A cold <em>night</em>.</p>" || len(m.Series) != 1 || m.Series[0].Series.Title != "Lamps" || m.Hits != 1621 {
		t.Errorf("%q, %v, %d", m.Summary.HTML(), m.Series, m.Hits)
	}
	if len(m.Chapters) != 1 || m.Chapters[0].Title != "Out" || len(m.Numbers) != 1 || m.Numbers[0] != 2 || m.ChaptersPosted != 3 {
		t.Errorf("%q, numbers %v of %d", m.Chapters[0].Title, m.Numbers, m.ChaptersPosted)
	}
	if text := m.Chapters[0].Text.Text(); !strings.HasPrefix(text, "The lamp") || strings.Contains(text, "Restricted") {
		t.Errorf("%q", text)
	}
	if c := m.Chapters[0]; c.Notes.Text() != "Before.\n" || c.EndNotes.Text() != "After.\n" {
		t.Errorf("%q, %q", c.Notes.Text(), c.EndNotes.Text())
	}
}

func TestEfictionIndex(t *testing.T) {
	root, _ := dom.Parse(archivePage("", `<div class="content"><p><b>1. <a href="viewstory.php?sid=12&amp;chapter=1">Lit</a></b> by <a href="viewuser.php?uid=3">Quill</a> [<a href="reviews.php?x">Reviews</a> - <a href="reviews.php?x">2</a>]  (2,938 words)<br>`+strings.Repeat("Some notes of the author. ", 30)+`</p></div>`))
	if _, err := Read(root, "x.html"); !errors.Is(err, errs.Invalid) {
		t.Errorf("a list of chapters: %v", err)
	}
}

// TestOldPrintable reads a page for printers as archives made them before 2005.
func TestOldPrintable(t *testing.T) {
	root, _ := dom.Parse(`<html><font face="Arial"><center><b>The Lamp</b></center><br><center>by <a href="http://lamps.example/viewuser.php?authoruid=1">Quill</a></center><br><font size="">` +
		story + `</font><center>This story archived at: <a href="http://lamps.example">Lamps</a></center><br><center><a href="http://lamps.example/viewstory.php?sid=19">http://lamps.example/viewstory.php?sid=19</a></center></font></html>`)
	m, err := Read(root, "x.html")
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(m); !strings.HasPrefix(got, "The Lamp|Quill|") || !strings.Contains(got, "efiction:lamps.example:sid:19") {
		t.Error(got)
	}
	if text := m.Chapters[0].Text.Text(); !strings.HasPrefix(text, "The lamp was lit") {
		t.Errorf("%q", text)
	}
}

// TestPrintableOfAll reads all chapters of a story from one page.
func TestPrintableOfAll(t *testing.T) {
	root, _ := dom.Parse(archivePage("", `<div class="notes"><div class="title"><span class="label">Story Notes:</span></div><div class="noteinfo">Of old.</div></div>
<div class="chaptertitle">Lit by Quill</div><div class="notes"><div class="title"><span class="label">Author's Chapter Notes:</span></div><div class="noteinfo">Before.</div></div><div class="chapter">`+story+`</div>
<div class="notes"><div class="title"><span class="label">Chapter End Notes:</span></div><div class="noteinfo">After.</div></div><div class="chaptertitle">Out by Quill</div><div class="chapter">`+story+`</div>`))
	m, err := Read(root, "x.html")
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Chapters) != 2 || m.Numbers != nil || m.Chapters[0].Title != "Lit" || m.Chapters[1].Title != "Out" {
		t.Fatalf("%v, %+v", m.Numbers, m.Chapters)
	}
	if c := m.Chapters[0]; c.Notes.Text() != "Before.\n" || c.EndNotes.Text() != "After.\n" || c.Text.HTML() != story || m.Notes.Text() != "Of old.\n" {
		t.Errorf("%q, %q, %q, %q", c.Notes.Text(), c.EndNotes.Text(), c.Text.HTML(), m.Notes.Text())
	}
	if c := m.Chapters[1]; !c.Notes.IsEmpty() || !c.EndNotes.IsEmpty() {
		t.Errorf("%q, %q", c.Notes.Text(), c.EndNotes.Text())
	}
}
