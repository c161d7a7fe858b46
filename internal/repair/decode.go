package repair

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

// Decode reads the bytes of a text or HTML file. It returns valid UTF-8 with
// line feeds for line ends and without control characters, the name of the
// encoding it found, and what it had to mend.
func Decode(b []byte, choices archive.Choices) (s, encoding string, mends []archive.Mend) {
	s, encoding, mends = decode(b)
	for _, rule := range []func(string) (string, []archive.Mend){controls, mojibake, c1, controls} {
		mended, more := rule(s)
		s, mends = mended, merge(mends, more)
	}
	for i, n := 0, utf8.RuneCountInString(s); i < len(mends); i++ {
		mends[i].At = min(mends[i].At, n) // control characters may have gone before
	}
	return s, encoding, mends
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

// decode finds the encoding: what a mark says, what the bytes prove, what the
// file declares, and Windows-1252, in this order. A declaration comes late
// because so many are wrong, and text that is valid UTF-8 by chance is not seen.
func decode(b []byte) (string, string, []archive.Mend) {
	for _, bom := range byteOrderMarks {
		if rest, ok := bytes.CutPrefix(b, []byte(bom.mark)); ok {
			if bom.encoding == nil {
				s, _, mends := decodeUnmarked(rest)
				return s, "utf-8", mends
			}
			return decodeWith(bom.encoding, rest), bom.name, nil
		}
	}
	if order, name := unmarkedUTF16(b); order != nil {
		return decodeWith(order, b), name, nil
	}
	return decodeUnmarked(b)
}

func decodeUnmarked(b []byte) (string, string, []archive.Mend) {
	declared, name := declaredCharset(b)
	if name == "iso-2022-jp" && bytes.IndexByte(b, 0x1b) >= 0 {
		return decodeWith(declared, b), name, nil
	}
	if utf8.Valid(b) {
		return string(b), "utf-8", nil
	}
	if s, mends, ok := mixed(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))); ok { // so that places count in the result
		return s, "utf-8", mends
	}
	if declared != nil && name != "utf-8" {
		if s := decodeWith(declared, b); plausible(s) {
			return s, name, nil
		}
	}
	return decodeWith(charmap.Windows1252, b), "windows-1252", nil
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
	return nil, ""
}

// isPageSide judges the values of one side, given the zeros on the other.
func isPageSide(values [256]int, others, pairs int) bool {
	const enough = 8 // one pair in eight: even Cyrillic has that many spaces and stops
	zeros, page := values[0], slices.Max(values[1:])
	return zeros*enough >= pairs && others*20 <= zeros && (zeros+page)*5 >= pairs*4
}
