package signs

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// verdict weighs a span by its form and the document.
type verdict uint8

const (
	leave verdict = iota
	suggest
	restore
)

// spans reads emphasis that was left as signs.
func (l *line) spans() {
	for _, s := range l.spansIn(l.text) {
		v := l.verdict(l.text, s)
		if v == leave {
			continue
		}
		c := Change{Rule: RuleItalics, Mark: s.mark, From: s.from, To: s.to, Confidence: 0.99, Suggested: v == suggest}
		switch {
		case c.Suggested:
			c.Confidence = 0.5
		case s.form == star || s.form == slashed || s.form == tight:
			c.Confidence = 0.9
		}
		if (s.form == loose || s.form == tight) && (l.spaced >= 0 || l.text[s.to] == ' ') {
			s.close = swallowSpace(l.text, s.close)
		}
		c.Cuts = []Cut{{From: s.open, To: s.from}, {From: s.to, To: s.close}}
		if s.form == loose && s.open > 0 && isLetter(l.text[s.open-1]) {
			c.Cuts[0].Text = " "
		}
		if s.form == loose && l.text[s.close-1] == 'i' && s.close < len(l.text) && isLetter(l.text[s.close]) && !boundaryAfter(l.text, s.close+1) {
			c.Cuts[1].Text = " "
		}
		l.add(c)
	}
}

func (e *Evidence) verdict(text string, s span) verdict {
	often := e.often(s.form)
	switch s.form {
	case loose:
		if n := e.spans[loose] + e.spans[tight]; e.loneLetters()-e.spans[loose] > 1+n {
			return suggest // "do u think/u know" is chat-speak
		}
		return restore
	case tight:
		if often = e.spans[loose]+e.spans[tight] >= leastSpans; often && e.loneLetters() > e.spans[loose]+e.spans[tight] {
			return suggest
		}
	case underscore, doubleStar:
		if e.plain {
			return restore
		}
	case star:
		switch {
		case isGesture(text, s):
			return leave
		case often && e.gestures*4 <= e.spans[star]:
			return restore
		case !isEmphasis(text, s):
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
	if isGesture(text, s) || utf8.RuneCountInString(inside) == 1 && inside != "I" && inside != "a" {
		return false // *s* stands for something
	}
	before, after := strings.TrimRight(text[:s.open], " "), strings.TrimLeft(text[s.close:], " ")
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	comes := before != "" && (unicode.IsLetter(last) || strings.ContainsRune(",;—-", last))
	goesOn := after == "" || unicode.IsLower(next) || strings.HasPrefix(after, "I ") || strings.HasPrefix(after, "I'") || strings.ContainsRune(",;.!?:—-…’'\"”)", next)
	starts := before == "" || strings.ContainsRune(`"“.!?…:`, last)
	first, _ := utf8.DecodeRuneInString(inside)
	return comes && goesOn || starts && unicode.IsUpper(first) && unicode.IsLower(next)
}

// isGesture reports whether what is between stars is done and not said: it begins
// with a verb of the third person, is a sound, or stands alone and small between
// sentences.
func isGesture(text string, s span) bool {
	inside := text[s.from:s.to]
	word, more, _ := strings.Cut(inside, " ")
	word = strings.TrimRightFunc(word, unicode.IsPunct)
	first, _ := utf8.DecodeRuneInString(word)
	before, after := strings.TrimRight(text[:s.open], " "), strings.TrimLeft(text[s.close:], " ")
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	comes := before != "" && (unicode.IsLetter(last) || strings.ContainsRune(",;:—-–", last))
	goesOn := after != "" && (unicode.IsLower(next) || strings.ContainsRune(",;.!?:—-–…", next))
	switch {
	case sounds[strings.ToLower(word)] && more == "" && !(comes && unicode.IsLower(next)), sounds[strings.TrimSuffix(strings.ToLower(word), "s")]:
		return true
	case utf8.RuneCountInString(inside) == 1 && unicode.IsUpper(first) && inside != "I" && inside != "A":
		return true // it stands for something
	case strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "'s") && !strings.HasSuffix(word, "’s") && !strings.HasSuffix(word, "ss") && !comes && more != "" && unicode.IsLower(first):
		return true
	}
	return !unicode.IsUpper(first) && unicode.IsLetter(first) && !comes && !goesOn
}

// sounds are what is typed between stars as a gesture.
var sounds = wordSet(`blink blush bow chuckle clap cough cower cringe cry cuddle dance eyeroll facepalm frown gasp giggle glare glomp grin
	groan growl gulp headdesk hide hug huggle kiss laugh mutter nod nudge nuzzle pant pat poke pout purr roll run scream shiver shrug sigh
	smile smirk snicker sniff sniffle snort snuggle sob squeak squeal squee stare sweatdrop tackle twitch wail wave weep whimper whine whistle wince wink yawn`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
