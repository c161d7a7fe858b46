package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/base/link"
)

// escapeMarkdown writes text so that Markdown reads it as text. before is the
// character it stands behind: 0 or a newline at the start of a line. Web
// addresses become links by themselves, except in a link.
func escapeMarkdown(s string, before rune, inLink bool) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/32)
	if before == 0 || before == '\n' {
		escapeLineStart(&b, &s)
	}
	for i := 0; i < len(s); {
		c := s[i]
		r, size := rune(c), 1
		if c >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		if c == 'h' && !isWordRune(before) {
			if address := bareAddress(s[i:]); address != "" && !inLink {
				b.WriteString("<" + address + ">")
				i += len(address)
				before = '>'
				continue
			}
		}
		if needsEscape(s, i, before) {
			b.WriteByte('\\')
		}
		b.WriteString(s[i : i+size])
		before = r
		i += size
	}
	return b.String()
}

// needsEscape reports whether the character at i means something in Markdown.
func needsEscape(s string, i int, before rune) bool {
	switch s[i] {
	case '\\', '`', '*', '[', ']', '<', '~':
		return true
	case '_':
		after, _ := utf8.DecodeRuneInString(s[i+1:])
		return !isWordRune(before) || !isWordRune(after)
	case '&':
		return isEntity(s[i:])
	case '{', '|':
		return true
	}
	return false
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// escapeLineStart escapes what makes a line something else than text: a
// heading, a quote, an item, a rule, the line under a heading.
func escapeLineStart(b *strings.Builder, s *string) {
	line := *s
	if line == "" {
		return
	}
	switch line[0] {
	case '#', '>', '=', ':', '-', '+':
		b.WriteByte('\\')
		b.WriteByte(line[0])
		*s = line[1:]
		return
	}
	digits := 0
	for digits < len(line) && line[digits] >= '0' && line[digits] <= '9' {
		digits++
	}
	if digits > 0 && digits < 10 && digits < len(line) && (line[digits] == '.' || line[digits] == ')') {
		b.WriteString(line[:digits] + `\` + line[digits:digits+1])
		*s = line[digits+1:]
	}
}

// bareAddress returns the web address that s begins with, or "".
func bareAddress(s string) string {
	if !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") {
		return ""
	}
	end := strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == '<' || r == '>' || r == '|' || r == utf8.RuneError
	})
	if end < 0 {
		end = len(s)
	}
	address := strings.TrimRight(s[:end], ".,;:!?'\"()[]*_~’”")
	if len(address) < len("http://x") || link.Web(address) == "" {
		return ""
	}
	return address
}
