package tokens

import (
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/unfuse"
)

// The rules.
const (
	fusedRule      = "fused"
	lostItalicRule = "lost-italics"
	misreadRule    = "misread"
)

// Decide notes a mend at a place of the block's text, and reports whether it is
// applied.
type Decide func(m archive.Mend, text string, from int) bool

// Mend mends the words of a block of the document that r has read, and reports
// whether it changed any. Emphasis is only looked for if marks say so.
//
// What a person is asked about tells all that it does: accepted emphasis brings
// the spaces at its ends along. Misread words are looked at where none are run
// together, or are no more: one of the two explains a token.
func Mend(b prose.Block, r *unfuse.Reader, marks bool, decide Decide) (is prose.Block, ok bool) {
	text := b.Text()
	var cuts, all []int // those that are made, and those that are at least likely
	for _, place := range r.Points(text) {
		verdict, confidence := r.Judge(place)
		if verdict == unfuse.Leave || strings.ContainsRune(text[place.From:place.To], '\n') {
			continue
		}
		all = append(all, place.Cuts...)
		m := archive.Mend{
			Rule: fusedRule, Before: text[place.From:place.To], After: spaced(text, place.From, place.To, place.Cuts),
			Confidence: confidence, Applied: verdict == unfuse.Mend,
		}
		if decide(m, text, place.From) {
			cuts = append(cuts, place.Cuts...)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	var spans []unfuse.Span
	if marks {
		spans = lostSpans(text, r, all, decide)
	}
	for _, s := range spans {
		cuts = append(cuts, inside(all, s.From-1, s.From+1)...)
		cuts = append(cuts, inside(all, s.To-1, s.To+1)...)
	}
	switch {
	case len(all) == 0:
		return reread(b, text, r, decide)
	case len(cuts) == 0 && len(spans) == 0:
		return b, false
	}
	slices.Sort(cuts)
	return b.WithRuns(respaced(b.Runs(), slices.Compact(cuts), spans)...), true
}

// lostSpans suggests what was emphasised, and returns what a person accepted.
func lostSpans(text string, r *unfuse.Reader, cuts []int, decide Decide) []unfuse.Span {
	var accepted []unfuse.Span
	for _, s := range r.Spans(text, cuts) {
		from, to := wholeTokens(text, s.From, s.To)
		if strings.ContainsRune(text[from:to], '\n') {
			continue
		}
		after := spaced(text, from, s.From, cuts) + gapAt(s.From, from, cuts) + "<em>" + spaced(text, s.From, s.To, cuts) + "</em>" + gapAt(s.To, from, cuts) + spaced(text, s.To, to, cuts)
		if decide(archive.Mend{Rule: lostItalicRule, Before: text[from:to], After: after, Confidence: s.Confidence()}, text, from) {
			accepted = append(accepted, s)
		}
	}
	return accepted
}

// reread suggests what misread words were, and puts in what a person accepted.
func reread(b prose.Block, text string, r *unfuse.Reader, decide Decide) (is prose.Block, ok bool) {
	var accepted []unfuse.Misread
	for _, m := range r.Misread(text) {
		if decide(archive.Mend{Rule: misreadRule, Before: text[m.From:m.To], After: m.Word, Confidence: 0.7}, text, m.From) {
			accepted = append(accepted, m)
		}
	}
	if len(accepted) == 0 {
		return b, false
	}
	return b.WithRuns(reworded(b.Runs(), accepted)...), true
}
