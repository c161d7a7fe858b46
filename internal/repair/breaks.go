package repair

import (
	"slices"
	"strings"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/fiction"
)

// sceneMarkers makes one thing of all spellings of a scene break.
func sceneMarkers(p *page) {
	seen := fiction.Markers{}
	for _, l := range p.lines {
		if l.role == ordinary {
			seen.Add(l.text)
		}
	}
	for i := range p.lines {
		l := &p.lines[i]
		if l.role != ordinary || l.kept {
			continue
		}
		is := seen.Judge(l.text)
		if is == fiction.NoMarker || p.isDrawn(i) {
			continue
		}
		p.parted = p.parted || is == fiction.SurelyOne
		switch {
		case l.text == SceneBreak && p.standsAlone(i):
			l.role = scene
		case p.ask(l.text, p.markerMend(i, is)):
			l.role, l.drawn = scene, true
		}
	}
}

// isDrawn reports whether line i is of a table or a sum: what stands right above
// or below is no line of words.
func (p *page) isDrawn(i int) bool {
	return i > 0 && p.lines[i-1].role == ordinary && isFigure(p.lines[i-1].text) || i+1 < len(p.lines) && p.lines[i+1].role == ordinary && isFigure(p.lines[i+1].text)
}

// isFigure reports whether a line is of a table or a sum.
func isFigure(text string) bool {
	if strings.HasPrefix(text, "|") && strings.HasSuffix(text, "|") && len(text) > 3 {
		return true
	}
	return strings.ContainsAny(text, "0123456789") && !strings.ContainsFunc(text, isLetter)
}

// standsAlone reports whether no text stands right above or below line i.
func (p *page) standsAlone(i int) bool {
	above, below := i-1, i+1
	for above >= 0 && p.lines[above].role == gone {
		above--
	}
	for below < len(p.lines) && p.lines[below].role == gone {
		below++
	}
	return (above < 0 || p.lines[above].role != ordinary) && (below == len(p.lines) || p.lines[below].role != ordinary)
}

// markerMend is the mend of the marker in line i, with the words below it.
func (p *page) markerMend(i int, is fiction.Marking) archive.Mend {
	l := p.lines[i]
	m := archive.Mend{Rule: "scene-break", At: l.at, Before: l.text, After: SceneBreak, Confidence: 0.98, Applied: true}
	if below := p.ordinaryAfter(i); below >= 0 {
		end := p.lines[below].pos + len(firstWords(p.lines[below].text))
		m.Before = p.source[l.pos:end]
		m.After = SceneBreak + "\n\n" + firstWords(p.lines[below].text)
	}
	if is == fiction.MaybeOne {
		m.Applied, m.Confidence = false, 0.5
	}
	return m
}

// underlines drops the line drawn below a title: it is no scene break.
func underlines(p *page) {
	for i := 1; i < len(p.lines); i++ {
		l, above := &p.lines[i], p.lines[i-1]
		heading := above.role == ordinary && strings.ContainsFunc(above.text, isLetter) && above.runes < 70 && (i == 1 || p.lines[i-2].role == blank) && !endsSentence(above.text)
		if heading && l.role == ordinary && l.runes >= 3 && abs(l.runes-above.runes) <= 2 && strings.Trim(l.text, l.text[:1]) == "" && strings.ContainsAny(l.text, "-=~_*") && fiction.Marker(above.text) == fiction.NoMarker {
			m := archive.Mend{Rule: "underline", At: above.at, Before: p.source[above.pos : l.pos+len(l.text)], After: above.text, Confidence: 0.95, Applied: true}
			if p.ask(above.text, m) {
				l.role = gone
			} else {
				l.kept = true
			}
		}
	}
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// A gap is a scene break if it is larger than the document's usual one and
// such gaps are rare: fewer than one in rareGap.
const (
	rareGap   = 8
	leastGaps = 2 // of them, to be a habit
)

// lostBreaks puts a scene break where the author left more room than usual. Room
// around titles and headings is no scene break. Where a document leaves room
// around quotations and verse as well, or within talk, room alone says nothing,
// and so it is in a text copied from pages, whose ends leave room too: there a
// break is only suggested. Nobody is asked where breaks are drawn, or most room
// is for something else.
func lostBreaks(p *page) {
	gaps := p.gaps()
	usual := usualGap(gaps)
	verse := p.verseLines()
	quoted := p.closeQuotations(gaps, usual)
	var larger []gap
	against := 0
	for _, g := range gaps {
		above, below := p.lines[g.above].text, p.lines[g.below]
		switch {
		case g.blanks <= usual || isTitled(above) || isTitled(below.text):
		case quoted[g.below] || verse[g.above] || verse[g.below] || !isProse(above) || !startsProse(below):
			against++
		default:
			against += count(isTalk(above, below.text))
			larger = append(larger, g)
		}
	}
	if len(larger)*rareGap > len(gaps) {
		return
	}
	opens := len(larger) == 1 && fiction.OpensScene(p.lines[larger[0].below].text)
	if !p.paged && (p.parted || against > len(larger)) {
		return // room is for something else
	}
	surely := !p.paged && (len(larger) >= leastGaps || opens) && against*rareGap <= len(larger)
	for _, g := range larger {
		m := lostBreak(p.lines[g.above].text, p.lines[g.below].text, surely)
		m.Before, m.At = p.span(g.above, g.below)
		if p.ask(firstWords(p.lines[g.below].text), m) {
			p.drawBreak(g.below)
		} else if p.paged {
			p.closeGap(g, usual)
		}
	}
}

// closeGap takes out the blank lines that a page's end left.
func (p *page) closeGap(g gap, usual int) {
	for i := g.below - 1; i > g.above && g.blanks > max(usual, 1); i-- {
		if p.lines[i].role == blank {
			p.lines[i].role = gone
			g.blanks--
		}
	}
}

// drawBreak makes a scene break of the last blank line above line i.
func (p *page) drawBreak(i int) {
	for i--; p.lines[i].role != blank; i-- {
	}
	p.lines[i].role, p.lines[i].drawn = scene, true
}

// longestQuotation is how many lines what is quoted in a story may have.
const longestQuotation = 40

// closeQuotations marks the lines below the room that closes a quotation: the
// room before it was led to by a colon.
func (p *page) closeQuotations(gaps []gap, usual int) map[int]bool {
	closes := map[int]bool{}
	const none = -longestQuotation // so far above that nothing closes it
	opened := none
	for _, g := range gaps {
		switch {
		case g.blanks <= usual:
		case strings.HasSuffix(p.lines[g.above].text, ":") && !isTitled(p.lines[g.above].text):
			opened = g.below
		case g.above-opened < longestQuotation:
			closes[g.below] = true
			opened = none
		}
	}
	return closes
}

// verseLines marks the lines of verse, letters and the like, which have room
// around them as quotations have.
func (p *page) verseLines() map[int]bool {
	lay := p.layout()
	verse := map[int]bool{}
	if lay.style != blankLines {
		return verse
	}
	for _, run := range p.runs() {
		if len(run) > 1 && (lay.width == 0 || p.isVerse(run, lay)) {
			for _, i := range run {
				verse[i] = true
			}
		}
	}
	return verse
}

// lostBreak is the mend of a break made of room.
func lostBreak(above, below string, surely bool) archive.Mend {
	before, after := lastWords(above), firstWords(below)
	m := archive.Mend{
		Rule: "lost-break", Before: before + "\n\n\n" + after, After: before + "\n\n" + SceneBreak + "\n\n" + after,
		Confidence: 0.8, Applied: true,
	}
	if !surely || isTalk(above, below) {
		m.Applied, m.Confidence = false, 0.4
	}
	return m
}

// isTalk reports whether somebody speaks on both sides of a gap.
func isTalk(above, below string) bool {
	return strings.HasPrefix(below, "“") && strings.ContainsRune(above, '”') || strings.HasPrefix(below, `"`) && strings.ContainsRune(above, '"')
}

// gap is the blank lines between two lines; 0 where they follow each other.
type gap struct{ above, below, blanks int }

func (p *page) gaps() []gap {
	var gaps []gap
	above, blanks := -1, 0
	for i, l := range p.lines {
		switch l.role {
		case blank:
			blanks++
		case scene:
			above = -1
		case ordinary:
			if above >= 0 {
				gaps = append(gaps, gap{above, i, blanks})
			}
			above, blanks = i, 0
		}
	}
	return gaps
}

// usualGap is the number of blank lines most paragraphs have between them.
// Where lines were wrapped, the line ends within paragraphs do not count.
func usualGap(gaps []gap) int {
	var counts [4]int
	for _, g := range gaps {
		counts[min(g.blanks, 3)]++
	}
	apart := counts[1] + counts[2] + counts[3]
	if counts[0] > 0 && apart*rareGap <= counts[0] {
		return 0
	}
	return 1 + slices.Index(counts[1:], slices.Max(counts[1:]))
}

// isProse reports whether a line can be the end of a paragraph of a story.
func isProse(text string) bool {
	leads := strings.TrimRight(text, ":—-") != text // to what is quoted below
	return endsSentence(text) && !leads && utf8.RuneCountInString(text) > 1 && !isTitled(text)
}

// startsProse reports whether a line can begin a scene. What begins within two
// quotes is read aloud.
func startsProse(l line) bool {
	for _, quoted := range [...]string{`"'`, "“‘"} {
		if strings.HasPrefix(l.text, quoted) {
			return false
		}
	}
	return !isTitled(l.text) && !isItem(l.text) && (endsSentence(l.text) || l.runes > 40)
}

// isTitled reports whether a line is a title, a heading or a header's: room is
// around those anyhow.
func isTitled(text string) bool {
	capitals := text == strings.ToUpper(text) && text != strings.ToLower(text)
	return capitals || isLabel(text) || isHeading(text) || strings.HasPrefix(text, "***")
}

// isHeading knows the usual words above a chapter. Reading them is the part of
// intake; here they only keep breaks away.
func isHeading(text string) bool {
	word, _, _ := strings.Cut(strings.ToLower(strings.TrimLeft(text, `*_#=-~[( "“`)), " ")
	return headings[strings.TrimRight(word, ".:;,-)]*_")] && utf8.RuneCountInString(text) < 80
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

var headings = wordSet(`chapter chapitre kapitel capítulo capitolo part book volume section prologue epilogue interlude
	disclaimer summary title author fandom rating notes note a/n fin end tbc`)
