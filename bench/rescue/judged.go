package main

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"ficstead/bench/rescue/measure"
)

// what is the kind without the spaces that go along.
func (h *harmed) what() string {
	kinds := slices.DeleteFunc(slices.Clone(h.Kinds), func(k string) bool { return strings.HasPrefix(k, "space ") })
	return strings.Join(kinds, ", ")
}

// isRight reports whether the edit was judged to be a repair: what is found as
// it is has real damage in it.
func (h *harmed) isRight() bool {
	for _, j := range judged {
		work, _, _ := strings.Cut(strings.Replace(h.work, "-era2025", "", 1), ".")
		if j.work == work && j.kind == h.what() {
			return true
		}
	}
	return false
}

// judged are kinds of edits in one file of which some were read, and are repairs.
// The work may be given without its extension.
var judged = []struct{ work, kind, why string }{
	{"218676", marker, "xxx between scenes"},
	{"ao3dl-unlocked", marker, "--- between days"},
	{"ao3js-323217", marker, "a line of dashes between scenes"},
	{"ao3js-48582418-ch122861680", marker, "a line of dashes between scenes"},
	{"ffscrape-good_story2", marker, "~….~ between scenes"},
	{"ffscrape-good_story3", marker, "a line of tildes between scenes"},
	{"ffscrape-good_story3", stars, "its author writes *know* and *need* for italics"},
	{"2020-good_story2", "line became paragraph", "all its paragraphs are parted by <br>"},
	{"3067-0", marker, "a rule between prescriptions"},
	{"3067-0", "line end lost", "two footnotes, indented and wrapped"},
	{"ao3dl-unlocked-noskin", "break added", "an empty paragraph between points of view"},
	{"ffscrape-good_story3", "characters lost", "the same, of bold"},
	{"2020-good_story3", "break added", "an empty paragraph between places"},
	{"2011-3129674-ch1", "characters lost", "the page is mojibake"},
	{"2011-3129674-ch1", "characters lost, italics lost, italics added", "the same, in italics"},
	{"Emily_of_New_Moon", "characters lost", "two words of mojibake in the collection"},
	{"ao3dl-unlocked", "characters lost", "the same, after a dash"},
	{"ao3dl-unlocked", "break added", "the same, after a dash"},
	{"2020-good_story3", "break lost", "it parted the story from the note below, which is in its field now"},
	{"Alice_Adams", stars, "_will_ before an invisible joiner and a dash"},
}

const (
	marker = "characters lost, break added"
	stars  = "characters lost, italics added"
)

// toTitle reports whether what was lost from the text is headings and nothing
// else, which are titles of chapters now. Books and pages as they are found have
// their headings in their text; nobody could say so before they were read.
func toTitle(h *measure.Harm, r *reading) bool {
	if what := (&harmed{Harm: *h}).what(); what != "characters lost" {
		return false
	}
	var lost strings.Builder
	chars := r.truth.Chars
	from, to := turned(h, &r.truth)
	for from > 0 && r.truth.Gaps[from]&measure.Para == 0 {
		from--
	}
	for to+1 < len(chars) && r.truth.Gaps[to+1]&measure.Para == 0 {
		to++
	}
	const longest = 4000 // characters of headings, in a table of contents
	if to-from > longest {
		return false
	}
	for _, c := range chars[from : to+1] {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			lost.WriteRune(unicode.ToLower(c))
		}
	}
	rest := lost.String()
	titles := []string{r.mended.Title}
	for _, c := range r.mended.Chapters {
		titles = append(titles, c.Title)
	}
	slices.SortFunc(titles, func(a, b string) int { return len(b) - len(a) })
	for _, t := range titles {
		t = folded(t)
		if len(rest) > 2 && strings.HasSuffix(t, rest) {
			return true
		}
		if len(t) > 2 {
			rest = strings.ReplaceAll(rest, t, " ")
		}
	}
	return rest != "" && headings.MatchString(rest)
}

// turned is the place that was lost, from the start of a paragraph if that can be:
// of two signs alike at its ends either may be lost.
func turned(h *measure.Harm, truth *measure.Flat) (from, to int) {
	begins := func(i int) bool { return i == 0 || truth.Gaps[i]&measure.Para != 0 }
	for from, to = h.From, h.To; !begins(from) && truth.Chars[from-1] == truth.Chars[to]; from, to = from-1, to-1 {
	}
	if begins(from) {
		return from, to
	}
	for from, to = h.From, h.To; !begins(from) && to+1 < len(truth.Chars) && truth.Chars[from] == truth.Chars[to+1]; from, to = from+1, to+1 {
	}
	return from, to
}

var headings = regexp.MustCompile(`^(?: |chapter|part|book|volume|prologue|epilogue|contents|[ivxlcdm]+|\d+)*$`)

func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
