package fulltext

import (
	"unicode"
	"unicode/utf8"

	"ficstead/internal/base/text"
)

// Words makes words of text, and keeps its buffers between texts.
//
// A word is a run of letters and digits, folded by text.Fold. Hyphens part
// words, apostrophes do not: don’t is dont. But the English genitive is a word
// of its own (harry’s is harry s), and so are the elided articles of Romance
// languages (l’amour is l amour), so that the noun is found.
//
// Scripts without spaces (Han, kana, Thai, Lao, Khmer, Burmese) and Hangul,
// whose words grow particles, are indexed by pairs: of four characters in a row
// the words are the first with the second, the second with the third, the third
// with the fourth, and the fourth alone. Whatever begins with a character is
// therefore every place of that character.
type Words struct {
	word []byte // the word being read
	runs []rune // the characters being read that are no words
	emit func(word []byte)

	from, to int // what of word or runs was given last
	inRun    bool
}

// longest is how many bytes of a word count. What is longer is no word.
const longest = 80

// Each calls f with every word of s, in order. f must not keep what it is given.
func (w *Words) Each(s []byte, f func(word []byte)) {
	w.emit = f
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case plain[c] != 0:
			w.word = append(w.word, plain[c])
			i++
		case c == '\'' || c == '`':
			w.apostrophe()
			i++
		case c < utf8.RuneSelf:
			w.end()
			i++
		default:
			i += w.beyond(s[i:])
		}
	}
	w.end()
}

// plain is what letters and digits of ASCII are folded to.
var plain = func() (table [256]byte) {
	for c := byte('0'); c <= '9'; c++ {
		table[c] = c
	}
	for c := byte('a'); c <= 'z'; c++ {
		table[c], table[c-'a'+'A'] = c, c
	}
	return table
}()

// apostrophe notes one within a word.
func (w *Words) apostrophe() {
	if len(w.runs) > 0 {
		w.endRun()
	}
	if len(w.word) > 0 && w.word[len(w.word)-1] != '\'' {
		w.word = append(w.word, '\'')
	}
}

// beyond reads what is not ASCII, and returns how many bytes that was.
func (w *Words) beyond(s []byte) int {
	if s[0] == 0xe2 && len(s) > 2 && s[1] == 0x80 { // what most texts have: quotes, dashes, dots
		switch s[2] {
		case 0x98, 0x99: // ‘ ’
			w.apostrophe()
			return 3
		case 0x93, 0x94, 0x9c, 0x9d, 0xa6: // – — “ ” …
			w.end()
			return 3
		}
	}
	n := 0
	for n < len(s) && (s[n] >= utf8.RuneSelf || plain[s[n]] != 0) {
		n++ // as one, because a mark may belong to the letter before it
	}
	before := len(w.word)
	for before > 0 && w.word[before-1] != '\'' {
		before--
	}
	folded := text.Fold(string(w.word[before:]) + string(s[:n]))
	w.word = w.word[:before]
	for _, r := range folded {
		w.rune(r)
	}
	return n
}

// rune reads a folded character.
func (w *Words) rune(r rune) {
	switch {
	case r < utf8.RuneSelf && plain[r] != 0:
		w.letter(rune(plain[r]))
	case r == '\'':
		w.apostrophe()
	case r < utf8.RuneSelf:
		w.end()
	case single(r):
		w.endWord()
		w.runs = append(w.runs, r)
	case unicode.IsLetter(r) || unicode.IsNumber(r):
		w.letter(r)
	case unicode.IsMark(r):
		if len(w.word) > 0 {
			w.letter(r)
		}
	case invisible(r):
	default:
		w.end()
	}
}

func (w *Words) letter(r rune) {
	w.endRun()
	w.word = utf8.AppendRune(w.word, r)
}

// single reports whether r is indexed by pairs.
func single(r rune) bool {
	switch {
	case r < 0x0e00:
		return false
	case r == 'ー' || r == '々' || r == '〆':
		return true
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) &&
		unicode.In(r, unicode.L, unicode.M, unicode.N)
}

func invisible(r rune) bool { return unicode.Is(unicode.Cf, r) }

// end ends what is being read.
func (w *Words) end() {
	if len(w.word) > 0 {
		w.endWord()
	}
	if len(w.runs) > 0 {
		w.endRun()
	}
}

func (w *Words) endWord() {
	word := w.word
	w.word = w.word[:0]
	if len(word) == 0 {
		return
	}
	if word[len(word)-1] == '\'' {
		if word = word[:len(word)-1]; len(word) == 0 {
			return
		}
	}
	for at, c := range word {
		if c == '\'' {
			w.parts(word, at)
			return
		}
	}
	w.give(word, 0)
}

// parts gives the words of one with an apostrophe at a place and maybe others.
func (w *Words) parts(word []byte, at int) {
	start := 0
	if elided(word[:at]) && at+1 < len(word) {
		w.give(word[:at], 0)
		word, start = word[at+1:], at+1
	}
	end := start + len(word)
	genitive := len(word) > 2 && word[len(word)-1] == 's' && word[len(word)-2] == '\''
	if genitive {
		word = word[:len(word)-2]
	}
	whole, n := len(word), 0
	for _, c := range word {
		if c != '\'' {
			word[n] = c
			n++
		}
	}
	w.given(word[:n], start, start+whole)
	if genitive {
		w.given([]byte{'s'}, end-1, end)
	}
}

func elided(article []byte) bool {
	switch string(article) {
	case "l", "d", "j", "n", "s", "c", "m", "t", "qu":
		return true
	}
	return false
}

// give gives a word that begins at some byte of what was read.
func (w *Words) give(word []byte, from int) { w.given(word, from, from+len(word)) }

func (w *Words) given(word []byte, from, to int) {
	if len(word) > longest {
		n := longest
		for n > 0 && !utf8.RuneStart(word[n]) {
			n--
		}
		word = word[:n]
	}
	if len(word) > 0 {
		w.from, w.to, w.inRun = from, to, false
		w.emit(word)
	}
}

// endRun gives the pairs of the characters that were read, and the last alone.
func (w *Words) endRun() {
	var room [2 * utf8.UTFMax]byte
	for i, r := range w.runs {
		pair := utf8.AppendRune(room[:0], r)
		if i+1 < len(w.runs) {
			pair = utf8.AppendRune(pair, w.runs[i+1])
		}
		w.from, w.to, w.inRun = i, min(i+2, len(w.runs)), true
		w.emit(pair)
	}
	w.runs = w.runs[:0]
}
