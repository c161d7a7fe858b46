package repair

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
)

// SceneBreak is the one spelling of a scene break in the result of Text.
const SceneBreak = "* * *"

// textRules run in this order: what does not belong to the text goes first,
// then the breaks are seen, then lines are joined between them.
var textRules = []func(*page){
	runningHeads,
	underlines,
	sceneMarkers,
	lostBreaks,
	paragraphs,
	hyphens,
}

// textRounds bounds how often the rules look at their own result. Lines only
// ever become fewer, and one round is nearly always enough.
const textRounds = 4

// Text mends a text file as Decode returns it: lines become paragraphs with a
// blank line between, and scene breaks the line SceneBreak. What is left of
// single line ends is meant so: verse, lists, letters, headers. At counts in s.
func Text(s string, choices archive.Choices) (string, []archive.Mend) {
	var mends []archive.Mend
	for round := range textRounds {
		p := newPage(s)
		p.choices = choices
		for _, rule := range textRules {
			rule(p)
		}
		if round > 0 { // what was asked was asked in the first
			p.mends = slices.DeleteFunc(p.mends, func(m archive.Mend) bool { return !m.Applied })
		}
		mends = append(mends, p.mends...)
		is := p.String()
		if is == s {
			break
		}
		s = is
	}
	slices.SortStableFunc(mends, func(a, b archive.Mend) int { return a.At - b.At })
	return s, mends
}

// page is a text as lines, on which the rules leave their marks.
type page struct {
	choices archive.Choices
	lines   []line
	mends   []archive.Mend
}

// line is one line without the space around it.
type line struct {
	text   string // "" for a blank line
	at     int    // of the line's first character, in code points
	runes  int    // length of text
	indent int    // columns of space before it; a tab is four
	role   role
	join   join
}

// role is what a line is for.
type role uint8

const (
	ordinary role = iota
	blank
	scene // a scene break
	gone  // does not belong to the text
)

// join is how a line follows the line before it.
type join uint8

const (
	newLine  join = iota // as it stood
	newBlock             // begins a paragraph although no blank line is before it
	bySpace              // continues the line before
	tight                // continues it without a space
	hyphened             // continues it, and the hyphen at its end was none
)

func newPage(s string) *page {
	p := &page{}
	at := 0
	for _, raw := range strings.Split(s, "\n") {
		text := strings.TrimSpace(raw)
		start := strings.Index(raw, text)
		l := line{text: text, at: at + utf8.RuneCountInString(raw[:start]), runes: utf8.RuneCountInString(text), indent: columns(raw[:start])}
		if text == "" {
			l.role = blank
		}
		p.lines = append(p.lines, l)
		at += utf8.RuneCountInString(raw) + 1
	}
	p.cutMargin()
	return p
}

func columns(space string) int {
	n := 0
	for _, r := range space {
		switch r {
		case '\t':
			n += 4
		case '\u3000':
			n += 2
		default:
			n++
		}
	}
	return n
}

// cutMargin takes off what all lines are indented by.
func (p *page) cutMargin() {
	margin := -1
	for _, l := range p.lines {
		if l.role == ordinary && (margin < 0 || l.indent < margin) {
			margin = l.indent
		}
	}
	for i := range p.lines {
		p.lines[i].indent = max(0, p.lines[i].indent-max(0, margin))
	}
}

// String prints the page: one blank line between paragraphs, none elsewhere.
func (p *page) String() string {
	var out strings.Builder
	apart := false // from what is written
	for i, l := range p.lines {
		switch {
		case l.role == gone:
			continue
		case l.role == blank:
			apart = true
			continue
		case l.role == scene:
			p.begin(&out)
			out.WriteString(SceneBreak)
			apart = true
			continue
		case apart || l.join == newBlock || out.Len() == 0:
			p.begin(&out)
		case l.join == bySpace:
			out.WriteByte(' ')
		case l.join == newLine:
			out.WriteByte('\n')
		}
		text := l.text
		if next := p.next(i); next >= 0 && p.lines[next].join == hyphened {
			text = strings.TrimSuffix(text, "-")
		}
		out.WriteString(text)
		apart = false
	}
	return out.String()
}

func (p *page) begin(out *strings.Builder) {
	if out.Len() > 0 {
		out.WriteString("\n\n")
	}
}

// next returns the line after i that belongs to the same run; -1 if a blank
// line, a scene break or the end is there.
func (p *page) next(i int) int {
	for i++; i < len(p.lines); i++ {
		switch p.lines[i].role {
		case ordinary:
			return i
		case gone:
		default:
			return -1
		}
	}
	return -1
}

// decide notes a mend that a rule is about to apply, or only suggests, and
// reports whether it is applied: by what a person said, or else by the rule.
func (p *page) decide(m archive.Mend) bool {
	m = p.choices.Decide(m)
	p.mends = append(p.mends, m)
	return m.Applied
}

// tell notes an applied mend.
func (p *page) tell(rule string, at int, before, after string, confidence float64) {
	p.decide(archive.Mend{Rule: rule, At: at, Before: before, After: after, Confidence: confidence, Applied: true})
}

// endsSentence reports whether text ends as sentences do, quotes put aside.
func endsSentence(text string) bool {
	text = strings.TrimRight(text, `"'”’»)]*_`)
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".!?…。！？:—-~", r)
}

// firstWord returns the length of the first word of text in characters.
func firstWord(text string) int {
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		text = text[:i]
	}
	return utf8.RuneCountInString(text)
}
