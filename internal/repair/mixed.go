package repair

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"ficstead/internal/archive"
)

// mixed reads UTF-8 that has lines in Windows-1252 between: chapters pasted
// into one file. It reports false where no line at all is proven UTF-8.
func mixed(b []byte) (string, []archive.Mend, bool) {
	if !anyLineIsUTF8(b) {
		return "", nil, false
	}
	var out strings.Builder
	var mends []archive.Mend
	at := 0 // code points written
	for line := range bytes.Lines(b) {
		if utf8.Valid(line) {
			out.Write(line)
			at += utf8.RuneCount(line)
			continue
		}
		s, first := mixedLine(line)
		mends = append(mends, archive.Mend{
			Rule: "encoding", At: at + utf8.RuneCountInString(s[:first]),
			Before: quoteBytes(line), After: excerpt(s, first, min(first+1, len(s))),
			Confidence: 0.99, Applied: true,
		})
		out.WriteString(s)
		at += utf8.RuneCountInString(s)
	}
	return out.String(), mends, true
}

// anyLineIsUTF8 looks for a line that is valid and not mere ASCII.
func anyLineIsUTF8(b []byte) bool {
	for line := range bytes.Lines(b) {
		if !ascii(line) && utf8.Valid(line) {
			return true
		}
	}
	return false
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// mixedLine reads what is UTF-8 as that and each other byte as Windows-1252.
// It returns where the first such byte stands in the result. A sequence cut
// off by the end of the line is dropped: that is where a file was truncated.
func mixedLine(line []byte) (s string, first int) {
	var out strings.Builder
	first = -1
	for len(line) > 0 {
		r, size := utf8.DecodeRune(line)
		if r != utf8.RuneError || size > 1 {
			out.Write(line[:size])
			line = line[size:]
			continue
		}
		if first < 0 {
			first = out.Len()
		}
		if !utf8.FullRune(line) && line[0] >= 0xe0 {
			break
		}
		out.WriteRune(charmap.Windows1252.DecodeByte(line[0]))
		line = line[1:]
	}
	return out.String(), min(max(first, 0), out.Len())
}

// quoteBytes shows a line with its stray bytes as \x92, shortened around the first.
func quoteBytes(line []byte) string {
	var out strings.Builder
	first := -1
	for len(line) > 0 {
		r, size := utf8.DecodeRune(line)
		if r == utf8.RuneError && size <= 1 {
			if first < 0 {
				first = out.Len()
			}
			fmt.Fprintf(&out, `\x%02x`, line[0])
		} else {
			out.Write(line[:size])
		}
		line = line[size:]
	}
	first = max(first, 0)
	return excerpt(out.String(), first, min(first+4, out.Len()))
}
