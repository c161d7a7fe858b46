package decode

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// mixed reads UTF-8 that has lines in Windows-1252 between: chapters pasted
// into one file. Each stray byte is U+FFFD, and an edit to what it was. It
// reports false where no line at all is proven UTF-8, or where what is not
// UTF-8 is no Windows-1252 either.
func mixed(b []byte) (string, []Edit, bool) {
	proven, others := linesBeyond(b)
	if !proven || unmarked(others) != nil {
		return "", nil, false
	}
	var out strings.Builder
	var edits []Edit
	for line := range bytes.Lines(b) {
		if utf8.Valid(line) {
			out.Write(line)
			continue
		}
		edits = mixedLine(&out, line, edits)
	}
	return out.String(), edits, true
}

// linesBeyond reports whether a line is UTF-8 and not mere ASCII, and returns
// the beginning of all lines that are not UTF-8.
func linesBeyond(b []byte) (proven bool, others []byte) {
	for line := range bytes.Lines(b) {
		switch {
		case !utf8.Valid(line):
			if len(others) < sampleBytes {
				others = append(others, line...)
			}
		case !proven:
			proven = !ascii(line)
		}
	}
	return proven, others
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// mixedLine writes what is UTF-8 and U+FFFD for each other byte. A sequence cut
// off by the end of the line is nothing: that is where a file was truncated.
func mixedLine(out *strings.Builder, line []byte, edits []Edit) []Edit {
	for len(line) > 0 {
		r, size := utf8.DecodeRune(line)
		if r != utf8.RuneError || size > 1 {
			out.Write(line[:size])
			line = line[size:]
			continue
		}
		is := string(charmap.Windows1252.DecodeByte(line[0]))
		if !utf8.FullRune(line) && line[0] >= 0xe0 {
			is, size = "", len(line)
		}
		from := out.Len()
		out.WriteRune(utf8.RuneError)
		edits = append(edits, Edit{From: from, To: out.Len(), Text: is, Rule: "encoding", Confidence: 0.99})
		line = line[size:]
	}
	return edits
}
