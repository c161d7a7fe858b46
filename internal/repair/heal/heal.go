package heal

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// The rules of this package. Each is told with the copy it comes from.
const (
	Italics    = "copy-italics"
	Breaks     = "copy-breaks"
	Spaces     = "copy-spaces"
	Paragraphs = "copy-paragraphs"
)

// sure is the confidence of what another copy says letter by letter.
const sure = 0.95

// Manuscript tells what m has lost and a copy of it has not, and applies what a
// person chose. From is what people call the copy, such as the name of its file.
// It goes over m once; a copy that is another version altogether yields nothing.
func Manuscript(m *archive.Manuscript, chapters []archive.Chapter, from string, choices archive.Choices) {
	other := copiedOf(chapters)
	for i := range m.Chapters {
		c := &m.Chapters[i]
		h := healer{chapter: i + 1, from: from, choices: choices}
		text, mends := h.heal(c.Text, other)
		m.Mends = append(m.Mends, mends...)
		if !text.Equal(c.Text) {
			c.Text, c.Words = text, text.Words()
		}
	}
}

type healer struct {
	chapter int
	from    string
	choices archive.Choices
	mends   []archive.Mend
}

// heal returns d with what was chosen.
func (h *healer) heal(d prose.Doc, other copied) (prose.Doc, []archive.Mend) {
	own := piecesOf(d)
	matches := align(own, other)
	var out []prose.Block
	at := 0
	for k, m := range matches {
		out = append(out, blocks(own[at:m.from])...)
		if k > 0 && h.lostBreak(own, other.pieces, matches[k-1], m) {
			out = append(out, prose.SceneBreak())
		}
		out = append(out, h.better(own[m.from:m.to], other.pieces[m.otherFrom:m.otherTo])...)
		at = m.to
	}
	out = append(out, blocks(own[at:])...)
	if len(h.mends) == 0 {
		return d, nil
	}
	return prose.New(out), h.mends
}

func blocks(pieces []piece) []prose.Block {
	var out []prose.Block
	for _, p := range pieces {
		out = append(out, p.Block)
	}
	return out
}

// decide tells a mend and reports whether it is chosen.
func (h *healer) decide(rule, before, after string) bool {
	m := h.choices.Decide(archive.Mend{Rule: rule, Chapter: h.chapter, Before: before, After: after, Confidence: sure, From: h.from})
	h.mends = append(h.mends, m)
	return m.Applied
}

// lostBreak reports whether the copy breaks the scene between two matches that
// follow each other in both, where the own text does not, and a person wants it.
func (h *healer) lostBreak(own, other []piece, above, below match) bool {
	between, there := own[above.to:below.from], other[above.otherTo:below.otherFrom]
	empty := func(p piece) bool { return p.Kind() == prose.Empty }
	if slices.ContainsFunc(between, func(p piece) bool { return !empty(p) }) ||
		slices.ContainsFunc(there, func(p piece) bool { return !empty(p) && p.Kind() != prose.Break }) ||
		!slices.ContainsFunc(there, func(p piece) bool { return p.Kind() == prose.Break }) {
		return false
	}
	end, start := tail(own[above.to-1].Text()), headOf(own[below.from].Text())
	return h.decide(Breaks, end+"\n\n"+start, end+"\n\n<hr>\n\n"+start)
}

// better returns the own pieces, or those of the copy that a person chose for
// them. Both have the same letters.
func (h *healer) better(own, other []piece) []prose.Block {
	own, other = solid(own), solid(other)
	if len(own) != len(other) {
		if h.decide(Paragraphs, excerpts(own), excerpts(other)) {
			return blocks(other)
		}
		return blocks(own)
	}
	var out []prose.Block
	for i := range own {
		out = append(out, h.paragraph(own[i].Block, other[i].Block))
	}
	return out
}

// solid leaves out empty paragraphs within a group that was regrouped.
func solid(pieces []piece) []piece {
	if len(pieces) < 2 {
		return pieces
	}
	return slices.DeleteFunc(slices.Clone(pieces), func(p piece) bool { return p.Kind() == prose.Empty })
}

// paragraph weighs one paragraph of each copy: the copy's is worth a question if
// it has marks where the own has none at all, or spaces that the own lost.
func (h *healer) paragraph(own, other prose.Block) prose.Block {
	if own.Kind() != other.Kind() || len(own.Blocks()) > 0 || own.HasImage() || other.HasImage() || own.HTML() == other.HTML() {
		return own
	}
	text, there := own.Text(), other.Text()
	switch {
	case marks(own) == 0 && marks(other) > 0 && marks(other) < len(there):
		return h.choose(Italics, own, other)
	case marks(own) == marks(other) && lostSpaces(text, there):
		return h.choose(Spaces, own, other)
	}
	return own
}

func (h *healer) choose(rule string, own, other prose.Block) prose.Block {
	before, after := difference(flat(own), flat(other))
	if h.decide(rule, before, after) {
		return other
	}
	return own
}

// marks counts the bytes of b under emphasis.
func marks(b prose.Block) (n int) {
	for _, r := range b.Runs() {
		if r.IsText() && (r.Has("em") || r.Has("strong") || r.Has("u") || r.Has("s")) {
			n += len(r.Text)
		}
	}
	return n
}

// lostSpaces reports whether b is a with more spaces between letters, and not
// fewer anywhere: which spaces one of them lost, not how it is typeset.
func lostSpaces(a, b string) bool {
	more := false
	apart := func(s string) (gap bool, r rune, rest string) {
		for i, c := range s {
			if unicode.IsLetter(c) || unicode.IsDigit(c) {
				return gap, c, s[i+utf8.RuneLen(c):]
			}
			gap = gap || unicode.IsSpace(c)
		}
		return gap, 0, ""
	}
	for a != "" && b != "" {
		gapA, ra, restA := apart(a)
		gapB, rb, restB := apart(b)
		if ra == 0 || rb == 0 {
			break
		}
		if gapA && !gapB {
			return false
		}
		more = more || gapB && !gapA
		a, b = restA, restB
	}
	return more
}

// flat is the text of a paragraph with its marks, for people.
func flat(b prose.Block) string {
	var out strings.Builder
	for _, r := range b.Runs() {
		switch {
		case r.Break:
			out.WriteByte('\n')
		case r.IsText():
			for _, tag := range [...]string{"em", "strong", "u", "s"} {
				if r.Has(tag) {
					out.WriteString("<" + tag + ">")
				}
			}
			out.WriteString(r.Text)
			for _, tag := range [...]string{"s", "u", "strong", "em"} {
				if r.Has(tag) {
					out.WriteString("</" + tag + ">")
				}
			}
		}
	}
	return out.String()
}

// around is how much of what is the same is shown on each side, in bytes.
const around = 40

// difference returns what differs between two texts with some words around.
func difference(a, b string) (before, after string) {
	front := 0
	for front < len(a) && front < len(b) && a[front] == b[front] {
		front++
	}
	back := 0
	for back < len(a)-front && back < len(b)-front && a[len(a)-1-back] == b[len(b)-1-back] {
		back++
	}
	from, keep := max(0, front-around), max(0, back-around)
	cut := func(s string) string { return trimTorn(s[from:len(s)-keep], from > 0, keep > 0) }
	return cut(a), cut(b)
}

// trimTorn takes off the words that were cut in two at the ends.
func trimTorn(s string, front, back bool) string {
	if i := strings.IndexByte(s, ' '); front && i >= 0 && i < around {
		s = s[i+1:]
	}
	if i := strings.LastIndexByte(s, ' '); back && i > len(s)-around {
		s = s[:i]
	}
	return strings.ToValidUTF8(s, "")
}

// excerpts shows the ends of paragraphs, which is where they differ.
func excerpts(pieces []piece) string {
	var parts []string
	for _, p := range pieces {
		text := p.Text()
		if len(text) > 3*around {
			text = headOf(text) + " … " + tail(text)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "\n\n")
}

func headOf(s string) string { return trimTorn(s[:min(len(s), around)], false, len(s) > around) }

func tail(s string) string { return trimTorn(s[max(0, len(s)-around):], len(s) > around, false) }
