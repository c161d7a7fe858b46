package query

import (
	"fmt"
	"slices"
	"strings"

	"ficstead/internal/base/bounds"
	"ficstead/internal/base/errs"
)

// Problem says what was not understood, in a sentence. Its field is "q".
type Problem = errs.Problem

// The bounds of a question, far beyond what a person types. They keep a
// question's cost in proportion to its use.
const (
	maxLength  = bounds.QuestionLetters
	maxParts   = bounds.QuestionParts
	maxNesting = bounds.QuestionDepth

	maxProblems = 20 // as many as anybody reads
)

// Parse reads a question. It never fails: what cannot be read is left out and
// told. Words beside each other must all be there; OR binds less than that.
// The result is flat: no And stands in an And, no Or in an Or, neither has
// fewer than two parts, and no Not stands in a Not.
func Parse(s string) (Query, []Problem) {
	p := &parser{}
	l := lex(p.clean(s))
	p.tokens = l.tokens
	if l.unclosed {
		p.problem("A quotation mark is never closed; the quotation goes on to the end.")
	}
	q := p.all()
	if q == nil {
		q = Const(true)
	}
	p.query.Q = q
	return p.query, p.problems
}

type parser struct {
	tokens   []token
	query    Query // its Sort and Dir, as they are met
	problems []Problem
	parts    int
	nesting  int
	flat     int // parentheses open that are too deep and passed over
}

func (p *parser) problem(format string, args ...any) {
	problem := Problem{Field: "q", Message: fmt.Sprintf(format, args...)}
	if len(p.problems) < maxProblems && !slices.Contains(p.problems, problem) {
		p.problems = append(p.problems, problem)
	}
}

// clean makes valid text of bounded length of s.
func (p *parser) clean(s string) string {
	s = strings.ToValidUTF8(s, "")
	n := 0
	for i := range s {
		if n++; n > maxLength {
			p.problem("The question is too long; only the first %d characters were read.", maxLength)
			return s[:i]
		}
	}
	return s
}

func (p *parser) peek() (token, bool) {
	if len(p.tokens) == 0 {
		return token{}, false
	}
	return p.tokens[0], true
}

func (p *parser) skip() { p.tokens = p.tokens[1:] }

// all reads everything, passing over parentheses that close nothing.
func (p *parser) all() Q {
	var parts []Q
	for {
		if q := p.or(); q != nil {
			parts = append(parts, q)
		}
		if len(p.tokens) == 0 {
			return gather(parts, true)
		}
		p.skip()
		p.problem("A closing parenthesis has no opening one; it was passed over.")
	}
}

// or reads groups with OR between them. It returns nil if there is nothing to look up.
func (p *parser) or() Q {
	var parts []Q
	for {
		if q := p.and(); q != nil {
			parts = append(parts, q)
		}
		if t, ok := p.peek(); !ok || t.kind != or {
			return gather(parts, false)
		}
		p.skip()
	}
}

func (p *parser) and() Q {
	var parts []Q
	for {
		t, ok := p.peek()
		if ok && t.kind == shut && p.flat > 0 {
			p.flat--
			p.skip()
			continue
		}
		if !ok || t.kind == or || t.kind == shut {
			return gather(parts, true)
		}
		if q := p.one(); q != nil {
			parts = append(parts, q)
		}
	}
}

// one reads a word, a value or a group, with what negates it.
func (p *parser) one() Q {
	negated := false
	t, ok := p.peek()
	for ; ok && t.kind == not; t, ok = p.peek() {
		negated = !negated
		p.skip()
	}
	var q Q
	switch {
	case !ok || t.kind == or || t.kind == shut:
		return nil
	case t.kind == open:
		p.skip()
		q = p.group()
	default:
		p.skip()
		q = p.leaf(t)
	}
	if q != nil && negated {
		return negate(q)
	}
	return q
}

// group reads what stands behind an opening parenthesis.
func (p *parser) group() Q {
	if p.nesting == maxNesting {
		p.flat++
		p.problem("Parentheses stand more than %d deep; the inner ones were passed over.", maxNesting)
		return nil
	}
	if t, ok := p.peek(); ok && t.kind == shut {
		p.skip()
		return Const(true)
	}
	p.nesting++
	q := p.or()
	p.nesting--
	if len(p.tokens) > 0 {
		p.skip()
	} else {
		p.problem("A parenthesis is never closed; it goes on to the end.")
	}
	return q
}

func (p *parser) leaf(t token) Q {
	var q Q
	if t.kind == word {
		q = p.word(t)
	} else {
		q = p.value(t)
	}
	if q == nil {
		return nil
	}
	if p.parts++; p.parts > maxParts {
		p.problem("The question has more than %d parts; the rest was left out.", maxParts)
		return nil
	}
	return q
}

func (p *parser) word(t token) Q {
	name, _, ok := strings.Cut(t.text, ":")
	if ok && !t.quoted && isLetters(name) {
		p.problem("There is no field “%s”; “%s” was looked up as words.", clip(name), clip(t.text))
	}
	return Words{Text: t.text, Exact: t.quoted}
}
