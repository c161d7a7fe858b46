package plain

import (
	"regexp"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// A note is moved out of the text only where its borders are certain enough:
// it begins with its label, near the start or the end of a chapter, and is a
// small part of it.
const (
	noteBlocks = 5  // from the start or the end
	noteShare  = 25 // of a hundred words
)

var noteLabel = regexp.MustCompile(`(?i)^[*_(\[~\s]*(?:a/n|a\.n\.|author[’']?s?[’']?\s+notes?|end\s+notes?|disclaimer)\b[*_\s]*[:–—-]`)

// takeNotes moves the notes at the start and at the end of a chapter to their
// fields, and returns what is left.
func takeNotes(m *archive.Manuscript, c *archive.Chapter, ps []paragraph) []paragraph {
	all := words(ps)
	var before []paragraph
	for {
		n := notesAbove(ps)
		if n == 0 || n == len(ps) || (words(before)+words(ps[:n]))*100 > noteShare*all {
			break
		}
		before = append(before, ps[:n]...)
		ps = ps[n:]
		for len(ps) > 0 && ps[0].isScene() {
			ps = ps[1:]
		}
	}
	c.Notes = note(m, c.Number, before)
	if at := notesBelow(ps, noteShare*all/100); at > 0 {
		c.EndNotes = note(m, c.Number, ps[at:])
		ps = ps[:at]
	}
	return ps
}

// notesAbove returns how many paragraphs at the start are a note: up to the
// first scene break if one is near, else the labelled one alone.
func notesAbove(ps []paragraph) int {
	for i, p := range ps {
		if i >= noteBlocks {
			break
		}
		if p.isScene() && i > 0 && noteLabel.MatchString(ps[0][0]) {
			return i
		}
	}
	if len(ps) > 0 && noteLabel.MatchString(ps[0][0]) {
		return 1
	}
	return 0
}

// notesBelow returns where the note at the end begins; -1 if there is none of at
// most so many words. What stands in brackets belongs to its place in the text.
func notesBelow(ps []paragraph, most int) int {
	for i := max(1, len(ps)-noteBlocks); i < len(ps); i++ {
		inBrackets := strings.ContainsAny(ps[i][0][:1], "([") && i+1 < len(ps)
		if noteLabel.MatchString(ps[i][0]) && !inBrackets && words(ps[i:]) <= most {
			return i
		}
	}
	return -1
}

// note makes prose of a note and tells that it was moved.
func note(m *archive.Manuscript, chapter int, ps []paragraph) prose.Doc {
	if len(ps) == 0 {
		return prose.Doc{}
	}
	m.Mends = append(m.Mends, archive.Mend{
		Rule: "notes", Chapter: chapter, Before: firstLine(ps[0]), After: "notes of the chapter", Confidence: 0.9, Applied: true,
	})
	return document(ps)
}

// firstLine is enough of a note to know it again.
func firstLine(p paragraph) string {
	const enough = 60
	rs := []rune(p[0])
	return string(rs[:min(len(rs), enough)])
}
