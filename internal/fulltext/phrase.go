package fulltext

import "unicode/utf8"

// Term is one word of a phrase, as an index is asked for it.
type Term struct {
	Word   string
	Prefix bool // and all that begins with it
	Forms  bool // and all forms of it
}

// Terms are the words of p that stand side by side where p stands. None are of a
// phrase that says nothing, which stands nowhere.
func (p Phrase) Terms() []Term {
	var words Words
	var terms []Term
	words.Each([]byte(p.Text), func(word []byte) {
		terms = append(terms, Term{Word: string(word), Forms: !p.Exact})
	})
	if len(terms) == 0 {
		return nil
	}
	last := len(terms) - 1
	if p.Prefix {
		terms[last].Prefix, terms[last].Forms = true, false
	}
	if r, size := utf8.DecodeRuneInString(terms[last].Word); single(r) && size == len(terms[last].Word) {
		// In the text its pair may go on. Behind another pair it says nothing new.
		if last > 0 && pairEndsWith(terms[last-1].Word, r) {
			return terms[:last]
		}
		terms[last].Prefix, terms[last].Forms = true, false
	}
	return terms
}

// pairEndsWith reports whether word is a pair of characters and r the second.
func pairEndsWith(word string, r rune) bool {
	first, size := utf8.DecodeRuneInString(word)
	second, rest := utf8.DecodeRuneInString(word[size:])
	return single(first) && rest > 0 && size+rest == len(word) && second == r
}

// Is reports whether word, of an English text or not, is one that t asks for.
func (t Term) Is(word string, english bool) bool {
	switch {
	case word == t.Word:
		return true
	case t.Prefix:
		return len(word) > len(t.Word) && word[:len(t.Word)] == t.Word
	}
	return t.Forms && english && Stem(word) == Stem(t.Word)
}

// English reports whether English words stand for their forms in a text of a
// language: where it is not known, they do.
func English(language string) bool {
	return language == "" || language == "en" || len(language) > 3 && language[:3] == "en-"
}
