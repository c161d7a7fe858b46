package repair

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A paragraph whose last line happens to be full leaves no trace in the widths
// of lines. What meets at such a line end is weighed instead. One sentence ends
// and the next begins between the paragraphs of the document too, where a line
// ends early, and within them, inside lines: some ways of meeting are more often
// between, and so are some lengths of what stands before and after.

// meeting is how two sentences meet: how the first ends, how the second begins,
// and whether the paragraph began with speech.
type meeting uint8

const (
	speechEnds meeting = iota
	breaksOff          // speech that ends in a dash
	narrates
	leads   // to speech, by a comma or colon
	endings // how many there are
)

const (
	speechBegins meeting = iota
	speechOfSome         // and is told whose it is
	person
	connective
	article
	otherWord
	beginnings // how many there are

	spoken   = endings * beginnings // the paragraph began with speech
	meetings = 2 * spoken
)

// sizes are the classes of lengths, in characters.
var sizes = [...]int{40, 90, 180, 320, 600}

const sizeClasses = len(sizes) + 1

func sizeOf(n int) int {
	for i, most := range sizes {
		if n < most {
			return i
		}
	}
	return len(sizes)
}

// odds counts one thing at the two kinds of places.
type odds struct{ between, within float64 }

func (o *odds) add(between bool) {
	if between {
		o.between++
	} else {
		o.within++
	}
}

// ratio is how much more often than within it is between, of so many each; a
// little of each is there anyhow.
func (o odds) ratio(all odds, little float64) float64 {
	n := little * float64(sizeClasses)
	return (o.between + little) / (all.between + n) / ((o.within + little) / (all.within + n))
}

// meetingTally is what a document shows of where its sentences meet.
type meetingTally struct {
	kinds         [meetings]odds
	before, after [2][sizeClasses]odds // by whether the paragraph began with speech
	all           [2]odds
}

func (t *meetingTally) add(m met, between bool) {
	class := m.kind / spoken
	t.kinds[m.kind].add(between)
	t.before[class][sizeOf(m.before)].add(between)
	t.after[class][sizeOf(m.after)].add(between)
	t.all[class].add(between)
}

// parts is how much likelier it is that a paragraph ends at m than that it goes
// on. Full lines are as rare at the ends of paragraphs as line ends are within.
func (t *meetingTally) parts(m met) float64 {
	class := m.kind / spoken
	kind, usual := t.kinds[m.kind], usualMeetings[m.kind]
	return (kind.between + usual.between) / (kind.within + usual.within) *
		t.before[class][sizeOf(m.before)].ratio(t.all[class], 2) * t.after[class][sizeOf(m.after)].ratio(t.all[class], 2)
}

// met is where two sentences meet.
type met struct {
	kind          meeting
	before, after int // characters of the paragraph up to there and from there
	join          int // whose line end it is
}

// filled is a paragraph as far as the widths of lines tell.
type filled struct {
	lines, joins []int // one join fewer than lines
	size         int   // in characters
	next         int   // the paragraph below, without a blank line between; -1 if none
}

// fullLines makes paragraphs of joins where the meeting says so.
func (p *page) fullLines(joins []lineJoin) {
	var t meetingTally
	var candidates []met
	marks := p.speechMarks()
	paragraphs := p.filled(joins)
	for _, f := range paragraphs {
		w := walk{text: p.joined(f), single: marks, size: f.size}
		end := 0
		for k, i := range f.lines {
			end += len(p.lines[i].text)
			if m, ok := w.to(end, &t); ok && k < len(f.joins) {
				m.join = f.joins[k]
				candidates = append(candidates, m)
			}
			end++
		}
		if f.next >= 0 {
			below := paragraphs[f.next]
			if m, ok := w.meets(p.joined(below)); ok {
				m.after = below.size
				t.add(m, true)
			}
		}
	}
	for _, m := range candidates {
		if t.parts(m) > 1 {
			joins[m.join].join = newBlock
		}
	}
}

// joined is the text of a paragraph, each line end a space.
func (p *page) joined(f filled) string {
	if len(f.lines) == 1 {
		return p.lines[f.lines[0]].text
	}
	var out strings.Builder
	for k, i := range f.lines {
		if k > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(p.lines[i].text)
	}
	return out.String()
}

// filled lists the paragraphs that joins make.
func (p *page) filled(joins []lineJoin) []filled {
	var all []filled
	begin := func(line int) { all = append(all, filled{lines: []int{line}, size: p.lines[line].runes, next: -1}) }
	for i, j := range joins {
		if i == 0 || joins[i-1].line != j.above {
			begin(j.above)
		}
		now := &all[len(all)-1]
		if j.join != bySpace {
			now.next = len(all)
			begin(j.line)
			continue
		}
		now.lines, now.joins = append(now.lines, j.line), append(now.joins, i)
		now.size += 1 + p.lines[j.line].runes
	}
	return all
}

// speechMarks are the signs that speech stands in: double ones, unless hardly
// any line begins with one and many with single ones.
func (p *page) speechMarks() (single bool) {
	doubles, singles := 0, 0
	for _, l := range p.lines {
		switch r, _ := utf8.DecodeRuneInString(l.text); r {
		case '"', '“', '„', '«':
			doubles++
		case '\'', '‘':
			singles++
		}
	}
	return singles > 3*doubles
}

// walk goes over the text of one paragraph.
type walk struct {
	text   string
	single bool // speech stands in single marks
	size   int
	pos    int // in bytes, and in characters:
	at     int
	spoken meeting // 0, or spoken
	quoted bool
	before rune
	last   rune // the last two characters that are no space
}

// to walks to a line's end and counts the meetings on the way. It returns the
// one at the end, if there is one.
func (w *walk) to(end int, t *meetingTally) (met, bool) {
	if w.pos == 0 && w.opens(w.text) {
		w.spoken = spoken
	}
	space := w.pos > 0
	for i, r := range w.text[w.pos:end] {
		i += w.pos
		w.at++
		switch {
		case r != ' ':
			w.quote(r, w.text[i+utf8.RuneLen(r):], space || i == 0)
			w.before, w.last = w.last, r
		case i > w.pos: // the one at the beginning is the end of the line above
			if m, ok := w.meets(w.text[i+1:]); ok {
				t.add(m, false)
			}
		}
		space = r == ' '
	}
	w.pos = end
	if end == len(w.text) {
		return met{}, false
	}
	return w.meets(w.text[end+1:])
}

// quote notes whether what follows r is speech.
func (w *walk) quote(r rune, rest string, first bool) {
	switch {
	case w.single:
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
		w.quoted = !w.quoted
	}
}

// meets classes the meeting of what was walked over with what follows it; ok is
// false if no sentence ends there outside speech, or none begins.
func (w *walk) meets(rest string) (m met, ok bool) {
	end, ok := w.ending()
	if !ok {
		return m, false
	}
	begin, ok := w.beginning(rest)
	ok = ok && (end != leads || begin <= speechOfSome)
	return met{kind: w.spoken + end*beginnings + begin, before: w.at, after: w.size - w.at}, ok
}

// ending classes the end of a sentence, by its last two characters.
func (w *walk) ending() (meeting, bool) {
	before, last := w.before, w.last
	switch {
	case w.quoted:
	case last == '"' || last == '”' || last == '»' || w.single && (last == '\'' || last == '’'):
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
func (w *walk) speech(text string) meeting {
	const near = 400
	text = strings.TrimLeft(text[:min(len(text), near)], "(")
	_, n := utf8.DecodeRuneInString(text)
	marks := "\"”»"
	if w.single {
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

func (w *walk) opens(text string) bool {
	text = strings.TrimPrefix(text, "(")
	r, _ := utf8.DecodeRuneInString(text)
	return r == '"' || r == '“' || r == '„' || r == '«' || w.single && (r == '\'' || r == '‘')
}

var (
	persons     = wordSet("he she it they i we you his her its their my our your")
	connectives = wordSet("this that these those there then but and so for or yet still now")
	articles    = wordSet("the a an in on at from with after before by no one two some all when as if what while")
)

// beginning classes the beginning of a sentence.
func (w *walk) beginning(text string) (meeting, bool) {
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
var usualMeetings = [meetings]odds{
	{0.73, 0.03}, {0.53, 0.03}, {0.21, 0.21}, {0.09, 0.14}, {0.23, 0.11}, {0.36, 0.16}, // speech ends
	{0.05, 0.02}, {0.06, 0.02}, {0.03, 0.03}, {0.03, 0.02}, {0.02, 0.02}, {0.04, 0.03}, // it breaks off
	{1.52, 1.64}, {2.06, 0.86}, {1.73, 7.16}, {1.01, 3.20}, {2.32, 5.73}, {2.40, 6.35}, // narration
	{0.36, 0.98}, {0.06, 0.17}, {0.02, 0.02}, {0.02, 0.02}, {0.02, 0.02}, {0.02, 0.02}, // leads to speech
	{8.19, 0.05}, {2.68, 0.04}, {0.97, 0.61}, {0.48, 0.23}, {0.73, 0.21}, {1.56, 1.71}, // and where the paragraph began with speech
	{0.22, 0.02}, {0.21, 0.02}, {0.06, 0.07}, {0.04, 0.02}, {0.04, 0.03}, {0.07, 0.07},
	{1.33, 4.26}, {1.16, 0.26}, {0.28, 0.67}, {0.20, 0.40}, {0.27, 0.35}, {0.51, 0.72},
	{0.05, 1.61}, {0.03, 0.08}, {0.02, 0.02}, {0.02, 0.02}, {0.02, 0.02}, {0.02, 0.02},
}
