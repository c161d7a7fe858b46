package signs

import (
	"strings"
	"unicode"

	"ficstead/internal/base/lexicon"
	"ficstead/internal/repair/decode"
)

// Evidence is what the whole of a document says about the signs in it. Make one
// with NewEvidence, and Add all its text before anything is Read.
type Evidence struct {
	Counts
	misread decode.Evidence
	texts   func(yield func(text string))
	lone    int             // letters that stand alone; -1 until somebody asks
	words   map[string]bool // of the document; nil until somebody asks
}

// Counts are the numbers that decide what is a habit.
type Counts struct {
	spans    [forms]int // of each form
	gestures int        // between stars
	spaced   int        // closing marks with a space before a stop, less those without
	asked    int        // question marks where an apostrophe belongs
	opened   int        // question marks where a quote opens
	dashes   int        // question marks between small letters
	tags     int        // tags that stand as text
	explains int        // those in paragraphs that are about tags
	entities int        // names of entities without their sign
	plain    bool       // it was plain text: signs are all the markup it could have
}

// leastSpans is how often a form that has other uses must stand in a document.
const leastSpans = 3

// NewEvidence returns the evidence of a document whose text texts yields, as
// often as it is asked. Plain says that it came without any markup.
func NewEvidence(plain bool, texts func(yield func(text string))) *Evidence {
	return &Evidence{Counts: Counts{plain: plain}, texts: texts, lone: -1}
}

// Equal reports whether e weighs every place as before did.
func (e *Evidence) Equal(before *Evidence) bool {
	return e.Counts == before.Counts && e.misread == before.misread && (before.lone < 0 || e.loneLetters() == before.loneLetters())
}

// Add takes more text of the document.
func (e *Evidence) Add(text string) {
	e.misread.Add(text)
	if !Any(text) {
		return
	}
	l := &line{Evidence: e, text: text}
	for _, s := range e.spansIn(text) {
		switch {
		case s.form != star || isEmphasis(text, s):
			e.spans[s.form]++
		case isGesture(text, s):
			e.gestures++
		}
		if s.form == loose || s.form == tight {
			e.countSpace(text, s)
		}
	}
	l.countQuotes()
	l.countTags()
	l.countEntities()
}

// countSpace counts whether the closing marks of lost brackets have spaces of
// their own.
func (e *Evidence) countSpace(text string, s span) {
	rest := text[s.close:]
	switch {
	case rest == "":
	case rest[0] == ' ' && len(rest) > 1 && strings.IndexByte(",.;:!?", rest[1]) >= 0, s.close > 0 && text[s.close-1] == ' ':
		e.spaced++
	case strings.IndexByte(",.;:!?", rest[0]) >= 0:
		e.spaced -= 2
	}
}

func (e *Evidence) often(f form) bool { return e.spans[f] >= leastSpans }

// loneLetters counts i, b and u standing as words: chat-speak writes its
// pronouns so.
func (e *Evidence) loneLetters() int {
	if e.lone >= 0 {
		return e.lone
	}
	e.lone = 0
	e.texts(func(text string) {
		for w := range strings.FieldsSeq(text) {
			if w == "i" || w == "u" || w == "b" || w == "i'm" || w == "ur" {
				e.lone++
			}
		}
	})
	return e.lone
}

// isWord reports whether a folded word is English, or one of the document.
func (e *Evidence) isWord(w string) bool {
	if w == "" || isEnglish(w) {
		return w != ""
	}
	if e.words == nil {
		e.words = map[string]bool{}
		e.texts(func(text string) {
			for w := range strings.FieldsFuncSeq(text, unicode.IsSpace) {
				if !strings.Contains(w, "/") {
					e.words[wordOf(strings.TrimLeftFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }))] = true
				}
			}
		})
	}
	return e.words[w] && !strings.ContainsAny(w[:1], "ibus") // its own beginning could be a mark's
}

func isEnglish(w string) bool { return english(w).Class != lexicon.Unknown }

// isRarer reports whether w is hardly ever written where than is.
func isRarer(w, than string) bool {
	const bits = 3
	a, b := english(w), english(than)
	return a.Class < b.Class || a.Bits > b.Bits+bits
}

func english(w string) lexicon.Word {
	return lexicon.English().Word(lexicon.Of(strings.TrimSuffix(w, "'s")))
}
