package main

import (
	"slices"
	"strings"
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

// judged are kinds of edits that were read, all of one file, and are repairs.
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
	{"ao3dl-unlocked-noskin", "break added", "an empty paragraph between points of view"},
	{"ffscrape-good_story3", "characters lost", "the same, of bold"},
	{"2020-good_story3", "break added", "an empty paragraph between places"},
	{"2011-3129674-ch1", "characters lost", "the page is mojibake"},
	{"2011-3129674-ch1", "characters lost, italics lost, italics added", "the same, in italics"},
	{"Emily_of_New_Moon", "characters lost", "two words of mojibake in the collection"},
	{"Alice_Adams", stars, "_will_ before an invisible joiner and a dash"},
}

const (
	marker = "characters lost, break added"
	stars  = "characters lost, italics added"
)
