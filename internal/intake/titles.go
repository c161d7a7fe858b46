package intake

import (
	"regexp"
	"strconv"
	"strings"

	"ficstead/internal/base/fiction"
)

// Chapters are shown with their numbers, so a number in the title that says the
// same is taken out; one that differs is the author's own and stays.

var (
	hanChapter = regexp.MustCompile(`^(?:第\s*[0-9一二三四五六七八九十百千〇零两]+\s*[章话話回节節部]|序章?|终章|終章|尾声)`)
	listNumber = regexp.MustCompile(`^([0-9]+)[.)]\s+(.*)$`)
	apart      = regexp.MustCompile(`(?i)^(?:preface|introduction|coda|postscript|intermission)\b`)
)

// namesChapter reports whether a heading says of itself that a chapter begins.
func namesChapter(heading string) bool {
	const longest = 200 // bytes
	if len(heading) > longest {
		return false
	}
	h := fiction.HeadingOf(heading)
	return h.Kind > fiction.Bare || isNumber(h) || hanChapter.MatchString(heading) || apart.MatchString(heading)
}

// isNumber reports whether a heading is a number and nothing else.
func isNumber(h fiction.Heading) bool { return h.Kind == fiction.Bare && h.Title == "" }

// withoutNumber takes out of a chapter's title what says that it is chapter n:
// "3. Chapter Three: The Storm" is "The Storm".
func withoutNumber(title string, n int) string {
	if m := listNumber.FindStringSubmatch(title); m != nil && m[1] == strconv.Itoa(n) {
		title = m[2]
	}
	h := fiction.HeadingOf(title)
	switch {
	case h.Number != n || h.Kind == fiction.NoHeading:
		return title
	case isNumber(h):
		return ""
	case h.Kind == fiction.Chapter:
		if at := strings.LastIndex(title, h.Title); h.Title != "" && at > 0 { // with its quotes
			return strings.TrimLeft(title[at-leading(title[:at]):], " ")
		}
		return h.Title
	}
	return title
}

// leading is the length of the quotes and marks that text ends in.
func leading(text string) int { return len(text) - len(strings.TrimRight(text, "\"“«*_~")) }
