package sqldump

import (
	"strings"

	"ficstead/internal/base/bounds"
)

// insert reads INSERT … VALUES and yields its rows. It reports false when yield
// does, or at the end of the dump.
func (r *Reader) insert(yield func(Row) bool) bool {
	name := ""
	for {
		c := r.afterSpace()
		name = r.name()
		if word := strings.ToUpper(name); c == '`' || c == '"' || word != "INTO" && word != "IGNORE" && word != "DELAYED" && word != "LOW_PRIORITY" && word != "HIGH_PRIORITY" || name == "" {
			break
		}
	}
	r.table = name
	columns, named := r.tables[name], false
	for {
		switch c := r.afterSpace(); {
		case c == 0:
			if r.more() {
				r.pos++
				continue
			}
			r.cut("an INSERT")
			return false
		case c == '(' && !named:
			r.pos++
			columns, named = r.named(columns), true
		case isName(c):
			switch word := strings.ToUpper(r.word()); word {
			case "VALUES", "VALUE":
				return r.rows(yield, columns)
			case "SET":
				return r.assignments(yield, columns)
			case "PARTITION":
				r.skipBrackets()
			default: // SELECT and the like
				r.skipStatement()
				return true
			}
		default:
			r.fault("An INSERT could not be understood; it was left out.")
			r.resync()
			return true
		}
	}
}

func (r *Reader) afterSpace() byte {
	r.space()
	return r.peek(0)
}

// named reads the names of columns in an INSERT, and finds their types.
func (r *Reader) named(known []Column) []Column {
	var columns []Column
	for r.more() {
		column := Column{Name: r.name()}
		for _, k := range known {
			if strings.EqualFold(k.Name, column.Name) {
				column.Type = k.Type
			}
		}
		if column.Name != "" && len(columns) < bounds.DumpColumns {
			columns = append(columns, column)
		}
		c := r.afterSpace()
		r.pos = min(r.pos+1, r.end)
		if c == ')' {
			break
		}
		if c == ';' {
			return nil
		}
	}
	return columns
}

func (r *Reader) skipBrackets() {
	depth := 0
	for r.token() {
		switch r.last {
		case '(':
			depth++
		case ')':
			depth--
		case ';':
			return
		}
		if depth <= 0 {
			return
		}
	}
}

// rows reads the rows behind VALUES.
func (r *Reader) rows(yield func(Row) bool, columns []Column) bool {
	for comma := true; ; {
		switch c := r.afterSpace(); c {
		case '(':
			r.pos++
			line := r.line()
			if !r.row() {
				if !r.more() {
					r.cut("a row")
					return false
				}
				r.fault("A row could not be understood; it was left out.")
				if !r.resync() {
					return true
				}
				continue
			}
			if comma = false; !r.yield(yield, columns, line) {
				return false
			}
		case ',':
			r.pos++
			comma = true
		case ';':
			r.pos++
			return true
		case 0:
			if r.more() {
				r.pos++
				continue
			}
			if comma { // else only the last semicolon is missing
				r.cut("an INSERT")
			}
			return false
		default:
			r.skipRest()
			return true
		}
	}
}

// skipRest goes over ON DUPLICATE KEY UPDATE and the like; a statement whose
// semicolon is missing ends where the next begins.
func (r *Reader) skipRest() {
	if verbs[strings.ToUpper(r.ahead(6))] || strings.EqualFold(r.ahead(6), "create") {
		return
	}
	r.skipStatement()
}

func (r *Reader) yield(yield func(Row) bool, columns []Column, line int) bool {
	r.values = r.values[:0]
	for _, s := range r.spans {
		r.values = append(r.values, Value{Null: s.null, Bytes: r.scratch[s.from:s.to:s.to]})
	}
	if r.over {
		r.fault("A value is longer than %d MB; what is beyond that was left out.", bounds.DumpValue>>20)
	}
	return yield(Row{Table: r.table, Columns: columns, Values: r.values, Line: line})
}

// assignments reads INSERT … SET a = 1, b = 2.
func (r *Reader) assignments(yield func(Row) bool, known []Column) bool {
	var columns []Column
	r.begin()
	for {
		column := Column{Name: r.name()}
		for _, k := range known {
			if strings.EqualFold(k.Name, column.Name) {
				column.Type = k.Type
			}
		}
		if r.afterSpace() != '=' || len(columns) >= bounds.DumpColumns {
			r.skipStatement()
			return true
		}
		r.pos++
		columns = append(columns, column)
		if !r.value() {
			r.cut("a row")
			return false
		}
		if c := r.afterSpace(); c != ',' {
			more := r.yield(yield, columns, r.line())
			r.skipRest()
			return more
		}
		r.pos++
	}
}

// resync goes to the next line that begins with a row or a statement, and
// reports whether it is a row of the same INSERT.
func (r *Reader) resync() (row bool) {
	for r.more() {
		r.skipLine()
		if r.blanks(); r.peek(0) == '(' {
			return true
		}
		head := strings.ToUpper(r.ahead(16))
		word, _, ok := strings.Cut(head, " ")
		if ok && verbs[word] || strings.HasPrefix(head, "-- ") || strings.HasPrefix(head, "# DUMP") || strings.HasPrefix(head, "/*!") {
			return false
		}
	}
	return false
}
