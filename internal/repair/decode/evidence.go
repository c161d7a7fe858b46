package decode

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Evidence is what the whole of a document says about misreadings, against which
// each place is weighed. The zero value has seen nothing.
type Evidence struct {
	certain [len(pages)]bool // UTF-8 was read as this page
	swaps   [swapKinds]int   // contractions whose apostrophe is that of a swap
	honest  int              // what no swap leaves
	holes   holes
	c1      bool // there are C1 controls
}

// Add takes more text of the document.
func (e *Evidence) Add(s string) {
	if isASCII(s) {
		return
	}
	e.addSwaps(s)
	if isPunctuated(s) {
		return
	}
	for i := range pages {
		e.certain[i] = e.certain[i] || pages[i].provenIn(s)
	}
	e.holes.add(s)
	e.c1 = e.c1 || len(c1(s)) > 0
}

// Found reports whether there is anything that Edits could find in the document.
func (e *Evidence) Found() bool {
	return e.certain != [len(pages)]bool{} || e.c1 || e.swap() >= 0
}

// Edits finds what was misread in s, a text of the document. The edits are in
// order and apart.
func (e *Evidence) Edits(s string) []Edit {
	if isASCII(s) {
		return nil
	}
	var edits []Edit
	for i := range pages {
		if e.certain[i] {
			edits = append(edits, pages[i].edits(s)...)
		}
	}
	if e.certain[0] {
		edits = append(edits, e.holes.edits(s)...)
	}
	edits = append(edits, c1(s)...)
	edits = append(edits, e.swapEdits(s)...)
	return apart(edits)
}

// apart puts edits in order and leaves out each that crosses one before it in
// the list.
func apart(edits []Edit) []Edit {
	if len(edits) < 2 {
		return edits
	}
	type ranked struct {
		Edit
		rank int
	}
	all := make([]ranked, len(edits))
	for i, e := range edits {
		all[i] = ranked{e, i}
	}
	slices.SortFunc(all, func(a, b ranked) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.rank, b.rank)) })
	out := edits[:0]
	last := ranked{rank: -1}
	for _, e := range all {
		switch {
		case len(out) == 0 || e.From >= last.To:
			out = append(out, e.Edit)
		case e.rank < last.rank:
			out[len(out)-1] = e.Edit
		default:
			continue
		}
		last = e
	}
	return out
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isPunctuated reports whether all that is beyond ASCII in s are quotes, dashes
// and hard spaces, which nothing is misread as.
func isPunctuated(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < utf8.RuneSelf:
		case c == 0xe2 && s[i+1] == 0x80 && s[i+2] >= 0x93 && s[i+2] != 0x9a && s[i+2] < 0xa8: // – to …, but for ‚
			i += 2
		case c == 0xc2 && s[i+1] == 0xa0:
			i++
		default:
			return false
		}
	}
	return true
}

// A swap is text in one single-byte encoding that was read as another: the
// apostrophe became a letter, and all its company likewise.
const (
	winAsMac  = iota // Windows-1252 read as MacRoman
	macAsWin         // MacRoman read as Windows-1252
	swapKinds        // how many there are
)

// apostrophes are what ’ became in each swap.
var apostrophes = [swapKinds]rune{'í', 'Õ'}

// leastSwaps is how many contractions prove a swap, if none speaks against it.
const leastSwaps = 3

// lone are the letters that — and – became in each swap, and that stand as words in
// no text which has none of against.
var lone = [swapKinds][2]string{{" ó ", " ñ "}, {" Ñ ", " Ð "}}

// addSwaps counts contractions by their apostrophe, and what dashes became.
func (e *Evidence) addSwaps(s string) {
	for kind, signs := range lone {
		for _, sign := range signs {
			e.swaps[kind] += strings.Count(s, sign)
		}
	}
	for i, r := range s {
		switch r {
		case '†', 'Ê': // a hard space in Mr. Smith
			after := i + utf8.RuneLen(r)
			if i > 1 && s[i-1] == '.' && isLower(s[i-2]) && after < len(s) && s[after] >= 'A' && s[after] <= 'Z' {
				e.swaps[swapOf(r == 'Ê')]++
			}
		case 'ó', 'Ñ': // a dash before a quote
			after := i + utf8.RuneLen(r)
			if i > 0 && isLower(s[i-1]) && after < len(s) && s[after] == '"' {
				e.swaps[swapOf(r == 'Ñ')]++
			}
		case 'í', 'Õ', '’':
			if !contracts(s, i, i+utf8.RuneLen(r)) {
				continue
			}
			if kind := slices.Index(apostrophes[:], r); kind >= 0 {
				e.swaps[kind]++
			} else {
				e.honest++
			}
		case 'é', 'á', 'ú': // would be other signs
			e.honest++
		}
	}
}

// swapOf is the swap of the second kind, if it is one.
func swapOf(second bool) int {
	if second {
		return macAsWin
	}
	return winAsMac
}

// contracts reports whether s[from:to] stands where the apostrophe of an English
// contraction does.
func contracts(s string, from, to int) bool {
	if from == 0 || !isLower(s[from-1]) && s[from-1] != 'I' {
		return false
	}
	end := to
	for end < len(s) && isLower(s[end]) {
		end++
	}
	if r, _ := utf8.DecodeRuneInString(s[end:]); end < len(s) && unicode.IsLetter(r) {
		return false
	}
	switch s[to:end] {
	case "t":
		return s[from-1] == 'n'
	case "s", "re", "ve", "ll", "d", "m":
		return true
	}
	return false
}

func isLower(c byte) bool { return c >= 'a' && c <= 'z' }

// swap is the kind that the document is proven to have suffered, or -1.
func (e *Evidence) swap() int {
	for kind, n := range e.swaps {
		if n >= leastSwaps && n > 3*e.honest {
			return kind
		}
	}
	return -1
}

// swapEdits reads the characters of s as they were before the swap.
func (e *Evidence) swapEdits(s string) []Edit {
	kind := e.swap()
	if kind < 0 {
		return nil
	}
	read, was := macRoman, windows1252
	if kind == macAsWin {
		read, was = was, read
	}
	var edits []Edit
	for i, r := range s {
		if r < utf8.RuneSelf {
			continue
		}
		if b, ok := read.EncodeRune(r); ok {
			if is := was.DecodeByte(b); is != r && is >= 0xa0 && is != utf8.RuneError {
				edits = append(edits, Edit{From: i, To: i + utf8.RuneLen(r), Text: string(is), Rule: "mojibake", Confidence: 0.97})
			}
		}
	}
	return edits
}
