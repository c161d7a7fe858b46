package signs

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// entityRounds is how often an entity is assumed to have been escaped again.
const entityRounds = 3

// longestEntity bounds the name of one, in bytes.
const longestEntity = 34

// entities reads the entities of HTML that stand as text.
func (l *line) entities() {
	for i := 0; i < len(l.text); i++ {
		switch l.text[i] {
		case '&':
			if is, n := entityAt(l.text[i:]); n > 0 {
				about := l.explains > 0 && l.explains*2 > l.Evidence.tags
				times := rowOf(l.text[i:], n)
				l.add(Change{Rule: RuleEntities, Cuts: []Cut{{i, i + n*times, strings.Repeat(is, times)}}, Confidence: sure(about), Suggested: about})
				i += n*times - 1
			}
		case ';':
			if is, n := bareEntity(l.text[:i+1]); n > 0 {
				suggested := is != nbsp && l.Evidence.entities < 2 && l.text[i+1-n] < 'A'
				c := Change{Rule: RuleEntities, Cuts: []Cut{{i + 1 - n, i + 1, is}}, Confidence: 0.95, Suggested: suggested}
				if suggested {
					c.Confidence = 0.5
				}
				l.add(c)
			}
		}
	}
}

// rowOf is how many entities like the first, of n bytes, stand in a row: as many
// as nobody would have decided about one by one, or one.
func rowOf(s string, n int) int {
	const fewest, most = 8, 100
	times := 1
	for times < most && len(s) >= (times+1)*n && s[times*n:(times+1)*n] == s[:n] {
		times++
	}
	if times < fewest {
		return 1
	}
	return times
}

func (l *line) countEntities() {
	for i := range len(l.text) {
		if l.text[i] == ';' {
			if _, n := bareEntity(l.text[:i+1]); n > 0 {
				l.Evidence.entities++
			}
		}
	}
}

const nbsp = "\u00a0"

// entityAt reads the entity that s begins with, however often it was escaped;
// n is 0 if there is none.
func entityAt(s string) (is string, n int) {
	const amp = "amp;"
	n = len("&")
	for range entityRounds {
		if !strings.HasPrefix(s[n:], amp) {
			break
		}
		n += len(amp)
	}
	if end := strings.IndexByte(s[n:min(len(s), n+longestEntity)], ';'); end > 0 {
		name := "&" + s[n:n+end+1]
		if strings.ContainsFunc(name[1:end+1], func(r rune) bool { return r != '#' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			name = ""
		}
		r, _ := utf8.DecodeRuneInString(html.UnescapeString(name))
		if is = html.UnescapeString(name); is != name && name != "" && r != utf8.RuneError && !unicode.IsControl(r) {
			return is, n + end + 1
		}
	}
	if n > len("&") {
		return "&", n
	}
	return "", 0
}

// bare are the names that stand as text where the sign before them was lost, of
// those that end no word of any language.
var bare = map[string]string{
	"nbsp": nbsp, "mdash": "—", "ndash": "–", "rsquo": "’", "lsquo": "‘", "rdquo": "”", "ldquo": "“", "hellip": "…", "quot": `"`,
	"eacute": "é", "egrave": "è", "ecirc": "ê", "agrave": "à", "ccedil": "ç", "auml": "ä", "ouml": "ö", "uuml": "ü", "ntilde": "ñ",
	"8211": "–", "8212": "—", "8216": "‘", "8217": "’", "8220": "“", "8221": "”", "8230": "…", "#39": "'", "#34": `"`, "#160": nbsp, "#233": "é",
}

// bareEntity reads the name of an entity that s ends with, its sign lost.
func bareEntity(s string) (is string, n int) {
	const shortest, longest = 3, 6
	for size := longest; size >= shortest; size-- {
		from := len(s) - 1 - size
		if from < 0 {
			continue
		}
		is, ok := bare[s[from:len(s)-1]]
		if !ok {
			continue
		}
		if from > 0 && s[from-1] == '#' && size == 4 {
			from--
		}
		if from > 0 && (s[from-1] == '&' || s[from] <= '9' && s[from-1] >= '0' && s[from-1] <= '9') {
			return "", 0
		}
		return is, len(s) - from
	}
	return "", 0
}

func isBareEnd(s string) bool {
	_, n := bareEntity(s)
	return n > 0
}
