package fiction

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Marking is how sure it is that a line alone stands for a scene break.
type Marking uint8

// The markings.
const (
	NoMarker  Marking = iota
	SeldomOne         // if the document has it three times
	MaybeOne          // if the document has it twice
	SurelyOne         // even once
)

// The longest line art that is looked at, and the longest with words in it, in bytes.
const (
	MaxMarker = 400
	MaxWords  = 100
)

// Marker judges a line or paragraph. Silence ("…"), numbers ("III"), sounds
// ("Tap. Tap. Tap.") and faces (^_^) are story and never markers.
func Marker(text string) Marking {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > MaxMarker {
		return NoMarker
	}
	signs := !strings.ContainsFunc(text, ofWords)
	if !signs && len(text) > MaxWords && strings.Contains(text, " ") {
		return NoMarker
	}
	if !signs && OfSentences(text) {
		return dotted(text)
	}
	tight := MarkerKey(text)
	switch {
	case signs:
		return symbolMarker(tight)
	case namedMarker.MatchString(text):
		return SurelyOne
	}
	return max(letterMarker(text, tight), repeatedMarker(text, tight), framedMarker(tight))
}

func ofWords(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// OfSentences reports whether a sign stands in s that stands in sentences, and
// in no break with words: .,;!?"' and … “ ” ‘ ’, which begin with the same byte.
func OfSentences(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case '.', ',', ';', '!', '?', '"', '\'':
			return true
		case 0xe2:
			if r, _ := utf8.DecodeRuneInString(s[i:]); strings.ContainsRune("…“”‘’", r) {
				return true
			}
		}
	}
	return false
}

const (
	// loneMarkers stand for a break all by themselves.
	loneMarkers = "*#~•⁂§※❦❧☙◇◆○●□■△▲▽▼★☆♥♡❤✦✧✶✱✻✽❁❀⁕∗⸻◊∞†‡♦♣♠♪♫"
	// lineMarkers need company: alone they may be a dash or a sign.
	lineMarkers = "-–—_=+^|/\\<>°·:%&$@"
	// aloneTwice are those of them that one alone can be a marker of; a lone
	// underscore or bracket is left over from something else.
	aloneTwice = "-–—=+°·"
	// sentenceMarks alone are silence, shock or a quote.
	sentenceMarks = `.,;:!?…"'“”‘’«»()[]{}`
)

// heads are faces that are drawn whole, "<(^_^<)", alone or in a row.
var heads = regexp.MustCompile(`\([<>]?(\^[-_.]*\^|'[-_.]+'|-[_.]+-|>[_.]+<|;[_.]+;|=[_.]+=)[<>]?\)`)

// faces are lines of signs that look at you.
var faces = regexp.MustCompile(`^[(>]?(\^[-_.]?\^|-[_.]+-|[>=~*;][_.][<=~*;]|[<>:;=8xX][-^'o]?[()\[\]{}|/\\*<>$@3]+|[()\[\]{}|/\\]+[-^'o]?[:;=8]|\\o/|o/|\\o|<3+|</3)[)<]?[;']*$`)

// symbolMarker judges a line without letters and digits, spaces taken out.
func symbolMarker(s string) Marking {
	rest := strings.Trim(s, sentenceMarks+"\u200b\ufe0f\u2060\ufeff")
	n := utf8.RuneCountInString(rest)
	switch {
	case rest == "":
		return bracketMarker(s)
	case n < 5 && faces.MatchString(s), heads.MatchString(s), strings.ContainsFunc(s, isFace), strings.ContainsRune(s, utf8.RuneError): // letters that were lost
		return NoMarker
	case strings.ContainsAny(s, `!?"'“”`):
		if n > 3 && strings.ContainsAny(rest, loneMarkers) && symmetrical(s) {
			return MaybeOne
		}
		return NoMarker
	case n == 1 && strings.Contains(hearts, rest):
		return SeldomOne
	case n == 1 && strings.Contains(loneMarkers, rest):
		return SurelyOne
	case n == 1 && isEmoji(rest):
		return SeldomOne
	case n == 1 && !strings.Contains(aloneTwice, rest):
		return NoMarker
	case n < 3 && !strings.ContainsAny(rest, loneMarkers), strings.ContainsAny(s, ".…") && !symmetrical(rest):
		return MaybeOne
	case distinct(rest) <= 2 || symmetrical(rest) || period(rest) > 0:
		return SurelyOne
	case strings.ContainsAny(rest, loneMarkers+lineMarkers), strings.ContainsFunc(rest, unicode.IsSymbol):
		return MaybeOne
	}
	return NoMarker
}

// bracketMarker judges signs that else stand around sentences: five colons, or
// pairs of brackets in a row.
func bracketMarker(s string) Marking {
	rs := []rune(s)
	if len(rs) > 4 && strings.Trim(s, ":;()[]{}«»") == "" && (period(s) > 0 || symmetrical(s)) {
		return MaybeOne
	}
	return NoMarker
}

// hearts are sent in messages too.
const hearts = "♥♡❤"

// isFace reports whether r is a face or a hand, which say something.
func isFace(r rune) bool {
	return r >= 0x1f600 && r <= 0x1f64f || r >= 0x1f910 && r <= 0x1f92f || r >= 0x1f970 && r <= 0x1f97a || r >= 0x1f440 && r <= 0x1f450
}

func isEmoji(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= 0x1f300 && unicode.IsSymbol(r)
}

// dotted judges ornament that has the signs of sentences in it: "o.o.o.o.o".
func dotted(text string) Marking {
	const least = 5
	const surely = 9
	switch {
	case len(text) < least || !IsDotted(text):
	case len(text) >= surely && period(text) > 0 && strings.ContainsAny(text, "oOxX0"):
		return SurelyOne
	case period(text) > 0 || symmetrical(text):
		return MaybeOne
	}
	return NoMarker
}

// IsDotted reports whether s holds nothing but o, x and the signs that ornament
// of them is written with.
func IsDotted(s string) bool { return strings.Trim(s, "oOxX0.~*'- ") == "" }

// namedMarker is a break that says so, with signs around it or none.
var namedMarker = regexp.MustCompile(`(?i)^[\s\[\](){}<>*~=_#|/\\+—–-]*(?:insert\s+)?(?:a\s+)?(?:line|scene|page|section)[\s_-]*(?:break|breaker|divider|change|separator)(?:\s+here)?[\s\[\](){}<>*~=_#|/\\+—–-]*$`)

// The letters that lines of ornament are made of. Words made of them only
// ("xoxo", "Ooo") are shut out by asking for signs, for three of one letter, or
// for a mirror of small and large.
var (
	ornament = regexp.MustCompile(`^[oO0xX~*=_+#|<>/\\-]+$`)
	threeX   = regexp.MustCompile(`^(x{3,}|o{3,}|0{3,}|(x ){2,}x|(X ){2,}X|(o ){2,}o|(O ){2,}O|(0 ){2,}0)$`)
	capitalX = regexp.MustCompile(`^(X{3,}|O{3,})$`)
	// smallAndLarge are the smallest of them, which everybody knows.
	smallAndLarge = regexp.MustCompile(`^-*(?:oOo|OoO|o0o|0o0|xXx|XxX)+-*$`)
	mixedCase     = regexp.MustCompile(`^(oOo|o0o|0o0|xXx|XxX|OoO)+$|^([oO0]|[xX]){5,}$`)
)

// letterMarker judges ornament of o and x.
func letterMarker(text, tight string) Marking {
	if !ornament.MatchString(tight) {
		return NoMarker
	}
	signs := strings.ContainsAny(tight, "~*=_+#|<>/\\-")
	switch {
	case faces.MatchString(tight), facesOfO.MatchString(tight), boldRoman.MatchString(tight):
		return NoMarker
	case threeX.MatchString(text), smallAndLarge.MatchString(tight):
		return SurelyOne
	case capitalX.MatchString(text): // XXX is thirty too
		return MaybeOne
	case hugs.MatchString(tight):
		if len(tight) > 5 {
			return SeldomOne
		}
		return NoMarker
	case mixedCase.MatchString(tight):
		return SurelyOne
	case signs && symmetrical(tight), signs && period(tight) > 0:
		return SurelyOne
	case signs:
		return MaybeOne
	}
	return NoMarker
}

var (
	facesOfO  = regexp.MustCompile(`^[oO0xX][_-]*[oO0xX]$|^[<>=][oO0xX]$|^/?o/?$|^\\?[oO]/?$`)
	boldRoman = regexp.MustCompile(`^[*#_]+X{1,3}[*#_]*$`) // the heading of part ten in Markdown
	hugs      = regexp.MustCompile(`(?i)^x*(xo)+x*$|^(?i:o{2,}h?)$`)
)

// repeatedMarker judges the open vocabulary: one unit three times or more,
// "SPNSPNSPN", "HP*HP*HP". Voices repeat themselves too, so it needs the
// document's word, and laughter never counts.
func repeatedMarker(text, tight string) Marking {
	if utf8.RuneCountInString(tight) < 6 || !sameFields(text) {
		return oneLetter(tight)
	}
	p := period(tight)
	if p == 0 {
		return NoMarker
	}
	unit := strings.ToLower(string([]rune(tight)[:p]))
	pure := strings.IndexFunc(unit, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
	switch {
	case pure && p == 1: // Aaaaaah, zzzzzz
		return oneLetter(tight)
	case unit == "zz":
		return SeldomOne
	case pure && sounds[unit], pure && text != strings.ToUpper(text) && strings.ContainsAny(unit, "aeiouy"):
		return NoMarker
	case strings.Trim(unit, "0123456789.:/-") == "": // 10101010, 12/12/12
		return NoMarker
	case pure && p == 2 && utf8.RuneCountInString(tight) >= 8 && !strings.ContainsAny(unit, "aeiouybrshcmngz"): // dwdwdwdw, which nobody can say or hear
		return SurelyOne
	}
	return MaybeOne
}

// sameFields reports whether the words of text are one word, over and over.
func sameFields(text string) bool {
	first := ""
	for w := range strings.FieldsSeq(text) {
		if first == "" {
			first = w
		}
		if w != first {
			return false
		}
	}
	return true
}

// oneLetter judges rows of one letter. Capitals count and cry, so they need the
// document's word three times; letters of other scripts are ornament at once.
func oneLetter(s string) Marking {
	r, _ := utf8.DecodeRuneInString(s)
	n := utf8.RuneCountInString(s)
	switch {
	case distinct(s) != 1 || !unicode.IsUpper(r):
		return NoMarker
	case n >= 6:
		return SeldomOne
	case n >= 3 && unicode.Is(unicode.Greek, r):
		return MaybeOne
	}
	return NoMarker
}

// framedMarker judges capitals and single letters between signs: "~B~S~B~S~",
// "(((o)))". One name between signs says whose turn it is, and is no marker.
func framedMarker(tight string) Marking {
	first, _ := utf8.DecodeRuneInString(tight)
	last, _ := utf8.DecodeLastRuneInString(tight)
	if len(tight) < 5 || len(tight) > 60 || ofWords(first) || ofWords(last) {
		return NoMarker
	}
	groups := strings.FieldsFunc(tight, func(r rune) bool { return !ofWords(r) })
	letters := 0
	for _, g := range groups {
		n := utf8.RuneCountInString(g)
		letters += n
		if n > 4 || n > 1 && g != strings.ToUpper(g) {
			return NoMarker
		}
	}
	switch {
	case letters*3 > utf8.RuneCountInString(tight)*2 || strings.Trim(tight, "0123456789") != tight:
		return NoMarker
	case len(groups) >= 3, len(groups) == 2 && groups[0] == groups[1], letters == 1 && symmetrical(tight):
		return MaybeOne
	}
	return NoMarker
}

// sounds are what people and things say over and over.
var sounds = wordSet(`ha ah he eh hi ih ho oh hee heh la al na an no on da ad dun dum wa ja je ya go og mu
	bla blah ring beep boop tick tock tap knock bang drip buzz honk quack woof bark meow chirp click clap thump
	nom mom mum dad wub gag pew hmm mmm shh brr grr zz xd lol lmao hah haha tsk tut`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// period returns the length in characters of the unit, at most eight, that s
// repeats three times or nearly (a last one may be cut short); 0 if none.
func period(s string) int {
	rs := []rune(s)
	for p := 1; p <= 8 && p*5 <= len(rs)*2; p++ {
		same := true
		for i := p; i < len(rs) && same; i++ {
			same = rs[i] == rs[i-p]
		}
		if same && len(rs) >= 3*p-1 {
			return p
		}
	}
	return 0
}

var mirrored = map[rune]rune{'<': '>', '>': '<', '(': ')', ')': '(', '[': ']', ']': '[', '{': '}', '}': '{', '/': '\\', '\\': '/', '«': '»', '»': '«'}

// symmetrical reports whether s reads the same from its end, brackets turned.
func symmetrical(s string) bool {
	rs := []rune(s)
	for i, j := 0, len(rs)-1; i <= j; i, j = i+1, j-1 {
		a, b := rs[i], rs[j]
		if a != b && mirrored[a] != b {
			return false
		}
	}
	return len(rs) > 1
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// MarkerKey makes spellings of one marker equal: "* * *" and "***".
func MarkerKey(text string) string { return strings.Join(strings.Fields(text), "") }

// Markers counts the possible markers of a document. The same one right below
// itself is counted once: people send each other rows of hearts.
type Markers struct {
	Counts map[string]int
	sure   int // lines that need no others
	last   map[string]int
	line   int
}

// Skip notes that the next line of the document cannot be a marker.
func (m *Markers) Skip() { m.line++ }

// Add notes the next line of the document.
func (m *Markers) Add(text string) {
	m.line++
	switch is := Marker(text); is {
	case SurelyOne:
		m.sure++
	case MaybeOne, SeldomOne:
		if m.Counts == nil {
			m.Counts, m.last = map[string]int{}, map[string]int{}
		}
		const near = 1 // line
		key := MarkerKey(text)
		if last := m.last[key]; last == 0 || m.line-last > near {
			m.Counts[key]++
		}
		m.last[key] = m.line
	}
}

// Any reports whether the document has markers.
func (m *Markers) Any() bool {
	if m.sure > 0 {
		return true
	}
	for _, n := range m.Counts {
		if n > 1 {
			return true
		}
	}
	return false
}

// Judge is Marker with the document's evidence: what stands there again and
// again is meant as a marker.
func (m *Markers) Judge(text string) Marking {
	is := Marker(text)
	if is == NoMarker || is == SurelyOne {
		return is
	}
	switch n := m.Counts[MarkerKey(text)]; {
	case is == MaybeOne && n >= 2, is == SeldomOne && n >= 3:
		return SurelyOne
	case is == SeldomOne:
		return NoMarker // not even worth a question
	}
	return is
}
