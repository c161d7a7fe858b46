package signs

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const replacement = "\uFFFD"

// leastOpened is how many question marks must stand where only quotes open.
const leastOpened = 3

// mayAsk reports whether a question mark stands where none is asked: before a letter.
func mayAsk(s string) bool {
	for i := 0; i+1 < len(s); i++ {
		if s[i] == '?' && (isLetter(s[i+1]) || s[i+1] >= utf8.RuneSelf || s[i+1] == '?') {
			return true
		}
	}
	return false
}

// lost is a sign that stands in the place of another.
type lost struct {
	from, to int
	asks     bool // it is a question mark, which may be meant
	role     role
}

// role is what a lost sign was, by its neighbours.
type role uint8

const (
	other       role = iota
	contraction      // don?t
	opening          // ?Hello
	closing1         // Hello,? with a stop before it
	closing2         // Hello? with a letter before it
	dash             // this?that
)

// lostSigns lists the signs that may stand for others.
func (l *line) lostSigns() []lost {
	var found []lost
	for i := 0; i < len(l.text); i++ {
		size := 0
		switch {
		case l.text[i] == '?':
			size = 1
		case strings.HasPrefix(l.text[i:], replacement):
			size = len(replacement)
		default:
			continue
		}
		s := lost{from: i, to: i + size, asks: size == 1}
		s.role = l.roleOf(s)
		found = append(found, s)
		i += size - 1
	}
	return found
}

func (l *line) roleOf(s lost) role {
	before, _ := utf8.DecodeLastRuneInString(l.text[:s.from])
	after, _ := utf8.DecodeRuneInString(l.text[s.to:])
	first, last := s.from == 0, s.to == len(l.text)
	letterBefore, letterAfter := !first && unicode.IsLetter(before), !last && unicode.IsLetter(after)
	switch {
	case letterBefore && letterAfter && l.inAddress(s):
		return other
	case letterBefore && letterAfter && contracts(l.text, s.from, s.to):
		return contraction
	case letterBefore && letterAfter:
		return dash
	case letterAfter && (first || unicode.IsSpace(before) || strings.ContainsRune("—–-([", before) || before == '?' || before == utf8.RuneError):
		return opening
	case last || unicode.IsSpace(after) || strings.ContainsRune("—–-)],.;:!?", after) || after == utf8.RuneError:
		switch {
		case letterBefore:
			return closing2
		case !first && strings.ContainsRune(",.!?…—–-", before):
			return closing1
		}
	}
	return other
}

// inAddress reports whether the token around s is one of the web.
func (l *line) inAddress(s lost) bool {
	from := strings.LastIndexAny(l.text[:s.from], " \n") + 1
	to := len(l.text)
	if n := strings.IndexAny(l.text[s.to:], " \n"); n >= 0 {
		to = s.to + n
	}
	token := l.text[from:to]
	return len(token) > 60 || strings.ContainsAny(token, "/=&@") || strings.Contains(token, "www.")
}

// contractions are what stands behind the apostrophe of English ones.
var contractions = map[string]bool{"s": true, "t": true, "re": true, "ve": true, "ll": true, "d": true, "m": true}

// contracts reports whether the sign in [from, to) is an apostrophe: don?t, o?clock.
func contracts(text string, from, to int) bool {
	end := to
	for end < len(text) && isLetter(text[end]) {
		end++
	}
	if r, _ := utf8.DecodeRuneInString(text[end:]); end < len(text) && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return false
	}
	start := from
	for start > 0 && isLetter(text[start-1]) {
		start--
	}
	before, after := text[start:from], strings.ToLower(text[to:end])
	switch {
	case after == "t":
		return strings.HasSuffix(strings.ToLower(before), "n")
	case contractions[after]:
		return true
	case after == "clock" && (before == "o" || before == "O"), before == "O" && end > to && unicode.IsUpper(rune(text[to])), strings.EqualFold(before, "y") && after == "all", strings.EqualFold(before, "ma") && after == "am":
		return true
	}
	return false
}

// countQuotes counts what proves that a document lost its quotes.
func (l *line) countQuotes() {
	for _, s := range l.lostSigns() {
		switch s.role {
		case contraction:
			l.asked++
		case opening:
			l.opened++
		}
	}
}

// quotes reads question marks, and signs of what could not be read, that stand
// where apostrophes and quotes do.
func (l *line) quotes() {
	signs := l.lostSigns()
	proven := l.opened >= leastOpened || l.asked >= leastOpened
	open := -1
	best := -1 // where the quote may close, a letter before it
	for i, s := range signs {
		switch s.role {
		case contraction:
			l.add(Change{Rule: RuleQuotes, Cuts: []Cut{{s.from, s.to, "’"}}, Confidence: 0.99})
		case dash:
			if proven || !s.asks {
				l.add(Change{Rule: RuleQuotes, Cuts: []Cut{{s.from, s.to, "—"}}, Confidence: 0.9})
			}
		case opening:
			if open >= 0 && best >= 0 {
				l.quoted(signs[open], signs[best])
			}
			open, best = i, -1
		case closing1:
			if open >= 0 {
				l.quoted(signs[open], s)
				open, best = -1, -1
			} else if !s.asks {
				l.add(Change{Rule: RuleQuotes, Cuts: []Cut{{s.from, s.to, "”"}}, Confidence: 0.9})
			}
		case closing2:
			if open >= 0 && !(i+1 < len(signs) && signs[i+1].from == s.to) {
				best = i
			} else if open < 0 && !s.asks {
				l.add(Change{Rule: RuleQuotes, Cuts: []Cut{{s.from, s.to, "’"}}, Confidence: 0.9})
			}
		}
	}
	switch {
	case open >= 0 && best >= 0:
		l.quoted(signs[open], signs[best])
	case open >= 0 && (l.opened >= leastOpened || !signs[open].asks): // the speech goes on in the next paragraph
		l.add(Change{Rule: RuleQuotes, Cuts: []Cut{{signs[open].from, signs[open].to, "“"}}, Confidence: 0.9})
	}
}

// quoted makes a pair of quotes of two signs.
func (l *line) quoted(first, last lost) {
	c := Change{Rule: RuleQuotes, Cuts: []Cut{{first.from, first.to, "“"}, {last.from, last.to, "”"}}, Confidence: 0.95}
	if l.opened < leastOpened && first.asks && last.asks {
		c.Suggested, c.Confidence = true, 0.5
	}
	l.add(c)
}
