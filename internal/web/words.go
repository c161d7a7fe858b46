package web

import (
	"fmt"
	"html/template"
	"regexp"
	"strconv"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// This file spells what pages say of works: numbers, dates, short words.

// number groups thousands: 31,620.
func number(n int) string {
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

// counted is number and noun: "1 work", "1,204 works".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

// Readers take in 230 words of an alphabet a minute, and 400 of the characters
// that archive counts one by one.
const (
	wordsAMinute      = 230
	charactersAMinute = 400
)

// readingTime is how long words of a language take: "13 min", "2 h 20 min".
func readingTime(words int, language string) string {
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
	return fmt.Sprintf("%s h", number((minutes+30)/60))
}

// day spells a date; the zero time is "".
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2 January 2006")
}

// isoDay is the same for machines.
func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// A tongue is the language and direction of a piece of foreign text, for its
// attributes. Dir is never empty: what is not known the browser finds out.
type tongue struct{ Lang, Dir string }

// languageTag is what BCP 47 allows, as far as it concerns us.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

func tongueOf(language string) tongue {
	if !languageTag.MatchString(language) {
		return tongue{Dir: "auto"}
	}
	return tongue{language, text.Dir(language)}
}

// Attrs are the attributes, to be set within a tag.
func (t tongue) Attrs() template.HTMLAttr {
	attrs := `dir="` + template.HTMLEscapeString(t.Dir) + `"`
	if t.Lang != "" {
		attrs = `lang="` + template.HTMLEscapeString(t.Lang) + `" ` + attrs
	}
	return template.HTMLAttr(attrs)
}

var shortRatings = map[string]string{
	archive.RatingGeneral: "General", archive.RatingTeen: "Teen", archive.RatingMature: "Mature",
	archive.RatingExplicit: "Explicit", archive.RatingNone: "Not rated",
}

const noWarnings = "No Archive Warnings Apply"

var shortWarnings = map[string]string{
	noWarnings:                                  "No warnings",
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

// short is the word for a tag in a box of its own.
func short(names map[string]string, name string) string {
	if s, ok := names[name]; ok {
		return s
	}
	return name
}

// completion is "Complete · 12 of 12" or "In progress · 4 of ?".
func completion(w archive.Work) string {
	posted := len(w.Chapters)
	if w.Complete {
		if posted <= 1 {
			return "Complete"
		}
		return fmt.Sprintf("Complete · %s of %s", number(posted), number(max(posted, w.ChaptersPlanned)))
	}
	if isUnsaid(w) {
		return counted(posted, "chapter", "chapters")
	}
	planned := "?"
	if w.ChaptersPlanned > 0 {
		planned = number(w.ChaptersPlanned)
	}
	return fmt.Sprintf("In progress · %s of %s", number(posted), planned)
}

// isUnsaid reports whether nothing is known of a work's completion: a plain
// file does not say that more will follow.
func isUnsaid(w archive.Work) bool {
	return !w.Complete && w.ChaptersPlanned == 0 && w.Source.Key == ""
}

// chapterCount is the same in the shorthand of readers: "4/9", "4/?".
func chapterCount(w archive.Work) string {
	switch posted := number(len(w.Chapters)); {
	case isUnsaid(w):
		return counted(len(w.Chapters), "chapter", "chapters")
	case w.Complete:
		return posted + "/" + number(max(len(w.Chapters), w.ChaptersPlanned))
	case w.ChaptersPlanned > 0:
		return posted + "/" + number(w.ChaptersPlanned)
	default:
		return posted + "/?"
	}
}

// lastDay is the date that tells a work's age, and what it is the date of.
func lastDay(w archive.Work) (t time.Time, label string) {
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
