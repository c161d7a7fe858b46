package web

import (
	"testing"
	"time"

	"ficstead/internal/archive"
)

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 31620: "31,620", 1234567: "1,234,567", -1000: "-1,000"} {
		if got := number(n); got != want {
			t.Errorf("number(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestReadingTime(t *testing.T) {
	for _, c := range []struct {
		words    int
		language string
		want     string
	}{
		{0, "en", ""}, {20, "en", "1 min"}, {2904, "en", "13 min"}, {13_800, "en", "1 h"}, {31_620, "en", "2 h 15 min"},
		{400_000, "en", "29 h"}, {4000, "zh-Hant", "10 min"}, {4000, "ja", "10 min"}, {2300, "", "10 min"},
	} {
		if got := readingTime(c.words, c.language); got != c.want {
			t.Errorf("readingTime(%d, %q) = %q, want %q", c.words, c.language, got, c.want)
		}
	}
}

func TestCompletion(t *testing.T) {
	chapters := func(n int) []archive.ChapterHead { return make([]archive.ChapterHead, n) }
	for _, c := range []struct {
		work archive.Work
		want string
	}{
		{archive.Work{Complete: true, Chapters: chapters(1), ChaptersPlanned: 1}, "Complete"},
		{archive.Work{Complete: true, Chapters: chapters(12), ChaptersPlanned: 12}, "Complete · 12 of 12"},
		{archive.Work{Complete: true, Chapters: chapters(12)}, "Complete · 12 of 12"},
		{archive.Work{Chapters: chapters(4), ChaptersPlanned: 9}, "In progress · 4 of 9"},
		{archive.Work{Chapters: chapters(4), Source: archive.Source{Key: "ao3:1"}}, "In progress · 4 of ?"},
		{archive.Work{Chapters: chapters(4)}, "4 chapters"},
	} {
		if got := completion(c.work); got != c.want {
			t.Errorf("completion = %q, want %q", got, c.want)
		}
	}
}

func TestLastDay(t *testing.T) {
	day1, day2 := specimenDay, specimenDay.Add(48*time.Hour)
	for _, c := range []struct {
		work  archive.Work
		when  time.Time
		label string
	}{
		{archive.Work{Posted: day1, Updated: day2}, day2, "updated"},
		{archive.Work{Posted: day1, Updated: day1}, day1, "posted"},
		{archive.Work{Updated: day1}, day1, "updated"},
		{archive.Work{Added: day2}, day2, "brought in"},
	} {
		if when, label := lastDay(c.work); !when.Equal(c.when) || label != c.label {
			t.Errorf("lastDay = %v %q, want %v %q", when, label, c.when, c.label)
		}
	}
}

func TestByline(t *testing.T) {
	by := func(names ...string) string {
		var w archive.Work
		for _, n := range names {
			w.Creators = append(w.Creators, archive.Creator{Name: n})
		}
		return byline(w)
	}
	for want, got := range map[string]string{"": by(), " by a": by("a"), " by a and b": by("a", "b"), " by a, b and c": by("a", "b", "c")} {
		if got != want {
			t.Errorf("byline = %q, want %q", got, want)
		}
	}
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{{"short", 10, "short"}, {"one two three four", 10, "one two…"}, {"абвгдежзийклмн", 5, "абвгд…"}} {
		if got := clip(c.in, c.n); got != c.want {
			t.Errorf("clip(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

func TestByLetter(t *testing.T) {
	letters := byLetter(tagged(archive.Fandom, "The Lighthouse Sagas", "Ægir", "1001 Nights", "lamp", "An Odd Thing", "Émile"))
	got := ""
	for _, l := range letters {
		got += l.Name
		for _, f := range l.Fandoms {
			got += "(" + f.Label + ")"
		}
	}
	const want = "#(1001 Nights)A(Ægir)E(Émile)L(lamp)(The Lighthouse Sagas)O(An Odd Thing)"
	const alike = "#(1001 Nights)E(Émile)L(lamp)(The Lighthouse Sagas)O(An Odd Thing)Æ(Ægir)"
	if got != want && got != alike {
		t.Errorf("byLetter = %s, want %s", got, want)
	}
}

// TestCoverContrast computes the contrast of white titles on every cloth.
func TestCoverContrast(t *testing.T) {
	for _, c := range coverColours {
		if ratio := contrast(t, "#ffffff", c[0]); ratio < 7 {
			t.Errorf("white on %s: %.1f, want 7", c[0], ratio)
		}
	}
}

func TestCoversStaySame(t *testing.T) {
	for _, s := range samples() {
		if Cover(s.work) != Cover(s.work) {
			t.Errorf("%s: two covers", s.name)
		}
		if n := len(Cover(s.work)); n > 2500 {
			t.Errorf("%s: a cover of %d bytes", s.name, n)
		}
	}
}
