package decode

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// holes are places where misread UTF-8 lost a byte: five bytes mean nothing in
// Windows-1252, and the hard space is often made a plain one. They are filled
// only in documents that are proven misread.
type holes struct {
	cut   int // closing quotes whose last byte is gone altogether
	asked int // those where it became a question mark
}

const quoteHead = "â€" // the first two bytes of “ ” ‘ ’ – — …

// add counts how the document's closing quotes lost their last byte.
func (h *holes) add(s string) {
	for at := 0; ; {
		i := strings.Index(s[at:], quoteHead)
		if i < 0 {
			return
		}
		at += i + len(quoteHead)
		switch r, _ := utf8.DecodeRuneInString(s[at:]); {
		case r == '?':
			h.asked++
		case at == len(s) || unicode.IsSpace(r) || r == '.' || r == ',':
			h.cut++
		}
	}
}

// edits fills the holes of s.
func (h *holes) edits(s string) []Edit {
	var edits []Edit
	for part := range beyond(s) {
		for i := part.from; i < part.to; {
			r, size := utf8.DecodeRuneInString(s[i:])
			if is, n := h.fill(s, i, r); n > 0 {
				edits = append(edits, Edit{From: i, To: i + n, Text: is, Rule: "mojibake", Confidence: 0.9})
				size = n
			}
			i += size
		}
	}
	return edits
}

// fill returns what a hole that begins at i with r was, and its length; 0 if
// there is none.
func (h *holes) fill(s string, i int, r rune) (is string, n int) {
	if strings.HasPrefix(s[i:], quoteHead) {
		n, lost := len(quoteHead), lostAt(s, i+len(quoteHead))
		if lost > 0 && !(s[i+n] == '?' && h.cut > h.asked) {
			return "”", n + lost
		}
		if next, _ := utf8.DecodeRuneInString(s[i+n:]); next < utf8.RuneSelf || i+n == len(s) {
			return "”", n
		}
		return "", 0
	}
	first := letterBefore(s, i)
	end := i + utf8.RuneLen(r)
	lost := lostAt(s, end)
	switch {
	case r == 'Â' && strings.HasPrefix(s[end:], " ") && !first.isUpper:
		return "", len("Â")
	case r == 'Ã' && strings.HasPrefix(s[end:], " ") && !first.isUpper:
		return "à", len("Ã") + count(strings.HasPrefix(s[end:], "  ")) // one of two was its second byte
	case lost == 0:
		return "", 0
	}
	second := letterAt(s, end+lost)
	lower := first.isLower || !first.isLetter && !second.isLetter
	switch {
	case r == 'Ã' && lower:
		is = "à"
	case r == 'Ã':
		is = "Á"
	case r == 'Å' && lower:
		is = "ō"
	case r == 'Å':
		is = "Ł"
	case r == 'Ä' && second.isVowel:
		is = "č"
	case r == 'Ä':
		is = "ā"
	default:
		return "", 0
	}
	return is, utf8.RuneLen(r) + lost
}

// lostAt is the length of what stands at i for a lost byte; 0 if nothing does.
func lostAt(s string, i int) int {
	for _, sign := range [...]string{"?", "\uFFFD"} {
		if strings.HasPrefix(s[i:], sign) {
			return len(sign)
		}
	}
	return 0
}

// letter is what matters of one that stands beside a hole.
type letter struct{ isLetter, isLower, isUpper, isVowel bool }

func letterBefore(s string, i int) letter {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return of(r)
}

func letterAt(s string, i int) letter {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return of(r)
}

func of(r rune) letter {
	return letter{unicode.IsLetter(r), unicode.IsLower(r), unicode.IsUpper(r), strings.ContainsRune("aeiouyAEIOUY", r) && r != utf8.RuneError}
}
