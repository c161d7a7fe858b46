package repair

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// leastSpans is how often a form that has other uses must stand in a document.
const leastSpans = 3

// italics restores emphasis that was left as signs in the text.
func italics(p *pass, row []prose.Block) []prose.Block {
	return replaced(row, func(b prose.Block) ([]prose.Block, bool) {
		switch {
		case b.Kind() == prose.Quote || b.Kind() == prose.Details: // a row of its own
		case len(b.Blocks()) > 0:
			within := italics(p, b.Blocks())
			return []prose.Block{b.WithBlocks(within...)}, !isRow(within, b.Blocks())
		case b.Kind() != prose.Pre:
			if is, ok := p.italicise(b); ok {
				return []prose.Block{is}, true
			}
		}
		return nil, false
	})
}

// addSpans counts the spans of b and the marks that may be none.
func (e *evidence) addSpans(b prose.Block) {
	if b.Kind() == prose.Pre || !holdsSign(b) {
		return
	}
	text := b.Text()
	for _, s := range spansIn(text) {
		if s.form != star || isEmphasis(text, s) {
			e.spans[s.form]++
		}
	}
}

// loneLetters counts i, b and u standing as words: chat-speak writes its
// pronouns so.
func (e *evidence) loneLetters() int {
	if e.lone >= 0 {
		return e.lone
	}
	e.lone = 0
	for _, d := range e.docs {
		eachText(d.Blocks(), func(b prose.Block) {
			if b.Kind() == prose.Pre {
				return
			}
			for w := range strings.FieldsSeq(b.Text()) {
				e.lone += count(w == "i" || w == "u" || w == "b" || w == "i'm" || w == "ur")
			}
		})
	}
	return e.lone
}

// holdsSign reports whether a sign that spans are made of stands in b.
func holdsSign(b prose.Block) bool {
	runs := b.Runs()
	for i := range runs {
		r := &runs[i]
		if anySign(r.Text) || r.Image != nil && anySign(r.Image.Alt) {
			return true
		}
	}
	return false
}

// anySign is strings.ContainsAny(s, spanSigns), in a fifth of its time.
func anySign(s string) bool {
	for i := range len(spanSigns) {
		if strings.IndexByte(s, spanSigns[i]) >= 0 {
			return true
		}
	}
	return false
}

// verdict weighs a span by its form and the document.
type verdict uint8

const (
	leave verdict = iota
	suggest
	restore
)

func (e *evidence) verdict(text string, s span) verdict {
	often := e.spans[s.form] >= leastSpans
	switch s.form {
	case bracket, tag:
		return restore
	case slashForm:
		if e.loneLetters()-e.spans[slashForm] > 1+e.spans[slashForm] {
			return suggest // "do u think/u know" is chat-speak
		}
		return restore
	case underscore, doubleStar:
		if e.text || often {
			return restore
		}
		return suggest
	case star:
		if !isEmphasis(text, s) {
			return leave
		}
	}
	if often {
		return restore
	}
	return suggest
}

// isEmphasis tells *really* within a sentence from *sigh* as a gesture between
// two, which readers want to see as it was typed: the sentence comes to the
// word and goes on after it.
func isEmphasis(text string, s span) bool {
	inside := text[s.from:s.to]
	if utf8.RuneCountInString(inside) == 1 && inside != "I" && inside != "a" {
		return false // *s* stands for something
	}
	before, after := strings.TrimRight(text[:s.open], " "), strings.TrimLeft(text[s.close:], " ")
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	comes := before != "" && (unicode.IsLetter(last) || strings.ContainsRune(",;—-", last))
	goesOn := after == "" || unicode.IsLower(next) || strings.ContainsRune(",;.!?:—-…’'\"”)", next)
	starts := before == "" || strings.ContainsRune(`"“.!?…`, last)
	first, _ := utf8.DecodeRuneInString(inside)
	return comes && goesOn || starts && unicode.IsUpper(first) && unicode.IsLower(next) && !isGesture(inside)
}

// isGesture reports whether a span begins with a verb of the third person.
func isGesture(inside string) bool {
	word, _, _ := strings.Cut(inside, " ")
	return strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "'s") && !strings.HasSuffix(word, "’s")
}

// italicise restores the spans of one block, and reports whether it has any.
func (p *pass) italicise(b prose.Block) (is prose.Block, ok bool) {
	if !holdsSign(b) {
		return b, false
	}
	text := b.Text()
	var spans []span
	for _, s := range spansIn(text) {
		v := p.verdict(text, s)
		if v == leave || holdsCode(b) {
			continue
		}
		p.tellSpan(text, s, v == restore)
		if v == restore {
			spans = append(spans, s)
		}
	}
	if len(spans) == 0 {
		return b, false
	}
	return b.WithRuns(remark(b.Runs(), spans)...), true
}

// holdsCode reports whether code or keys stand in b, where signs are signs.
func holdsCode(b prose.Block) bool {
	for _, r := range b.Runs() {
		if r.Has("code") || r.Has("kbd") {
			return true
		}
	}
	return false
}

func (p *pass) tellSpan(text string, s span, applied bool) {
	confidence := 0.99
	if s.form == star || s.form == slashed {
		confidence = 0.9
	}
	if !applied {
		confidence = 0.5
	}
	from, to := max(0, s.open-around), min(len(text), s.close+around)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from++
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	head, tail := text[from:s.open], text[s.close:to]
	p.tell(archive.Mend{
		Rule: "italics", Before: head + text[s.open:s.close] + tail,
		After:      head + "<" + s.mark + ">" + text[s.from:s.to] + "</" + s.mark + ">" + tail,
		Confidence: confidence, Applied: applied,
	}, text[s.open:s.close])
}

// remark cuts the marks of spans out of runs and puts what is between them
// under real ones. Positions are those of the block's Text.
func remark(runs []prose.Run, spans []span) []prose.Run {
	var out []prose.Run
	at := 0
	for _, r := range runs {
		if !r.IsText() {
			n := 1 // a line break
			if r.Image != nil {
				n = len(r.Image.Alt)
			} else if r.Anchor != "" {
				n = 0
			}
			for len(spans) > 0 && spans[0].close <= at {
				spans = spans[1:]
			}
			if len(spans) > 0 && at >= spans[0].from && at < spans[0].to && r.Image == nil {
				r = r.With(spans[0].mark)
			}
			out = append(out, r)
			at += n
			continue
		}
		var pieces []prose.Run
		pieces, spans = cut(r, at, spans)
		out = append(out, pieces...)
		at += len(r.Text)
	}
	return out
}

// cut splits a run of text that begins at position at by the edges of spans. It
// returns the spans that are not done with.
func cut(r prose.Run, at int, spans []span) ([]prose.Run, []span) {
	var out []prose.Run
	end := at + len(r.Text)
	piece := func(from, to int, mark string) {
		from, to = max(from, at), min(to, end)
		if from >= to {
			return
		}
		p := r
		p.Text = r.Text[from-at : to-at]
		if mark != "" && !p.Has(mark) {
			p = p.With(mark)
		}
		out = append(out, p)
	}
	from := at
	for len(spans) > 0 && spans[0].open < end {
		s := spans[0]
		piece(from, s.open, "")
		piece(s.from, s.to, s.mark)
		from = s.close
		if s.close > end {
			break
		}
		spans = spans[1:]
	}
	piece(from, end, "")
	return out, spans
}
