package repair

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// marking is how sure it is that a line alone stands for a scene break.
type marking uint8

const (
	noMarker marking = iota
	maybe            // if the document has it twice
	surely
)

// The longest line art that is looked at, and the longest with words in it, in bytes.
const maxMarker, maxWords = 400, 100

// markerOf judges a line or paragraph. Silence ("…"), numbers ("III"), sounds
// ("Tap. Tap. Tap.") and faces (^_^) are story and never markers.
func markerOf(text string) marking {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > maxMarker {
		return noMarker
	}
	signs := !strings.ContainsFunc(text, ofWords)
	if !signs && (ofSentences(text) || len(text) > maxWords && strings.Contains(text, " ")) {
		return noMarker
	}
	tight := strings.Join(strings.Fields(text), "")
	switch {
	case signs:
		return symbolMarker(tight)
	case namedMarker.MatchString(text):
		return surely
	}
	return max(letterMarker(text, tight), repeatedMarker(text))
}

func ofWords(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// ofSentences reports whether a sign stands in s that stands in sentences, and
// in no break with words: .,;!?"' and … “ ” ‘ ’, which begin with the same byte.
func ofSentences(s string) bool {
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

// faces are lines of signs that look at you.
var faces = regexp.MustCompile(`^[(>]?(\^[-_.]?\^|-[_.]+-|[>=~*;][_.][<=~*;]|[<>:;=8xX][-^'o]?[()\[\]{}|/\\*<>$@3]+|[()\[\]{}|/\\]+[-^'o]?[:;=8]|\\o/|o/|\\o|<3+|</3)[)<]?[;']*$`)

// symbolMarker judges a line without letters and digits, spaces taken out.
func symbolMarker(s string) marking {
	rest := strings.Trim(s, sentenceMarks+"\u200b\ufe0f\u2060\ufeff")
	n := utf8.RuneCountInString(rest)
	switch {
	case rest == "" || strings.ContainsAny(s, `!?"'“”`) || faces.MatchString(s):
		return noMarker
	case n == 1 && strings.Contains(loneMarkers, rest):
		return surely
	case n == 1 && !strings.Contains(aloneTwice, rest):
		return noMarker
	case n < 3 && !strings.ContainsAny(rest, loneMarkers), strings.ContainsAny(s, ".…") && !symmetrical(rest):
		return maybe
	case distinct(rest) <= 2 || symmetrical(rest) || period(rest) > 0:
		return surely
	case strings.ContainsAny(rest, loneMarkers+lineMarkers):
		return maybe
	}
	return noMarker
}

// namedMarker is a break that says so, with signs around it or none.
var namedMarker = regexp.MustCompile(`(?i)^[\s\[\](){}<>*~=_#|/\\+—–-]*(?:insert\s+)?(?:a\s+)?(?:line|scene|page|section)[\s_-]*(?:break|breaker|divider|change|separator)(?:\s+here)?[\s\[\](){}<>*~=_#|/\\+—–-]*$`)

// The letters that lines of ornament are made of. Words made of them only
// ("xoxo", "Ooo") are shut out by asking for signs, for three of one letter, or
// for a mirror of small and large.
var (
	ornament  = regexp.MustCompile(`^[oO0xX~*=_+#|<>/\\-]+$`)
	threeX    = regexp.MustCompile(`^(x{3,}|o{3,}|0{3,}|(x ){2,}x|(X ){2,}X|(o ){2,}o|(O ){2,}O|(0 ){2,}0)$`)
	capitalX  = regexp.MustCompile(`^(X{3,}|O{3,})$`)
	mixedCase = regexp.MustCompile(`^(oOo|o0o|0o0|xXx|XxX|OoO)+$|^([oO0]|[xX]){5,}$`)
)

// letterMarker judges ornament of o and x.
func letterMarker(text, tight string) marking {
	if !ornament.MatchString(tight) {
		return noMarker
	}
	signs := strings.ContainsAny(tight, "~*=_+#|<>/\\-")
	switch {
	case faces.MatchString(tight), facesOfO.MatchString(tight), boldRoman.MatchString(tight):
		return noMarker
	case threeX.MatchString(text):
		return surely
	case capitalX.MatchString(text): // XXX is thirty too
		return maybe
	case mixedCase.MatchString(tight) && !hugs.MatchString(tight):
		return surely
	case signs && symmetrical(tight), signs && period(tight) > 0:
		return surely
	case signs:
		return maybe
	}
	return noMarker
}

var (
	facesOfO  = regexp.MustCompile(`^[oO0xX][_-]*[oO0xX]$|^[<>=][oO0xX]$|^/?o/?$|^\\?[oO]/?$`)
	boldRoman = regexp.MustCompile(`^[*#_]+X{1,3}[*#_]*$`) // the heading of part ten in Markdown
	hugs      = regexp.MustCompile(`(?i)^x*(xo)+x*$|^(?i:o{2,}h?)$`)
)

// repeatedMarker judges the open vocabulary: one unit three times or more,
// "SPNSPNSPN", "HP*HP*HP". Voices repeat themselves too, so it needs the
// document's word, and laughter never counts.
func repeatedMarker(text string) marking {
	if strings.ContainsFunc(text, unicode.IsSpace) || utf8.RuneCountInString(text) < 6 {
		return noMarker
	}
	p := period(text)
	if p == 0 {
		return noMarker
	}
	unit := strings.ToLower(string([]rune(text)[:p]))
	pure := strings.IndexFunc(unit, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
	switch {
	case pure && p == 1: // Aaaaaah, zzzzzz
		return noMarker
	case pure && sounds[unit], pure && text != strings.ToUpper(text) && strings.ContainsAny(unit, "aeiouy"):
		return noMarker
	case strings.Trim(unit, "0123456789.:/-") == "": // 10101010, 12/12/12
		return noMarker
	}
	return maybe
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

// markerKey makes spellings of one marker equal: "* * *" and "***".
func markerKey(text string) string { return strings.Join(strings.Fields(text), "") }
