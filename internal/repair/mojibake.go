package repair

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"ficstead/internal/archive"
)

// mojibakeRounds is how often text is assumed to have been misread. Three has
// been seen, four has not.
const mojibakeRounds = 3

// mojibake undoes UTF-8 that was read as Windows-1252 or Latin-1, however often.
//
// Characters beyond ASCII whose bytes in Windows-1252 are valid UTF-8 were
// UTF-8: the signs that stand for continuation bytes do not follow accented
// capitals in real text. Some do, in “FIANCÉ” and before the space of a French
// exclamation; such pairs count only in a document that is proven misread.
func mojibake(s string) (string, []archive.Mend) {
	const lead = 0xc3 // of the bytes of all that leadByte says yes to
	if strings.IndexByte(s, lead) < 0 || !strings.ContainsFunc(s, leadByte) {
		return s, nil
	}
	certain := anyRun(s, func(run string) bool { return undo(run, false) != run })
	if !certain {
		return s, nil
	}
	var out strings.Builder
	var mends []archive.Mend
	at := 0
	for part, beyond := range parts(s) {
		is := part
		if beyond {
			is = undo(part, true)
		}
		if is != part {
			mends = append(mends, archive.Mend{Rule: "mojibake", At: at, Before: part, After: is, Confidence: 0.99, Applied: true})
		}
		out.WriteString(is)
		at += utf8.RuneCountInString(is)
	}
	return out.String(), mends
}

// leadByte reports whether r can be the misread first byte of a character.
func leadByte(r rune) bool { return r >= 0xc2 && r <= 0xf4 }

// parts yields s in pieces, of ASCII and of what is beyond it.
func parts(s string) func(yield func(part string, beyond bool) bool) {
	return func(yield func(string, bool) bool) {
		for len(s) > 0 {
			beyond := s[0] >= utf8.RuneSelf
			n := strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf != beyond })
			if n < 0 {
				n = len(s)
			}
			if !yield(s[:n], beyond) {
				return
			}
			s = s[n:]
		}
	}
}

func anyRun(s string, f func(run string) bool) bool {
	for part, beyond := range parts(s) {
		if beyond && f(part) {
			return true
		}
	}
	return false
}

// undo mends the parts of run that are misread, and leaves the others: an em
// dash that was typed beside one that was misread. Unless all is true, it
// leaves what could be real text.
func undo(run string, all bool) string {
	for range mojibakeRounds {
		var out strings.Builder
		before := false // the character before was misread
		for rest := run; len(rest) > 0; {
			r, size := misread(rest)
			if size > 0 && !all && !before && isWeak(rest[:size]) {
				if _, next := misread(rest[size:]); next == 0 {
					size = 0
				}
			}
			before = size > 0
			if size == 0 {
				r, size = utf8.DecodeRuneInString(rest)
			}
			out.WriteRune(r)
			rest = rest[size:]
		}
		if out.String() == run {
			return run
		}
		run = out.String()
	}
	return run
}

// isWeak reports whether a misread character of two could be real text: an
// accented capital before a sign that ends words.
func isWeak(s string) bool {
	lead, size := utf8.DecodeRuneInString(s)
	sign, second := utf8.DecodeRuneInString(s[size:])
	if size+second < len(s) || sign >= 0x80 && sign <= 0x9f {
		return false
	}
	return lead != 'Ã' && lead != 'Â' || strings.ContainsRune("”’“‘\u00a0»™…®©›–—", sign)
}

// misread returns the character that the first few of s are the bytes of, and
// how much of s they take; size 0 if they are none.
func misread(s string) (r rune, size int) {
	var bytes [utf8.UTFMax]byte
	n := 0
	for i, c := range s {
		b, ok := byteOf(c)
		if !ok || n == 0 && !leadByte(rune(b)) {
			return 0, 0
		}
		bytes[n] = b
		n++
		if n > 1 && utf8.FullRune(bytes[:n]) {
			r, width := utf8.DecodeRune(bytes[:n])
			if width < n {
				return 0, 0
			}
			return r, i + utf8.RuneLen(c)
		}
		if n == len(bytes) {
			break
		}
	}
	return 0, 0
}

// byteOf is the byte that was read as c: Windows-1252, with the five bytes it
// leaves undefined and all of Latin-1 as themselves.
func byteOf(c rune) (byte, bool) {
	if c >= 0x80 && c <= 0xff {
		return byte(c), true
	}
	return charmap.Windows1252.EncodeRune(c)
}
