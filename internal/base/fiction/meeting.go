package fiction

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Meeting is how two sentences meet: how the first ends, how the second begins,
// and whether the paragraph began with speech.
type Meeting uint8

// How the first sentence ends.
const (
	speechEnds Meeting = iota
	breaksOff          // speech that ends in a dash
	narrates
	leads   // to speech, by a comma or colon
	endings // how many there are
)

// How the second begins.
const (
	speechBegins Meeting = iota
	speechOfSome         // and is told whose it is
	person
	connective
	article
	otherWord
	beginnings // how many there are

	Spoken   = endings * beginnings // the paragraph began with speech
	Meetings = 2 * Spoken
)

// sizes are the classes of lengths, in characters.
var sizes = [...]int{40, 90, 180, 320, 600}

// SizeClasses is how many classes there are.
const SizeClasses = len(sizes) + 1

// SizeOf returns the class of a length.
func SizeOf(n int) int {
	for i, most := range sizes {
		if n < most {
			return i
		}
	}
	return len(sizes)
}

// Odds is how often a thing is at the two kinds of places.
type Odds struct{ Between, Within float64 }

// Met is where two sentences meet.
type Met struct {
	Kind          Meeting
	Before, After int // characters of the paragraph up to there and from there
	At            int // where the second begins, in bytes of the walk's text; 0 outside it
}

// Walk goes over the text of one paragraph.
type Walk struct {
	Text   string
	Single bool // speech stands in single marks
	Size   int  // of the text, in characters
	pos    int  // in bytes, and in characters:
	at     int
	spoken Meeting // 0, or Spoken
	quoted bool
	before rune
	last   rune // the last two characters that are no space
}

// To walks to a line's end and counts the meetings on the way. It returns the
// one at the end, if there is one.
func (w *Walk) To(end int, within func(Met)) (Met, bool) {
	if w.pos == 0 && w.opens(w.Text) {
		w.spoken = Spoken
	}
	space := w.pos > 0
	for i, r := range w.Text[w.pos:end] {
		i += w.pos
		w.at++
		switch {
		case r != ' ':
			_, n := utf8.DecodeRuneInString(w.Text[i:])
			w.quote(r, w.Text[i+n:], space || i == 0)
			w.before, w.last = w.last, r
		case i > w.pos: // the one at the beginning is the end of the line above
			if m, ok := w.Meets(w.Text[i+1:]); ok {
				m.At = i + 1
				within(m)
			}
		}
		space = r == ' '
	}
	w.pos = end
	if end == len(w.Text) {
		return Met{}, false
	}
	return w.Meets(w.Text[end+1:])
}

// quote notes whether what follows r is speech.
func (w *Walk) quote(r rune, rest string, first bool) {
	switch {
	case w.Single:
		next, _ := utf8.DecodeRuneInString(rest)
		if (r == '\'' || r == '‘') && !w.quoted && first && unicode.IsUpper(next) {
			w.quoted = true
		} else if (r == '\'' || r == '’') && w.quoted && strings.ContainsRune(".,!?…—-", w.last) {
			w.quoted = false
		}
	case r == '“' || r == '„' || r == '«':
		w.quoted = true
	case r == '”' || r == '»':
		w.quoted = false
	case r == '"':
		w.quoted = first || !w.quoted && strings.ContainsRune("([—-_*", w.last)
	}
}

// Meets classes the meeting of what was walked over with what follows it; ok is
// false if no sentence ends there outside speech, or none begins.
func (w *Walk) Meets(rest string) (m Met, ok bool) {
	end, ok := w.ending()
	if !ok {
		return m, false
	}
	begin, ok := w.beginning(rest)
	ok = ok && (end != leads || begin <= speechOfSome)
	return Met{Kind: w.spoken + end*beginnings + begin, Before: w.at, After: w.Size - w.at}, ok
}

// ending classes the end of a sentence, by its last two characters.
func (w *Walk) ending() (Meeting, bool) {
	before, last := w.before, w.last
	switch {
	case w.quoted:
	case last == '"' || last == '”' || last == '»' || w.Single && (last == '\'' || last == '’'):
		switch before {
		case '.', '!', '?', '…':
			return speechEnds, true
		case '—', '-', '–':
			return breaksOff, true
		}
	case last == '.' || last == '!' || last == '?' || last == '…':
		return narrates, true
	case last == ':' || last == ',':
		return leads, true
	}
	return 0, false
}

// speech looks behind the speech that text begins with: does it go on with small
// letters, or with somebody who says it?
func (w *Walk) speech(text string) Meeting {
	const near = 400
	text = strings.TrimLeft(text[:min(len(text), near)], "(")
	_, n := utf8.DecodeRuneInString(text)
	marks := "\"”»"
	if w.Single {
		marks = "'’"
	}
	for i := n; ; {
		k := strings.IndexAny(text[i:], marks)
		if k <= 0 {
			return speechBegins
		}
		i += k
		_, n := utf8.DecodeRuneInString(text[i:])
		if strings.IndexByte(".,!?-", text[i-1]) >= 0 || strings.HasSuffix(text[:i], "—") || strings.HasSuffix(text[:i], "…") {
			if isTag(text[i+n:]) {
				return speechOfSome
			}
			return speechBegins
		}
		i += n
	}
}

// isTag reports whether what follows a speech says whose it is: a small letter
// begins it, or its second word is a verb of saying.
func isTag(rest string) bool {
	rest, ok := strings.CutPrefix(rest, " ")
	r, _ := utf8.DecodeRuneInString(rest)
	if !ok || unicode.IsLower(r) {
		return ok
	}
	_, rest, _ = strings.Cut(rest, " ")
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
	return end > 0 && saying[rest[:end]]
}

var saying = wordSet("said asked replied answered whispered murmured muttered cried called shouted exclaimed continued began went added agreed admitted demanded repeated remarked observed told inquired laughed")

func (w *Walk) opens(text string) bool {
	text = strings.TrimPrefix(text, "(")
	r, _ := utf8.DecodeRuneInString(text)
	return r == '"' || r == '“' || r == '„' || r == '«' || w.Single && (r == '\'' || r == '‘')
}

var (
	persons     = wordSet("he she it they i we you his her its their my our your")
	connectives = wordSet("this that these those there then but and so for or yet still now")
	articles    = wordSet("the a an in on at from with after before by no one two some all when as if what while")
)

// beginning classes the beginning of a sentence.
func (w *Walk) beginning(text string) (Meeting, bool) {
	if w.opens(text) {
		return w.speech(text), true
	}
	text = strings.TrimLeft(text, "_*")
	r, _ := utf8.DecodeRuneInString(text)
	if !unicode.IsUpper(r) {
		return 0, false
	}
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(text)
	}
	switch word := strings.ToLower(text[:end]); {
	case persons[word]:
		return person, true
	case connectives[word]:
		return connective, true
	case articles[word]:
		return article, true
	}
	return otherWord, true
}

// usualMeetings are how the meetings stand in fiction, so that short texts are
// weighed by something.
var UsualMeetings = [Meetings]Odds{
	{0.73, 0.03}, {0.53, 0.03}, {0.21, 0.21}, {0.09, 0.14}, {0.23, 0.11}, {0.36, 0.16}, // speech ends
	{0.05, 0.02}, {0.06, 0.02}, {0.03, 0.03}, {0.03, 0.02}, {0.02, 0.02}, {0.04, 0.03}, // it breaks off
	{1.52, 1.64}, {2.06, 0.86}, {1.73, 7.16}, {1.01, 3.20}, {2.32, 5.73}, {2.40, 6.35}, // narration
	{0.36, 0.98}, {0.06, 0.17}, {0.02, 0.02}, {0.02, 0.02}, {0.02, 0.02}, {0.02, 0.02}, // leads to speech
	{8.19, 0.05}, {2.68, 0.04}, {0.97, 0.61}, {0.48, 0.23}, {0.73, 0.21}, {1.56, 1.71}, // and where the paragraph began with speech
	{0.22, 0.02}, {0.21, 0.02}, {0.06, 0.07}, {0.04, 0.02}, {0.04, 0.03}, {0.07, 0.07},
	{1.33, 4.26}, {1.16, 0.26}, {0.28, 0.67}, {0.20, 0.40}, {0.27, 0.35}, {0.51, 0.72},
	{0.05, 1.61}, {0.03, 0.08}, {0.02, 0.02}, {0.02, 0.02}, {0.02, 0.02}, {0.02, 0.02},
}
