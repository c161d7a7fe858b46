package words

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
)

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 31620: "31,620", 1234567: "1,234,567", -1000: "-1,000"} {
		if got := Number(n); got != want {
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
		if got := ReadingTime(c.words, c.language); got != c.want {
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
		if got := Completion(c.work); got != c.want {
			t.Errorf("completion = %q, want %q", got, c.want)
		}
	}
}

func TestLastDay(t *testing.T) {
	day1, day2 := someDay, someDay.Add(48*time.Hour)
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
		if when, label := LastDay(c.work); !when.Equal(c.when) || label != c.label {
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
		return Byline(w)
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
		if got := Clip(c.in, c.n); got != c.want {
			t.Errorf("clip(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
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
	for _, title := range []string{"", "Tide", "المصباح", strings.Repeat("long ", 100)} {
		w := archive.Work{Title: title}
		first, again := Cover(w), Cover(w)
		if first != again {
			t.Errorf("%q: two covers", title)
		}
		if n := len(first); n > 2500 {
			t.Errorf("%q: a cover of %d bytes", title, n)
		}
	}
}

var someDay = time.Date(2024, time.March, 3, 0, 0, 0, 0, time.UTC)

// contrast is the ratio of WCAG 2.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	hex := strings.TrimPrefix(colour, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || len(hex) != 6 {
		t.Fatalf("colour %q", colour)
	}
	linear := func(v uint64) float64 {
		c := float64(v&255) / 255
		if c <= .04045 {
			return c / 12.92
		}
		return math.Pow((c+.055)/1.055, 2.4)
	}
	return .2126*linear(n>>16) + .7152*linear(n>>8) + .0722*linear(n)
}

func TestBytesOf(t *testing.T) {
	for n, want := range map[int64]string{1: "1 byte", 812: "812 bytes", 34_499: "34 KB", 1_250_000: "1.2 MB"} {
		if got := Bytes(n); got != want {
			t.Errorf("Bytes(%d) = %q, want %q", n, got, want)
		}
	}
}
