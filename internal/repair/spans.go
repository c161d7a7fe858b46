package repair

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// form is how emphasis was written where its markup was lost.
type form uint8

const (
	noForm     form = iota
	slashForm       // i word/i: the brackets of <i>word</i> lost, a space in place of one
	bracket         // [i]word[/i]
	tag             // <i>word</i> as text
	underscore      // _word_
	star            // *word*
	doubleStar      // **word**
	slashed         // /word/
	forms           // how many there are
)

// spanSigns are the signs that every span has one of.
const spanSigns = "/_*[<"

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
const maxSpan = 1000

// spansIn finds all spans of a text, in order and not crossing. It reads each
// character a bounded number of times.
func spansIn(text string) []span {
	if !anySign(text) {
		return nil
	}
	var spans []span
	open := map[string]int{} // where the last unclosed tag of a name ends
	end := 0                 // of the last span
	for i := 0; i < len(text); i++ {
		var s span
		switch text[i] {
		case '[', '<':
			s = tagSpan(text, i, open)
		case '/':
			if s = slashSpan(text, i, end); s.form == noForm {
				s = signSpan(text, i)
			}
		case '_', '*':
			s = signSpan(text, i)
		}
		if s.form != noForm && s.open >= end {
			spans = append(spans, s)
			end = s.close
			i = max(i, end-1)
		}
	}
	return spans
}

// tagSpan closes the tag at i with the one that was left open, or leaves it
// open for later.
func tagSpan(text string, i int, open map[string]int) span {
	closer := map[byte]byte{'[': ']', '<': '>'}[text[i]]
	n := strings.IndexByte(text[i:min(len(text), i+10)], closer)
	if n < 0 {
		return span{}
	}
	name := strings.ToLower(strings.TrimSpace(text[i+1 : i+n]))
	end := i + n + 1
	if mark := tagMarks[name]; mark != "" {
		open[text[i:i+1]+name] = i + 1 // so that 0 is none
		return span{}
	}
	name, isEnd := strings.CutPrefix(name, "/")
	at := open[text[i:i+1]+name] - 1
	if !isEnd || at < 0 || tagMarks[name] == "" {
		return span{}
	}
	delete(open, text[i:i+1]+name)
	f := tag
	if closer == ']' {
		f = bracket
	}
	return span{f, tagMarks[name], at, at + strings.IndexByte(text[at:], closer) + 1, i, end}
}

// slashSpan closes "i word/i" at the slash. The opening letter is the first
// that stands by itself after the last span and in this line.
func slashSpan(text string, i, after int) span {
	name := slashName(text[i+1:])
	if name == "" || !boundaryAfter(text, i+1+len(name)) {
		return span{}
	}
	start := max(after, i-maxSpan)
	start += strings.LastIndexByte(text[start:i], '\n') + 1
	opening := name + " "
	for at := start; ; {
		n := strings.Index(text[at:i], opening)
		if n < 0 {
			return span{}
		}
		at += n
		from := at + len(opening)
		for from < i && text[from] == ' ' {
			from++
		}
		if from < i && opensAfter(text, at) {
			to := len(strings.TrimRight(text[:i], " "))
			return span{slashForm, tagMarks[name], at, from, to, swallowSpace(text, i+1+len(name))}
		}
		at += len(name)
	}
}

// slashName is the name of a closing tag without its brackets.
func slashName(rest string) string {
	n := 0
	for n < len(rest) && rest[n] >= 'a' && rest[n] <= 'z' {
		n++
	}
	if tagMarks[rest[:n]] == "" {
		return ""
	}
	return rest[:n]
}

// swallowSpace moves the end of a closing mark over the space that came of its
// bracket, where a stop follows.
func swallowSpace(text string, end int) int {
	if end+1 < len(text) && text[end] == ' ' && strings.IndexByte(",.;:!?", text[end+1]) >= 0 {
		return end + 1
	}
	return end
}

// signSpan opens a span with the signs at i and looks for the same in this line.
func signSpan(text string, i int) span {
	sign := text[i]
	n := 1
	for n < 3 && i+n < len(text) && text[i+n] == sign {
		n++
	}
	from := i + n
	if n > 2 || sign == '/' && n > 1 || !opensAfter(text, i) || from >= len(text) || isSpaceAt(text, from) {
		return span{}
	}
	to := from + strings.IndexByte(text[from:min(len(text), from+maxSpan)], sign)
	if to <= from || strings.IndexByte(text[from:to], '\n') >= 0 {
		return span{}
	}
	last, _ := utf8.DecodeLastRuneInString(text[:to])
	end := to + n
	if !strings.HasPrefix(text[to:], strings.Repeat(string(sign), n)) || unicode.IsSpace(last) || !boundaryAfter(text, end) ||
		end < len(text) && text[end] == sign || !strings.ContainsFunc(text[from:to], unicode.IsLetter) {
		return span{}
	}
	s := span{open: i, from: from, to: to, close: end, mark: "em"}
	if n == 2 {
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

// opensAfter reports whether an opening mark may stand at i: at the start, or
// after a space, an opening quote, a bracket or a dash.
func opensAfter(text string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return i == 0 || unicode.IsSpace(r) || strings.ContainsRune(`"'“‘(«[—–`, r) || strings.HasSuffix(text[:i], "--") || strings.HasSuffix(text[:i], "...") || r == '…'
}

// boundaryAfter reports whether a closing mark may end at i: not before a letter or digit.
func boundaryAfter(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return i == len(text) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '/'
}

func isSpaceAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsSpace(r)
}
