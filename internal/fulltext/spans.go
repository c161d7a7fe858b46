package fulltext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/base/text"
)

// Word is a word of a text and where it stands in it.
type Word struct {
	Text string
	Span
}

// Spans returns the words of s, which are those that Words gives, with their
// places. It takes every character by itself, which is slow, and may come to other
// words where characters of an odd text change each other.
func Spans(s string) []Word {
	var found []Word
	var r spanner
	r.emit = func(word []byte) {
		at := r.bytes
		if r.inRun {
			at = r.runes
		}
		found = append(found, Word{string(word), Span{at[r.from].From, at[r.to-1].To}})
	}
	for from := 0; from < len(s); {
		here := Span{from, from + character(s[from:])}
		for _, folded := range text.Fold(s[here.From:here.To]) {
			r.read(folded, here)
		}
		from = here.To
	}
	r.end()
	return found
}

// character is the length of the first character of s with the marks on it.
func character(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !unicode.Is(unicode.M, r) || single(r) {
			break
		}
		n += size
	}
	return n
}

// spanner is Words that knows where each byte and character came from.
type spanner struct {
	Words
	bytes, runes []Span
}

func (r *spanner) read(c rune, here Span) {
	if len(r.runs) == 0 {
		r.runes = r.runes[:0]
	}
	r.bytes = r.bytes[:len(r.word)]
	if single(c) {
		r.endWord()
		r.runes = append(r.runes, here)
	}
	r.rune(c)
	for len(r.bytes) < len(r.word) {
		r.bytes = append(r.bytes, here)
	}
	r.bytes = r.bytes[:len(r.word)]
}

// Readable is s without characters that turn the direction of what follows them:
// a part of a text must not turn what stands behind it.
func Readable(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return -1
		}
		return r
	}, s)
}

// combines reports whether r belongs to the character before it.
func combines(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc) || r == '\u200d' || unicode.Is(unicode.Variation_Selector, r)
}
