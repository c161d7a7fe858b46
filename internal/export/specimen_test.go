package export_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/export"
)

// hostile is text that looks for a hole in every escape.
const hostile = "]]>&<b title='x\">\x01\u2028 🎉 \u202e\"'-- {{.}} <script>alert(1)</script>"

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// bind makes a book of one work.
func bind(w archive.Work, chapters ...archive.Chapter) export.Book {
	for i := range chapters {
		chapters[i].Number = i + 1
		chapters[i].Words = chapters[i].Text.Words()
		w.Words += chapters[i].Words
	}
	if w.Changed.IsZero() {
		w.Changed = time.Date(2026, 1, 2, 3, 4, 5, 678, time.UTC)
	}
	return export.Book{Works: []export.Bound{{Work: w, Chapters: chapters, Images: pictures()}}}
}

// pictures are one of each kind, by sum.
func pictures() map[string]archive.Attachment {
	all := map[string]archive.Attachment{}
	for _, a := range []archive.Attachment{
		picture("image/png", func(b *bytes.Buffer, m image.Image) error { return png.Encode(b, m) }),
		picture("image/jpeg", func(b *bytes.Buffer, m image.Image) error { return jpeg.Encode(b, m, nil) }),
		picture("image/gif", func(b *bytes.Buffer, m image.Image) error { return gif.Encode(b, m, nil) }),
		attach("image/webp", webP),
		attach("image/png", []byte("not a picture at all")),
	} {
		all[a.Sum] = a
	}
	return all
}

func picture(mediaType string, encode func(*bytes.Buffer, image.Image) error) archive.Attachment {
	m := image.NewRGBA(image.Rect(0, 0, 8, 8))
	m.Set(3, 3, color.White)
	var b bytes.Buffer
	if err := encode(&b, m); err != nil {
		panic(err)
	}
	return attach(mediaType, b.Bytes())
}

func attach(mediaType string, data []byte) archive.Attachment {
	sum := sha256.Sum256(data)
	return archive.Attachment{Sum: hex.EncodeToString(sum[:]), MediaType: mediaType, Data: data}
}

// webP is one black pixel, lossless.
var webP = []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00")

func gallery() string {
	var b strings.Builder
	for _, sum := range sortedSums() {
		fmt.Fprintf(&b, `<p>Before <img src="image:%s" alt="A &quot;lamp&quot; &amp; a door"> after</p>`, sum)
	}
	b.WriteString(`<p><img src="https://example.org/a b.png?x=1&amp;y=<2>" alt="elsewhere"> <img src="image:0000" alt="gone"> <img src="https://example.org/bare.png"></p>`)
	b.WriteString(`<figure><img src="image:` + sortedSums()[0] + `" width="8" height="8"><figcaption>Under it</figcaption></figure>`)
	return b.String()
}

func sortedSums() []string {
	var sums []string
	for sum := range pictures() {
		sums = append(sums, sum)
	}
	for i := range sums {
		for j := range i {
			if sums[i] < sums[j] {
				sums[i], sums[j] = sums[j], sums[i]
			}
		}
	}
	return sums
}

// everything is a text with all that prose may hold.
const everything = `<h2>A heading</h2><p>She <em>wiped <strong>her</strong></em> hands<sup>1</sup>, <u>then</u> <s>not</s> <small>quite</small> <code>x &lt; y</code>.<br>Next line.</p>
<p align="center">Centred</p><p lang="fr">Un mot</p><p dir="rtl" lang="ar">كلمة</p><hr>
<blockquote><p>Quoted</p><p>twice</p></blockquote><ul><li>One<ul><li>Nested</li></ul></li><li><p>Two</p><p>paragraphs</p></li></ul><ol start="3"><li>Three</li></ol>
<dl><dt>Term</dt><dd>Definition</dd></dl><table><caption>Tides</caption><thead><tr><th>Day</th><th>High</th></tr></thead><tbody><tr><td colspan="2">Both</td></tr></tbody></table>
<pre>  as   it
stands</pre><p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby> <abbr title="As Soon">AS</abbr> <q>said</q> <mark>lit</mark> <kbd>K</kbd> <cite>C</cite> <ins>in</ins><del>out</del></p>
<details><summary>More</summary><p>Hidden</p></details><p></p><p>After an empty one</p>
<p><a href="https://example.org/?a=1&amp;b=2">link</a> <a href="http://bad host/ü?%zz|^">odd link</a> <a href="mailto:x@example.org">mail</a> <a href="javascript:alert(1)">no link</a></p>
<p>Note<a href="#note1">1</a> and a lost one<a href="#nowhere">2</a></p><p id="note1">The note.</p>`

// specimens are books of every sort, by name.
func specimens() map[string]export.Book {
	full := archive.Work{
		ID: 7, Title: "What the Lamp Was For", Language: "en",
		Creators:  []archive.Creator{{Name: "tidewrack", URL: "https://archiveofourown.org/users/tidewrack/pseuds/tidewrack"}, {Name: "Gull", Account: "harbour", URL: "https://archiveofourown.org/users/harbour/pseuds/Gull"}},
		Recipient: []string{"marram", "Ysolde, the Keeper"},
		Tags: []archive.Tag{{Kind: archive.Rating, Name: archive.RatingTeen}, {Kind: archive.Warning, Name: "No Archive Warnings Apply"},
			{Kind: archive.Category, Name: "Gen"}, {Kind: archive.Category, Name: "F/M"}, {Kind: archive.Fandom, Name: "Lighthouse Sagas - H. Merrow"},
			{Kind: archive.Relationship, Name: "Ysolde/The Sea"}, {Kind: archive.CharacterTag, Name: "Ysolde"}, {Kind: archive.Freeform, Name: "Letters, mostly"}, {Kind: archive.Freeform, Name: "What? & Why. #1"}},
		Series:      []archive.Part{{Series: archive.Series{Title: "Tales, of the Lamp", URL: "https://archiveofourown.org/series/12"}, Number: 2}, {Series: archive.Series{Title: "Others", URL: "https://archiveofourown.org/series/13"}, Number: 5}},
		Collections: []string{"Yuletide 2009"},
		Summary:     prose.Parse("<p>A letter that <em>should not</em> be there.</p>"), Notes: prose.Parse("<p>Thanks!</p>"), EndNotes: prose.Parse("<p>The end.</p>"),
		ChaptersPlanned: 8, Posted: date(2006, 7, 9), Updated: date(2007, 6, 25), Kudos: 1234, Hits: 5, Comments: 6, Bookmarks: 7,
		Source: archive.Source{URL: "https://archiveofourown.org/works/218676", Site: archive.AO3, Key: "ao3:218676"},
	}
	single := archive.Work{ID: 8, Title: "One", Language: "en", Complete: true, ChaptersPlanned: 1, Posted: date(2020, 2, 2), Updated: date(2020, 2, 2), Added: date(2021, 1, 1)}
	arabic := archive.Work{ID: 9, Title: "فانوس البحر القديم", Language: "ar", Creators: []archive.Creator{{Name: "ليلى"}}, Summary: prose.Parse("<p>ملخص</p>"),
		Tags: []archive.Tag{{Kind: archive.Fandom, Name: "حكايات"}}, Complete: true, ChaptersPlanned: 2, Posted: date(2022, 1, 1), Updated: date(2022, 1, 1), EndNotes: prose.Parse("<p>شكرا</p>")}
	evil := archive.Work{ID: 10, Title: hostile + strings.Repeat(" very long title", 400), Language: "zz-\"><x>", Creators: []archive.Creator{{Name: hostile, Account: hostile, URL: `javascript:alert("1")`}, {Name: ""}},
		Recipient: []string{hostile}, Tags: []archive.Tag{{Kind: archive.Rating, Name: hostile}, {Kind: archive.Fandom, Name: ""}, {Kind: archive.Freeform, Name: strings.Repeat("x", 20000)}},
		Series: []archive.Part{{Series: archive.Series{Title: hostile, URL: "https://example.org/\"<>"}, Number: -3}}, Summary: prose.FromText(hostile), Collections: []string{hostile},
		Posted: date(1, 1, 2), Updated: date(9999, 12, 31), Source: archive.Source{URL: "https://example.org/a b?c=\"<d>&e|f^g", Site: "example.org", Key: hostile}}
	bare := archive.Work{ID: 11}
	japanese := archive.Work{ID: 12, Title: "灯台の手紙", Language: "ja", Creators: []archive.Creator{{Name: "かもめ"}}, Complete: true, ChaptersPlanned: 1}
	text := func(html string) archive.Chapter { return archive.Chapter{Text: prose.Parse(html)} }
	books := map[string]export.Book{
		"full": bind(full,
			archive.Chapter{Title: "The Letter", Summary: prose.Parse("<p>It comes.</p>"), Notes: prose.Parse("<p>Before</p>"), EndNotes: prose.Parse("<p>After</p>"), Text: prose.Parse(everything)},
			archive.Chapter{Text: prose.Parse("<p>The second has no title.</p>"), EndNotes: prose.Parse("<p>Only after</p>")},
			archive.Chapter{Title: "Chapter 7", Text: prose.Parse(everything)}),
		"single":   bind(single, text("<p>It was dark.</p>")),
		"pictures": bind(single, text(gallery())),
		"arabic":   bind(arabic, text("<p>كان الليل طويلا.</p>"), archive.Chapter{Title: "الثاني", Text: prose.Parse("<p>النهاية</p>")}),
		"hostile":  bind(evil, archive.Chapter{Title: hostile, Text: prose.FromText(hostile), Notes: prose.Parse("<script>alert(1)</script><p onclick=x>" + hostile)}, archive.Chapter{Title: "\x00", EndNotes: prose.Parse("<p>" + hostile)}),
		"bare":     bind(bare, archive.Chapter{}),
		"nothing":  bind(bare),
		"japanese": bind(japanese, text("<p><ruby>灯台<rt>とうだい</rt></ruby>が光った。</p>")),
		"no works": {Title: "Nothing"},
	}
	all := export.Book{Title: "Everything & <more>"}
	for _, name := range []string{"full", "single", "pictures", "arabic", "hostile", "bare", "nothing", "japanese"} {
		all.Works = append(all.Works, books[name].Works...)
	}
	books["several"] = all
	return books
}
