package sqldump

import (
	"bytes"
	"fmt"
	"strings"

	"ficstead/internal/base/bounds"
)

// verbs begin the statements that are skipped as a whole. What begins otherwise
// is no SQL (a warning that got into the dump), and is skipped line by line: it
// may hold one quote only.
var verbs = map[string]bool{
	"SET": true, "USE": true, "DROP": true, "LOCK": true, "UNLOCK": true, "ALTER": true, "CREATE": true, "DELETE": true,
	"UPDATE": true, "SELECT": true, "BEGIN": true, "START": true, "COMMIT": true, "CALL": true, "FLUSH": true, "GRANT": true,
	"TRUNCATE": true, "ANALYZE": true, "OPTIMIZE": true, "INSERT": true, "REPLACE": true, "RENAME": true, "COMMENT": true,
}

// statement reads one statement and reports whether there may be more.
func (r *Reader) statement(yield func(Row) bool) bool {
	r.table = ""
	r.space()
	if !r.more() {
		return false
	}
	if c := r.peek(0); c == ';' {
		r.pos++
		return true
	}
	switch word := strings.ToUpper(r.word()); word {
	case "INSERT", "REPLACE":
		return r.insert(yield)
	case "CREATE":
		r.create()
	case "DELIMITER":
		r.otherDelimiter()
	default:
		if verbs[word] {
			r.skipStatement()
		} else {
			r.skipLine()
		}
	}
	return true
}

// otherDelimiter skips procedures and triggers, which end otherwise.
func (r *Reader) otherDelimiter() {
	for r.more() {
		r.skipLine()
		r.blanks()
		if !bytes.EqualFold([]byte(r.ahead(len("delimiter"))), []byte("delimiter")) {
			continue
		}
		r.pos += len("delimiter")
		if r.blanks(); r.peek(0) == ';' && r.peek(1) != ';' {
			r.skipLine()
			return
		}
	}
}

// blanks skips blanks within a line.
func (r *Reader) blanks() {
	for c := r.peek(0); c == ' ' || c == '\t' || c == '\r'; c = r.peek(0) {
		r.pos++
	}
}

// ahead returns the next n bytes, or what is left; n is small.
func (r *Reader) ahead(n int) string {
	for r.end-r.pos < n && r.fill() {
	}
	return string(r.buf[r.pos:min(r.pos+n, r.end)])
}

// skipStatement goes behind the semicolon that ends a statement.
func (r *Reader) skipStatement() {
	for r.token() {
		if r.last == ';' {
			return
		}
	}
}

// token skips one string, name, comment or sign, and leaves its first byte in
// last. It reports false at the end of the dump.
func (r *Reader) token() bool {
	r.space()
	if !r.more() {
		return false
	}
	r.last = r.buf[r.pos]
	r.pos++
	switch c := r.last; {
	case c == '\'' || c == '"':
		return r.string(c, false)
	case c == '`':
		r.quotedName(c)
	case isName(c):
		r.word()
	}
	return true
}

// create reads CREATE TABLE, for the names of its columns.
func (r *Reader) create() {
	for {
		r.space()
		word := strings.ToUpper(r.word())
		if word == "TABLE" {
			break
		}
		if word != "TEMPORARY" && word != "OR" && word != "REPLACE" {
			r.skipStatement()
			return
		}
	}
	name := r.tableName()
	r.last = 0
	r.table = name
	if r.space(); r.peek(0) == '(' && name != "" {
		r.pos++
		if columns := r.columns(); len(columns) > 0 && len(r.tables) < bounds.DumpTables {
			if r.tables[name] == nil {
				r.created = append(r.created, name)
			}
			r.tables[name] = columns
		}
	}
	if r.last != ';' {
		r.skipStatement()
	}
}

// tableName reads the name of a table, and IF NOT EXISTS before it.
func (r *Reader) tableName() string {
	name := r.name()
	if !strings.EqualFold(name, "IF") {
		return name
	}
	for _, word := range [...]string{"NOT", "EXISTS"} {
		if name = r.name(); !strings.EqualFold(name, word) {
			return name
		}
	}
	return r.name()
}

// keys begin the lines of a CREATE TABLE that are no columns, if not in quotes.
var keys = map[string]bool{
	"PRIMARY": true, "KEY": true, "INDEX": true, "UNIQUE": true, "FULLTEXT": true, "SPATIAL": true,
	"FOREIGN": true, "CONSTRAINT": true, "CHECK": true, "PERIOD": true,
}

// columns reads the definitions of a CREATE TABLE, up to its closing bracket.
func (r *Reader) columns() []Column {
	var columns []Column
	for {
		r.space()
		if !r.more() {
			return columns
		}
		c := r.peek(0)
		quoted := c == '`' || c == '"'
		name := ""
		if quoted || isName(c) {
			name = r.name()
		}
		if name != "" && (quoted || !keys[strings.ToUpper(name)]) && len(columns) < bounds.DumpColumns {
			columns = append(columns, Column{Name: name, Type: r.columnType()})
		}
		if !r.skipDefinition() {
			return columns
		}
	}
}

// columnType reads a type with its length, such as varchar(200).
func (r *Reader) columnType() string {
	r.space()
	name := strings.ToLower(r.word())
	r.blanks()
	if r.peek(0) != '(' {
		return name
	}
	var length []byte
	for i := 1; i < 12; i++ {
		c := r.peek(i)
		if c < '0' || c > '9' {
			break
		}
		length = append(length, c)
	}
	if len(length) == 0 {
		return name
	}
	return fmt.Sprintf("%s(%s)", name, length)
}

// skipDefinition goes to the next definition, and reports false behind the last.
func (r *Reader) skipDefinition() bool {
	depth := 0
	for r.token() {
		switch r.last {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return false
			}
		case ',':
			if depth == 0 {
				return true
			}
		case ';':
			return false
		}
	}
	return false
}

// fault notes something that could not be read.
func (r *Reader) fault(format string, args ...any) *Fault {
	r.count++
	f := Fault{Line: r.line(), Table: r.table, Text: fmt.Sprintf(format, args...)}
	if len(r.faults) == maxFaults {
		return &f
	}
	r.faults = append(r.faults, f)
	return &r.faults[len(r.faults)-1]
}

// cut notes that the dump ends in the middle of something.
func (r *Reader) cut(what string) {
	r.fault("The dump ends in the middle of %s: it was cut off there, and whatever followed is missing.", what).Cut = true
}
