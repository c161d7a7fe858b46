package repair

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"ficstead/internal/archive"
)

// style is how a document tells its paragraphs apart.
type style uint8

const (
	blankLines style = iota // a blank line between paragraphs
	lineEnds                // each line a paragraph; wrapped: each line that ends early
	indents                 // the first line of each is indented
)

// layout is what the lines of a document say of how it was typed.
type layout struct {
	width int // lines were wrapped here; 0 if they were not
	loose int // how many characters wrapping fell short of width
	style style
	pairs int // lines that follow another without a blank line between
	gaps  int // runs of blank lines between lines
}

// The evidence that lines were wrapped. A share is that of the line ends at
// which the next word no longer fitted; verse reaches a quarter by chance.
const (
	minWidth, maxWidth = 45, 130
	fewPairs           = 20
	shareOfMany        = 0.35
	shareOfFew         = 0.6
	leastPairs         = 3
	shortOf            = 0.85 // a line so much narrower, next word included, was ended on purpose
)

// paragraphs joins lines that were wrapped, and parts paragraphs that have no
// blank line between. It decides by the document, and leaves the lines of what
// is not wrapped in an otherwise wrapped document.
func paragraphs(p *page) {
	lay := p.layout()
	var joins []lineJoin
	joined, torn := 0, -1
	for _, run := range p.runs() {
		kept := p.kinds(run, lay)
		for k := 1; k < len(run); k++ {
			above, l := p.lines[run[k-1]], p.lines[run[k]]
			if l.join == bySpace { // a page ended there, and told so
				torn = run[k]
				continue
			}
			if run[k-1] == torn { // both halves of a line that the page's end cut in two?
				if whole := p.above(torn).width + 1 + above.runes; whole <= lay.width {
					above.width = whole
				}
			}
			if j := lay.between(above, l, kept); j != newLine {
				joins = append(joins, lineJoin{run[k-1], run[k], j})
				joined += count(j == bySpace)
			}
		}
	}
	if lay.style == lineEnds && lay.width > 0 {
		p.fullLines(joins)
	}
	if len(joins) > 0 && p.ask("", p.paragraphsMend(joins, joined)) {
		for _, j := range joins {
			p.lines[j.line].join = j.join
		}
	}
}

// lineJoin is how a line is to follow the one above it.
type lineJoin struct {
	above, line int
	join        join
}

// paragraphsMend is one mend for the document: it is one decision.
func (p *page) paragraphsMend(joins []lineJoin, joined int) archive.Mend {
	rule, wanted, confidence := "paragraphs", newBlock, 0.95
	if joined > 0 {
		rule, wanted, confidence = "wrap", bySpace, 0.98
	}
	first := slices.IndexFunc(joins, func(j lineJoin) bool {
		return j.join == wanted && !strings.HasSuffix(p.lines[j.above].text, "-")
	})
	j := joins[max(first, 0)]
	before, at := p.span(j.above, j.line)
	between := " "
	if j.join == newBlock {
		between = "\n\n"
	}
	after := lastWords(p.lines[j.above].text) + between + firstWords(p.lines[j.line].text)
	return archive.Mend{Rule: rule, At: at, Before: before, After: after, Confidence: confidence, Applied: true}
}

// between decides how l follows the line above it.
func (lay layout) between(above, l line, kept kinds) join {
	fit := above.width + 1 + firstWord(l.text)
	switch {
	case kept.headed && isLabel(l.text), kept.listed && isItem(l.text) && lay.style == blankLines:
		return newLine
	case kept.listed && isItem(l.text):
		return newBlock
	case lay.width == 0 && lay.style != blankLines && goesOn(above.text, l.text):
		return newLine
	case lay.width == 0 && lay.style != blankLines:
		return newBlock
	case lay.width == 0 || kept.verse || lay.style == blankLines && l.indent > deepest: // a signature, or a centred line
		return newLine
	case above.width > lay.width+lay.loose+10: // was never wrapped
		return newLine
	case lay.style == indents && l.indent > 0:
		return newBlock
	case lay.style == lineEnds && isParted(above.text, l.text):
		return bySpace
	case lay.style == lineEnds && isStanza(above, l, shortOf*float64(lay.width)):
		return newLine
	case lay.style == lineEnds && (fit <= lay.width-lay.loose || speakerChanges(above.text, l.text)):
		return newBlock
	case float64(fit) <= shortOf*float64(lay.width):
		return newLine
	}
	return bySpace
}

// isStanza reports whether two lines are of one verse: both short, and the first
// goes on into the second.
func isStanza(above, l line, short float64) bool {
	if float64(above.runes) > short || float64(l.runes) > short || isItem(above.text) || isTitled(above.text) || isTitled(l.text) {
		return false
	}
	const least = 12 // characters: less is a name
	first, _ := utf8.DecodeRuneInString(l.text)
	ends := strings.TrimRight(above.text, "\"'”’*_")
	return above.runes >= least && l.runes >= least && (!endsSentence(above.text) || strings.HasSuffix(ends, "—")) && !strings.ContainsRune("\"“«—", first)
}

// speakerChanges sees the paragraph end at a line that happens to be full.
func speakerChanges(above, below string) bool {
	closed := strings.HasSuffix(above, `."`) || strings.HasSuffix(above, `!"`) || strings.HasSuffix(above, `?"`) || strings.HasSuffix(above, "”")
	opens := strings.HasPrefix(below, `"`) || strings.HasPrefix(below, "“")
	return closed && opens
}

// layout weighs the evidence of all lines.
func (p *page) layout() layout {
	lay := layout{}
	var early, earlySentences, indented, indentedSentences, sentences, longest, sum int
	lay.width, lay.pairs, lay.loose = p.measure()
	for _, run := range p.runs() {
		lay.gaps++
		for k := 1; k < len(run); k++ {
			above, l := p.lines[run[k-1]], p.lines[run[k]]
			ends := count(endsSentence(above.text))
			sentences += ends
			longest = max(longest, above.width)
			sum += above.runes
			if float64(above.width+1+firstWord(l.text)) <= shortOf*float64(lay.width) {
				early++
				earlySentences += ends
			}
			if l.indent > 0 && l.indent <= deepest {
				indented++
				indentedSentences += ends
			}
		}
	}
	const most = 7 // of ten
	switch {
	case indented >= 3 && indented > lay.gaps && indented < lay.pairs && indentedSentences*10 >= indented*most:
		lay.style = indents
	case lay.width > 0 && early >= 3 && early > 2*lay.gaps && earlySentences*10 >= early*most:
		lay.style = lineEnds
	case lay.width == 0 && lay.pairs >= 3 && lay.pairs > lay.gaps && sentences*10 >= lay.pairs*most && (longest > 100 || sum > 60*lay.pairs):
		lay.style = lineEnds
	}
	return lay
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// deepest is how far the first lines of paragraphs are indented at most.
const deepest = 12

// measure is wrapWidth with the indents of lines counted or not: some programs
// indent what others wrapped.
func (p *page) measure() (width, pairs, loose int) {
	p.count(true)
	counted, width, pairs, loose := p.wrapWidth()
	if !slices.ContainsFunc(p.lines, func(l line) bool { return l.indent > 0 }) {
		return width, pairs, loose
	}
	p.count(false)
	if share, w, n, l := p.wrapWidth(); share > counted {
		return w, n, l
	}
	p.count(true)
	return width, pairs, loose
}

func (p *page) count(indents bool) {
	for i := range p.lines {
		l := &p.lines[i]
		l.width = l.runes
		if indents && l.indent <= deepest {
			l.width += l.indent
		}
	}
}

// wrapWidth finds the width that explains the most line ends: the line fits
// within it and the next word would not have.
func (p *page) wrapWidth() (share float64, width, pairs, loose int) {
	var change [maxWidth + 2]int
	for _, run := range p.runs() {
		for k := 1; k < len(run); k++ {
			pairs++
			above := p.lines[run[k-1]].width
			fit := above + 1 + firstWord(p.lines[run[k]].text)
			if isCut(p.lines[run[k-1]].text) {
				fit = maxWidth + 1 // the rest of a word may be of any length
			}
			if above <= maxWidth {
				change[above]++
				change[min(fit, maxWidth+1)]--
			}
		}
	}
	best, explained := 0, 0
	for w := range change {
		explained += change[w]
		if w >= minWidth && explained >= best {
			best, width = explained, w
		}
	}
	share = float64(best) / float64(max(pairs, 1))
	enough := pairs >= fewPairs && share >= shareOfMany || pairs >= leastPairs && share >= shareOfFew || p.wholeRuns(width, pairs)
	if !enough || p.wider(width) {
		return 0, 0, pairs, 0
	}
	return share, width, pairs, p.looseness(width, best)
}

// isCut reports whether a line ends in a part of a word.
func isCut(text string) bool {
	stem, ok := strings.CutSuffix(text, "-")
	last, _ := utf8.DecodeLastRuneInString(stem)
	return ok && isLower(last)
}

// wholeRuns reports whether a third of the line ends stand in runs that were
// wrapped from the first line to the last: prose among verse and letters.
func (p *page) wholeRuns(width, pairs int) bool {
	const least = 5
	const slack = 3 // hands are less exact than programs
	whole := 0
	for _, run := range p.runs() {
		n := 0
		for k := 1; k < len(run); k++ {
			above := p.lines[run[k-1]].width
			n += count(above <= width+slack && above+1+firstWord(p.lines[run[k]].text) > width)
		}
		if n == len(run)-1 {
			whole += n
		}
	}
	return whole >= least && whole*3 >= pairs
}

// wider reports whether more than one line in twenty is too long for width.
func (p *page) wider(width int) bool {
	over, all := 0, 0
	for _, l := range p.lines {
		if l.role == ordinary {
			all++
			over += count(l.width > width+10)
		}
	}
	return over*20 > all
}

// looseness is 0 for lines wrapped by a program and a word's length for those
// wrapped by hand.
func (p *page) looseness(width, explained int) int {
	const word = 5
	near := 0
	for _, run := range p.runs() {
		for k := 1; k < len(run); k++ {
			fit := p.lines[run[k-1]].width + 1 + firstWord(p.lines[run[k]].text)
			near += count(fit > width-2*word)
		}
	}
	if explained*10 >= near*9 {
		return 0
	}
	return word
}

// runs returns the lines that stand together, without blank lines and breaks.
func (p *page) runs() [][]int {
	var runs [][]int
	var run []int
	for i, l := range p.lines {
		switch l.role {
		case ordinary:
			run = append(run, i)
		case blank, scene:
			if len(run) > 0 {
				runs = append(runs, run)
			}
			run = nil
		}
	}
	if len(run) > 0 {
		runs = append(runs, run)
	}
	return runs
}

// kinds is what a run may be besides prose.
type kinds struct{ verse, listed, headed bool }

func (p *page) kinds(run []int, lay layout) kinds {
	labels := 0
	for _, i := range run {
		labels += count(isLabel(p.lines[i].text))
	}
	headed := isLabel(p.lines[run[0]].text) || labels > 1 && labels*2 > len(run)
	return kinds{
		verse:  lay.style == blankLines && !headed && p.isVerse(run, lay),
		listed: p.isListed(run),
		headed: headed,
	}
}

// isVerse reports whether the lines of a run end where they like. Those that
// the end of a page cut in two do not.
func (p *page) isVerse(run []int, lay layout) bool {
	early, ends := 0, 0
	for k := 1; k < len(run); k++ {
		above, l := p.lines[run[k-1]], p.lines[run[k]]
		if l.join == bySpace {
			continue
		}
		ends++
		early += count(float64(above.width+1+firstWord(l.text)) <= shortOf*float64(lay.width))
	}
	return early*5 >= ends*2 && (ends > 0 || len(run) == 1)
}

// isListed reports whether a run has at least two items of a list.
func (p *page) isListed(run []int) bool {
	items := 0
	for _, i := range run {
		items += count(isItem(p.lines[i].text))
	}
	return items >= 2
}

var item = regexp.MustCompile(`^([-*•·+>]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s`)

func isItem(text string) bool { return item.MatchString(text) }

var label = regexp.MustCompile(`^[\[*_]{0,2}\p{Lu}[\p{L}/'’() -]{0,28}[*_]{0,2}\s?:(\s|$|[*_])`)

// isLabel reports whether text is a line of a header block, "Rating: T".
func isLabel(text string) bool { return label.MatchString(text) }

// above returns the ordinary line before line i.
func (p *page) above(i int) line {
	for i--; i >= 0; i-- {
		if p.lines[i].role == ordinary {
			return p.lines[i]
		}
	}
	return line{}
}

func lastWords(text string) string {
	return strings.TrimSpace(excerpt(text, len(text), len(text)))
}

func firstWords(text string) string {
	return strings.TrimSpace(excerpt(text, 0, 0))
}

// wordsIn calls f with each word of text, letters with hyphens between.
func wordsIn(text string, f func(string)) {
	start := -1
	for i := 0; i <= len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if i < len(text) && (isLetter(r) || r == '-' && start >= 0) {
			if start < 0 {
				start = i
			}
		} else if start >= 0 {
			f(strings.TrimRight(text[start:i], "-"))
			start = -1
		}
		if i == len(text) {
			return
		}
		i += size
	}
}
