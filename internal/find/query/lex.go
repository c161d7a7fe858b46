package query

import (
	"strings"
	"unicode/utf8"
)

// token is a piece of a question: an operator, a word, or a field with its value.
type token struct {
	kind   tokenKind
	field  string // of a value: as typed, without the colon
	text   string // of a word or value; "" if nothing stands behind the colon
	quoted bool
}

type tokenKind uint8

const (
	word tokenKind = iota
	value
	open
	shut
	or
	not
)

type lexer struct {
	rest     string
	tokens   []token
	unclosed bool // the last quotation was never closed
}

func lex(s string) *lexer {
	l := &lexer{rest: s}
	for l.skipBlanks(); l.rest != ""; l.skipBlanks() {
		l.one()
	}
	return l
}

func (l *lexer) skipBlanks() { l.rest = strings.TrimLeftFunc(l.rest, isBlank) }

func (l *lexer) emit(t token) { l.tokens = append(l.tokens, t) }

func (l *lexer) one() {
	switch r, size := first(l.rest); {
	case r == '(':
		l.rest = l.rest[size:]
		l.emit(token{kind: open})
	case r == ')':
		l.rest = l.rest[size:]
		l.emit(token{kind: shut})
	case r == '|':
		l.rest = strings.TrimLeft(l.rest, "|")
		l.emit(token{kind: or})
	case r == '-':
		l.rest = l.rest[size:]
		if next, _ := first(l.rest); l.rest != "" && !isBlank(next) {
			l.emit(token{kind: not})
		}
	case isQuote(r):
		if text := l.quotation(); text != "" {
			l.emit(token{kind: word, text: text, quoted: true})
		}
	default:
		l.wordOrValue()
	}
}

// wordOrValue reads what begins with a letter, digit or unknown sign.
func (l *lexer) wordOrValue() {
	run := l.run()
	switch run {
	case "AND":
		return
	case "OR":
		l.emit(token{kind: or})
		return
	case "NOT":
		l.emit(token{kind: not})
		return
	}
	name, rest, ok := strings.Cut(run, ":")
	if !ok || !isField(name) {
		l.emit(token{kind: word, text: run})
		return
	}
	t := token{kind: value, field: name, text: rest}
	if rest == "" {
		t.text, t.quoted = l.valueBehind()
	}
	l.emit(t)
}

// valueBehind reads the value that follows a colon, which may be in quotes and
// may have a blank before it.
func (l *lexer) valueBehind() (text string, quoted bool) {
	l.skipBlanks()
	r, _ := first(l.rest)
	if isQuote(r) {
		return l.quotation(), true
	}
	rest := l.rest
	text = l.run()
	if isOperator(text) {
		l.rest, text = rest, ""
	}
	return text, false
}

// run reads on until a word or value ends.
func (l *lexer) run() string {
	end := strings.IndexFunc(l.rest, endsValue)
	if end < 0 {
		end = len(l.rest)
	}
	run := l.rest[:end]
	l.rest = l.rest[end:]
	return run
}

// quotation reads a quotation, whose text has single blanks when it is
// returned. What is never closed goes on to the end.
func (l *lexer) quotation() string {
	opener, size := first(l.rest)
	l.rest = l.rest[size:]
	var b strings.Builder
	escaped := false
	for i, r := range l.rest {
		switch {
		case escaped && r != '"' && r != '\\':
			b.WriteByte('\\')
		case !escaped && r == '\\':
			escaped = true
			continue
		case !escaped && (r == '"' || isCurly(opener) && isCurly(r)):
			l.rest = strings.TrimPrefix(l.rest[i:], string(r))
			return tidy(b.String())
		}
		escaped = false
		b.WriteRune(r)
	}
	if escaped {
		b.WriteByte('\\')
	}
	l.rest, l.unclosed = "", true
	return tidy(b.String())
}

// tidy puts one blank for each run of blanks, and none at the ends.
func tidy(s string) string { return strings.Join(strings.FieldsFunc(s, isBlank), " ") }

func first(s string) (r rune, size int) { return utf8.DecodeRuneInString(s) }
