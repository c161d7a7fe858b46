package repair

import (
	"slices"
	"strings"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/unfuse"
)

// The rules of lost spaces, and of the emphasis that was lost with them.
const (
	fusedRule      = "fused"
	lostItalicRule = "lost-italics"
)

// fused parts words that were run together: in a document that is proven to
// have lost spaces wherever that is sure, elsewhere only as a suggestion. Where
// the spaces were lost with tags, it suggests what stood between the tags.
func fused(p *pass, row []prose.Block) []prose.Block {
	return replaced(row, func(b prose.Block) ([]prose.Block, bool) {
		switch {
		case b.Kind() == prose.Quote || b.Kind() == prose.Details: // a row of its own
		case len(b.Blocks()) > 0:
			within := fused(p, b.Blocks())
			return []prose.Block{b.WithBlocks(within...)}, !isRow(within, b.Blocks())
		case b.Kind() == prose.Pre || b.Kind() == prose.Break || b.Kind() == prose.Empty || !isEnglish(b.Language()) || holdsCode(b):
		default:
			if is, ok := p.part(b); ok {
				return []prose.Block{is}, true
			}
		}
		return nil, false
	})
}

// reader returns the document as its words say it; nil where they are of
// another language.
func (e *evidence) reader() *unfuse.Reader {
	if e.words == nil {
		e.words = unfuse.NewReader()
		for _, name := range e.names {
			e.words.Name(name)
		}
		for _, d := range e.docs {
			eachText(d.Blocks(), func(b prose.Block) {
				if b.Kind() != prose.Pre {
					e.words.Add(b.Text())
					e.marked += count(slices.ContainsFunc(b.Runs(), func(r prose.Run) bool { return r.Has("em") }))
				}
			})
		}
	}
	return e.words
}

// isEnglish reports whether a language is English, or not told.
func isEnglish(code string) bool { return code == "" || strings.HasPrefix(code, "en") }

// namesOf lists the words that are names in what a work says of itself.
func namesOf(m *archive.Manuscript) []string {
	var names []string
	for _, t := range m.Tags {
		if t.Kind == archive.CharacterTag || t.Kind == archive.Relationship || t.Kind == archive.Fandom {
			names = append(names, strings.FieldsFunc(t.Name, func(r rune) bool { return !isLetter(r) && r != '\'' && r != '’' })...)
		}
	}
	return names
}

// part restores the spaces of one block, and reports whether it was any.
func (p *pass) part(b prose.Block) (is prose.Block, ok bool) {
	text := b.Text()
	r := p.reader()
	var cuts, all []int // those that are made, and those that are at least likely
	for _, place := range r.Points(text) {
		verdict, confidence := r.Judge(place)
		if verdict == unfuse.Leave || strings.ContainsRune(text[place.From:place.To], '\n') {
			continue
		}
		all = append(all, place.Cuts...)
		m := archive.Mend{
			Rule: fusedRule, Before: text[place.From:place.To], After: spaced(text, place.From, place.To, place.Cuts),
			Confidence: confidence, Applied: verdict == unfuse.Mend,
		}
		if p.decideAt(m, text, place.From) {
			cuts = append(cuts, place.Cuts...)
		}
	}
	slices.Sort(all)
	spans := p.lostSpans(text, slices.Compact(all))
	for _, s := range spans {
		cuts = append(cuts, inside(all, s.From-1, s.From+1)...)
		cuts = append(cuts, inside(all, s.To-1, s.To+1)...)
	}
	if len(cuts) == 0 && len(spans) == 0 {
		return b, false
	}
	slices.Sort(cuts)
	return b.WithRuns(respaced(b.Runs(), slices.Compact(cuts), spans)...), true
}

// lostSpans suggests what was emphasised, and returns what a person accepted.
func (p *pass) lostSpans(text string, cuts []int) []unfuse.Span {
	const few = 4 // blocks with emphasis, of which a document without tags has none
	r := p.reader()
	if len(cuts) == 0 || !r.LostTags() || p.marked > few {
		return nil
	}
	var accepted []unfuse.Span
	for _, s := range r.Spans(text, cuts) {
		from, to := wholeTokens(text, s.From, s.To)
		if strings.ContainsRune(text[from:to], '\n') {
			continue
		}
		after := spaced(text, from, s.From, cuts) + gapAt(s.From, from, cuts) + "<em>" + spaced(text, s.From, s.To, cuts) + "</em>" + gapAt(s.To, from, cuts) + spaced(text, s.To, to, cuts)
		m := archive.Mend{Rule: lostItalicRule, Before: text[from:to], After: after, Confidence: s.Confidence()}
		if p.decideAt(m, text, from) {
			accepted = append(accepted, s)
		}
	}
	return accepted
}

// gapAt is the space that was lost at a place, if one was.
func gapAt(at, from int, cuts []int) string {
	if at > from && len(inside(cuts, at-1, at+1)) > 0 {
		return " "
	}
	return ""
}

// wholeTokens widens a stretch to the ends of the tokens it begins and ends in.
func wholeTokens(text string, from, to int) (int, int) {
	const most = 60
	outside := func(r rune) bool { return !isLetter(r) && r != '\'' && r != '’' }
	start, end := max(0, from-most), min(len(text), to+most)
	if n := strings.LastIndexFunc(text[start:from], outside); n >= 0 {
		_, size := utf8.DecodeRuneInString(text[start+n:])
		start += n + size
	}
	if n := strings.IndexFunc(text[to:end], outside); n >= 0 {
		end = to + n
	}
	return start, end
}

// inside returns those of the cuts, which are in order, that stand between two places.
func inside(cuts []int, from, to int) []int {
	i, _ := slices.BinarySearch(cuts, from+1)
	j, _ := slices.BinarySearch(cuts, to)
	return cuts[i:max(i, j)]
}

// spaced is text[from:to] with spaces at the cuts within.
func spaced(text string, from, to int, cuts []int) string {
	var out strings.Builder
	for _, c := range inside(cuts, from, to) {
		out.WriteString(text[from:c])
		out.WriteByte(' ')
		from = c
	}
	out.WriteString(text[from:to])
	return out.String()
}

// decideAt is decide for a mend of so few letters that they may stand anywhere:
// it is looked for with the word before it, which is no part of what it is.
func (p *pass) decideAt(m archive.Mend, text string, from int) bool {
	const most = 40
	start := max(0, from-most)
	word := start + strings.LastIndexAny(strings.TrimRight(text[start:from], " "), " \n") + 1
	for word < from && !utf8.RuneStart(text[word]) {
		word++
	}
	applied := p.decide(m, m.Before)
	p.found[len(p.found)-1].lead = text[word:from]
	return applied
}

// respaced puts spaces into runs at cuts, and what stands in spans under em;
// both are in order. Positions are those of the block's Text.
func respaced(runs []prose.Run, cuts []int, spans []unfuse.Span) []prose.Run {
	var out []prose.Run
	at := 0
	for _, r := range runs {
		if !r.IsText() {
			at += widthOf(r)
			out = append(out, r)
			continue
		}
		for from, end := at, at+len(r.Text); from < end; {
			for len(spans) > 0 && spans[0].To <= from {
				spans = spans[1:]
			}
			for len(cuts) > 0 && cuts[0] < from {
				cuts = cuts[1:]
			}
			if len(cuts) > 0 && cuts[0] == from {
				out = append(out, textOf(r, " "))
				cuts = cuts[1:]
			}
			to := end
			if len(cuts) > 0 {
				to = min(to, cuts[0])
			}
			within := len(spans) > 0 && spans[0].From <= from
			switch {
			case within:
				to = min(to, spans[0].To)
			case len(spans) > 0:
				to = min(to, spans[0].From)
			}
			piece := textOf(r, r.Text[from-at:to-at])
			if within && !piece.Has("em") {
				piece = piece.With("em")
			}
			out = append(out, piece)
			from = to
		}
		at += len(r.Text)
	}
	return out
}

// widthOf is how much of a block's Text a run takes that is no text.
func widthOf(r prose.Run) int {
	switch {
	case r.Image != nil:
		return len(r.Image.Alt)
	case r.Anchor != "":
		return 0
	}
	return 1 // a line break
}

func textOf(r prose.Run, text string) prose.Run {
	r.Text = text
	return r
}
