package repair

import (
	"strings"
	"unicode/utf8"

	"ficstead/internal/base/fiction"
)

// A paragraph whose last line happens to be full leaves no trace in the widths
// of lines. What meets at such a line end is weighed instead. One sentence ends
// and the next begins between the paragraphs of the document too, where a line
// ends early, and within them, inside lines: some ways of meeting are more often
// between, and so are some lengths of what stands before and after.

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
	n := little * float64(fiction.SizeClasses)
	return (o.between + little) / (all.between + n) / ((o.within + little) / (all.within + n))
}

// meetingTally is what a document shows of where its sentences meet.
type meetingTally struct {
	kinds         [fiction.Meetings]odds
	before, after [2][fiction.SizeClasses]odds // by whether the paragraph began with speech
	all           [2]odds
}

func (t *meetingTally) add(m fiction.Met, between bool) {
	class := m.Kind / fiction.Spoken
	t.kinds[m.Kind].add(between)
	t.before[class][fiction.SizeOf(m.Before)].add(between)
	t.after[class][fiction.SizeOf(m.After)].add(between)
	t.all[class].add(between)
}

// parts is how much likelier it is that a paragraph ends at m than that it goes
// on. Full lines are as rare at the ends of paragraphs as line ends are within.
func (t *meetingTally) parts(m fiction.Met) float64 {
	class := m.Kind / fiction.Spoken
	kind, usual := t.kinds[m.Kind], fiction.UsualMeetings[m.Kind]
	return (kind.between + usual.Between) / (kind.within + usual.Within) *
		t.before[class][fiction.SizeOf(m.Before)].ratio(t.all[class], 2) * t.after[class][fiction.SizeOf(m.After)].ratio(t.all[class], 2)
}

// met is where two sentences meet.
type met struct {
	fiction.Met
	join int // whose line end it is
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
		w := fiction.Walk{Text: p.joined(f), Single: marks, Size: f.size}
		end := 0
		for k, i := range f.lines {
			end += len(p.lines[i].text)
			if m, ok := w.To(end, func(m fiction.Met) { t.add(m, false) }); ok && k < len(f.joins) {
				candidates = append(candidates, met{m, f.joins[k]})
			}
			end++
		}
		if f.next >= 0 {
			below := paragraphs[f.next]
			if m, ok := w.Meets(p.joined(below)); ok {
				m.After = below.size
				t.add(m, true)
			}
		}
	}
	for _, m := range candidates {
		if t.parts(m.Met) > 1 {
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
