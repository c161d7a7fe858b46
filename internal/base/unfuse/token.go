package unfuse

import (
	"unicode"
	"unicode/utf8"
)

// token is a run of letters, with apostrophes within.
type token struct {
	from, to int  // in the text, in bytes
	upper    int  // capitals in it
	odd      bool // it is part of an address, a number, code
	glue     byte // the stop that joins it to the token before it without a space, alone or with a quote; or 0
}

// scan calls f with each token of a text.
func scan(text string, f func(token)) {
	for at := 0; at < len(text); {
		from, to := chunk(text, at)
		if from == to {
			return
		}
		inChunk(text, from, to, f)
		at = to
	}
}

// chunk returns the next run of characters without a space.
func chunk(text string, at int) (from, to int) {
	for at < len(text) && isSpaceByte(text[at]) {
		at++
	}
	from = at
	for at < len(text) && !isSpaceByte(text[at]) {
		at++
	}
	return from, at
}

func isSpaceByte(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }

// oddSigns make a run of characters something else than words.
var oddSigns = [256]bool{
	'@': true, '/': true, '\\': true, '_': true, '<': true, '>': true, '#': true, '&': true, '=': true, '~': true, '*': true, '|': true, '^': true, '%': true, '$': true, '+': true, '{': true, '}': true,
	'0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true, '8': true, '9': true,
}

func inChunk(text string, from, to int, f func(token)) {
	odd := false
	for i := from; i < to; i++ {
		odd = odd || oddSigns[text[i]]
	}
	last := from // where the token before ended
	for i := from; i < to; {
		if c := text[i]; c < utf8.RuneSelf && !isLetterByte(c) {
			i++
			continue
		}
		t := token{from: i, odd: odd}
		if t.to = word(text, i, to, &t); t.to == i {
			_, n := utf8.DecodeRuneInString(text[i:to])
			i += n
			continue
		}
		if last > from && isGlue(text[last:i]) {
			t.glue = text[last]
		}
		f(t)
		i, last = t.to, t.to
	}
}

func isLetterByte(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// word returns the end of the run of letters at i, and counts its capitals.
func word(text string, i, end int, t *token) int {
	to := i
	for i < end {
		c := text[i]
		if isLetterByte(c) {
			if c < 'a' {
				t.upper++
			}
			i++
			to = i
			continue
		}
		if c < utf8.RuneSelf && c != '\'' {
			break
		}
		r, n := utf8.DecodeRuneInString(text[i:end])
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
			if unicode.IsUpper(r) {
				t.upper++
			}
			i += n
			to = i
		case (r == '\'' || r == '’') && to == i && i > t.from: // it belongs to the word if a letter follows
			i += n
		case unicode.Is(unicode.Cf, r): // a soft hyphen, a joiner: not to be read through
			t.odd = true
			i += n
			to = i
		default:
			return to
		}
	}
	return to
}

// folded is a token in small letters, with where each of its bytes came from.
type folded struct {
	text          []byte
	upper, accent []bool
	at            []int // offsets from the token's start; one more than there are bytes
	ok            bool  // all its letters are of the English alphabet, accents apart
}

func (f *folded) fold(s string) {
	f.text, f.upper, f.accent, f.at, f.ok = f.text[:0], f.upper[:0], f.accent[:0], f.at[:0], true
	for i, r := range s {
		up, accent := false, false
		switch {
		case r < utf8.RuneSelf:
			if r >= 'A' && r <= 'Z' {
				r, up = r|0x20, true
			}
		case r == '’':
			r = '\''
		default:
			p, ok := plain[unicode.ToLower(r)]
			if !ok {
				f.ok = false
				return
			}
			up = unicode.IsUpper(r)
			r, accent = rune(p), true
		}
		f.text, f.upper, f.accent, f.at = append(f.text, byte(r)), append(f.upper, up), append(f.accent, accent), append(f.at, i)
	}
	f.at = append(f.at, len(s))
}

// plain are letters with accents that stand in English text.
var plain = map[rune]byte{
	'é': 'e', 'è': 'e', 'ê': 'e', 'ë': 'e', 'ç': 'c', 'ñ': 'n', 'ö': 'o', 'ó': 'o', 'ô': 'o', 'ò': 'o', 'ü': 'u', 'ú': 'u', 'û': 'u', 'ù': 'u',
	'ï': 'i', 'í': 'i', 'î': 'i', 'ì': 'i', 'â': 'a', 'à': 'a', 'á': 'a', 'ä': 'a', 'å': 'a', 'ã': 'a', 'ý': 'y', 'ÿ': 'y',
}

// isGlue reports whether what stands between two tokens is a stop, or a stop
// and a quote.
func isGlue(between string) bool {
	switch between[0] {
	case ',', ';', '.', ':', '?', '!':
		switch between[1:] {
		case "", `"`, "“", "”", "‘":
			return true
		}
	}
	return false
}
