package unfuse

import (
	"strings"
	"unicode/utf8"
)

// Span is a stretch that stood between two tags which are gone, in bytes.
type Span struct {
	From, To int
	Words    int
	Seen     int // of its two ends, how many took a space with them
}

// Confidence is how often a span like this one is right, to both its ends, in
// novels of which the tags were stripped; 0 where that is too seldom to tell.
func (s Span) Confidence() float64 {
	switch {
	case s.Words == 1 && s.Seen == 2:
		return 0.96
	case s.Words == 1:
		return 0.82
	case s.Words == 2 && s.Seen == 2:
		return 0.78
	case s.Words == 2:
		return 0.6
	case s.Words <= 4 && s.Seen == 2:
		return 0.55
	}
	return 0
}

// What a way through a text costs, in bits: each space that was lost is an end
// of a span, and each span has two ends.
const (
	endMissed   = 6   // a lost space that is no end
	openUnseen  = 2.5 // an end that took no space, for there was none: at the start, after a quote
	closeUnseen = 2   // before a stop
	wordWithin  = 0.8 // each word of a span
)

// gap is what stands between two words of a text, the start and the end too.
type gap struct {
	at    int  // where the word after it begins
	end   int  // where the word before it ends
	lost  bool // a space is missing here, at at
	open  bool // something other than a space stands right before at
	close bool // something other than a space stands right after end
}

// Spans finds what was emphasised in a text whose tags were stripped: cuts are
// the places where spaces were lost, in order.
func (r *Reader) Spans(text string, cuts []int) []Span {
	if len(cuts) == 0 {
		return nil
	}
	gaps := r.gaps(text, cuts)
	// The cost of the best way to each gap, outside of a span and within one.
	type step struct {
		cost [2]float64
		from [2]uint8 // the state before
	}
	steps := make([]step, len(gaps))
	out, in := 0.0, infinite*1.0
	for i, g := range gaps {
		stay, flipIn, flipOut := 0.0, infinite*1.0, infinite*1.0
		if g.lost {
			stay, flipIn, flipOut = endMissed, 0, 0
		} else {
			if g.open {
				flipIn = openUnseen
			}
			if g.close {
				flipOut = closeUnseen
			}
		}
		s := &steps[i]
		s.cost[0], s.from[0] = out+stay, 0
		if c := in + flipOut; c < s.cost[0] {
			s.cost[0], s.from[0] = c, 1
		}
		s.cost[1], s.from[1] = in+stay, 1
		if c := out + flipIn; c < s.cost[1] {
			s.cost[1], s.from[1] = c, 0
		}
		out, in = s.cost[0], s.cost[1]+wordWithin
	}
	var spans []Span
	state := uint8(0)
	end := gap{}
	words := 0
	for i := len(gaps) - 1; i >= 0; i-- {
		before := steps[i].from[state]
		switch {
		case before == 1 && state == 0:
			end, words = gaps[i], 0
		case before == 0 && state == 1:
			if s := spanOf(text, gaps[i], end, words); s.Confidence() > 0 {
				spans = append(spans, s)
			}
		}
		if before == 1 {
			words++
		}
		state = before
	}
	for i, j := 0, len(spans)-1; i < j; i, j = i+1, j-1 {
		spans[i], spans[j] = spans[j], spans[i]
	}
	return spans
}

func spanOf(text string, open, end gap, words int) Span {
	s := Span{From: open.at, To: end.end, Words: words, Seen: count(open.lost) + count(end.lost)}
	if end.lost {
		s.To = end.at
	}
	s.To = s.From + len(strings.TrimRight(text[s.From:s.To], " "))
	return s
}

// gaps lists the gaps of a text.
func (r *Reader) gaps(text string, cuts []int) []gap {
	var gaps []gap
	end := 0
	add := func(from, to int) {
		g := gap{at: from, end: end}
		for len(cuts) > 0 && cuts[0] < end {
			cuts = cuts[1:]
		}
		if len(cuts) > 0 && cuts[0] <= from && cuts[0] >= end {
			g.lost = true
			g.at = cuts[0]
			cuts = cuts[1:]
		}
		if !g.lost {
			g.open = from == 0 || opens(text[:from])
			g.close = end > 0 && end < len(text) && text[end] != ' '
		}
		gaps = append(gaps, g)
		end = to
	}
	scan(text, func(t token) {
		from := t.from
		for len(cuts) > 0 && cuts[0] <= t.from && cuts[0] < end {
			cuts = cuts[1:]
		}
		for _, c := range cuts {
			if c >= t.to {
				break
			}
			if c > from {
				add(from, c)
				from = c
			}
		}
		add(from, t.to)
	})
	return append(gaps, gap{at: len(text), end: end, close: true})
}

// opens reports whether a tag may have opened after this without taking a space.
func opens(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune("\"“‘'(—–-\n…", r)
}
