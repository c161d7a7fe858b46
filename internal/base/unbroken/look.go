package unbroken

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/base/fiction"
)

// What a sentence is made of.
const (
	tells         = iota
	tellsAndSays  // Ann said, "No."
	says          // "No."
	saysAndIsTold // "No," said Ann.
	shapes        // how many there are
)

// How a sentence begins, other than with speech.
const (
	withSpeech = iota
	withHe
	withShe
	withIt
	withThey
	withI
	withYou
	withOwn // his, her
	withThis
	withThere
	withBut
	withAnd
	withSo
	withWhen
	withThe
	withA
	withPlace
	withQuestion
	withDoing // -ing
	withLy
	withName
	withOther
	withSign
	begins // how many there are
)

// kinds are the kinds of the small words.
var kinds = func() map[string]int {
	m := map[string]int{}
	for kind, words := range [begins]string{
		withHe: "he", withShe: "she", withIt: "it", withThey: "they", withI: "i i'm i'd i'll i've i’m i’d i’ll i’ve we", withYou: "you", withOwn: "his her its their my our your",
		withThis: "this that these those such", withThere: "there here", withBut: "but yet still however", withAnd: "and or nor for", withSo: "so then now",
		withWhen: "when as after before while until since once if because though although by", withThe: "the", withA: "a an one some all no two every each many most another",
		withPlace: "in on at from with to of under behind over through across upon", withQuestion: "what why how who where which", withOther: "not never only even just perhaps maybe nothing nobody well yes oh",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = kind
		}
	}
	return m
}()

// usual are first words that are told apart, most frequent of them first.
var usual = func() map[string]int {
	m := map[string]int{}
	for w := range strings.FieldsSeq(`the he she it i they and but then there in a you we what as at his this that when so if for after no yes well oh on not her one my now
		with to all how who why from by while once even only just still again later suddenly finally instead perhaps maybe nothing here where some their its our these those of two
		something someone everything everyone for or nor yet until before because though every another next outside inside behind meanwhile night morning chapter dear let don't come look go`) {
		if m[w] == 0 {
			m[w] = len(m) + 1
		}
	}
	return m
}()

const mostUsual = 128

var saying = set(`said asked replied answered whispered murmured muttered cried called shouted exclaimed continued began went added agreed admitted demanded repeated remarked observed told inquired laughed
	returned says snapped sighed growled gasped interrupted suggested insisted declared ejaculated responded yelled breathed hissed mumbled thought asks`)

// look fills in what is known of a sentence.
func (s *scanner) look(t *sentence) {
	text := strings.TrimLeft(s.text[t.from:t.to], " \n(*_[")
	switch {
	case s.opens(text):
		t.begin, t.shape = withSpeech, says
		t.said = 1 + kindOf(strings.TrimLeft(text, "“„«\"'‘*_"))
		if rest := s.behind(text); rest != "" {
			t.shape = saysAndIsTold
			t.who(rest)
		}
	default:
		t.first(text)
		if strings.ContainsAny(text, "“„«\"") || s.single && strings.Contains(text, " ‘") {
			t.shape = tellsAndSays
		}
		t.opens = fiction.OpensScene(text)
	}
	t.words, t.called = contents(text), called(text)
}

// behind returns what follows the first speech in text, if it says whose it is.
func (s *scanner) behind(text string) string {
	marks := `"”»`
	if s.single {
		marks = "'’"
	}
	_, n := utf8.DecodeRuneInString(text)
	for i := n; ; {
		k := strings.IndexAny(text[i:], marks)
		if k < 0 {
			return ""
		}
		i += k
		_, n := utf8.DecodeRuneInString(text[i:])
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		rest := text[i+n:]
		if !s.single || strings.ContainsRune(".,!?-—–…”\"", before) {
			rest = strings.TrimLeft(rest, " ")
			if r, _ := utf8.DecodeRuneInString(rest); unicode.IsLetter(r) {
				return rest
			}
			return ""
		}
		i += n
	}
}

// who reads the speaker behind a speech: said Ann, she said, Ann said.
func (t *sentence) who(rest string) {
	first, rest := cut(rest)
	if saying[first] {
		first, rest = cut(rest)
	}
	if strings.EqualFold(first, "the") || strings.EqualFold(first, "mr") || strings.EqualFold(first, "mrs") {
		first, _ = cut(rest)
	}
	t.isAbout(first)
}

// isAbout notes whom the sentence is about, by one word.
func (t *sentence) isAbout(word string) {
	r, _ := utf8.DecodeRuneInString(word)
	low := strings.ToLower(word)
	switch low {
	case "he", "his", "him":
		low, t.gender = "he", 'm'
	case "she", "her":
		low, t.gender = "she", 'f'
	case "i", "my", "they", "we":
	default:
		if _, small := kinds[low]; small || !unicode.IsUpper(r) {
			return
		}
	}
	t.subject = hash(low)
}

// first reads the beginning of a sentence that tells.
func (t *sentence) first(text string) {
	word, _ := cut(text)
	r, _ := utf8.DecodeRuneInString(text)
	low := strings.ToLower(word)
	t.word = usual[low]
	kind, ok := kinds[low]
	switch {
	case ok:
		t.begin = kind
		t.isAbout(word)
	case !unicode.IsLetter(r):
		t.begin = withSign
	case strings.HasSuffix(low, "ing") && len(low) > 5:
		t.begin = withDoing
	case strings.HasSuffix(low, "ly") && len(low) > 4:
		t.begin = withLy
	case t.word == 0 && len(low) > 2:
		t.begin = withName
		t.isAbout(word)
	default:
		t.begin = withOther
	}
}

// cut takes the first word off.
func cut(text string) (word, rest string) {
	text = strings.TrimLeft(text, " \n.,")
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
	if end < 0 {
		return text, ""
	}
	word = text[:end]
	for _, possessive := range []string{"'s", "’s"} {
		word = strings.TrimSuffix(word, possessive)
	}
	return word, text[end:]
}

// kindOf classes the first word of a speech.
func kindOf(text string) int {
	word, _ := cut(text)
	if kind, ok := kinds[strings.ToLower(word)]; ok {
		return kind
	}
	return withOther
}

// names reports whether the sentence has the name of somebody in it.
func (t *sentence) names(subject uint32) bool {
	return subject != 0 && slices.Contains(t.called, subject)
}

// called are the words with a capital that follow another word.
func called(text string) []uint32 {
	const most = 12
	var names []uint32
	for i := 0; i < len(text) && len(names) < most; {
		k := strings.IndexByte(text[i:], ' ')
		if k < 0 {
			break
		}
		i += k + 1
		if i < len(text) && text[i] >= 'A' && text[i] <= 'Z' {
			word, _ := cut(text[i:])
			if _, small := kinds[strings.ToLower(word)]; !small {
				names = append(names, hash(strings.ToLower(word)))
			}
		}
	}
	return names
}

// contents are the longer words, by their beginnings.
func contents(text string) []uint32 {
	const most, stem, least = 40, 6, 5
	var words []uint32
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(w) >= least && len(words) < most {
			words = append(words, hash(strings.ToLower(w[:min(len(w), stem)])))
		}
	}
	return words
}

func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return max(h, 1)
}
