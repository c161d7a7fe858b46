package intake

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/catalogue"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

var nouns = strings.Fields("lamp sea harbour rope gull tide wren window candle stair letter boat fog bell garden river coat table morning winter brother story road kettle")

// tale is the text of a chapter, like that of no other, with one tag left as text.
func tale(n int) string {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	var b strings.Builder
	for range 4 {
		b.WriteString("<p>")
		for range 9 {
			fmt.Fprintf(&b, "The %s went to the %s before the %s. ", nouns[r.IntN(len(nouns))], nouns[r.IntN(len(nouns))], nouns[r.IntN(len(nouns))])
		}
		b.WriteString("</p>")
	}
	return fmt.Sprintf("<p>This is &lt;i&gt;number %d&lt;/i&gt; of the tale.</p>%s", n, b.String())
}

// places are the sites that show works a chapter at a time. Of is how many
// chapters the page says that there are; whole is "" where there is no such page.
var places = []struct {
	name, title string
	page        func(n, of int) string
	whole       func(of int) string
}{
	{"FanFiction.net", "The Lamp", netChapter, func(of int) string {
		var b strings.Builder
		b.WriteString(`<html><head><title>The Lamp by Quill</title></head><body><h1><a href="https://www.fanfiction.net/s/77/1/The-Lamp">The Lamp</a> by <a class='authorlink' href='https://www.fanfiction.net/u/5/Quill'>Quill</a></h1>
<table class="full"><tr><td><b>Updated:</b></td><td>2005-02-06</td></tr></table><a name="TOCTOP"><h2>Table of Contents</h2></a><p>x</p>`)
		for n := 1; n <= of; n++ {
			fmt.Fprintf(&b, `<a name="section%04d"><h2>%d. %s</h2></a><div>%s</div>`, n, n, chapterName(n), tale(n))
		}
		return b.String() + "</body></html>"
	}},
	{"AO3", "The Lamp", func(n, of int) string { return ao3Page(of, n) }, func(of int) string {
		var all []int
		for n := 1; n <= of; n++ {
			all = append(all, n)
		}
		return ao3Page(of, all...)
	}},
	{"eFiction", "The Lamp", func(n, of int) string {
		menu := `<form><select name="chapter">`
		for i := 1; i <= of; i++ {
			menu += fmt.Sprintf(`<option value="%d"%s>%d. %s</option>`, i, selected(i == n), i, chapterName(i))
		}
		return fmt.Sprintf(`<!-- saved from url=(0060)http://lamps.example/efic/viewstory.php?sid=12&chapter=%d -->`, n) + `<html><head><title>The Lamp by Quill</title></head><body>
<div id="pagetitle"><a href="viewstory.php?sid=12">The Lamp</a> by <a href="viewuser.php?uid=3">Quill</a></div><div class="content"><span class="label">Rated:</span> PG<br><span class="label">Updated:</span> January 13, 2011</div>
` + menu + `</select></form><div id="story">` + tale(n) + `</div></body></html>`
	}, func(of int) string {
		body := `<html><head><title>The Lamp by Quill</title></head><body><div id="pagetitle"><a href="http://lamps.example/efic/viewstory.php?sid=12">The Lamp</a> by <a href="http://lamps.example/efic/viewuser.php?uid=3">Quill</a></div>
<div class="infobox"><span class="label">Updated:</span> January 13, 2011</div>`
		for n := 1; n <= of; n++ {
			body += fmt.Sprintf(`<div class="chaptertitle">%s by Quill</div><div class="chapter">%s</div>`, chapterName(n), tale(n))
		}
		return body + "</body></html>"
	}},
	{"a journal", "The Lamp", func(n, of int) string {
		return fmt.Sprintf(`<html><head><title>quill: The Lamp (%d/%d)</title><link rel="canonical" href="http://quill.livejournal.com/%d.html"></head><body><dl class="b-singlepost-author"><dd><span class="b-singlepost-author-user">quill (<span class='ljuser' lj:user='quill'><b>quill</b></span>) wrote,</span>
<time class="b-singlepost-author-date">2009-10-%02d 23:31:00</time></dd></dl><h1 class="b-singlepost-title">The Lamp (%d/%d)</h1><article class="b-singlepost-body">%s</article><div id="comments"><p>I loved this so much! Please go on. The end was better than all of it.</p></div></body></html>`, n, of, n+100, n, n, of, tale(n))
	}, nil},
}

func chapterName(n int) string { return []string{"", "Lit", "Out", "Dark", "Dawn", "Day"}[n] }

func selected(is bool) string {
	if is {
		return " selected"
	}
	return ""
}

func netChapter(n, of int) string {
	menu := `<select id=chap_select>`
	for i := 1; i <= of; i++ {
		menu += fmt.Sprintf(`<option value=%d%s>%d. %s`, i, selected(i == n), i, chapterName(i))
	}
	return fmt.Sprintf(`<html><head><title>The Lamp Chapter %d, a Sea Tales fanfic | FanFiction</title><link rel="canonical" href="//www.fanfiction.net/s/77/%d/The-Lamp"></head><body>
<div id=pre_story_links><a href="/book/Sea/">Sea Tales</a></div><div id=profile_top><b class='xcontrast_txt'>The Lamp</b> <a class='xcontrast_txt' href='/u/5/Quill'>Quill</a>
<div class='xcontrast_txt'>A cold night.</div><span class='xgray xcontrast_txt'>Rated: Fiction  T - English - Drama - Ann - Chapters: %d - Words: 900 - Updated: <span data-xutime='1107670653'>2/5/2005</span> - Published: <span data-xutime='1082775104'>4/23/2004</span> - id: 77</span></div>
%s</select><div id=storytext>%s</div></body></html>`, n, n, of, menu, tale(n))
}

// ao3Page is a page of a work with some of its chapters.
func ao3Page(of int, numbers ...int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<html><head><title>The Lamp - Quill - Sea Tales | Archive of Our Own</title></head><body><div id="main" class="works-show"><ul class="work navigation"><li class="download"><a href="/downloads/99/The_Lamp.html">HTML</a></li></ul>
<dl class="work meta group"><dt class="fandom tags">Fandom:</dt><dd class="fandom tags"><a class="tag" href="/tags/x">Sea Tales</a></dd><dt class="language">Language:</dt><dd class="language">English</dd><dt class="stats">Stats:</dt>
<dd class="stats"><dl class="stats"><dt class="published">Published:</dt><dd class="published">2020-01-01</dd><dt class="status">Updated:</dt><dd class="status">2020-02-02</dd><dt class="words">Words:</dt><dd class="words">900</dd><dt class="chapters">Chapters:</dt><dd class="chapters">%d/?</dd></dl></dd></dl>
<div id="workskin"><div class="preface group"><h2 class="title heading">The Lamp</h2><h3 class="byline heading"><a rel="author" href="/users/Quill/pseuds/Quill">Quill</a></h3></div><div id="chapters">`, of)
	for _, n := range numbers {
		fmt.Fprintf(&b, `<div class="chapter" id="chapter-%d"><div class="chapter preface group"><h3 class="title"><a href="/works/99/chapters/%d">Chapter %d</a>: %s</h3><div id="notes" class="notes module"><h3 class="heading">Notes:</h3><blockquote class="userstuff"><p>Note %d.</p></blockquote><p class="jump">(See the end of the chapter for <a href="#e">more notes</a>.)</p></div></div>
<div class="userstuff module" role="article"><h3 class="landmark heading" id="work">Chapter Text</h3>%s</div></div>`, n, 1000+n, n, chapterName(n), n, tale(n))
	}
	b.WriteString(`</div></div><div id="feedback"><div id="comments_placeholder"><ol class="thread"><li class="comment"><blockquote class="userstuff"><p>I loved this so much!</p></blockquote></li></ol></div></div></div></body></html>`)
	return b.String()
}

// kept returns the one work in a store, with its chapters and mends.
func kept(t *testing.T, s *store.Store, id archive.WorkID) (w archive.Work, chapters []archive.Chapter, mends []archive.Mend) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
		if w, err = tx.Work(id); err != nil {
			return err
		}
		if mends, err = tx.Mends(id); err != nil {
			return err
		}
		chapters, err = tx.Chapters(id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return w, chapters, mends
}

// checkJoined holds that a work has its chapters in order, each with its own mend,
// and no comments.
func checkJoined(t *testing.T, s *store.Store, what string, receipts []archive.Receipt, titled bool) archive.WorkID {
	t.Helper()
	id := receipts[0].Work
	for _, r := range receipts {
		if r.Work != id || r.Status == archive.StatusRefused || r.Status == archive.StatusDuplicate {
			t.Fatalf("%s: %s", what, statuses(receipts))
		}
	}
	if n := count(t, s); n != 1 {
		t.Fatalf("%s: %d works", what, n)
	}
	w, chapters, mends := kept(t, s, id)
	if w.Title != "The Lamp" || len(chapters) != 5 {
		t.Fatalf("%s: %q in %d chapters", what, w.Title, len(chapters))
	}
	for i, c := range chapters {
		said := c.Text.HTML()
		if want := fmt.Sprintf("<em>number %d</em>", i+1); !strings.Contains(said, want) || strings.Contains(said, "loved this") || titled && c.Title != chapterName(i+1) {
			t.Errorf("%s: chapter %d is %q: %.120s", what, i+1, c.Title, said)
		}
		if note := c.Notes.Text(); note != "" && note != fmt.Sprintf("Note %d.\n", i+1) {
			t.Errorf("%s: notes of chapter %d: %q", what, i+1, note)
		}
		own := slices.DeleteFunc(slices.Clone(mends), func(m archive.Mend) bool { return m.Chapter != i+1 || !m.Applied })
		if len(own) != 1 || !strings.Contains(own[0].Before, fmt.Sprint("number ", i+1)) {
			t.Errorf("%s: chapter %d has the mends %+v", what, i+1, own)
		}
	}
	return id
}

// TestJoin brings works a page at a time: in any order, some pages twice, as files
// and as a ZIP of them, and with the whole before and after.
func TestJoin(t *testing.T) {
	for _, place := range places {
		t.Run(place.name, func(t *testing.T) {
			titled := place.name != "a journal"
			for seed := range uint64(3) {
				r := rand.New(rand.NewPCG(seed, 1))
				var files []member
				for _, n := range append(r.Perm(5), r.Perm(5)[:2]...) {
					files = append(files, member{name: fmt.Sprintf("%d-%d.html", len(files), n+1), data: place.page(n+1, 5)})
				}
				s := storetest.Open(t)
				var receipts []archive.Receipt
				for _, f := range files {
					receipts = append(receipts, Bring(t.Context(), s, owner, fileOf(f.name, []byte(f.data)), false)...)
				}
				id := checkJoined(t, s, fmt.Sprint("files ", seed), receipts, titled)
				checkReview(t, s, id)
				s = storetest.Open(t)
				checkJoined(t, s, fmt.Sprint("ZIP ", seed), Bring(t.Context(), s, owner, fileOf("all.zip", zipOf(t, files...)), false), titled)
				if place.whole == nil {
					continue
				}
				whole := member{name: "whole.html", data: place.whole(5)}
				for what, files := range map[string][]member{"the whole first": append([]member{whole}, files...), "the whole last": append(slices.Clone(files), whole), "the whole between": slices.Insert(slices.Clone(files), 2, whole)} {
					s := storetest.Open(t)
					checkJoined(t, s, what, Bring(t.Context(), s, owner, fileOf("all.zip", zipOf(t, files...)), false), titled)
				}
			}
		})
	}
}

// checkReview refuses the mend of one chapter, and takes that back.
func checkReview(t *testing.T, s *store.Store, id archive.WorkID) {
	t.Helper()
	_, _, mends := kept(t, s, id)
	at := slices.IndexFunc(mends, func(m archive.Mend) bool { return m.Chapter == 3 && m.Applied })
	for _, apply := range []bool{false, true} {
		if _, err := catalogue.Review(t.Context(), s, owner, id, Reread, catalogue.Change{Choices: archive.Choices{mends[at].ID(): apply}}); err != nil {
			t.Fatal(err)
		}
		_, chapters, _ := kept(t, s, id)
		for i, c := range chapters {
			if is, want := strings.Contains(c.Text.HTML(), "<em>number"), apply || i != 2; is != want {
				t.Errorf("reviewed to %t: chapter %d: %.100s", apply, i+1, c.Text.HTML())
			}
		}
	}
}

// TestJoinTellsGaps wants chapters that are missing told, and their places kept.
func TestJoinTellsGaps(t *testing.T) {
	for _, place := range places {
		s := storetest.Open(t)
		for i, step := range []struct {
			page int
			want string
		}{{4, "4 chapters of this work are not here yet, the first is chapter 1."}, {2, "3 chapters"}, {1, "2 chapters of this work are not here yet, the first is chapter 3."}, {5, "Chapter 3 of this work"}, {3, ""}} {
			r := Bring(t.Context(), s, owner, fileOf("x.html", []byte(place.page(step.page, 5))), false)[0]
			if said := strings.Join(r.Warnings, " "); !strings.Contains(said, step.want) || step.want == "" && said != "" {
				t.Errorf("%s, step %d: %q", place.name, i, said)
			}
		}
	}
}
