package review_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/review"
)

func chapterOf(html string) archive.Chapter { return archive.Chapter{Text: prose.Parse(html)} }

func TestPlaces(t *testing.T) {
	chapters := []archive.Chapter{
		chapterOf("<p>First. She took the <em>salon</em> by storm, and left. Last.</p><hr><p>In the morning it was out.</p>"),
		chapterOf("<p>Twice said, twice said.</p><p>Twice said.</p>"),
	}
	chapters[0].Number, chapters[1].Number = 1, 2
	p := review.NewPlaces(chapters, nil)
	for what, c := range map[string]struct {
		m    archive.Mend
		want review.Place
	}{
		"within a sentence":     {archive.Mend{Chapter: 1, Before: "e _salon_ by", After: "e <em>salon</em> by", Applied: true}, review.Place{Found: true, Pre: "She took th", Post: " storm, and left."}},
		"not applied":           {archive.Mend{Chapter: 1, Before: "salon by", After: "SALON by"}, review.Place{Found: true, Pre: "She took the ", Post: " storm, and left."}},
		"of two blocks":         {archive.Mend{Chapter: 1, Before: "~~~\nIn the morning", After: "<hr>\nIn the morning", Applied: true}, review.Place{Found: true, Block: 2, Post: " it was out."}},
		"not there":             {archive.Mend{Chapter: 1, Before: "nothing", After: "nowhere"}, review.Place{}},
		"without a word":        {archive.Mend{Chapter: 1, Before: "***", After: "* * *"}, review.Place{}},
		"in no chapter":         {archive.Mend{Before: "salon"}, review.Place{}},
		"in one that is not":    {archive.Mend{Chapter: 9, Before: "salon"}, review.Place{}},
		"in one before chapter": {archive.Mend{Chapter: -1, Before: "salon"}, review.Place{}},
	} {
		if got := p.Find(c.m); got != c.want && what != "of two blocks" || got.Block != c.want.Block || got.Found != c.want.Found {
			t.Errorf("%s: %+v, want %+v", what, got, c.want)
		}
	}
	twice := archive.Mend{Chapter: 2, Before: "Twice said", After: "Twice said"}
	for _, block := range []int{0, 1} {
		if got := p.Find(twice); got.Block != block {
			t.Errorf("told twice: block %d, want %d", got.Block, block)
		}
	}
}

// TestPlacesByOthers finds words that stand in several places where the mends
// around them say that they are.
func TestPlacesByOthers(t *testing.T) {
	c := chapterOf("<p>She took the lamp away.</p><p>Then <em>night</em> came, and the lamp went out.</p><p>Nobody saw the lamp again.</p>")
	c.Number = 1
	told := []archive.Mend{
		{Chapter: 1, At: 45, Before: "Then _night_ came", After: "Then <em>night</em> came", Applied: true},
		{Chapter: 1, At: 68, Before: "thelamp", After: "the lamp", Applied: true},
	}
	if got := review.NewPlaces([]archive.Chapter{c}, told).Find(told[1]); got.Block != 1 || got.Pre != "Then night came, and " {
		t.Errorf("%+v", got)
	}
	if got := review.NewPlaces([]archive.Chapter{c}, told[1:]).Find(told[1]); !got.Found || got.Block != 0 {
		t.Errorf("with no other to tell: %+v", got)
	}
}

// TestBeside puts a mended text beside what it was.
func TestBeside(t *testing.T) {
	source := "THE LAMP\n\nby nobody\n\n\"The _lantern_ had hung in the\nwindow since winter.\n\n~*~*~\n\nIn the morning\nit was out.\n\nPage 7\n\nChapter Two\n\nNobody spoke\nof it again.\n\nThe end of all.\n"
	chapters := []archive.Chapter{
		chapterOf("<p>“The <em>lantern</em> had hung in the window since winter.</p><hr><p>In the morning it was out.</p>"),
		chapterOf("<p>Nobody spoke of it again.</p><p>Something that is not there at all.</p>"),
	}
	want := [][]review.Row{
		{{-1, "THE LAMP\n\nby nobody", 0}, {0, "\"The _lantern_ had hung in the\nwindow since winter.", 21}, {1, "~*~*~", 72}, {2, "In the morning\nit was out.", 81}},
		{{-1, "Page 7\n\nChapter Two", 107}, {0, "Nobody spoke\nof it again.", 130}, {1, "The end of all.", 155}},
	}
	got := review.Beside(source, chapters)
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// TestBesideTags wants paragraphs of a page with the tags that are theirs.
func TestBesideTags(t *testing.T) {
	source := "<body><div class=x><p>One <i>two</i>.</p>\n<p>~~~</p>\n<p><b>Three</b> four.</p></div>"
	rows := review.Beside(source, []archive.Chapter{chapterOf("<p>One <em>two</em>.</p><hr><p>Three four.</p>")})[0]
	want := []string{"", "<body><div class=x><p>One <i>two</i>.</p>", "<p>~~~</p>", "<p><b>Three</b> four.</p></div>"}
	for i, row := range rows {
		if row.Source != want[i] {
			t.Errorf("row %d: %q, want %q", i, row.Source, want[i])
		}
	}
}

// TestBesideLosesNothing wants all of a source in some row, whatever the chapters are.
func TestBesideLosesNothing(t *testing.T) {
	for _, html := range []string{"<p>a b c</p>", "<hr><hr>", "<p>x</p><hr><p>b</p><hr><p>x</p>", "<p>" + strings.Repeat("a b ", 50) + "</p>"} {
		for _, source := range []string{"", "a b c", "\n\n~~~\na\n\n~~~\n\nb\n~~~\nx", strings.Repeat("a b\n", 30), "<p class='a b'>a <b>b</b></p>\n<hr>", "<<<< a"} {
			var all strings.Builder
			for _, rows := range review.Beside(source, []archive.Chapter{chapterOf(html), chapterOf(html)}) {
				for _, r := range rows {
					all.WriteString(r.Source)
				}
			}
			squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
			if squeeze(all.String()) != squeeze(source) {
				t.Errorf("%q beside %q: %q", source, html, all.String())
			}
		}
	}
}

// TestBesideIsLinear bounds the time of a text that repeats itself.
func TestBesideIsLinear(t *testing.T) {
	text := strings.Repeat("the same words again and the same again. ", 20_000)
	start := time.Now()
	review.Beside(strings.Repeat("<the same words ", 50_000)+text, []archive.Chapter{chapterOf("<p>" + text + "</p>")})
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("%v", took)
	}
}

func TestRuler(t *testing.T) {
	source := strings.Repeat("é", 3000) + "abc"
	r := review.NewRuler(source)
	for n, want := range map[int]int{0: 0, 1: 2, 1023: 2046, 1024: 2048, 3001: 6001, 3003: 6003, 9999: 6003, -1: 6003} {
		if got := r.Byte(n); got != want {
			t.Errorf("code point %d: byte %d, want %d", n, got, want)
		}
	}
}
