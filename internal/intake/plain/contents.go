package plain

import (
	"slices"
	"strings"

	"ficstead/internal/base/fiction"
)

// marksOfContents reads a table of contents near the top: if each title in it
// stands again below, in order and alone, those are where chapters begin. Rest
// are the paragraphs without the table, which the marks count in.
func marksOfContents(ps []paragraph) (marks []mark, rest []paragraph) {
	at := slices.IndexFunc(ps[:min(len(ps), preambleParagraphs)], isContents)
	if at < 0 || len(ps) < at+3 {
		return nil, nil
	}
	first := flat(ps[at+1])
	end := at + 2
	for end < len(ps) && flat(ps[end]) != first {
		end++
	}
	titles := ps[at+1 : end]
	if end == len(ps) || len(titles) < 2 {
		return nil, nil
	}
	for i, p := range ps[end:] {
		if title := flat(p); len(marks) < len(titles) && title == flat(titles[len(marks)]) {
			marks = append(marks, mark{titled(title), at + i, at + i, len(p)})
		}
	}
	if len(marks) < len(titles) {
		return nil, nil
	}
	return marks, slices.Concat(ps[:at], ps[end:])
}

func isContents(p paragraph) bool {
	said := strings.ToLower(strings.TrimRight(flat(p), ":."))
	return said == "contents" || said == "table of contents"
}

// titled is the heading that a title is: one that counts if it says so.
func titled(title string) fiction.Heading {
	if h := fiction.HeadingOf(title); h.Kind == fiction.Chapter || h.Kind == fiction.Bare {
		return h
	}
	return fiction.Heading{Kind: fiction.Named, Whole: title}
}

// flat is a paragraph in one line.
func flat(p paragraph) string { return strings.Join(strings.Fields(p.String()), " ") }
