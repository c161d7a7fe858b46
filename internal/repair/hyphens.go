package repair

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/lexicon"
)

// hyphens decides what a hyphen at the end of a wrapped line was: taken out if
// the document has the word in one piece and nowhere with the hyphen; or if it
// is an English word of which the halves are none (remem-ber). Where a program
// hyphenated, which many such words prove, it is taken out of the others too
// unless both halves are words and the whole is none (well-known). Else the two
// halves stand together as they were written.
func hyphens(p *page) {
	parted := p.partedWords()
	tightDashes := -1
	for i := range p.lines {
		l := &p.lines[i]
		if l.join != bySpace {
			continue
		}
		above := p.above(i)
		head, tail := split(above.text, l.text)
		switch {
		case head != "":
			l.join = tight
			if parted.isOne(head, tail) && p.decide(hyphenMend(above, head, tail)) {
				l.join = hyphened
			}
		case endsInDash(above.text):
			if tightDashes < 0 {
				tightDashes = count(p.dashesAreTight())
			}
			if tightDashes == 1 {
				l.join = tight
			}
		}
	}
}

// hyphenMend tells the halves as they are written: head is in small letters.
func hyphenMend(above line, head, tail string) archive.Mend {
	written := strings.TrimSuffix(above.text, "-")
	from := len(written)
	for range utf8.RuneCountInString(head) {
		_, size := utf8.DecodeLastRuneInString(written[:from])
		from -= size
	}
	written = written[from:]
	at := above.at + above.runes - utf8.RuneCountInString(head) - 1
	return archive.Mend{Rule: "hyphen", At: at, Before: written + "-\n" + tail, After: written + tail, Confidence: 0.97, Applied: true}
}

// partedWords is what a document and the dictionary say of the words that have a
// hyphen at a line's end.
type partedWords struct {
	seen      map[string]int // their forms, within lines
	english   *lexicon.Lexicon
	byProgram bool // by what the document says
	inEnglish bool // by what the dictionary says
}

// partedWords weighs the words that are parted at line ends.
func (p *page) partedWords() *partedWords {
	const enough, few = 5, 2
	w := &partedWords{seen: p.formsOf(p.splitWords())}
	if len(w.seen) == 0 {
		return w
	}
	w.english = lexicon.English()
	whole, hyphened, broken, compounds := 0, 0, 0, 0
	for i, l := range p.lines {
		if l.join != bySpace {
			continue
		}
		head, tail := split(p.above(i).text, l.text)
		if head == "" {
			continue
		}
		hyphened += count(w.seen[head+"-"+tail] > 0)
		whole += count(w.seen[head+tail] > 0 && w.seen[head+"-"+tail] == 0)
		broken += count(w.isBroken(head, tail))
		compounds += count(w.isCompound(head, tail))
	}
	w.byProgram = whole >= enough && whole >= enough*hyphened
	w.inEnglish = broken >= few && broken >= compounds
	return w
}

// isOne reports whether two halves are one word.
func (w *partedWords) isOne(head, tail string) bool {
	whole, hyphened := w.seen[head+tail], w.seen[head+"-"+tail]
	switch {
	case hyphened > 0:
		return false
	case whole > 0 || w.isBroken(head, tail):
		return true
	case w.inEnglish:
		return !w.isCompound(head, tail)
	}
	return w.byProgram
}

// isBroken reports whether only the whole is an English word. Before what begins
// words, authors write hyphens of their own: co-operate, re-enter.
func (w *partedWords) isBroken(head, tail string) bool {
	switch head {
	case "co", "re", "pre", "ex", "non", "anti", "un", "semi", "mid", "de", "bi", "multi", "neo", "pro":
		return false
	}
	return w.knows(head+tail) && !(w.knows(head) && w.knows(tail))
}

// isCompound reports whether only the halves are English words.
func (w *partedWords) isCompound(head, tail string) bool {
	return w.knows(head) && w.knows(tail) && !w.knows(head+tail)
}

func (w *partedWords) knows(word string) bool {
	known := w.english.Word(lexicon.Of(word))
	return len(word) > 1 && known.Class == lexicon.Common && known.Bits < lexicon.Uncounted
}

// split returns the halves of a word with a hyphen at the line's end; "" if
// there is none. Halves in capitals are names or acronyms and never joined.
func split(above, below string) (head, tail string) {
	stem, ok := strings.CutSuffix(above, "-")
	if !ok || strings.HasSuffix(stem, "-") {
		return "", ""
	}
	i := strings.LastIndexFunc(stem, func(r rune) bool { return !isLetter(r) }) + 1
	if i > 0 {
		_, size := utf8.DecodeRuneInString(stem[i-1:])
		i += size - 1
	}
	j := strings.IndexFunc(below, func(r rune) bool { return !isLetter(r) })
	if j < 0 {
		j = len(below)
	}
	head, tail = stem[i:], below[:j]
	first, _ := utf8.DecodeRuneInString(tail)
	if head == "" || !unicode.IsLower(first) {
		return "", ""
	}
	return strings.ToLower(head), tail
}

// isParted reports whether a line ends in a hyphen and the next goes on with a
// small letter: no paragraph ends so.
func isParted(above, below string) bool {
	head, _ := split(above, below)
	return head != ""
}

func isLower(r rune) bool { return unicode.IsLower(r) }

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

// splitWords lists the forms that would decide a hyphen, joined and hyphenated.
func (p *page) splitWords() map[string]int {
	forms := map[string]int{}
	for i, l := range p.lines {
		if l.join == bySpace {
			if head, tail := split(p.above(i).text, l.text); head != "" {
				forms[head+tail], forms[head+"-"+tail] = 0, 0
			}
		}
	}
	return forms
}

// formsOf counts how often the document has each form within a line.
func (p *page) formsOf(forms map[string]int) map[string]int {
	if len(forms) == 0 {
		return forms
	}
	for _, l := range p.lines {
		if l.role != ordinary {
			continue
		}
		wordsIn(strings.ToLower(l.text), func(w string) {
			if n, ok := forms[w]; ok {
				forms[w] = n + 1
			}
		})
	}
	return forms
}

func endsInDash(text string) bool {
	stem := strings.TrimRight(text, "-—")
	dash := text[len(stem):]
	if !strings.HasPrefix(dash, "--") && !strings.HasPrefix(dash, "—") || strings.HasSuffix(stem, " ") {
		return false // or it has spaces around
	}
	word := stem[strings.LastIndexByte(stem, ' ')+1:]
	first, n := utf8.DecodeRuneInString(word)
	return n < len(word) || !unicode.IsUpper(first) // the Marquis of A---- and the Master
}

// dashesAreTight reports whether dashes within lines have no spaces around.
func (p *page) dashesAreTight() bool {
	tight, spaced := 0, 0
	for _, l := range p.lines {
		for _, dash := range []string{"--", "—"} {
			all := strings.Count(l.text, dash)
			open := strings.Count(l.text, dash+" ")
			spaced += open
			tight += all - open
		}
	}
	return tight > spaced
}
