package main

import (
	"cmp"
	"slices"
	"strings"

	"ficstead/bench/rescue/measure"
	"ficstead/internal/archive"
	"ficstead/internal/intake"
)

// suggested reports whether a mend proposes italics that left no sign.
func suggestsItalics(m archive.Mend) bool {
	return !m.Applied && strings.Contains(m.Rule, "italic")
}

func suggestsBreak(m archive.Mend) bool {
	return !m.Applied && strings.Contains(m.Rule, "break")
}

// proposed accepts all italics that are proposed, and compares.
func proposed(name string, data []byte, r *reading) measure.PRF {
	accept := archive.Choices{}
	for _, m := range r.mended.Mends {
		if suggestsItalics(m) {
			accept[m.ID()] = true
		}
	}
	view := r.after
	if len(accept) > 0 {
		if m, _, err := intake.Read(name, data, accept); err == nil {
			view = measure.Look(&r.truth, measure.OfManuscript(&m))
		}
	}
	return measure.Spans(&r.truth, view)
}

// ranked counts which of the lost scene breaks are among the first twenty
// places that are proposed.
func ranked(r *reading) (s measure.Share) {
	var list []archive.Mend
	for _, m := range r.mended.Mends {
		if suggestsBreak(m) {
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, func(a, b archive.Mend) int { return cmp.Compare(b.Confidence, a.Confidence) })
	where := placer(r)
	hit := map[int]bool{}
	for _, m := range list[:min(len(list), 20)] {
		hit[where(m)] = true
	}
	for i, g := range r.truth.Gaps {
		if g&measure.Scene != 0 && g&measure.Chap == 0 {
			s.Add(hit[i])
		}
	}
	return s
}

// placer tells where in the truth the paragraph begins that a proposed break
// would stand before.
func placer(r *reading) func(archive.Mend) int {
	source := []rune(r.source)
	view := measure.Look(&r.truth, measure.OfText(r.source))
	inked := make([]int, len(source)+1) // characters before each place
	for i, c := range source {
		inked[i+1] = inked[i] + len(measure.OfText(string(c)).Chars)
	}
	return func(m archive.Mend) int {
		before, _, _ := strings.Cut(m.Before, "\n\n")
		at := min(max(0, m.At), len(source))
		n := inked[at]
		if strings.HasPrefix(string(source[at:]), before) {
			n += len(measure.OfText(before).Chars)
		}
		for i, j := range view.To {
			if j >= n {
				return i
			}
		}
		return -1
	}
}
