package fulltext

import (
	"bytes"
	"strings"
)

// Stem is what the forms of an English word have in common: walk of walks,
// walked and walking. It is the Porter2 algorithm. A word that is not of letters
// of ASCII alone is its own stem.
func Stem(word string) string {
	if len(word) < 3 || len(word) > longest {
		return word
	}
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return word
		}
	}
	if stem, ok := irregular[word]; ok {
		return stem
	}
	s := newStemmer(word)
	s.plural()
	if _, ok := unchanged[string(s.w)]; !ok {
		s.past()
		s.finalY()
		s.suffixes()
		s.endings()
	}
	return strings.ToLower(string(s.w))
}

var irregular = map[string]string{
	"skis": "ski", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie", "idly": "idl", "gently": "gentl",
	"ugly": "ugli", "early": "earli", "only": "onli", "singly": "singl",
	"sky": "sky", "news": "news", "howe": "howe", "atlas": "atlas", "cosmos": "cosmos", "bias": "bias", "andes": "andes",
}

// unchanged are words that only look like forms of others, once they are singular.
var unchanged = map[string]struct{}{
	"inning": {}, "outing": {}, "canning": {}, "herring": {}, "earring": {}, "proceed": {}, "exceed": {}, "succeed": {},
}

// stemmer is a word being stemmed. A y that is a consonant is Y in it.
type stemmer struct {
	w      []byte
	r1, r2 int // where the regions begin in which suffixes are taken off
}

func newStemmer(word string) *stemmer {
	s := &stemmer{w: []byte(word)}
	for i, c := range s.w {
		if c == 'y' && (i == 0 || vowel(s.w[i-1])) {
			s.w[i] = 'Y'
		}
	}
	s.r1 = region(s.w, 0)
	for _, prefix := range [...]string{"gener", "commun", "arsen"} {
		if strings.HasPrefix(word, prefix) {
			s.r1 = len(prefix)
		}
	}
	s.r2 = region(s.w, s.r1)
	return s
}

func vowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

// region is behind the first consonant that follows a vowel.
func region(w []byte, from int) int {
	for i := from + 1; i < len(w); i++ {
		if !vowel(w[i]) && vowel(w[i-1]) {
			return i + 1
		}
	}
	return len(w)
}

func (s *stemmer) ends(suffix string) bool { return bytes.HasSuffix(s.w, []byte(suffix)) }

// swap puts another suffix in the place of one.
func (s *stemmer) swap(suffix, other string) {
	s.w = append(s.w[:len(s.w)-len(suffix)], other...)
}

func (s *stemmer) vowelBefore(end int) bool { return bytes.ContainsAny(s.w[:max(end, 0)], "aeiouy") }

func (s *stemmer) plural() {
	switch {
	case s.ends("sses"):
		s.swap("es", "")
	case s.ends("ied"), s.ends("ies"):
		if len(s.w) > 4 {
			s.swap("ies", "i")
		} else {
			s.swap("ies", "ie")
		}
	case s.ends("us"), s.ends("ss"):
	case s.ends("s") && s.vowelBefore(len(s.w)-2):
		s.swap("s", "")
	}
}

func (s *stemmer) past() {
	for _, suffix := range [...]string{"eedly", "eed"} {
		if s.ends(suffix) {
			if len(s.w)-len(suffix) >= s.r1 {
				s.swap(suffix, "ee")
			}
			return
		}
	}
	for _, suffix := range [...]string{"ingly", "edly", "ing", "ed"} {
		if s.ends(suffix) {
			if s.vowelBefore(len(s.w) - len(suffix)) {
				s.swap(suffix, "")
				s.mendEnd()
			}
			return
		}
	}
}

// mendEnd puts right what is left of hoping, hopping and luxuriating.
func (s *stemmer) mendEnd() {
	n := len(s.w)
	switch {
	case s.ends("at"), s.ends("bl"), s.ends("iz"):
		s.w = append(s.w, 'e')
	case n > 1 && s.w[n-1] == s.w[n-2] && bytes.IndexByte([]byte("bdfgmnprt"), s.w[n-1]) >= 0:
		s.w = s.w[:n-1]
	case s.r1 >= n && s.short(n):
		s.w = append(s.w, 'e')
	}
}

// short reports whether the first n letters end in a short syllable.
func (s *stemmer) short(n int) bool {
	w := s.w[:n]
	if n == 2 {
		return vowel(w[0]) && !vowel(w[1])
	}
	return n > 2 && !vowel(w[n-1]) && vowel(w[n-2]) && !vowel(w[n-3]) && bytes.IndexByte([]byte("wxY"), w[n-1]) < 0
}

func (s *stemmer) finalY() {
	if n := len(s.w); n > 2 && s.w[n-1]|0x20 == 'y' && !vowel(s.w[n-2]) {
		s.w[n-1] = 'i'
	}
}

// change is a suffix and what comes in its place, behind one of some letters.
type change struct{ suffix, other, behind string }

// Longer suffixes stand before those that end them.
var (
	second = []change{{"ational", "ate", ""}, {"tional", "tion", ""}, {"enci", "ence", ""}, {"anci", "ance", ""}, {"abli", "able", ""},
		{"entli", "ent", ""}, {"ization", "ize", ""}, {"izer", "ize", ""}, {"ation", "ate", ""}, {"ator", "ate", ""}, {"alism", "al", ""},
		{"aliti", "al", ""}, {"alli", "al", ""}, {"fulness", "ful", ""}, {"ousness", "ous", ""}, {"ousli", "ous", ""}, {"iveness", "ive", ""},
		{"iviti", "ive", ""}, {"biliti", "ble", ""}, {"bli", "ble", ""}, {"ogi", "og", "l"}, {"fulli", "ful", ""}, {"lessli", "less", ""},
		{"li", "", "cdeghkmnrt"}}
	third = []change{{"ational", "ate", ""}, {"tional", "tion", ""}, {"alize", "al", ""}, {"icate", "ic", ""}, {"iciti", "ic", ""},
		{"ical", "ic", ""}, {"ful", "", ""}, {"ness", "", ""}}
)

func (s *stemmer) suffixes() {
	s.first(second)
	s.first(third)
	if s.ends("ative") && len(s.w)-len("ative") >= s.r2 {
		s.swap("ative", "")
	}
}

// first makes the first change whose suffix is there, if that stands in the
// first region.
func (s *stemmer) first(changes []change) {
	for _, c := range changes {
		if !s.ends(c.suffix) {
			continue
		}
		at := len(s.w) - len(c.suffix)
		if at >= s.r1 && (c.behind == "" || at > 0 && strings.IndexByte(c.behind, s.w[at-1]) >= 0) {
			s.swap(c.suffix, c.other)
		}
		return
	}
}

func (s *stemmer) endings() {
	s.ending()
	n := len(s.w)
	switch {
	case s.ends("e") && (n-1 >= s.r2 || n-1 >= s.r1 && !s.short(n-1)):
		s.w = s.w[:n-1]
	case s.ends("ll") && n-1 >= s.r2:
		s.w = s.w[:n-1]
	}
}

func (s *stemmer) ending() {
	for _, suffix := range [...]string{"ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic"} {
		if !s.ends(suffix) {
			continue
		}
		at := len(s.w) - len(suffix)
		if at >= s.r2 && (suffix != "ion" || at > 0 && (s.w[at-1] == 's' || s.w[at-1] == 't')) {
			s.swap(suffix, "")
		}
		return
	}
}
