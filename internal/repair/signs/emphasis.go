package signs

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// verdict weighs a span by its form and the document.
type verdict uint8

const (
	leave verdict = iota
	suggest
	restore
)

// spans reads emphasis that was left as signs.
func (l *line) spans() {
	for _, s := range l.spansIn(l.text) {
		v := l.verdict(l.text, s)
		if v == leave {
			continue
		}
		c := Change{Rule: RuleItalics, Mark: s.mark, From: s.from, To: s.to, Confidence: 0.99, Suggested: v == suggest}
		switch {
		case c.Suggested:
			c.Confidence = 0.5
		case s.form == star || s.form == slashed || s.form == tight:
			c.Confidence = 0.9
		}
		c.Cuts = []Cut{{From: s.open, To: s.from}, {From: s.to, To: s.close}}
		l.add(c)
	}
}

func (e *Evidence) verdict(text string, s span) verdict {
	often := e.often(s.form)
	switch s.form {
	case loose:
		if n := e.spans[loose] + e.spans[tight]; e.loneLetters()-e.spans[loose] > 1+n {
			return suggest // "do u think/u know" is chat-speak
		}
		return restore
	case tight:
		if often = e.spans[loose]+e.spans[tight] >= leastSpans; often && e.loneLetters() > e.spans[loose]+e.spans[tight] {
			return suggest
		}
	case underscore, doubleStar:
		if e.plain {
			return restore
		}
	case star:
		if !isEmphasis(text, s) {
			return leave
		}
	}
	if often {
		return restore
	}
	return suggest
}

// isEmphasis tells *really* within a sentence from *sigh* as a gesture between
// two, which readers want to see as it was typed: the sentence comes to the
// word and goes on after it.
func isEmphasis(text string, s span) bool {
	inside := text[s.from:s.to]
	if utf8.RuneCountInString(inside) == 1 && inside != "I" && inside != "a" {
		return false // *s* stands for something
	}
	before, after := strings.TrimRight(text[:s.open], " "), strings.TrimLeft(text[s.close:], " ")
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	comes := before != "" && (unicode.IsLetter(last) || strings.ContainsRune(",;—-", last))
	goesOn := after == "" || unicode.IsLower(next) || strings.ContainsRune(",;.!?:—-…’'\"”)", next)
	starts := before == "" || strings.ContainsRune(`"“.!?…`, last)
	first, _ := utf8.DecodeRuneInString(inside)
	return comes && goesOn || starts && unicode.IsUpper(first) && unicode.IsLower(next) && !isGesture(inside)
}

// isGesture reports whether a span begins with a verb of the third person.
func isGesture(inside string) bool {
	word, _, _ := strings.Cut(inside, " ")
	return strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "'s") && !strings.HasSuffix(word, "’s")
}
