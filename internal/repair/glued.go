package repair

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/fiction"
	"ficstead/internal/base/prose"
)

// glued makes scene breaks of markers that lost the line they stood on: "*** The
// next day he came." One alone may be a footnote's sign, so the work must have
// another, or breaks of its own.
func glued(p *pass, row []prose.Block) []prose.Block {
	if !p.story {
		return row
	}
	n := 0
	for _, b := range row {
		if mayGlue(b) {
			n += len(gluedMarkers(b.Text()))
		}
	}
	if n == 0 || n == 1 && !p.parted {
		return row
	}
	return replaced(row, func(b prose.Block) ([]prose.Block, bool) {
		if !mayGlue(b) {
			return nil, false
		}
		return p.unglue(b)
	})
}

// mayGlue is cheap, and says no to nearly every block.
func mayGlue(b prose.Block) bool {
	if b.Kind() != prose.Paragraph {
		return false
	}
	for _, r := range b.Runs() {
		for _, sign := range [...]string{"***", "* * *", "~*~", "~~~", "###", "# # #", "===", "⁂", "•••", "• • •", "~ ~ ~", "*~*"} {
			if strings.Contains(r.Text, sign) {
				return true
			}
		}
	}
	return false
}

// unglue parts b at its markers.
func (p *pass) unglue(b prose.Block) ([]prose.Block, bool) {
	text := b.Text()
	var out []prose.Block
	from, any := 0, false
	for _, m := range gluedMarkers(text) {
		marker, below := strings.TrimSpace(text[m.from:m.to]), firstWords(text[m.to:])
		above := lastWords(text[from:m.from])
		mend := archive.Mend{
			Rule: "scene-break", Before: text[m.from:m.to] + below, After: "<hr>\n" + below, Confidence: 0.9, Applied: true,
		}
		if below == "" {
			mend.Before, mend.After = above+text[len(strings.TrimRight(text[:m.from], " ")):m.to], above+"\n<hr>"
		}
		if !p.decide(mend, marker) {
			continue
		}
		any = true
		if part := slice(b, from, len(strings.TrimRight(text[:m.from], " "))); m.from > from {
			out = append(out, part)
		}
		out = append(out, prose.SceneBreak())
		from = m.to
	}
	if any && from < len(text) {
		out = append(out, slice(b, from, len(text)))
	}
	return out, any
}

// gluedMarkers finds the markers that stand between two sentences of a text,
// apart from both by spaces: signs only, and no dash.
func gluedMarkers(text string) []part {
	var found []part
	for at := 0; at < len(text); {
		i := strings.IndexAny(text[at:], "*~#=_⁂•")
		if i < 0 {
			break
		}
		i += at
		end := i
		for end < len(text) && !unicode.IsLetter(rune(text[end])) && strings.ContainsRune("*~#=_ -.ox⁂•", rune(firstRune(text[end:]))) {
			_, n := utf8.DecodeRuneInString(text[end:])
			end += n
		}
		if end == i {
			_, end0 := utf8.DecodeRuneInString(text[i:])
			at = i + end0
			continue
		}
		marker := strings.TrimRight(text[i:end], " ")
		const least = 3 // signs
		tight := fiction.MarkerKey(marker)
		first := firstRune(strings.TrimLeft(text[end:], `"“'‘_`))
		apart := (i == 0 || text[i-1] == ' ') && (end == len(text) || text[end-1] == ' ') && end-i < fiction.MaxWords && end-i < len(text)
		if end == len(text) {
			first = 'A' // nothing has to follow
		}
		if apart && utf8.RuneCountInString(tight) >= least && fiction.Marker(marker) == fiction.SurelyOne && (i == 0 || endsSentence(strings.TrimRight(text[:i], " "))) && unicode.IsUpper(first) {
			found = append(found, part{from: i, to: end})
		}
		at = end
	}
	if n := len(found); n > 0 && (!endsSentence(strings.TrimSpace(text[:found[n-1].from]+text[found[n-1].to:])) || signsBeside(text, found)) {
		return nil // a title, or signs that mean something else
	}
	return found
}

// signsBeside reports whether the signs of markers stand elsewhere in text too.
func signsBeside(text string, found []part) bool {
	sign := firstRune(text[found[0].from:])
	last := 0
	for _, m := range append(found, part{from: len(text)}) {
		if strings.ContainsRune(text[last:m.from], sign) {
			return true
		}
		last = m.to
	}
	return false
}
