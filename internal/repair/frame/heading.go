package frame

import (
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/fiction"
)

// heading drops a heading in the text that says what the chapter is called
// anyhow: one of the first three paragraphs, with no story above it.
func (f *chapter) heading() {
	const first = 3
	seen := 0
	for i := 0; i < len(f.row) && seen < first; i++ {
		if f.isRoom(i) {
			continue
		}
		seen++
		text := f.say(i)
		if f.texts(i) && f.isTitle(text) && i+1 < len(f.row) {
			m := archive.Mend{Rule: "heading", Before: excerpt(text), Confidence: 0.97, Applied: true}
			if f.decide(m, text) {
				f.cut(i, i+1)
				i, seen = -1, seen-1
				continue
			}
			f.keep(i)
		}
		if f.story(i) {
			return
		}
	}
}

// isTitle reports whether text is the chapter's title, or its number and title.
func (f *chapter) isTitle(text string) bool {
	const longest = 200 // bytes
	if len(text) > longest || fold(text) == "" {
		return false
	}
	is, own := fiction.HeadingOf(strings.Join(strings.Fields(text), " ")), fiction.HeadingOf(f.title)
	switch {
	case is.Kind == fiction.NoHeading:
		sentence := strings.ContainsAny(text[len(text)-1:], ".!?") && !strings.HasSuffix(f.title, text[len(text)-1:])
		return !sentence && !strings.ContainsAny(text[:1], `"'`) && (fold(text) == fold(f.title) || own.Title != "" && fold(text) == fold(own.Title))
	case fold(text) == fold(f.title):
		return true
	case is.Number != f.number || is.Kind != fiction.Chapter && is.Kind != fiction.Bare:
		return false
	case is.Title == "":
		return is.Kind == fiction.Chapter
	}
	return fold(is.Title) == fold(f.title) || own.Title != "" && fold(is.Title) == fold(own.Title)
}
