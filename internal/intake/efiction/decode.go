package efiction

import (
	"bytes"
	"html"
	"strings"

	"ficstead/internal/base/prose"
	"ficstead/internal/intake/record"
)

// plainText reads a field that is a name or a title: its encoding is found out,
// entities become characters, and markup is left out.
func plainText(c cell) string { return unmarked(decoded(c)) }

func decoded(c cell) string {
	s, _, _ := record.Decode(c, nil)
	return s
}

func unmarked(s string) string {
	if strings.Contains(s, "<") && record.TextOf(s).HTML != "" {
		s = strings.ReplaceAll(prose.Parse(s).Text(), "\n", " ")
	} else if s = html.UnescapeString(s); strings.Contains(s, "&") {
		s = html.UnescapeString(s) // some forms escaped twice
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\x00", "")), " ")
}

// slashes knows the columns whose quotes have backslashes that PHP put there.
type slashes map[string]bool

// findSlashes looks at all cells of a column.
func findSlashes(kind string, t *table, columns ...string) slashes {
	found := slashes{}
	for _, name := range columns {
		escaped, bare := 0, 0
		t.each(func(r row) {
			switch e, b := quotesIn(r.raw(name)); {
			case b > 0:
				bare++
			case e > 0:
				escaped++
			}
		})
		if escaped >= 2 && escaped*50 >= bare {
			found[kind+"."+name] = true
		}
	}
	return found
}

// quotesIn counts quotes with a backslash before them, and those without.
func quotesIn(c []byte) (escaped, bare int) {
	if bytes.IndexByte(c, '\\') < 0 {
		return 0, bytes.Count(c, []byte("'")) + bytes.Count(c, []byte(`"`))
	}
	for i := 0; i < len(c); i++ {
		switch c[i] {
		case '\\':
			if i+1 < len(c) && (c[i+1] == '\'' || c[i+1] == '"') {
				escaped++
			}
			i++
		case '\'', '"':
			bare++
		}
	}
	return escaped, bare
}

// strays reports whether the backslashes of a cell are a program's: its column
// has many such cells, and it has no quote without one.
func (s slashes) strays(column string, c cell) bool {
	if !s[column] || bytes.IndexByte(c, '\\') < 0 {
		return false
	}
	escaped, bare := quotesIn(c)
	return escaped > 0 && bare == 0
}

// text is a short field of a row, without stray backslashes.
func (s slashes) text(kind string, r row, name string) string {
	t := decoded(r.raw(name))
	if s.strays(kind+"."+name, r.raw(name)) {
		t = record.Unslash(t)
	}
	return unmarked(t)
}

// prose is a field as a record has it: its bytes, and what is known of them.
func (s slashes) prose(kind string, r row, name string) record.Text {
	c := r.raw(name)
	if len(bytes.TrimSpace(c)) == 0 {
		return record.Text{}
	}
	return record.Text{Raw: c, Lines: true, Slashes: s.strays(kind+"."+name, c)}
}

// doc reads prose that belongs to no story.
func doc(t record.Text) prose.Doc { return t.Doc() }
