package signs

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// form is how emphasis was written where its markup was lost.
type form uint8

const (
	noForm     form = iota
	loose           // i word/i: the brackets of <i>word</i> lost, a space in place of one
	tight           // iword/i: both lost
	underscore      // _word_
	star            // *word*
	doubleStar      // **word**
	slashed         // /word/
	forms           // how many there are
)

// span is one stretch of lost emphasis: the opening mark is text[open:from],
// the closing one text[to:close].
type span struct {
	form                  form
	mark                  string // em, strong, u, s
	open, from, to, close int
}

// tagMarks are the elements whose residue is known, and what they are now.
var tagMarks = map[string]string{"i": "em", "em": "em", "b": "strong", "strong": "strong", "u": "u", "s": "s"}

// maxSpan bounds how far a closing mark is looked for, in bytes.
const maxSpan = 1500

// spansIn finds all spans of a text by signs. It reads each character a bounded
// number of times. Spans may stand in each other and never cross.
func (e *Evidence) spansIn(text string) []span {
	if strings.IndexByte(text, '/') < 0 && strings.IndexByte(text, '_') < 0 && strings.IndexByte(text, '*') < 0 {
		return nil
	}
	var found spanStack
	closed := map[string]int{} // where the last span of a name ended
	for i := 0; i < len(text); i++ {
		var s span
		switch text[i] {
		case '/':
			if s = e.lostBrackets(text, i, closed); s.form == noForm {
				s = signSpan(text, i)
			}
		case '_', '*':
			s = signSpan(text, i)
		}
		if s.form == noForm || !found.add(s) {
			continue
		}
		if s.form == loose || s.form == tight {
			closed[text[i+1:s.close]] = s.close
			i = s.close - 1
		} else {
			i = s.from - 1
		}
	}
	return found.all
}

// spanStack collects spans that do not cross.
type spanStack struct {
	all  []span
	open []span // those that may hold the next
}

// add takes s unless it crosses, or cuts into the marks of, what is there.
func (k *spanStack) add(s span) bool {
	const deepest = 8
	for len(k.open) > 0 && k.open[len(k.open)-1].close <= s.open {
		k.open = k.open[:len(k.open)-1]
	}
	if len(k.open) >= deepest {
		return false
	}
	for i := len(k.open) - 1; i >= 0; i-- {
		o := k.open[i]
		within := s.open >= o.from && s.close <= o.to
		around := o.open >= s.from && o.close <= s.to
		if !within && !around && o.close > s.open && s.close > o.open {
			return false
		}
	}
	k.all, k.open = append(k.all, s), append(k.open, s)
	return true
}

// lostBrackets closes "i word/i" or "iword/i" at the slash.
func (e *Evidence) lostBrackets(text string, i int, closed map[string]int) span {
	name := nameAfter(text[i+1:])
	joined := e.isJoined(text[i+1:])
	if joined {
		name = "i"
	} else if name == "" || !e.closesAt(text, i+1+len(name)) {
		return span{}
	}
	low := max(closed[name], i-maxSpan)
	for low < i && !utf8.RuneStart(text[low]) {
		low++
	}
	if e.spans[tight] > e.spans[loose]+leastSpans {
		if s := e.tightSpan(text, i, name, low); s.form != noForm {
			return s
		}
	}
	line := low + 1 + strings.LastIndexByte(text[low:i], '\n')
	s := looseSpan(text, i, name, line)
	if s.form == noForm && !joined && e.often(loose) {
		s = e.joinedSpan(text, i, name, line)
	}
	if joined {
		return s
	}
	if s.form == noForm {
		s = e.tightSpan(text, i, name, low)
	}
	if s.form == noForm && line > low {
		s = looseSpan(text, i, name, low)
	}
	if s.form == noForm {
		closed[name] = i // nothing before it opens anything
	}
	return s
}

// closesAt reports whether a closing mark may end at i: not before a letter or
// digit, but for the s of a plural.
func (e *Evidence) closesAt(text string, i int) bool {
	return boundaryAfter(text, i) || text[i] == 's' && boundaryAfter(text, i+1) && e.often(loose)
}

// looseSpan takes the last letter that stands by itself at or after low for the
// opening mark: one before it is a pronoun, or was never closed.
func looseSpan(text string, i int, name string, low int) span {
	opening := name + " "
	for end := i; ; {
		at := strings.LastIndex(text[low:end], opening)
		if at < 0 {
			return span{}
		}
		at += low
		from := at + len(opening)
		for from < i && text[from] == ' ' {
			from++
		}
		if from < i && opensAfter(text, at) {
			to := len(strings.TrimRight(text[:i], " "))
			return span{loose, tagMarks[name], at, from, to, i + 1 + len(name)}
		}
		end = at + len(name)
	}
}

// isJoined reports whether the closing mark of i, in a document that has many, has
// lost the space behind it: "i word/ithe".
func (e *Evidence) isJoined(rest string) bool {
	if len(rest) < 3 || rest[0] != 'i' || rest[1] < 'a' || rest[1] > 'z' || !e.often(loose) {
		return false
	}
	whole := wordOf(rest)
	return len(whole) > 2 && isEnglish(whole[1:]) && !e.isWord(whole)
}

// joinedSpan takes the last word at or after low that lost the space before the
// opening mark: "havei word/i". Names may end so, and are none.
func (e *Evidence) joinedSpan(text string, i int, name string, low int) span {
	opening := name + " "
	for end := i; ; {
		at := low + strings.LastIndex(text[low:end], opening)
		if at <= low {
			return span{}
		}
		start := low + 1 + strings.LastIndexAny(text[low:at], " \n")
		if start <= low {
			start = low
		}
		token := strings.TrimLeftFunc(text[start:at], func(r rune) bool { return !unicode.IsLetter(r) })
		stem := wordOf(token)
		first, _ := utf8.DecodeRuneInString(token)
		if from := at + len(opening); from < i && stem != "" && len(stem) == len(strings.ReplaceAll(token, "’", "'")) && (unicode.IsLower(first) || stem == "i" || strings.Contains(stem, "'")) && isEnglish(stem) && !isEnglish(stem+name) {
			return span{loose, tagMarks[name], at, from, len(strings.TrimRight(text[:i], " ")), i + 1 + len(name)}
		}
		end = at
	}
}

// tightSpan takes the last token before the slash that begins with the name and
// is no word, or no word unless the name is taken off; failing that, the last that
// is a rarer word than what is left of it.
func (e *Evidence) tightSpan(text string, i int, name string, low int) span {
	const longest, reach = 600, 40 // of a span; beyond a foreign word, for one that is known
	for low = max(low, i-longest); low < i && !utf8.RuneStart(text[low]); {
		low++
	}
	rarer, foreign := span{}, span{}
	for end := i; end > low && (foreign.form == noForm || foreign.open-end < reach); {
		start := end
		for start > low {
			r, size := utf8.DecodeLastRuneInString(text[:start])
			if parts(r) {
				break
			}
			start -= size
		}
		if strings.HasPrefix(text[start:end], name) {
			token := text[start:end]
			if token == name && end < i && !isSpaceAt(text, end) {
				token = text[start:i] // a quote or a dash follows
			}
			s := span{tight, tagMarks[name], start, start + len(name), i, i + 1 + len(name)}
			switch is := e.isTight(token, name); {
			case is == surely:
				return s
			case is == foreignWord && foreign.form == noForm:
				foreign = s
			case is == rarely && rarer.form == noForm:
				rarer = s
			}
		}
		for end = start; end > low; {
			r, size := utf8.DecodeLastRuneInString(text[:end])
			if !parts(r) {
				break
			}
			end -= size
		}
	}
	if foreign.form != noForm {
		return foreign
	}
	return rarer
}

// parts reports whether r parts tokens.
func parts(r rune) bool { return unicode.IsSpace(r) || opens(r) || r == '-' || r == '–' }

// tightness is how sure it is that a token is the name of a tag and a word.
type tightness uint8

const (
	noTag       tightness = iota
	rarely                // the whole is a word, and a rarer one
	foreignWord           // neither the whole nor the rest is known
	surely
)

func (e *Evidence) isTight(token, name string) tightness {
	rest := token[len(name):]
	r, _ := utf8.DecodeRuneInString(rest)
	if rest == "" || strings.ContainsRune(".,;:!?)", r) && !strings.HasPrefix(rest, "...") {
		return noTag
	}
	if !unicode.IsLower(r) {
		return surely
	}
	whole, word := wordOf(token), wordOf(rest)
	known := e.isWord(word)
	switch {
	case !e.isWord(whole) && known:
		return surely
	case utf8.RuneCountInString(word) < 2:
	case !e.isWord(whole) && len(name) == len("i"):
		return foreignWord
	case known && isRarer(whole, word):
		return rarely
	}
	return noTag
}

// wordOf is the letters that token begins with, folded.
func wordOf(token string) string {
	end := strings.IndexFunc(token, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
	if end < 0 {
		end = len(token)
	}
	return strings.TrimRight(strings.ReplaceAll(strings.ToLower(token[:end]), "’", "'"), "'")
}

// nameAfter is the name of a closing tag without its brackets.
func nameAfter(rest string) string {
	n := 0
	for n < len(rest) && n < 7 && rest[n] >= 'a' && rest[n] <= 'z' {
		n++
	}
	name := rest[:n]
	if tagMarks[name] == "" {
		name = strings.TrimSuffix(name, "s") // of a plural
	}
	if tagMarks[name] == "" {
		return ""
	}
	return name
}

// swallowSpace moves the end of a closing mark over the space that came of its
// bracket, where a stop or a closing quote follows.
func swallowSpace(text string, end int) int {
	if end+1 >= len(text) || text[end] != ' ' {
		return end
	}
	r, size := utf8.DecodeRuneInString(text[end+1:])
	after, _ := utf8.DecodeRuneInString(text[end+1+size:])
	last := end+1+size == len(text)
	switch {
	case strings.ContainsRune(",.;:!?)]”’»", r):
		return end + 1
	case r == '"' || r == '\'':
		if last || unicode.IsSpace(after) || strings.ContainsRune(",.;:!?)—", after) {
			return end + 1
		}
	case r == '—' && !last && !unicode.IsSpace(after):
		return end + 1
	}
	return end
}

// signSpan opens a span with the signs at i and looks for the same in this line.
func signSpan(text string, i int) span {
	sign := text[i]
	n := 1
	for n < 4 && i+n < len(text) && text[i+n] == sign {
		n++
	}
	from := i + n
	if n > 2 || sign == '/' && n > 1 || !opensBefore(text, i, sign) || !begins(text[from:]) {
		return span{}
	}
	to := closing(text, from, sign, n)
	if to < 0 || !strings.ContainsFunc(text[from:to], unicode.IsLetter) || n == 2 && sign == '_' && ofPrograms[strings.ToLower(text[from:to])] {
		return span{}
	}
	s := span{open: i, from: from, to: to, close: to + n, mark: "em"}
	if n == 2 && sign == '*' {
		s.mark = "strong"
	}
	switch {
	case sign == '_':
		s.form = underscore
	case sign == '/':
		s.form = slashed
	case n == 2:
		s.form = doubleStar
	default:
		s.form = star
	}
	return s
}

// closing finds the n signs that close a span which begins at from. A sign in
// the middle of a word is none, and a few such are passed over.
func closing(text string, from int, sign byte, n int) int {
	const patience = 3
	high := min(len(text), from+maxSpan)
	if end := strings.IndexByte(text[from:high], '\n'); end >= 0 && sign == '/' {
		high = from + end
	}
	at := from
	for range patience {
		k := strings.IndexByte(text[at:high], sign)
		if k < 0 {
			return -1
		}
		at += k
		end := at
		for end < len(text) && text[end] == sign {
			end++
		}
		last, _ := utf8.DecodeLastRuneInString(text[:at])
		if end-at == n && !unicode.IsSpace(last) && boundaryAfter(text, end) && ends(text[from:at]) {
			return at
		}
		if sign != '_' || unicode.IsSpace(last) || end-at != n {
			return -1
		}
		at = end
	}
	return -1
}

// ofPrograms are names that stand between two underscores on each side in code.
var ofPrograms = wordSet("init main name file dict repr str call new del doc all version class len iter next enter exit eq ne lt gt hash getattr setattr getitem setitem func function line attribute import date time")

// begins reports whether what is emphasised may begin so: with a letter, a digit,
// or what opens speech and asides. The signs of faces do not.
func begins(s string) bool {
	s = strings.TrimLeft(s, "_*")
	inner := strings.TrimLeft(s, `"'“”‘’«([…¿¡`)
	for _, dash := range []string{"...", "--", "—", "–"} {
		inner = strings.TrimPrefix(inner, dash)
	}
	if inner != s {
		inner = strings.TrimLeft(inner, ` "'“‘_*`)
	}
	r, _ := utf8.DecodeRuneInString(inner)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("#$£€&@<[", r)
}

// ends reports whether what is emphasised may end so: with a letter, a digit, a
// quote or a mark that ends sentences, which something stands before.
func ends(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "_*"))
	return unicode.IsLetter(last) || unicode.IsMark(last) || unicode.IsDigit(last) || strings.ContainsRune(`"'“”‘’»)].,;:!?…—–-~%$`, last)
}

// opensAfter reports whether an opening mark may stand at i: at the start, or
// after a space, an opening quote, a bracket or a dash.
func opensAfter(text string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return i == 0 || unicode.IsSpace(r) || opens(r) || r == '…' || r == '-' || strings.HasSuffix(text[:i], "--") || strings.HasSuffix(text[:i], "...")
}

// opensBefore is opensAfter for signs, which stand in each other too: _*so*_.
func opensBefore(text string, i int, sign byte) bool {
	if i > 0 && (text[i-1] == '_' || text[i-1] == '*') && text[i-1] != sign {
		return i == 1 || opensAfter(text, i-1) || i > 1 && text[i-2] == text[i-1] && opensAfter(text, i-2)
	}
	return opensAfter(text, i)
}

func opens(r rune) bool { return strings.ContainsRune(`"'“‘(«[—–`, r) }

// boundaryAfter reports whether a closing mark may end at i: not before a letter or digit.
func boundaryAfter(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return i == len(text) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '/' && (r != '_' || i > 0 && text[i-1] == '*')
}

func isSpaceAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsSpace(r)
}
