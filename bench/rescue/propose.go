package main

import (
	"cmp"
	"slices"
	"strings"

	"ficstead/bench/rescue/measure"
	"ficstead/internal/archive"
	"ficstead/internal/intake"
)

// about reports whether m is a proposal, not applied, of a rule about something.
func about(m archive.Mend, what string) bool {
	return !m.Applied && strings.Contains(m.Rule, what)
}

// accepted reads the file again with all proposals about something accepted.
func accepted(what, name string, data []byte, r *reading) *measure.View {
	accept := archive.Choices{}
	for _, m := range r.mended.Mends {
		if about(m, what) {
			accept[m.ID()] = true
		}
	}
	if len(accept) > 0 {
		if m, _, err := intake.Read(name, data, accept); err == nil {
			return measure.Look(&r.truth, measure.OfManuscript(&m))
		}
	}
	return r.after
}

// ranked counts which of the lost scene breaks are among the first twenty
// places that are proposed.
func ranked(r *reading) (s measure.Share) {
	var list []archive.Mend
	for _, m := range r.mended.Mends {
		if about(m, "break") {
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
