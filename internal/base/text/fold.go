package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Key is what names are compared and sorted by: without case, accents and the
// difference between kinds of spaces, quotes and dashes, "Éowyn’s  Song" and
// "eowyn's song" are one. It is never empty for a name that shows something.
func Key(s string) string {
	folded := Fold(s)
	if strings.IndexByte(folded, ' ') >= 0 {
		folded = strings.Join(strings.Fields(folded), " ")
	}
	if folded == "" {
		return strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd"))
	}
	return folded
}

// Fold takes away case, accents and compatibility forms, and makes one of all
// kinds of spaces, quotes and dashes. Marks that are letters in their script
// (vowels of Indic scripts and Thai, the voicing of kana) stay.
func Fold(s string) string {
	if lower, ok := foldASCII(s); ok {
		return lower
	}
	s = norm.NFKD.String(strings.ToValidUTF8(s, "\ufffd"))
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		foldRune(&b, r)
	}
	return norm.NFC.String(b.String())
}

// foldASCII lowers s if it is plain ASCII, without a copy where nothing changes.
func foldASCII(s string) (string, bool) {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' || c == 0x7f || c == '`' {
			return s, false
		}
	}
	return strings.ToLower(s), true
}

// strokes are letters that are others with a stroke, which no decomposition says.
var strokes = map[rune]string{
	'ß': "ss", 'ø': "o", 'ł': "l", 'đ': "d", 'ħ': "h", 'ŧ': "t", 'ı': "i", 'æ': "ae", 'œ': "oe", 'ð': "d", 'þ': "th", 'ə': "e",
	'‘': "'", '’': "'", 'ʼ': "'", 'ʻ': "'", '‚': "'", '‛': "'", '′': "'", '´': "'",
	'“': `"`, '”': `"`, '„': `"`, '‟': `"`, '″': `"`, '«': `"`, '»': `"`,
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '−': "-", '⁄': "/",
}

func foldRune(b *strings.Builder, r rune) {
	switch {
	case r < utf8.RuneSelf && r > ' ' && r != 0x7f:
		if r >= 'A' && r <= 'Z' {
			r |= 0x20
		}
		if r == '`' {
			r = '\''
		}
		b.WriteByte(byte(r))
	case unicode.IsSpace(r):
		b.WriteByte(' ')
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector):
	case isAccent(r):
	default:
		r = unicode.ToLower(unicode.ToUpper(r)) // through both, so that ς and σ are one
		if plain, ok := strokes[r]; ok {
			b.WriteString(plain)
			return
		}
		b.WriteRune(r)
	}
}

// isAccent reports whether r is a mark that words are looked up without.
func isAccent(r rune) bool {
	if !unicode.Is(unicode.Mn, r) || r == '\u3099' || r == '\u309a' {
		return false
	}
	return unicode.In(r, unicode.Inherited, unicode.Hebrew, unicode.Arabic, unicode.Latin, unicode.Greek, unicode.Cyrillic)
}

// Terms returns the words of s as an index knows them: folded; the parts of
// hyphenated words apart; without the apostrophes within words, the English
// genitive and the elided articles of Romance languages (harry’s is harry,
// don’t is dont, l’amour is amour). Characters of scripts without spaces are a
// term each.
func Terms(s string) []string { return AppendTerms(nil, s) }

// AppendTerms appends the Terms of s.
func AppendTerms(terms []string, s string) []string {
	s = Fold(s)
	eachWord(s, func(from, to int) {
		word := s[from:to]
		for i := strings.IndexByte(word, '-'); i >= 0; i = strings.IndexByte(word, '-') {
			if part := term(word[:i]); part != "" {
				terms = append(terms, part)
			}
			word = word[i+1:]
		}
		if word = term(word); word != "" {
			terms = append(terms, word)
		}
	})
	return terms
}

func term(word string) string {
	if strings.IndexByte(word, '\'') < 0 {
		return word
	}
	word = strings.TrimSuffix(strings.Trim(word, "'"), "'s")
	if article, noun, ok := strings.Cut(word, "'"); ok && len(article) <= 2 {
		switch article {
		case "l", "d", "j", "n", "s", "c", "m", "t", "qu":
			word = noun
		}
	}
	return strings.ReplaceAll(word, "'", "")
}
