package decode

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
)

// Edit puts Text in the place of the bytes [From, To) of a text.
type Edit struct {
	From, To   int
	Text       string
	Rule       string
	Confidence float64
	Suggested  bool // told, and applied only if a person says so
}

// text is what a file says so far, with what was told about it.
type text struct {
	choices archive.Choices
	s       string
	mends   []archive.Mend // At counts bytes of s until the end
	kept    []span         // what a person wants as it stands; in order
	plain   string         // what s was before anything was mended
	stood   stretches      // where s stood in it

	strays   []Edit // bytes that were not of the text's encoding
	endsKept bool   // a person wants the line ends as they are
}

// span is the bytes [from, to) of a text.
type span struct{ from, to int }

// contextBytes is how much of a word a mend shows on each side.
const contextBytes = 24

// apply decides edits, which are in order and apart, and makes those that are
// to be made. What is kept is left alone and not told. It reports whether s changed.
func (t *text) apply(edits []Edit) bool {
	var made []Edit
	var kept []span
	for i, e := range edits {
		if t.keeps(e.From, e.To) {
			continue
		}
		low, high := 0, len(t.s)
		if i > 0 {
			low = edits[i-1].To
		}
		if i+1 < len(edits) {
			high = edits[i+1].From
		}
		head, tail := wordAround(t.s, e.From, e.To, low, high)
		m := t.choices.Decide(archive.Mend{
			Rule: e.Rule, At: e.From - len(head), Before: head + t.s[e.From:e.To] + tail, After: head + e.Text + tail,
			Confidence: e.Confidence, Applied: !e.Suggested,
		})
		t.mends = append(t.mends, m)
		if m.Applied {
			made = append(made, e)
		} else {
			kept = append(kept, span{e.From, e.To})
		}
	}
	t.kept = append(t.kept, kept...)
	return t.rewrite(made)
}

// rewrite makes edits and moves what was told along. It reports whether s changed.
func (t *text) rewrite(edits []Edit) bool {
	slices.SortStableFunc(t.mends, func(a, b archive.Mend) int { return cmp.Compare(a.At, b.At) })
	slices.SortFunc(t.kept, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	if len(edits) == 0 {
		return false
	}
	t.stood = t.stood.edited(edits, len(t.s))
	var out strings.Builder
	out.Grow(len(t.s))
	done, mends, kept := 0, t.mends, t.kept
	for _, e := range append(slices.Clip(edits), Edit{From: len(t.s), To: len(t.s) + 1}) {
		carry := func(p int) int {
			if p < e.From {
				return p - done + out.Len()
			}
			at := out.Len() + e.From - done
			if p > e.From {
				at += len(e.Text)
			}
			return at
		}
		for ; len(mends) > 0 && mends[0].At < e.To; mends = mends[1:] {
			mends[0].At = carry(mends[0].At)
		}
		for ; len(kept) > 0 && kept[0].from < e.To; kept = kept[1:] {
			kept[0].from, kept[0].to = carry(kept[0].from), carry(kept[0].to)
		}
		out.WriteString(t.s[done:e.From])
		out.WriteString(e.Text)
		done = min(e.To, len(t.s))
	}
	t.s = out.String()
	return true
}

// keeps reports whether some of [from, to) is kept.
func (t *text) keeps(from, to int) bool {
	i, _ := slices.BinarySearchFunc(t.kept, from, func(s span, at int) int { return cmp.Compare(s.to, at+1) })
	return i < len(t.kept) && t.kept[i].from < to
}

// wordAround returns what stands directly around [from, to) without a space
// between, within [low, high).
func wordAround(s string, from, to, low, high int) (head, tail string) {
	start, end := from, to
	for start > low && from-start < contextBytes {
		r, size := utf8.DecodeLastRuneInString(s[low:start])
		if !ofWord(r) {
			break
		}
		start -= size
	}
	for end < high && end-to < contextBytes {
		r, size := utf8.DecodeRuneInString(s[end:high])
		if !ofWord(r) {
			break
		}
		end += size
	}
	return s[start:from], s[to:end]
}

func ofWord(r rune) bool { return !unicode.IsSpace(r) && r != '<' && r != '>' && !controlled(r) }

// told returns the mends, in order, with their places in code points.
func (t *text) told() []archive.Mend {
	at, n := 0, 0
	for i := range t.mends {
		m := &t.mends[i]
		m.At = min(max(m.At, at), len(t.s))
		n += utf8.RuneCountInString(t.s[at:m.At])
		at, m.At = m.At, n
	}
	return t.mends
}
