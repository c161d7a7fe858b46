package sqldump

import (
	"bytes"
	"encoding/hex"
	"strings"

	"ficstead/internal/base/bounds"
)

func (r *Reader) begin() {
	r.scratch, r.spans, r.over = r.scratch[:0], r.spans[:0], false
}

// row reads values up to the closing bracket. It reports false where it met
// something that no row has.
func (r *Reader) row() bool {
	r.begin()
	for {
		switch r.afterSpace() {
		case ')':
			r.pos++
			return true
		case ',':
			r.pos++
			r.finish(len(r.scratch), true) // nothing between two commas
			continue
		}
		if !r.value() {
			return false
		}
		switch r.afterSpace() {
		case ',':
			r.pos++
		case ')':
		default:
			return false
		}
	}
}

// finish ends a value that began at from.
func (r *Reader) finish(from int, null bool) {
	if len(r.spans) < bounds.DumpColumns {
		r.spans = append(r.spans, span{from, len(r.scratch), null})
	}
}

// value reads one value: a literal, or the first literal that an expression has.
func (r *Reader) value() bool {
	from := len(r.scratch)
	for {
		c := r.afterSpace()
		switch {
		case c == '\'' || c == '"':
			r.pos++
			if !r.strings(c) {
				return false
			}
			r.finish(from, false)
			return true
		case c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.':
			ok := r.number()
			r.finish(from, false)
			return ok
		case c == '(':
			r.pos++
			return r.expression(from)
		case isName(c):
			word := r.word()
			if done, ok := r.worded(word, from); done {
				return ok
			}
		default:
			return false
		}
	}
}

// worded reads a value that began with a word. It reports done false if the word
// only says how to take the literal that follows.
func (r *Reader) worded(word string, from int) (done, ok bool) {
	next := r.peek(0)
	switch strings.ToUpper(word) {
	case "NULL", "DEFAULT", "CURRENT_TIMESTAMP":
		r.finish(from, true)
		return true, true
	case "TRUE", "FALSE":
		r.scratch = append(r.scratch, map[bool]byte{true: '1', false: '0'}[word[0]|' ' == 't'])
		r.finish(from, false)
		return true, true
	case "X", "B":
		if next != '\'' {
			return true, false
		}
		r.pos++
		if !r.strings('\'') {
			return true, false
		}
		r.unhex(from)
		r.finish(from, false)
		return true, true
	case "N":
		return false, true
	}
	if word[0] == '_' { // _binary, _utf8 and others
		return false, true
	}
	if r.afterSpace() == '(' {
		r.pos++
		return true, r.expression(from)
	}
	return true, false
}

// unhex makes bytes of the hexadecimal digits from there on; others stay as they are.
func (r *Reader) unhex(from int) {
	digits := r.scratch[from:]
	if len(digits)%2 == 1 {
		digits = append([]byte("0"), digits...)
	}
	if n, err := hex.Decode(digits, digits); err == nil {
		r.scratch = append(r.scratch[:from], digits[:n]...)
	}
}

// expression reads to the bracket that closes what was opened, and keeps the
// first literal.
func (r *Reader) expression(from int) bool {
	found := false
	for depth := 1; depth > 0; {
		switch c := r.afterSpace(); {
		case c == 0 && !r.more(), c == ';':
			return false
		case (c == '\'' || c == '"') && !found:
			r.pos++
			found = true
			if !r.strings(c) {
				return false
			}
		case c >= '0' && c <= '9' && !found:
			found = true
			r.number()
		default:
			if !r.token() {
				return false
			}
			depth += map[byte]int{'(': 1, ')': -1}[r.last]
		}
	}
	r.finish(from, !found)
	return true
}

// number reads a number, or bytes written as 0xABCD.
func (r *Reader) number() bool {
	from := len(r.scratch)
	for c := r.peek(0); c == '-' || c == '+'; c = r.afterSpace() {
		if c == '-' {
			r.scratch = append(r.scratch, c)
		}
		r.pos++
	}
	for r.more() {
		c := r.buf[r.pos]
		if !isName(c) && c != '.' && !(c == '-' || c == '+') {
			break
		}
		if len(r.scratch)-from > bounds.DumpValue {
			r.over = true
		} else {
			r.scratch = append(r.scratch, c)
		}
		r.pos++
	}
	if digits := r.scratch[from:]; bytes.HasPrefix(digits, []byte("0x")) || bytes.HasPrefix(digits, []byte("0X")) {
		r.scratch = append(r.scratch[:from], digits[2:]...)
		r.unhex(from)
	}
	return len(r.scratch) > from
}

// strings reads a string whose quote is gone over, and those that follow it with
// nothing between: they are one.
func (r *Reader) strings(quote byte) bool {
	for {
		if !r.string(quote, true) {
			return false
		}
		if c := r.afterSpace(); c != '\'' && c != '"' {
			return true
		}
		quote = r.buf[r.pos]
		r.pos++
	}
}

// string reads to the quote that closes a string, and keeps it in scratch if it
// is to be kept. It reports false if the dump ends before.
func (r *Reader) string(quote byte, keep bool) bool {
	from := len(r.scratch)
	add := func(b ...byte) {
		if !keep {
			return
		}
		if room := min(bounds.DumpValue-(len(r.scratch)-from), bounds.DumpRow-len(r.scratch)); len(b) > room {
			b, r.over = b[:max(0, room)], true
		}
		r.scratch = append(r.scratch, b...)
	}
	for r.more() {
		rest := r.buf[r.pos:r.end]
		stop := bytes.IndexByte(rest, quote)
		if stop < 0 {
			stop = len(rest)
		}
		text := rest[:stop]
		for { // escapes before the quote
			i := bytes.IndexByte(text, '\\')
			if i < 0 || i+1 >= len(text) {
				break
			}
			add(text[:i]...)
			add(unescape(text[i+1])...)
			text = text[i+2:]
		}
		if i := bytes.IndexByte(text, '\\'); i >= 0 { // it is the last byte: what it escapes comes next
			add(text[:i]...)
			r.pos += stop
			c := r.peek(0)
			if !r.more() {
				return false
			}
			add(unescape(c)...)
			r.pos++
			continue
		}
		add(text...)
		if r.pos += stop; stop == len(rest) {
			continue
		}
		r.pos++
		switch c := r.peek(0); {
		case c == quote && r.more():
			add(quote)
			r.pos++
		case keep && isLetter(c):
			add(quote)
			r.quotes++
		default:
			return true
		}
	}
	return false
}

func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// unescape is what a backslash and c stand for.
func unescape(c byte) []byte {
	switch c {
	case '0':
		return []byte{0}
	case 'n':
		return []byte{'\n'}
	case 'r':
		return []byte{'\r'}
	case 't':
		return []byte{'\t'}
	case 'b':
		return []byte{'\b'}
	case 'Z':
		return []byte{0x1a}
	case '%', '_':
		return []byte{'\\', c}
	}
	return []byte{c}
}
