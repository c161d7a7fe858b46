package autoarchive

import (
	"strings"

	"ficstead/internal/base/bounds"
)

// entry is one record of the hash: its number, and its fields in order.
type entry struct {
	id     string
	fields []field
}

type field struct{ name, value string }

// get returns the first of the names that has a value, whatever their case.
func (e entry) get(names ...string) string {
	for _, name := range names {
		for _, f := range e.fields {
			if strings.EqualFold(f.name, name) && strings.TrimSpace(f.value) != "" {
				return strings.TrimSpace(f.value)
			}
		}
	}
	return ""
}

// perl reads the one assignment of a hash of hashes that ARCHIVE_DB.pl is. It is
// lenient: people have edited these files, and quotes within values are often
// not escaped.
type perl struct {
	s  string
	at int
}

// entries reads all records. Whole is false if the file ends within one.
func entries(s string) (all []entry, whole bool) {
	at := hashed.FindStringIndex(s)
	if at == nil {
		return nil, false
	}
	p := &perl{s: s, at: at[1]}
	for len(all) < bounds.HashRecords {
		p.space()
		switch {
		case p.at >= len(s):
			return all, false
		case s[p.at] == ')':
			return all, true
		case s[p.at] == ',' || s[p.at] == '=' || s[p.at] == '>' || s[p.at] == ';':
			p.at++
			continue
		}
		id := p.scalar()
		p.arrow()
		if p.at >= len(s) || s[p.at] != '{' {
			if id == "" {
				p.at++ // whatever it is, it is no record
			}
			continue
		}
		p.at++
		fields, closed := p.hash()
		if len(fields) > 0 {
			all = append(all, entry{id, fields})
		}
		if !closed {
			return all, false
		}
	}
	return all, true
}

// hash reads fields up to the bracket that closes them.
func (p *perl) hash() (fields []field, closed bool) {
	for {
		p.space()
		if p.at >= len(p.s) {
			return fields, false
		}
		switch c := p.s[p.at]; c {
		case '}':
			p.at++
			return fields, true
		case ',', ';':
			p.at++
			continue
		}
		from := p.at
		name := p.scalar()
		p.arrow()
		value := p.value()
		if p.at == from {
			p.at++
		}
		if name != "" && len(fields) < bounds.HashFields {
			fields = append(fields, field{name, value})
		}
	}
}

// space skips blanks and comments.
func (p *perl) space() {
	for p.at < len(p.s) {
		switch c := p.s[p.at]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			p.at++
		case c == '#':
			end := strings.IndexByte(p.s[p.at:], '\n')
			if end < 0 {
				p.at = len(p.s)
				return
			}
			p.at += end + 1
		default:
			return
		}
	}
}

// arrow skips what stands between a key and its value.
func (p *perl) arrow() {
	p.space()
	if strings.HasPrefix(p.s[p.at:], "=>") {
		p.at += 2
	} else if p.at < len(p.s) && p.s[p.at] == ',' {
		p.at++
	}
	p.space()
}

// value is a scalar, or a list or hash of which the scalars are joined.
func (p *perl) value() string {
	if p.at >= len(p.s) || p.s[p.at] != '[' && p.s[p.at] != '{' {
		return p.scalar()
	}
	var parts []string
	for depth := 0; p.at < len(p.s); {
		p.space()
		if p.at >= len(p.s) {
			break
		}
		switch c := p.s[p.at]; c {
		case '[', '{':
			depth++
			p.at++
		case ']', '}':
			depth--
			p.at++
			if depth == 0 {
				return strings.Join(parts, ", ")
			}
		case ',', '=', '>', ';':
			p.at++
		default:
			from := p.at
			if s := p.scalar(); s != "" {
				parts = append(parts, s)
			}
			if p.at == from {
				p.at++
			}
		}
	}
	return strings.Join(parts, ", ")
}

// scalar reads a string in quotes, or a word.
func (p *perl) scalar() string {
	if p.at >= len(p.s) {
		return ""
	}
	if q := p.s[p.at]; q == '\'' || q == '"' {
		p.at++
		return p.quoted(q)
	}
	from := p.at
	for p.at < len(p.s) && !strings.ContainsRune(" \t\r\n,=>{}[]();'\"", rune(p.s[p.at])) {
		p.at++
	}
	if word := p.s[from:p.at]; word != "undef" {
		return word
	}
	return ""
}

// quoted reads to the quote that ends a string: the first behind which a key, a
// value or a bracket may follow.
func (p *perl) quoted(quote byte) string {
	var b strings.Builder
	for p.at < len(p.s) {
		c := p.s[p.at]
		p.at++
		switch {
		case c == '\\' && p.at < len(p.s):
			c = p.s[p.at]
			p.at++
			switch {
			case c == quote || c == '\\':
				b.WriteByte(c)
			case quote == '"' && c == 'n':
				b.WriteByte('\n')
			case quote == '"' && (c == '@' || c == '$' || c == '%'):
				b.WriteByte(c)
			default:
				b.WriteByte('\\')
				b.WriteByte(c)
			}
		case c == quote && p.ends():
			return b.String()
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// ends reports whether a string may end here: at the end of its line, or before a
// bracket, an arrow, or a comma that ends the line or is followed by a key.
func (p *perl) ends() bool {
	rest := strings.TrimLeft(p.s[p.at:min(len(p.s), p.at+200)], " \t\r")
	if rest == "" || rest[0] == '\n' || rest[0] == '}' || rest[0] == ']' || rest[0] == ')' || rest[0] == ';' || strings.HasPrefix(rest, "=>") {
		return true
	}
	if rest[0] != ',' {
		return false
	}
	rest = strings.TrimLeft(rest[1:], " \t\r")
	if rest == "" || rest[0] == '\n' || rest[0] == '\'' || rest[0] == '"' || rest[0] == '{' || rest[0] == '[' || rest[0] == '#' {
		return true
	}
	word := strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
	return strings.HasPrefix(strings.TrimLeft(word, " \t"), "=>") || strings.HasPrefix(rest, "}") || strings.HasPrefix(rest, "]")
}
