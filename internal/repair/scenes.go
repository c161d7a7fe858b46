package repair

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/fiction"
	"ficstead/internal/base/prose"
)

// sceneBreaks makes a scene break of each paragraph, or line of a paragraph,
// that is a marker.
func sceneBreaks(p *pass, row []prose.Block) []prose.Block {
	if !p.story {
		return row
	}
	i := -1
	return replaced(row, func(b prose.Block) ([]prose.Block, bool) {
		i++
		if !mayMark(b) || !p.anyMarker(b.Text()) {
			return nil, false
		}
		return p.cutMarkers(b, row[i+1:min(len(row), i+1+nearby)])
	})
}

// mayMark reports whether b is of a kind that authors draw breaks with, and not
// seen at a glance to be a sentence.
func mayMark(b prose.Block) bool {
	if b.Kind() != prose.Paragraph && b.Kind() != prose.Heading || isSentence(b.Runs()) {
		return false
	}
	for _, r := range b.Runs() {
		if r.Has("a") || r.Anchor != "" || r.Image != nil {
			return false // a link may be a note's
		}
	}
	return true
}

// isSentence reports whether runs are one line that fiction.Marker would say no marker
// of, by what costs little: signs of sentences, or length that is not space at
// the ends.
func isSentence(runs []prose.Run) bool {
	n := 0
	for i := range runs {
		if !runs[i].IsText() {
			return false
		}
		n += len(runs[i].Text)
	}
	word := slices.ContainsFunc(runs, func(r prose.Run) bool { return strings.ContainsFunc(r.Text, ofWords) })
	if n > fiction.MaxWords && !edgeIsSpace(runs[0].Text, utf8.DecodeRuneInString) && !edgeIsSpace(runs[len(runs)-1].Text, utf8.DecodeLastRuneInString) {
		words := word && slices.ContainsFunc(runs, func(r prose.Run) bool { return strings.IndexByte(r.Text, ' ') >= 0 })
		if words || n > fiction.MaxMarker {
			return true
		}
	}
	dotted := !slices.ContainsFunc(runs, func(r prose.Run) bool { return !fiction.IsDotted(r.Text) })
	return word && !dotted && slices.ContainsFunc(runs, func(r prose.Run) bool { return fiction.OfSentences(r.Text) })
}

func edgeIsSpace(s string, edge func(string) (rune, int)) bool {
	r, _ := edge(s)
	return s == "" || unicode.IsSpace(r)
}

// cutMarkers returns what is left of b with a break for each line that is a
// marker, if any is to be one. Below is what follows b.
func (p *pass) cutMarkers(b prose.Block, below []prose.Block) ([]prose.Block, bool) {
	var out, kept []prose.Block
	flush := func() {
		if len(kept) > 0 {
			out = append(out, prose.Join("\n", kept...))
		}
		kept = nil
	}
	lines, any := b.Lines(), false
	for i, l := range lines {
		is := p.markers.Judge(l.Text())
		drawn := is != fiction.NoMarker && (i > 0 && isFigure(lines[i-1].Text()) || i+1 < len(lines) && isFigure(lines[i+1].Text()))
		if is != fiction.NoMarker && !drawn && p.decideMarker(l.Text(), is, cmp.Or(firstText(lines[i+1:]), firstText(below))) {
			flush()
			out, any = append(out, prose.SceneBreak()), true
			continue
		}
		kept = append(kept, l)
	}
	flush()
	return out, any
}

func (p *pass) anyMarker(text string) bool {
	for line := range strings.Lines(text) {
		if p.markers.Judge(line) != fiction.NoMarker {
			return true
		}
	}
	return false
}

// decideMarker asks about a marker, whose name are the words below it.
func (p *pass) decideMarker(text string, is fiction.Marking, below string) bool {
	text = strings.TrimSpace(text)
	m := archive.Mend{Rule: "scene-break", Before: text + "\n" + below, After: "<hr>\n" + below, Confidence: 0.98, Applied: true}
	if is == fiction.MaybeOne {
		m.Applied, m.Confidence = false, 0.5
	}
	return p.decide(m, "\n"+text+"\n")
}

// addMarkers notes the markers in the lines of b.
func (e *evidence) addMarkers(b prose.Block) {
	if !mayMark(b) {
		e.markers.Skip()
		return
	}
	for line := range strings.Lines(b.Text()) {
		e.markers.Add(line)
	}
}

func ofWords(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
