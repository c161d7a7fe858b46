package htmlpage

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ficstead/internal/base/dom"
)

func TestPart(t *testing.T) {
	for title, want := range map[string]string{
		"The Lamp (2/5)":                  "The Lamp|2|5",
		"The Lamp, Part Two of Three":     "The Lamp|2|3",
		"Fic: The Lamp - chapter 3/?":     "Fic: The Lamp|3|0",
		"The Lamp, part 4":                "The Lamp|4|0",
		"The Lamp [II/IV]":                "The Lamp|2|4",
		"The Lamp (1/2) - Sea Tales, PG":  "The Lamp - Sea Tales, PG|1|2",
		"The Lamp":                        "The Lamp|0|0",
		"Nine of Ten":                     "Nine of Ten|0|0",
		"Seven of Nine":                   "Seven of Nine|0|0",
		"The Lamp (5/2)":                  "The Lamp (5/2)|0|0",
		"Two of Us":                       "Two of Us|0|0",
		"A Night of Three Hundred Lamps":  "A Night of Three Hundred Lamps|0|0",
		"Story of the 3 of us in 7 parts": "Story of the 3 of us in 7 parts|0|0",
	} {
		whole, number, of := Part(title)
		if got := fmt.Sprintf("%s|%d|%d", whole, number, of); got != want {
			t.Errorf("%s: %s, want %s", title, got, want)
		}
	}
}

// TestEntries reads an entry of a journal as each of its programs' ages shows it.
func TestEntries(t *testing.T) {
	const user = `<span class='ljuser' lj:user='quill_pen'><a href='http://quill-pen.journal.example/profile'><img src='u.png'></a><a href='http://quill-pen.journal.example/'><b>quill_pen</b></a></span>`
	const day = `<a href="/2009/">2009</a>-<a href="/2009/10/">10</a>-<a href="/2009/10/04/">04</a>`
	for name, page := range map[string]string{
		"tables of 2011": `<html><head><title>quill_pen: The Lamp (2/3)</title></head><body><table><tr><td>quill_pen (` + user + `) wrote,<br /><font size='-1'>@ ` + day + ` 15:14:00</font></td></tr></table>
			<blockquote><font face='Arial'><i><b>The Lamp (2/3)</b></i></font><br />` + story + `</blockquote></body></html>`,
		"2014": `<html><head><title>The Lamp (2/3): quill_pen</title></head><body><dl class="b-singlepost-author"><dd><span class="b-singlepost-author-user fn p-name">quill_pen (` + user + `) wrote,</span><br/>
			<time class="b-singlepost-author-date published">` + day + ` 23:31:00</time></dd></dl><h1 class="b-singlepost-title entry-title">The Lamp (2/3)</h1><article class="b-singlepost-body entry-content">` + story + `</article>
			<div class="b-singlepost-tags ljtags"><strong>Tags:</strong> <span class="b-singlepost-tags-items"><a href='/tag/lamp'>lamp</a></span></div></body></html>`,
		"2018": `<html><head><title>The Lamp (2/3): quill_pen — LiveJournal</title></head><body><div class="aentry-head"><a class="aentry-head__username i-ljuser"><span class="ljuser" data-ljuser="quill_pen"><b>quill_pen</b></span></a><p class="aentry-head__date"><time>October 4 2009, 23:31</time></p></div>
			<h1 class="aentry-post__title"><span class="aentry-post__title-text">The Lamp (2/3)</span></h1><div class="aentry-post__text aentry-post__text--view">` + story + `</div><div class="aentry-tags"><a href="/tag/lamp">lamp</a></div></body></html>`,
		"dates in words": `<html><head><title>quill_pen | The Lamp (2/3)</title></head><body><div class="entry"><div class="datetime"><span class="date">Oct. 4th, 2009</span></div><span class="poster">` + user + `</span><h3 class="entry-title">The Lamp (2/3)</h3><div class="entry-content">` + story + `</div></div></body></html>`,
		"dreamwidth": `<html><head><title>quill_pen | The Lamp (2/3)</title></head><body><div class="entry"><span class="poster entry-poster">quill_pen (` + user + `) wrote</span><span class="datetime"><span class="date">` + day + `</span> <span class="time">03:28 pm</span></span>
			<div class="contents usercontent"><h3 class="entry-title"><a href="/36.html">The Lamp (2/3)</a></h3><div class="entry-content">` + story + `</div></div></div></body></html>`,
	} {
		root, _ := dom.Parse(page)
		m, err := Read(root, "x.html")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if m.Title != "The Lamp" || len(m.Creators) != 1 || m.Creators[0].Name != "quill_pen" || !m.Posted.Equal(time.Date(2009, 10, 4, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: %q, %v, %v", name, m.Title, m.Creators, m.Posted)
		}
		if m.Source.Key != "journal:quill_pen:the lamp" || len(m.Numbers) != 1 || m.Numbers[0] != 2 || m.ChaptersPosted != 3 {
			t.Errorf("%s: %s, numbers %v of %d", name, m.Source.Key, m.Numbers, m.ChaptersPosted)
		}
		if text := m.Chapters[0].Text.Text(); !strings.HasPrefix(text, "The lamp was lit") {
			t.Errorf("%s: %q", name, text)
		}
	}
}

// TestEntryAddress finds where an entry of old was in the links beside it.
func TestEntryAddress(t *testing.T) {
	root, _ := dom.Parse(`<html><head><title>quill_pen: The Lamp</title></head><body><p>(<span class='ljuser' lj:user='quill_pen'><a href='/profile'><b>quill_pen</b></a></span>) wrote,</p>
		<a href="http://www.livejournal.com/go.bml?journal=quill_pen&amp;itemid=351&amp;dir=prev"><img alt="Previous"></a>` + story + `</body></html>`)
	m, err := Read(root, "x.html")
	if err != nil {
		t.Fatal(err)
	}
	if m.Source.URL != "http://quill-pen.livejournal.com/351.html" || m.Source.Key != "url:quill-pen.livejournal.com/351.html" {
		t.Errorf("%+v", m.Source)
	}
}

func TestStoryInfo(t *testing.T) {
	root, _ := dom.Parse("<html><head><title>Lamp</title></head><body><!-- STORYINFO\ntitle: The Lamp\nfandom: Sea Tales\ndate: 2010-01-11\nsummary: A cold \"night\": no more.\nwordcount: 1,068\n-->" + story + "</body></html>")
	m, err := Read(root, "x.html")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := shown(m), "The Lamp|||fandom Sea Tales|2010-01-11|2010-01-11|false 0||1068 words"; got != want || m.Summary.Text() != "A cold \"night\": no more.\n" {
		t.Errorf("got  %s\nwant %s\n%q", got, want, m.Summary.Text())
	}
}

func TestExchange(t *testing.T) {
	root, _ := dom.Parse(`<html><head><title>The Lamp</title></head><body><table><tr><td><center><h2>The Lamp</h2><br>Fandom: <a href="/f">Sea Tales</a><br>Written for: Wren in the Lanterns 2008 Challenge<br>by <a href="/c">Quill</a></center><br><br>` + story + `</td></tr></table></body></html>`)
	m, err := Read(root, "x.html")
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Recipient) != 1 || m.Recipient[0] != "Wren" || len(m.Collections) != 1 || m.Collections[0] != "Lanterns 2008" {
		t.Errorf("%v, %v", m.Recipient, m.Collections)
	}
}
