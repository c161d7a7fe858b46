package decode

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"ficstead/internal/archive"
)

// rounds bounds how often the text is looked at again once something was mended.
const rounds = 6

// Bytes reads the bytes of a text or HTML file. It returns valid UTF-8 with line
// feeds for line ends and without control characters, the name of the encoding it
// found, and what it had to mend: source[At:] begins with the After of a mend that
// was applied, and with the Before of one that was not, except where a mend is
// one for the whole document.
//
// Where all is refused the result is the plain reading: by the mark, the
// declaration or else UTF-8 or Windows-1252; CR LF as line feeds; U+FFFD for
// bytes and control characters that stand for nothing.
func Bytes(b []byte, choices archive.Choices) (s, encoding string, mends []archive.Mend) {
	s, encoding, mends, _ = Placed(b, choices)
	return s, encoding, mends
}

// Placed is Bytes, and knows where what it returns stood before it was mended; nil
// if nothing was.
func Placed(b []byte, choices archive.Choices) (s, encoding string, mends []archive.Mend, places *Places) {
	t := &text{choices: choices}
	encoding, plain := t.read(b)
	if plain {
		t.choices = archive.RefuseAll()
	}
	t.plain = t.s
	for range rounds {
		var e Evidence
		e.Add(t.s)
		misread := t.apply(apart(append(t.strays, e.Edits(t.s)...)))
		t.strays = nil
		if !controls(t) && !misread {
			break
		}
	}
	mends = t.told()
	if t.stood != nil {
		places = t.stood.places(t.s, t.plain)
	}
	return t.s, encoding, mends, places
}

// byteOrderMarks are tried in this order: UTF-32LE begins like UTF-16LE.
var byteOrderMarks = []struct {
	mark, name string
	encoding   encoding.Encoding
}{
	{"\xef\xbb\xbf", "utf-8", nil},
	{"\x00\x00\xfe\xff", "utf-32be", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	{"\xff\xfe\x00\x00", "utf-32le", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
	{"\xfe\xff", "utf-16be", utf16be},
	{"\xff\xfe", "utf-16le", utf16le},
}

var (
	utf16be = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	utf16le = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
)

// read finds the encoding: what a mark says, what the bytes prove, what the file
// declares, what the bytes look like, and Windows-1252, in this order. A
// declaration comes late because so many are wrong, and text that is valid UTF-8
// by chance is not seen. It reports as plain where somebody refused the encoding.
func (t *text) read(b []byte) (name string, plain bool) {
	for _, bom := range byteOrderMarks {
		if rest, ok := bytes.CutPrefix(b, []byte(bom.mark)); ok {
			if bom.encoding == nil {
				_, plain = t.readUnmarked(rest)
				return "utf-8", plain
			}
			t.s = string(lineFeeds([]byte(decodeWith(bom.encoding, rest))))
			return bom.name, false
		}
	}
	if order, name := unmarkedUTF16(b); order != nil {
		t.s = string(lineFeeds([]byte(decodeWith(order, b))))
		return name, false
	}
	return t.readUnmarked(b)
}

func (t *text) readUnmarked(b []byte) (name string, plain bool) {
	b = lineFeeds(b)
	declared, name := declaredCharset(b)
	if name == "iso-2022-jp" && bytes.IndexByte(b, 0x1b) >= 0 {
		t.s = decodeWith(declared, b)
		return name, false
	}
	if utf8.Valid(b) {
		t.s = string(b)
		return "utf-8", false
	}
	if s, edits, ok := mixed(b); ok {
		t.s, t.strays = s, edits
		return "utf-8", false
	}
	if declared != nil && name != "utf-8" {
		if s := decodeWith(declared, b); plausible(s) {
			t.s = s
			return name, false
		}
	}
	t.s = decodeWith(charmap.Windows1252, b)
	if c := unmarked(b); c != nil {
		if t.guess(decodeWith(c.encoding, b)) {
			return c.name, false
		}
		return "windows-1252", true
	}
	return "windows-1252", false
}

// lineFeeds makes CR LF, the custom of one system and no damage, a line feed; CR CR LF
// is damage.
func lineFeeds(b []byte) []byte {
	if !bytes.Contains(b, []byte("\r\n")) {
		return b
	}
	out := make([]byte, 0, len(b))
	for i, c := range b {
		if c != '\r' || i+1 == len(b) || b[i+1] != '\n' || i > 0 && b[i-1] == '\r' {
			out = append(out, c)
		}
	}
	return out
}

// guess asks for s instead of what t says.
func (t *text) guess(s string) bool {
	before, _ := firstBeyond(t.s)
	after, at := firstBeyond(s)
	m := t.choices.Decide(archive.Mend{Rule: "encoding", At: at, Before: before, After: after, Confidence: 0.97, Applied: true})
	t.mends = append(t.mends, m)
	if m.Applied {
		t.s = s
	}
	return m.Applied
}

// firstBeyond returns the first word beyond ASCII with some that follow, and where it begins.
func firstBeyond(s string) (words string, at int) {
	i := max(0, strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }))
	at = strings.LastIndexAny(s[:i], " \n\r\t>") + 1
	line, _, _ := strings.Cut(s[at:], "\n")
	const enough = 60
	for i := range line {
		if i >= enough {
			line = line[:i]
			break
		}
	}
	return strings.TrimRight(line, "\r"), at
}

// decodeWith never fails: what e cannot read becomes U+FFFD.
func decodeWith(e encoding.Encoding, b []byte) string {
	s, _ := e.NewDecoder().Bytes(b)
	return strings.TrimPrefix(strings.ToValidUTF8(string(s), "\uFFFD"), "\uFEFF")
}

// plausible reports whether a declared charset did fit: fewer than one
// character in a hundred was unreadable.
func plausible(s string) bool {
	return strings.Count(s, "\uFFFD")*100 <= utf8.RuneCountInString(s)
}

// unmarkedUTF16 recognises UTF-16 without a mark. Spaces, line ends and ASCII
// letters have their zero bytes all on one side, and on that side there are
// hardly any values but zero and the number of the script's page.
func unmarkedUTF16(b []byte) (encoding.Encoding, string) {
	b = b[:min(len(b), 1<<16)&^1]
	var values [2][256]int
	for i, c := range b {
		values[i&1][c]++
	}
	pairs := len(b) / 2
	switch {
	case pairs < 2:
	case isPageSide(values[1], values[0][0], pairs):
		return utf16le, "utf-16le"
	case isPageSide(values[0], values[1][0], pairs):
		return utf16be, "utf-16be"
	}
	return easternUTF16(b)
}

// easternUTF16 recognises UTF-16 of writings that have no zeros and no page: what
// is common in one of their languages is common, and nothing is unreadable.
func easternUTF16(b []byte) (encoding.Encoding, string) {
	const leastPairs = 8
	if len(b) < 2*leastPairs || utf8.Valid(b) {
		return nil, ""
	}
	for _, c := range []candidate{{name: "utf-16le", encoding: utf16le}, {name: "utf-16be", encoding: utf16be}} {
		if strings.ContainsRune(decodeWith(c.encoding, b[:len(b)&^1]), utf8.RuneError) {
			continue
		}
		for i := range easterns {
			if c.share(b, easterns[i].common) >= easterns[i].least {
				return c.encoding, c.name
			}
		}
	}
	return nil, ""
}

// isPageSide judges the values of one side, given the zeros on the other.
func isPageSide(values [256]int, others, pairs int) bool {
	const enough = 8 // one pair in eight: even Cyrillic has that many spaces and stops
	zeros, page := values[0], slices.Max(values[1:])
	return zeros*enough >= pairs && others*20 <= zeros && (zeros+page)*5 >= pairs*4
}
