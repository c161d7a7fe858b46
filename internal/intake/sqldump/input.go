package sqldump

import (
	"bytes"
	"io"

	"ficstead/internal/base/bounds"
)

// input is a window on the source that moves forward only.
type input struct {
	src     io.Reader
	buf     []byte
	pos     int
	end     int
	lines   int // ends of lines before buf[counted]
	counted int
	err     error
}

const window = 256 << 10

// fill reads more, and reports whether there is more. It keeps what is not read
// yet, which must be short: names, words and marks.
func (in *input) fill() bool {
	if in.err != nil {
		return false
	}
	if in.buf == nil {
		in.buf = make([]byte, window)
	}
	in.line()
	in.end = copy(in.buf, in.buf[in.pos:in.end])
	in.pos, in.counted = 0, 0
	for tries := 0; in.err == nil; tries++ {
		n, err := in.src.Read(in.buf[in.end:])
		in.end += n
		in.err = err
		if n > 0 {
			return true
		}
		if tries > 100 {
			in.err = io.ErrNoProgress
		}
	}
	return false
}

// line is where the reading stands.
func (in *input) line() int {
	in.lines += bytes.Count(in.buf[in.counted:in.pos], []byte("\n"))
	in.counted = in.pos
	return in.lines + 1
}

// peek returns the byte at pos+i, or 0 at the end. I is small.
func (in *input) peek(i int) byte {
	for in.pos+i >= in.end {
		if !in.fill() {
			return 0
		}
	}
	return in.buf[in.pos+i]
}

// more reports whether anything is left.
func (in *input) more() bool { return in.pos < in.end || in.fill() }

// skipLine goes to the beginning of the next line.
func (in *input) skipLine() {
	for in.more() {
		if i := bytes.IndexByte(in.buf[in.pos:in.end], '\n'); i >= 0 {
			in.pos += i + 1
			return
		}
		in.pos = in.end
	}
}

// skipPast goes behind the next mark, which has two bytes.
func (in *input) skipPast(mark string) bool {
	for in.more() {
		i := bytes.IndexByte(in.buf[in.pos:in.end], mark[0])
		if i < 0 {
			in.pos = in.end
			continue
		}
		in.pos += i + 1
		if in.peek(0) == mark[1] && in.more() {
			in.pos++
			return true
		}
	}
	return false
}

// space skips blanks and comments.
func (in *input) space() {
	for in.more() {
		switch c := in.buf[in.pos]; {
		case c <= ' ':
			in.pos++
		case c == '#':
			in.skipLine()
		case c == '-' && in.peek(1) == '-' && in.peek(2) <= ' ':
			in.skipLine()
		case c == '/' && in.peek(1) == '*':
			in.pos += 2
			in.skipPast("*/")
		default:
			return
		}
	}
}

// isName reports whether a name that is not quoted may hold c. Templates of
// dumps write prefixes as {prefix}.
func isName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c >= 0x80 || c == '{' || c == '}'
}

// word reads letters, digits and the like, and forgets what is too long for a name.
func (in *input) word() string {
	var word []byte
	for in.more() && isName(in.buf[in.pos]) {
		if len(word) < bounds.DumpName {
			word = append(word, in.buf[in.pos])
		}
		in.pos++
	}
	return string(word)
}

// name reads a name, in quotes or not, and of "database.table" the last part.
func (in *input) name() string {
	for {
		in.space()
		name := ""
		if q := in.peek(0); q == '`' || q == '"' || q == '\'' {
			in.pos++
			name = in.quotedName(q)
		} else {
			name = in.word()
		}
		if in.space(); in.peek(0) != '.' {
			return name
		}
		in.pos++
	}
}

func (in *input) quotedName(quote byte) string {
	var name []byte
	for in.more() {
		c := in.buf[in.pos]
		in.pos++
		if c == quote {
			if in.peek(0) != quote {
				break
			}
			in.pos++
		}
		if len(name) < bounds.DumpName {
			name = append(name, c)
		}
	}
	return string(name)
}
