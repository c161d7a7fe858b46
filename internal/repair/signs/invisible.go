package signs

import (
	"strings"
	"unicode/utf8"
)

// The signs that show nothing, and part words for those who search them.
const (
	zeroWidth  = "\u200b"
	softHyphen = "\u00ad"
)

// invisible takes out signs that show nothing, all of a paragraph together.
// Writing that has no spaces between words needs them, and joiners stay: they
// shape letters.
func (l *line) invisible() {
	if !strings.Contains(l.text, zeroWidth) && !strings.Contains(l.text, softHyphen) {
		return
	}
	var cuts []Cut
	kept := 0
	for i, r := range l.text {
		if r != '\u200b' && r != '\u00ad' {
			kept++
			continue
		}
		end := i + utf8.RuneLen(r)
		before, _ := utf8.DecodeLastRuneInString(l.text[:i])
		after, _ := utf8.DecodeRuneInString(l.text[end:])
		if spaced(before) && spaced(after) {
			cuts = append(cuts, Cut{From: i, To: end})
		}
	}
	if len(cuts) > 0 && kept > 0 {
		l.add(Change{Rule: RuleInvisible, Cuts: cuts, Confidence: 0.99})
	}
}

// spaced reports whether r is of a writing that has spaces between words, or of none.
func spaced(r rune) bool {
	return r < 0x0590 || r >= 0x2000 && r < 0x2070 || r == utf8.RuneError
}
