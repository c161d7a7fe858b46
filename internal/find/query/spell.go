package query

import (
	"strings"
	"unicode"
)

func (q And) String() string   { return join(q, " ", 1) }
func (q Or) String() string    { return join(q, " OR ", 0) }
func (q Not) String() string   { return "-" + wrap(q.Q, 1) }
func (q Const) String() string { return map[bool]string{true: "()", false: "-()"}[bool(q)] }

func (q Words) String() string {
	if q.Exact || q.Text == "" || !isBare(q.Text) || q.In == Anywhere && !isWord(q.Text) {
		return fieldOf(q) + quote(q.Text)
	}
	return fieldOf(q) + q.Text
}

func (q Tag) String() string      { return fieldOf(q) + quoteIfNeeded(q.Name) }
func (q Number) String() string   { return fieldOf(q) + q.Range.String() }
func (q Date) String() string     { return fieldOf(q) + q.Days.String() }
func (q Flag) String() string     { return fieldOf(q) + yesNo(q.Yes) }
func (q Focus) String() string    { return fieldOf(q) + quoteIfNeeded(q.Name) }
func (q Language) String() string { return fieldOf(q) + quoteIfNeeded(q.Name) }

func (q Shelf) String() string {
	if q.Status == "" {
		return "in:shelf"
	}
	return "status:" + quoteIfNeeded(q.Status)
}

func (q And) binds() int      { return 1 }
func (q Or) binds() int       { return 0 }
func (q Not) binds() int      { return 2 }
func (q Const) binds() int    { return 2 }
func (q Words) binds() int    { return 2 }
func (q Tag) binds() int      { return 2 }
func (q Number) binds() int   { return 2 }
func (q Date) binds() int     { return 2 }
func (q Flag) binds() int     { return 2 }
func (q Focus) binds() int    { return 2 }
func (q Language) binds() int { return 2 }
func (q Shelf) binds() int    { return 2 }

// join spells the parts of And (1) or Or (0). Both are flat and have two parts
// or more when Parse or Simplify made them; others get what parentheses they need.
func join(qs []Q, sep string, binds int) string {
	if len(qs) == 0 {
		return Const(binds == 1).String()
	}
	parts := make([]string, len(qs))
	for i, q := range qs {
		parts[i] = wrap(q, binds)
	}
	return strings.Join(parts, sep)
}

// wrap puts q in parentheses if it does not bind more tightly than its surroundings.
func wrap(q Q, binds int) string {
	if q.binds() > binds {
		return q.String()
	}
	return "(" + q.String() + ")"
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func quoteIfNeeded(s string) string {
	if s != "" && isBare(s) {
		return s
	}
	return quote(s)
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

func quote(s string) string { return `"` + escapes.Replace(s) + `"` }

// isBare reports whether s is read as one value when it stands without quotes
// behind the colon of a field.
func isBare(s string) bool {
	return !strings.ContainsFunc(s, endsValue)
}

// isWord reports whether s, which is bare, is read as a word when it stands alone.
func isWord(s string) bool {
	if isOperator(s) || s[0] == '-' {
		return false
	}
	name, _, ok := strings.Cut(s, ":")
	return !ok || !isField(name)
}

func isOperator(s string) bool { return s == "OR" || s == "AND" || s == "NOT" }

// endsValue reports whether a word or value ends before r.
func endsValue(r rune) bool {
	return isBlank(r) || r == '(' || r == ')' || r == '|' || isQuote(r)
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// isQuote knows the marks that telephones and word processors put for ".
func isQuote(r rune) bool { return r == '"' || isCurly(r) }

func isCurly(r rune) bool { return strings.ContainsRune("“”„‟«»", r) }
