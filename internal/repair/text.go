package repair

import (
	"bytes"
	"maps"
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
// single line ends is meant so: verse, lists, letters, headers. What no mend
// tells of stays as it was typed. At counts in s.
func Text(s string, choices archive.Choices) (string, []archive.Mend) {
	var mends []archive.Mend
	told, refused, paged := map[string]bool{}, map[string]bool{}, false
	p := newPage(s, nil)
	for range textRounds {
		p.choices, p.paged, p.refused, p.refusing = choices, paged, refused, maps.Clone(refused)
		for _, rule := range textRules {
			rule(p)
		}
		for _, m := range p.mends {
			if m.Applied || !told[m.ID()] {
				mends = append(mends, m)
				told[m.ID()] = true
			}
		}
		is, origins := p.print()
		if is == s {
			break
		}
		s, refused, paged = is, p.refusing, p.paged
		p = newPage(s, origins)
	}
	slices.SortStableFunc(mends, func(a, b archive.Mend) int { return a.At - b.At })
	return s, mends
}

// page is a text as lines, on which the rules leave their marks.
type page struct {
	choices           archive.Choices
	source            string
	lines             []line
	mends             []archive.Mend
	parted            bool            // it has lines that stand for breaks, made breaks or not
	paged             bool            // it was copied from pages, and their heads taken out
	refused, refusing map[string]bool // what earlier rounds and this one may not do, by rule and place
}

// line is one line without the space around it.
type line struct {
	text   string // "" for a blank line
	raw    string // as it was typed
	pos    int    // of text in the page's source, in bytes
	at     int    // of the line's first character, in code points of what Text was given
	runes  int    // length of text
	indent int    // columns of space before it; a tab is four
	width  int    // of the line as whoever wrapped it counted
	role   role
	join   join
	drawn  bool // a scene that was drawn otherwise
	kept   bool // as it is, a person said
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

// newPage reads s. Origins are where its lines stood in what Text was given; nil
// if they stand there still.
func newPage(s string, origins []int) *page {
	p := &page{source: s}
	at, pos := 0, 0
	for i, raw := range strings.Split(s, "\n") {
		text := strings.TrimSpace(raw)
		start := strings.Index(raw, text)
		l := line{text: text, raw: raw, pos: pos + start, at: at + utf8.RuneCountInString(raw[:start]), runes: utf8.RuneCountInString(text), indent: columns(raw[:start])}
		if text == "" {
			l.role = blank
		}
		at += utf8.RuneCountInString(raw) + 1
		pos += len(raw) + 1
		if origins != nil {
			l.at = origins[i]
		}
		p.lines = append(p.lines, l)
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

// print writes the page: as it was typed, but for what the rules marked. It also
// returns where each line of it stood.
func (p *page) print() (string, []int) {
	out := printer{text: make([]byte, 0, len(p.source))}
	for i := range p.lines {
		l := &p.lines[i]
		switch {
		case l.role == gone:
		case l.role == scene && l.drawn:
			out.apart(l.at)
			out.line(SceneBreak, l.at)
			out.open = true
		case l.role == blank:
			out.open = false
			out.line(l.raw, l.at)
		case l.join >= bySpace && len(out.origins) > 0 && !out.open:
			out.join(l)
		default:
			if l.join == newBlock || out.open {
				out.apart(l.at)
			}
			out.line(l.raw, l.at)
		}
	}
	return string(out.text), out.origins
}

// printer writes lines.
type printer struct {
	text    []byte
	origins []int
	open    bool // a scene break was written that wants a blank line below it
	last    int  // where the line written last begins
}

func (o *printer) line(s string, at int) {
	if len(o.origins) > 0 {
		o.text = append(o.text, '\n')
	}
	o.last = len(o.text)
	o.text = append(o.text, s...)
	o.origins = append(o.origins, at)
}

// apart sees to it that a blank line comes next, unless nothing stands above.
func (o *printer) apart(at int) {
	if len(bytes.TrimSpace(o.text[o.last:])) > 0 {
		o.line("", at)
	}
	o.open = false
}

// join goes on with the line written last.
func (o *printer) join(l *line) {
	o.text = bytes.TrimRightFunc(o.text, unicode.IsSpace)
	switch l.join {
	case bySpace:
		o.text = append(o.text, ' ')
	case hyphened:
		o.text = bytes.TrimSuffix(o.text, []byte("-"))
	}
	o.text = append(o.text, strings.TrimLeftFunc(l.raw, unicode.IsSpace)...)
}

// decide notes a mend that a rule is about to apply, or only suggests, and
// reports whether it is applied: by what a person said, or else by the rule.
func (p *page) decide(m archive.Mend) bool {
	m = p.choices.Decide(m)
	p.mends = append(p.mends, m)
	return m.Applied
}

// ask is decide for what later rounds must not do where it was refused: by then
// the words around it may be others. Place tells it from others of its rule.
func (p *page) ask(place string, m archive.Mend) bool {
	place = m.Rule + "\x00" + place
	if p.refused[place] {
		return false
	}
	yes := p.decide(m)
	if !yes {
		p.refusing[place] = true
	}
	return yes
}

// span is what stands from the last words of line i to the first words of line
// j, exactly, and where. A line that is not there (-1) is left out of it.
func (p *page) span(i, j int) (text string, at int) {
	from, to := 0, len(p.source)
	if i >= 0 {
		l := p.lines[i]
		words := lastWords(l.text)
		from = l.pos + len(l.text) - len(words)
		at = l.at + l.runes - utf8.RuneCountInString(words)
	}
	if j >= 0 {
		to = p.lines[j].pos + len(firstWords(p.lines[j].text))
	}
	return p.source[from:max(from, to)], at
}

// ordinaryBefore and ordinaryAfter return the next line of text; -1 if there is none.
func (p *page) ordinaryBefore(i int) int {
	for i--; i >= 0 && p.lines[i].role != ordinary; i-- {
	}
	return i
}

func (p *page) ordinaryAfter(i int) int {
	for i++; i < len(p.lines); i++ {
		if p.lines[i].role == ordinary {
			return i
		}
	}
	return -1
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
