package signs

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const replacement = "\uFFFD"

// leastOpened is how many question marks must stand where only quotes open.
const leastOpened = 3

// leastDashes is how many question marks must stand within words to be dashes.
const leastDashes = 5

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
	closed           // Hello,? with a stop before it
	maybeClosed      // Hello? with a letter before it
	dash             // this?that
	alone            // this ? that
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
	lostBefore, lostAfter := !first && (before == '?' || before == utf8.RuneError), !last && (after == '?' || after == utf8.RuneError)
	starts := first || unicode.IsSpace(before) || strings.ContainsRune("—–-([", before)
	ends := last || unicode.IsSpace(after) || strings.ContainsRune("—–-)],.;:!?", after) || lostAfter
	switch {
	case letterAfter && l.bareAt(s.to), letterBefore && letterAfter && l.inAddress(s):
		return other
	case letterBefore && letterAfter && contracts(l.text, s.from, s.to):
		return contraction
	case letterBefore && letterAfter:
		return dash
	case letterAfter && (starts || lostBefore):
		return opening
	case starts && lostAfter && s.to+1 < len(l.text) && l.opensTwice(s):
		return opening
	case !first && before == ' ' && !last && after == ' ':
		if r, _ := utf8.DecodeRuneInString(l.text[s.to+1:]); unicode.IsLower(r) {
			return alone
		}
	case ends && letterBefore:
		return maybeClosed
	case ends && !first && (strings.ContainsRune(",.!?…—–-", before) || lostBefore):
		return closed
	}
	return other
}

// bareAt reports whether the name of an entity that lost its sign begins at i.
func (l *line) bareAt(i int) bool {
	const longest = 8
	n := strings.IndexByte(l.text[i:min(len(l.text), i+longest)], ';')
	if n < 0 {
		return false
	}
	_, size := bareEntity(l.text[:i+n+1])
	return size == n+1
}

// opensTwice reports whether s and the sign after it are a quote in a quote.
func (l *line) opensTwice(s lost) bool {
	_, size := utf8.DecodeRuneInString(l.text[s.to:])
	r, _ := utf8.DecodeRuneInString(l.text[s.to+size:])
	return s.to+size < len(l.text) && unicode.IsLetter(r)
}

// inAddress reports whether the token around s is one of the web.
func (l *line) inAddress(s lost) bool {
	const longest = 60 // of what is no address
	low, high := max(0, s.from-longest), min(len(l.text), s.to+longest)
	from := low + strings.LastIndexAny(l.text[low:s.from], " \n") + 1
	to := high
	if n := strings.IndexAny(l.text[s.to:high], " \n"); n >= 0 {
		to = s.to + n
	}
	token := l.text[from:to]
	return len(token) > longest || strings.ContainsAny(token, "/=&@") || strings.Contains(token, "www.")
}

// longestWord bounds how far the letters of a word are counted.
const longestWord = 30

// contractions are what stands behind the apostrophe of English ones.
var contractions = map[string]bool{"s": true, "t": true, "re": true, "ve": true, "ll": true, "d": true, "m": true}

// contracts reports whether the sign in [from, to) is an apostrophe: don?t, o?clock.
func contracts(text string, from, to int) bool {
	end := to
	for end < len(text) && end-to < longestWord && isLetter(text[end]) {
		end++
	}
	if r, _ := utf8.DecodeRuneInString(text[end:]); end < len(text) && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return false
	}
	start := from
	for start > 0 && from-start < longestWord && isLetter(text[start-1]) {
		start--
	}
	before, after := text[start:from], strings.ToLower(text[to:end])
	switch {
	case after == "t":
		return strings.HasSuffix(strings.ToLower(before), "n")
	case contractions[after]:
		return true
	case len(before) == 1 && len(after) > 1 && !strings.Contains("aAiI", before):
		return true // o?clock, O?Brien, d?you, c?mon
	}
	return strings.EqualFold(before, "ma") && after == "am" || strings.EqualFold(before, "ne") && after == "er"
}

// countQuotes counts what proves that a document lost its quotes.
func (l *line) countQuotes() {
	for _, s := range l.lostSigns() {
		switch s.role {
		case contraction:
			l.asked++
		case opening:
			l.opened++
		case dash:
			if r, _ := utf8.DecodeRuneInString(l.text[s.to:]); unicode.IsLower(r) {
				l.dashes++
			}
		}
	}
}

// elisions are what is written with an apostrophe before it.
var elisions = map[string]bool{"cause": true, "em": true, "til": true, "till": true, "bout": true, "round": true, "kay": true, "tis": true, "twas": true,
	"e": true, "im": true, "er": true, "ere": true, "ow": true, "ave": true, "course": true, "member": true, "fraid": true, "specially": true, "nother": true}

// quotes reads question marks, and signs of what could not be read, that stand
// where apostrophes, quotes and dashes do.
func (l *line) quotes() {
	q := quoting{line: l, signs: l.lostSigns(), double: -1, single: -1, best: -1}
	q.proven = l.opened >= leastOpened || l.asked >= leastOpened || l.dashes >= leastDashes
	for i := range q.signs {
		q.next(i)
	}
	q.end()
}

// quoting goes through the lost signs of a paragraph.
type quoting struct {
	*line
	signs          []lost
	proven         bool
	double, single int // the signs that opened quotes, or -1
	best           int // where the outer quote may close, a letter before it
}

func (q *quoting) next(i int) {
	s := q.signs[i]
	switch s.role {
	case contraction:
		q.put(s, "’", 0.99)
	case dash:
		if q.proven || !s.asks {
			q.put(s, "—", 0.9)
		}
	case alone:
		if q.proven || !s.asks {
			q.put(s, "–", 0.9)
		}
	case opening:
		q.open(i)
	case closed, maybeClosed:
		q.close(i)
	}
}

func (q *quoting) put(s lost, is string, confidence float64) {
	q.add(Change{Rule: RuleQuotes, Cuts: []Cut{{s.from, s.to, is}}, Confidence: confidence})
}

// open takes a sign that opens a quote, or a word that is cut short.
func (q *quoting) open(i int) {
	s := q.signs[i]
	word := wordOf(q.text[s.to:])
	switch {
	case elisions[word] && (q.proven || !s.asks) && (q.double >= 0 || q.closers(i) == 0):
		q.put(s, "‘", 0.9)
	case q.double >= 0 && q.best < 0 && q.single < 0 && q.closers(i) > 1:
		q.single = i
	case q.double >= 0 && q.best >= 0:
		q.pair(q.double, q.best, "“", "”")
		q.double, q.single, q.best = i, -1, -1
	case q.double >= 0 && (q.proven || !s.asks):
		q.put(s, "‘", 0.9)
	default:
		q.double, q.single, q.best = i, -1, -1
	}
}

// closers counts the signs after i that may close quotes, up to one that opens another.
func (q *quoting) closers(i int) int {
	const ahead = 40 // signs that are looked at
	n := 0
	for _, s := range q.signs[i+1 : min(len(q.signs), i+1+ahead)] {
		switch s.role {
		case opening:
			if n > 0 {
				return n
			}
		case closed, maybeClosed:
			n++
		}
	}
	return n
}

// close takes a sign that may close a quote.
func (q *quoting) close(i int) {
	s := q.signs[i]
	if s.role == maybeClosed && (q.proven || !s.asks) && q.isCut(s) {
		q.put(s, "’", 0.9)
		return
	}
	adjoins := i+1 < len(q.signs) && q.signs[i+1].from == s.to && q.signs[i+1].role != other
	switch {
	case q.single >= 0 && (s.role == maybeClosed || adjoins || q.closers(i) > 0):
		q.pair(q.single, i, "‘", "’")
		q.single = -1
	case q.double >= 0 && s.role == closed:
		q.pair(q.double, i, "“", "”")
		q.double, q.single, q.best = -1, -1, -1
	case q.double >= 0 && !adjoins:
		q.best = i
	case q.double < 0 && !s.asks && s.role == closed:
		q.put(s, "”", 0.9)
	case q.double < 0 && !s.asks:
		q.put(s, "’", 0.9)
	}
}

// isCut reports whether the word before s lost its last letter to speech, and
// the sentence goes on: comin?, th? old.
func (q *quoting) isCut(s lost) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(q.text[s.to:], " "))
	start := s.from
	for start > 0 && s.from-start < longestWord && isLetter(q.text[start-1]) {
		start--
	}
	word := strings.ToLower(q.text[start:s.from])
	return (unicode.IsLower(r) || r == ',') && (strings.HasSuffix(word, "in") && len(word) > 4 || cutWords[word])
}

var cutWords = wordSet("th an o ol wi wit jus mos goin doin lil po fo gran")

// end is the end of the paragraph; a speech may go on in the next.
func (q *quoting) end() {
	switch {
	case q.double < 0:
	case q.best >= 0:
		q.pair(q.double, q.best, "“", "”")
	case q.opened >= leastOpened || !q.signs[q.double].asks:
		q.put(q.signs[q.double], "“", 0.9)
	}
}

// pair makes a pair of quotes of two signs.
func (q *quoting) pair(i, j int, open, shut string) {
	first, last := q.signs[i], q.signs[j]
	c := Change{Rule: RuleQuotes, Cuts: []Cut{{first.from, first.to, open}, {last.from, last.to, shut}}, Confidence: 0.95}
	if q.opened < leastOpened && first.asks && last.asks {
		c.Suggested, c.Confidence = true, 0.5
	}
	q.add(c)
}
