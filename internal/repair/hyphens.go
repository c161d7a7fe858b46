package repair

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// hyphens decides what a hyphen at the end of a wrapped line was. It is taken
// out only where the document itself has the word in one piece and nowhere with
// the hyphen; else the two halves stand together as they were written. Where
// a program hyphenated, which many such words prove, it is taken out unless the
// document has the word with it.
func hyphens(p *page) {
	seen := p.formsOf(p.splitWords())
	byProgram := p.hyphenated(seen)
	tightDashes := -1
	for i := range p.lines {
		l := &p.lines[i]
		if l.join != bySpace {
			continue
		}
		above := p.above(i)
		head, tail := split(above.text, l.text)
		switch {
		case head != "" && (seen[head+tail] > 0 || byProgram) && seen[head+"-"+tail] == 0:
			l.join = hyphened
			p.tell("hyphen", above.at+above.runes-1, head+"-\n"+tail, head+tail, 0.97)
		case head != "":
			l.join = tight
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

// hyphenated reports whether the lines were hyphenated by a program: five words
// that the document has in one piece, for each that it has with the hyphen.
func (p *page) hyphenated(seen map[string]int) bool {
	const enough = 5
	whole, parted := 0, 0
	for i, l := range p.lines {
		if l.join != bySpace {
			continue
		}
		if head, tail := split(p.above(i).text, l.text); head != "" {
			parted += count(seen[head+"-"+tail] > 0)
			whole += count(seen[head+tail] > 0 && seen[head+"-"+tail] == 0)
		}
	}
	return whole >= enough && whole >= enough*parted
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
	return strings.HasSuffix(text, "--") || strings.HasSuffix(text, "—")
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
