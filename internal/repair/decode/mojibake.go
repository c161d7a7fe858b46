package decode

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// mojibakeRounds is how often text is assumed to have been misread. Three has
// been seen, four has not.
const mojibakeRounds = 3

var (
	windows1252 = charmap.Windows1252
	macRoman    = charmap.Macintosh
)

// page is a single-byte encoding that UTF-8 may have been read as.
//
// Characters whose bytes in it are valid UTF-8 were UTF-8: the signs that stand
// for continuation bytes do not follow those of leading bytes in real text. Some
// do, in “FIANCÉ” and before the space of a French exclamation; such count only
// in a document that is proven misread.
type page struct {
	*charmap.Charmap
	leads string // the signs that sequences are known by; "" for all
	first string // the UTF-8 bytes that leads begin with, to look for
}

// pages are tried in this order. All but the first are known by a few signs.
var pages = [...]page{
	{Charmap: charmap.Windows1252},
	{charmap.Macintosh, "√¬ƒ≈‚Ô", "\xe2\xc2\xc6\xc3"},
	{charmap.Windows1250, "ĂÄĹÂâ", "\xc4\xc3"},
	{charmap.CodePage437, "Γ├┬─┼", "\xce\xe2"},
	{charmap.CodePage850, "Ô├┬─┼", "\xc3\xe2"},
	{charmap.Windows1251, "ГВвЕДРС", "\xd0"},
}

// provenIn reports whether s holds what can be nothing but misread UTF-8.
func (p *page) provenIn(s string) bool {
	if !p.mayBeIn(s) {
		return false
	}
	for part := range beyond(s) {
		if p.leads == "" {
			proven := p.isWithin(s, part)
			p.segments(s[part.from:part.to], false, func(from, to int) { proven = true })
			if proven {
				return true
			}
			continue
		}
		for i := part.from; i < part.to; {
			r, size := p.misread(s[i:part.to])
			if size == 0 {
				_, size = utf8.DecodeRuneInString(s[i:])
			} else if p.isProof(s, i, r) {
				return true
			}
			i += size
		}
	}
	return p.Charmap == charmap.Windows1251 && len(russian(s)) > 0
}

// mayBeIn is a quick look.
func (p *page) mayBeIn(s string) bool {
	if p.leads == "" {
		const lead = 0xc3 // of the bytes of all that leadByte says yes to
		return strings.IndexByte(s, lead) >= 0
	}
	for i := range len(p.first) {
		for rest := s; ; {
			at := strings.IndexByte(rest, p.first[i])
			if at < 0 {
				break
			}
			r, size := utf8.DecodeRuneInString(rest[at:])
			if strings.ContainsRune(p.leads, r) {
				return true
			}
			rest = rest[at+size:]
		}
	}
	return false
}

// isProof reports whether r, read from what stands in s at i, proves a page that
// has leads: a sign of English punctuation, or a capital or a drawing in the
// middle of a word of small letters.
func (p *page) isProof(s string, i int, r rune) bool {
	if r >= 0x2010 && r <= 0x2122 || r == '\uFEFF' {
		return true
	}
	lead, _ := utf8.DecodeRuneInString(s[i:])
	return i > 0 && isLower(s[i-1]) && !unicode.IsLower(lead)
}

// edits finds the misread in s, a text of a document that is proven misread.
func (p *page) edits(s string) []Edit {
	var edits []Edit
	if !p.mayBeIn(s) {
		return nil
	}
	add := func(from, to int) {
		if is := p.undo(s[from:to]); is != s[from:to] {
			edits = append(edits, Edit{From: from, To: to, Text: strings.Map(uncontrolled, is), Rule: "mojibake", Confidence: 0.99})
		}
	}
	if p.Charmap == charmap.Windows1251 {
		for _, line := range russian(s) {
			add(line.from, line.to)
		}
	}
	for part := range beyond(s) {
		run, known := s[part.from:part.to], len(edits)
		p.segments(run, true, func(from, to int) { add(part.from+from, part.from+to) })
		if len(edits) > known && p.goesOn(run, part.from, edits[known:]) { // what comes out is misread again, together with what is beside it
			edits = edits[:known]
			add(part.from, part.to)
		}
	}
	return edits
}

// uncontrolled takes out of what was undone what no text may hold.
func uncontrolled(r rune) rune {
	switch {
	case r == '\u2028' || r == '\u2029':
		return '\n'
	case controlled(r):
		return -1
	}
	return r
}

// goesOn reports whether run, which begins at start, has more to undo once edits are made.
func (p *page) goesOn(run string, start int, edits []Edit) bool {
	var out strings.Builder
	done := 0
	for _, e := range edits {
		out.WriteString(run[done : e.From-start])
		out.WriteString(e.Text)
		done = e.To - start
	}
	out.WriteString(run[done:])
	is := out.String()
	return p.undo(is) != is
}

// beyond yields the stretches of s that are beyond ASCII.
func beyond(s string) func(yield func(span) bool) {
	return func(yield func(span) bool) {
		for i := 0; i < len(s); i++ {
			if s[i] < utf8.RuneSelf {
				continue
			}
			from := i
			for i < len(s) && s[i] >= utf8.RuneSelf {
				i++
			}
			if !yield(span{from, i}) {
				return
			}
		}
	}
}

// segments calls f with the parts of run that are misread, and leaves the others:
// an em dash that was typed beside one that was misread. Unless all is true, it
// leaves what could be real text.
func (p *page) segments(run string, all bool, f func(from, to int)) {
	from := -1 // of the segment
	for i := 0; i < len(run); {
		_, size := p.misread(run[i:])
		if size > 0 && from < 0 && (!all && isWeak(run[i:i+size]) || isSentenceEnd(run[i:i+size])) {
			if _, next := p.misread(run[i+size:]); next == 0 {
				size = 0
			}
		}
		switch {
		case size > 0 && from < 0:
			from = i
		case size == 0 && from >= 0:
			f(from, i)
			from = -1
		}
		if size == 0 {
			_, size = utf8.DecodeRuneInString(run[i:])
		}
		i += size
	}
	if from >= 0 {
		f(from, len(run))
	}
}

// undo reads what is misread in s, again where what comes out is.
func (p *page) undo(s string) string {
	for range mojibakeRounds {
		var out strings.Builder
		changed := false
		for rest := s; len(rest) > 0; {
			r, size := p.misread(rest)
			changed = changed || size > 0
			if size == 0 {
				r, size = utf8.DecodeRuneInString(rest)
			}
			out.WriteRune(r)
			rest = rest[size:]
		}
		if !changed {
			return s
		}
		s = out.String()
	}
	return s
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

// isWithin reports whether part stands in the middle of a word and is one
// misread letter: voilÃ , aoÃ»t, AÃ‘OS. No capital follows small letters there, and
// no quote stands between capitals.
func (p *page) isWithin(s string, part span) bool {
	_, size := p.misread(s[part.from:part.to])
	lead, _ := utf8.DecodeRuneInString(s[part.from:])
	if size == 0 || size < part.to-part.from || !unicode.IsUpper(lead) {
		return false
	}
	after := part.to < len(s) && isLetter(s[part.to])
	if lead == 'Ã' && after && isLower(s[part.to]) && strings.ContainsAny(s[part.from:part.to], "©®™") {
		return true // Ã©clat
	}
	if part.from == 0 {
		return false
	}
	before := s[part.from-1]
	return isLower(before) && (after || lead == 'Ã') || isLetter(before) && after && lead == 'Ã'
}

// isSentenceEnd reports whether s is a small letter and two signs that end
// sentences: fiancé…” is no Chinese.
func isSentenceEnd(s string) bool {
	lead, size := utf8.DecodeRuneInString(s)
	if !unicode.IsLower(lead) || lead == 'â' {
		return false
	}
	n := 0
	for _, r := range s[size:] {
		if !strings.ContainsRune("…”’“‘–—»«›‹™• ", r) {
			return false
		}
		n++
	}
	return n > 1
}

// leadByte reports whether r can be the misread first byte of a character.
func leadByte(r rune) bool { return r >= 0xc2 && r <= 0xf4 }

// misread returns the character that the first few of s are the bytes of, and
// how much of s they take; size 0 if they are none.
func (p *page) misread(s string) (r rune, size int) {
	var bytes [utf8.UTFMax]byte
	n := 0
	for i, c := range s {
		if n == 0 && p.leads != "" && !strings.ContainsRune(p.leads, c) {
			return 0, 0
		}
		b, ok := p.byteOf(c)
		if !ok || n == 0 && !leadByte(rune(b)) {
			return 0, 0
		}
		bytes[n] = b
		n++
		if n > 1 && utf8.FullRune(bytes[:n]) {
			r, width := utf8.DecodeRune(bytes[:n])
			if width < n || p.leads != "" && r < 0xa0 {
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

// byteOf is the byte that was read as c. In Windows-1252 the five bytes it
// leaves undefined and all of Latin-1 are themselves.
func (p *page) byteOf(c rune) (byte, bool) {
	if c >= 0x80 && c <= 0xff && p.leads == "" || c >= 0x80 && c <= 0x9f {
		return byte(c), true
	}
	if c == utf8.RuneError && p.Charmap == charmap.Windows1251 {
		return 0x98, true // the one byte that it has nothing for
	}
	return p.EncodeRune(c)
}

// russian finds the words of lines that are UTF-8 read as Windows-1251: nearly
// all that is beyond ASCII in them is pairs of a Р or С and a sign.
func russian(s string) []span {
	const least = 3
	var found []span
	if !strings.Contains(s, "Р") {
		return nil
	}
	cyrillic := &page{Charmap: charmap.Windows1251, leads: "РС"}
	at := 0
	for line := range strings.Lines(s) {
		var words []span
		paired, all := 0, 0
		for part := range beyond(line) {
			cyrillic.segments(line[part.from:part.to], true, func(from, to int) {
				words = append(words, span{at + part.from + from, at + part.from + to})
				paired += to - from
			})
			all += part.to - part.from
		}
		if len(words) > 0 && paired >= least*4 && paired*10 >= all*8 {
			found = append(found, words...)
		}
		at += len(line)
	}
	return found
}
