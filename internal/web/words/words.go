package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// Number groups thousands: 31,620.
func Number(n int) string {
	digits := strconv.Itoa(n)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && d != '-' && digits[i-1] != '-' && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Counted is Number and noun: "1 work", "1,204 works".
func Counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}

// Readers take in 230 words of an alphabet a minute, and 400 of the characters
// that archive counts one by one.
const (
	wordsAMinute      = 230
	charactersAMinute = 400
)

// ReadingTime is how long words of a language take: "13 min", "2 h 20 min".
func ReadingTime(words int, language string) string {
	pace := wordsAMinute
	switch base, _, _ := strings.Cut(language, "-"); base {
	case "zh", "ja", "th", "lo", "km", "my", "yue", "wuu", "nan":
		pace = charactersAMinute
	}
	minutes := (words + pace/2) / pace
	switch {
	case words == 0:
		return ""
	case minutes < 1:
		return "1 min"
	case minutes < 60:
		return strconv.Itoa(minutes) + " min"
	case minutes < 600:
		minutes = (minutes + 2) / 5 * 5
		if minutes%60 == 0 {
			return fmt.Sprintf("%d h", minutes/60)
		}
		return fmt.Sprintf("%d h %d min", minutes/60, minutes%60)
	}
	return fmt.Sprintf("%s h", Number((minutes+30)/60))
}

// Day spells a date; the zero time is "".
func Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2 January 2006")
}

// ISODay is the same for machines.
func ISODay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

var ratings = map[string]string{
	archive.RatingGeneral: "General", archive.RatingTeen: "Teen", archive.RatingMature: "Mature",
	archive.RatingExplicit: "Explicit", archive.RatingNone: "Not rated",
}

// NoWarnings is the warning that there is nothing to warn of.
const NoWarnings = "No Archive Warnings Apply"

var warnings = map[string]string{
	NoWarnings:                                  "No warnings",
	"Choose Not To Use Archive Warnings":        "Creator chose no warnings",
	"Creator Chose Not To Use Archive Warnings": "Creator chose no warnings",
	"Author Chose Not To Use Archive Warnings":  "Creator chose no warnings",
	"Graphic Depictions Of Violence":            "Violence",
	"Graphic Depictions of Violence":            "Violence",
	"Major Character Death":                     "Character death",
	"Rape/Non-Con":                              "Rape / non-con",
	"Underage":                                  "Underage",
	"Underage Sex":                              "Underage",
}

// Short is the word for a tag whose kind has few, long names: "Teen", "Violence".
func Short(kind archive.Kind, name string) string {
	names := map[archive.Kind]map[string]string{archive.Rating: ratings, archive.Warning: warnings}[kind]
	if s, ok := names[name]; ok {
		return s
	}
	return name
}

// Completion is "Complete · 12 of 12" or "In progress · 4 of ?".
func Completion(w archive.Work) string {
	posted := len(w.Chapters)
	if w.Complete {
		if posted <= 1 {
			return "Complete"
		}
		return fmt.Sprintf("Complete · %s of %s", Number(posted), Number(max(posted, w.ChaptersPlanned)))
	}
	if isUnsaid(w) {
		return Counted(posted, "chapter", "chapters")
	}
	planned := "?"
	if w.ChaptersPlanned > 0 {
		planned = Number(w.ChaptersPlanned)
	}
	return fmt.Sprintf("In progress · %s of %s", Number(posted), planned)
}

// isUnsaid reports whether nothing is known of a work's Completion: a plain
// file does not say that more will follow.
func isUnsaid(w archive.Work) bool {
	return w.Progress() == archive.ProgressUnknown
}

// ChapterCount is the same in the shorthand of readers: "4/9", "4/?".
func ChapterCount(w archive.Work) string {
	switch posted := Number(len(w.Chapters)); {
	case isUnsaid(w):
		return Counted(len(w.Chapters), "chapter", "chapters")
	case w.Complete:
		return posted + "/" + Number(max(len(w.Chapters), w.ChaptersPlanned))
	case w.ChaptersPlanned > 0:
		return posted + "/" + Number(w.ChaptersPlanned)
	default:
		return posted + "/?"
	}
}

// LastDay is the date that tells a work's age, and what it is the date of.
func LastDay(w archive.Work) (t time.Time, label string) {
	switch {
	case !w.Updated.IsZero() && w.Updated.After(w.Posted):
		return w.Updated, "updated"
	case !w.Posted.IsZero():
		return w.Posted, "posted"
	case !w.Updated.IsZero():
		return w.Updated, "updated"
	}
	return w.Added, "brought in"
}

// Byline is " by anna and ben", for titles of documents.
func Byline(w archive.Work) string {
	var names []string
	for _, c := range w.Creators {
		names = append(names, c.String())
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return " by " + names[0]
	}
	return " by " + strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// Title is never empty, because a link must have words.
func Title(w archive.Work) string {
	if w.Title == "" {
		return "Untitled"
	}
	return w.Title
}

// Chapter is what a chapter is called: "Chapter 7: The Gulls Know".
func Chapter(head archive.ChapterHead) string {
	if head.Title == "" {
		return fmt.Sprintf("Chapter %d", head.Number)
	}
	return head.Title
}

// Clip shortens s to about n characters, at a word.
func Clip(s string, n int) string {
	chars := []rune(s)
	if len(chars) <= n {
		return s
	}
	cut := n
	for i := n; i > n/2; i-- {
		if chars[i] == ' ' || chars[i] == '\n' {
			cut = i
			break
		}
	}
	return string(chars[:cut]) + "…"
}

// Bytes spells a size: "812 bytes", "34 KB", "1.2 MB".
func Bytes(n int64) string {
	switch {
	case n < 1000:
		return Counted(int(n), "byte", "bytes")
	case n < 1_000_000:
		return fmt.Sprintf("%d KB", (n+500)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// Language is the name of a language in itself.
func Language(code string) string {
	if code == "" {
		return "Unknown language"
	}
	if name := text.LanguageName(code); name != "" {
		return name
	}
	return code
}

// Stats are the counts that readers look for; none of them is 0.
func Stats(w archive.Work) []string {
	var stats []string
	for _, s := range []struct {
		n         int
		one, many string
	}{{w.Kudos, "kudos", "kudos"}, {w.Comments, "comment", "comments"}, {w.Bookmarks, "bookmark", "bookmarks"}, {w.Hits, "hit", "hits"}} {
		if s.n > 0 {
			stats = append(stats, Counted(s.n, s.one, s.many))
		}
	}
	return stats
}
