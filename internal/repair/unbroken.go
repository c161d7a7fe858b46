package repair

import (
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/unbroken"
)

// Evidence that the paragraphs of a chapter were lost: most of it is one.
const (
	longestBlock  = 3000 // bytes; longer, a paragraph is looked at
	unbrokenShare = 60   // of a hundred bytes of the chapter
	fewestParts   = 5
)

// lostParagraphs offers paragraphs where a chapter has none: a help to readers
// that a person accepts or leaves as a whole. Markers of scenes that were run
// into the text are breaks again then.
func lostParagraphs(p *pass, row []prose.Block) []prose.Block {
	if !p.story {
		return row
	}
	all, at := 0, -1
	for i := range row {
		n := textLength(row[i])
		all += n
		if row[i].Kind() == prose.Paragraph && n >= longestBlock && (at < 0 || n > textLength(row[at])) {
			at = i
		}
	}
	if at < 0 || textLength(row[at])*100 < unbrokenShare*all {
		return row
	}
	text := row[at].Text()
	parts := partsOf(text)
	if len(parts) < fewestParts {
		return row
	}
	above, below := text[parts[0].from:parts[0].to], text[parts[1].from:parts[1].to]
	m := archive.Mend{
		Rule: "lost-paragraphs", Before: lastWords(above) + text[parts[0].to:parts[1].from] + firstWords(below),
		After: lastWords(above) + "\n\n" + firstWords(below), Confidence: 0.4,
	}
	if !p.decide(m, lastWords(above)) {
		return row
	}
	var out []prose.Block
	out = append(out, row[:at]...)
	for _, part := range parts {
		if part.scene {
			out = append(out, prose.SceneBreak())
		}
		out = append(out, slice(row[at], part.from, part.to))
	}
	return append(out, row[at+1:]...)
}

// textLength is the length of Text, for blocks of text.
func textLength(b prose.Block) int {
	n := 0
	for _, r := range b.Runs() {
		n += len(r.Text)
	}
	return n
}

// part is a stretch of text that may be a paragraph; scene if a marker stood
// before it.
type part struct {
	from, to int
	scene    bool
}

// partsOf parts text at markers, and what is between as paragraphs mostly are.
func partsOf(text string) []part {
	var parts []part
	add := func(from, to int, scene bool) {
		for from < to && isSpaceByte(text[from]) {
			from++
		}
		for to > from && isSpaceByte(text[to-1]) {
			to--
		}
		if from < to {
			parts = append(parts, part{from, to, scene})
		}
	}
	stretch := func(from, to int, scene bool) {
		last := from
		for _, at := range unbroken.Split(text[from:to]) {
			add(last, from+at, scene)
			last, scene = from+at, false
		}
		add(last, to, scene)
	}
	from, scene := 0, false
	for _, m := range gluedMarkers(text) {
		stretch(from, m.from, scene)
		from, scene = m.to, true
	}
	stretch(from, len(text), scene)
	return parts
}

func isSpaceByte(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// slice is what of b stands between two places of its text.
func slice(b prose.Block, from, to int) prose.Block {
	var runs []prose.Run
	at := 0
	for _, r := range b.Runs() {
		n := len(prose.NewParagraph(r).Text())
		start, end := max(from-at, 0), min(to-at, n)
		switch {
		case !r.IsText():
			if at >= from && at < to {
				runs = append(runs, r)
			}
		case start < end:
			r.Text = r.Text[start:end]
			runs = append(runs, r)
		}
		at += n
	}
	return b.WithRuns(runs...)
}
