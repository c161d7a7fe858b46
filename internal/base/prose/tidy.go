package prose

import (
	"slices"
	"strings"
)

// tidy makes the runs of a paragraph canonical: white space collapsed and
// trimmed at the ends and around line breaks, no line break at the ends, no
// mark that stands on white space alone, equal neighbours one. It works in place.
func tidy(runs []Run) []Run {
	return tidyRuby(merge(blankMarks(collapse(runs))))
}

// collapse makes one space of all white space, and none at the edges of lines.
func collapse(runs []Run) []Run {
	out := runs[:0]
	edge := true  // a space here would be at the start of a line, or a second one
	empty := true // nothing to see yet
	for _, r := range runs {
		switch {
		case r.IsText():
			if r.Text = collapseText(r.Text, edge); r.Text == "" {
				continue
			}
			edge = strings.HasSuffix(r.Text, " ")
			empty = false
		case r.Break:
			if empty {
				continue
			}
			out = trimSpace(out)
			edge = true
		case r.Image != nil:
			edge, empty = false, false
		}
		out = append(out, r)
	}
	return trimEnd(out)
}

// collapseText collapses the white space in s, and drops it at the start if
// edge is true.
func collapseText(s string, edge bool) string {
	if !needsCollapse(s, edge) {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i]; c {
		case ' ', '\t', '\n', '\r', '\f':
			if !edge {
				b = append(b, ' ')
			}
			edge = true
		default:
			b = append(b, c)
			edge = false
		}
	}
	return string(b)
}

func needsCollapse(s string, edge bool) bool {
	for i := range len(s) {
		switch s[i] {
		case '\t', '\n', '\r', '\f':
			return true
		case ' ':
			if edge {
				return true
			}
			edge = true
		default:
			edge = false
		}
	}
	return false
}

// trimSpace takes the space away that runs end with.
func trimSpace(runs []Run) []Run {
	for i := len(runs) - 1; i >= 0; i-- {
		switch r := &runs[i]; {
		case r.Anchor != "":
			continue
		case !r.IsText():
			return runs
		default:
			if r.Text = strings.TrimRight(r.Text, " "); r.Text != "" {
				return runs
			}
			runs = slices.Delete(runs, i, i+1)
		}
	}
	return runs
}

// trimEnd takes spaces and line breaks away that runs end with. Targets stay.
func trimEnd(runs []Run) []Run {
	end := len(runs)
	for ; end > 0; end-- {
		r := &runs[end-1]
		if r.IsText() {
			r.Text = strings.TrimRight(r.Text, spaces)
		}
		if !r.isBlank() {
			break
		}
	}
	out := runs[:end]
	for _, r := range runs[end:] {
		if r.Anchor != "" {
			out = append(out, r)
		}
	}
	return out
}

// blankMarks takes from spaces, line breaks and targets the marks that they do
// not share with what is before or behind them.
func blankMarks(runs []Run) []Run {
	var before []Mark
	behind := 0 // the next run that is not blank
	for i := range runs {
		r := &runs[i]
		if !r.isBlank() {
			before = r.Marks
			continue
		}
		for behind = max(behind, i); behind < len(runs) && runs[behind].isBlank(); {
			behind++
		}
		n := shared(r.Marks, before)
		if behind < len(runs) {
			n = max(n, shared(r.Marks, runs[behind].Marks))
		}
		r.Marks = r.Marks[:n:n]
	}
	return runs
}

// merge makes one of neighbours under the same marks.
func merge(runs []Run) []Run {
	out := runs[:0]
	for i := 0; i < len(runs); {
		r := runs[i]
		end := i + 1
		if r.IsText() {
			for end < len(runs) && runs[end].IsText() && slices.Equal(runs[end].Marks, r.Marks) {
				end++
			}
			if end > i+1 {
				var b strings.Builder
				for _, part := range runs[i:end] {
					b.WriteString(part.Text)
				}
				r.Text = b.String()
			}
		}
		out = append(out, r)
		i = end
	}
	return out
}

// tidyPre makes the runs of preformatted text canonical: lines are kept, those
// without anything at the ends are not.
func tidyPre(runs []Run) []Run {
	runs = merge(runs)
	for i := range runs {
		if !runs[i].IsText() {
			continue
		}
		first := runs[i].Text
		for {
			line, rest, ok := strings.Cut(first, "\n")
			if !ok || !isBlank(line) {
				break
			}
			first = rest
		}
		runs[i].Text = first
		break
	}
	return tidyRuby(blankMarks(trimEnd(runs)))
}
