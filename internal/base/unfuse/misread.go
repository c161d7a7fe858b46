package unfuse

import (
	"bytes"

	"ficstead/internal/base/lexicon"
)

// Misread is a token that a scanner seems to have read with wrong letters.
type Misread struct {
	From, To int // in bytes
	Word     string
}

// confused are letters that scanners take for each other: as read, as printed.
var confused = [...][2]string{
	{"rn", "m"}, {"m", "rn"}, {"cl", "d"}, {"d", "cl"}, {"li", "h"}, {"h", "li"}, {"vv", "w"}, {"ii", "u"}, {"b", "h"}, {"h", "b"}, {"c", "e"}, {"e", "c"}, {"j", "l"},
}

// Misread finds the tokens of a text that no dictionary has and that a usual
// confusion makes an everyday word of. Other tokens look so by chance (names,
// dialect): they are told only in a document that has many.
func (r *Reader) Misread(text string) []Misread {
	const least, per = 5, 5_000 // distinct ones, and words to each at most
	r.finish()
	if !r.IsEnglish() || r.misread < least || r.misread*per < r.words {
		return nil
	}
	var found []Misread
	scan(text, func(t token) {
		if t.odd || t.upper > 0 || r.isKnown(text[t.from:t.to]) {
			return
		}
		r.folded.fold(text[t.from:t.to])
		if word := r.printed(&r.folded); word != "" {
			found = append(found, Misread{t.from, t.to, word})
		}
	})
	return found
}

// printed is the only everyday word that a token may have been; "" if there is
// none, or if it is a word of the document.
func (r *Reader) printed(f *folded) string {
	const shortest, everyday = 3, 16
	if !f.ok || len(f.text) < shortest || len(f.text) > longestWord || r.seen[string(f.text)].whole > often {
		return ""
	}
	word := ""
	for _, c := range confused {
		read, printed := []byte(c[0]), []byte(c[1])
		for at := 0; ; at++ {
			n := bytes.Index(f.text[at:], read)
			if n < 0 {
				break
			}
			at += n
			other := string(f.text[:at]) + string(printed) + string(f.text[at+len(read):])
			if w := r.lex.Word(lexicon.Of(other)); w.Class != lexicon.Common || w.Bits > everyday {
				continue
			}
			if word != "" && word != other {
				return ""
			}
			word = other
		}
	}
	return word
}
