package fiction

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// opening are the words that scenes begin with: they move the clock or the
// place. A paragraph in the middle of a scene may begin so too.
var opening = sync.OnceValue(func() *regexp.Regexp {
	const number = `(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|several|some|few|a few|many|half an)`
	const unit = `(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|weekends?)`
	const part = `(?:morning|afternoon|evening|night|day|week|month|year|weekend|dawn|noon|midnight|dusk|sunrise|sunset|spring|summer|autumn|fall|winter|christmas|easter)`
	return regexp.MustCompile(`(?i)^["“'‘*_\[(]*(?:` + strings.Join([]string{
		`(?:about |almost |nearly |exactly |only |not )*` + number + `(?: \w+)? ` + unit + ` (?:later|after|earlier|before|had passed|passed|went by|ago)\b`,
		`(?:early |late |later )?(?:the |that |this |on the |by the )?(?:next|following|same|very next|previous|other|first|second|last) ` + part + `\b`,
		`(?:early |late |later |all )?(?:that|this|one|the whole|by|at|in the|on the|early next) (?:\w+ )?` + part + `\b`,
		`(?:on |by |it was |late on |early on )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b`,
		`(?:at |by |it was )?(?:(?:half )?past |a quarter (?:to|past) )?(?:\d{1,2}:\d\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) o['’]clock)`,
		`(?:later|afterwards?|eventually|meanwhile|elsewhere|somewhere|downstairs|upstairs|outside|across town|back (?:at|in|on|home))\b`,
		`(?:in|during|for|after|before|over|within|throughout) the (?:\w+ )?(?:` + unit + `|` + part + `|meantime|meanwhile|days|weeks)\b`,
		`(?:it was|it took|it had been) (?:\w+ ){0,3}(?:` + part + `|` + unit + `)\b`,
		`when (?:\w+ ){1,4}(?:woke|awoke|came to|came home|got home|returned|arrived|got back)\b`,
		`(?:weeks|days|months|years|hours|minutes) (?:later|passed|went by)\b`,
	}, "|") + `)`)
})

// OpensScene reports whether a paragraph begins as scenes do: by moving the
// clock or the place.
func OpensScene(paragraph string) bool {
	const enough = 80 // bytes: the words stand in front
	paragraph = paragraph[:min(len(paragraph), enough)]
	return mayOpen(paragraph) && opening().MatchString(paragraph)
}

// openers are the words that opening begins with, and what must come second where
// that tells most paragraphs apart, nil for anything.
var openers = func() map[string][]string {
	words := map[string][]string{}
	for _, line := range [...]string{
		":about almost nearly exactly only not a an one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty several some few many half",
		":early late later next following same very previous other first second last all that this at by on past when weeks days months years hours minutes",
		":monday tuesday wednesday thursday friday saturday sunday afterward afterwards eventually meanwhile elsewhere somewhere downstairs upstairs outside across back",
		"next following same very previous other first second last whole:the",
		"was took had:it",
		"the:in during for after before over within throughout",
	} {
		second, firsts, _ := strings.Cut(line, ":")
		for first := range strings.FieldsSeq(firsts) {
			words[first] = strings.Fields(second)
		}
	}
	return words
}()

// mayOpen is cheap, and says no to nearly every paragraph that opening does.
func mayOpen(s string) bool {
	s = strings.TrimLeft(s, "\"“'‘*_[(")
	if s == "" || s[0] >= '0' && s[0] <= '9' {
		return s != ""
	}
	var room [2 * longestOpener]byte
	first, rest, plain := lowered(room[:0], s)
	seconds, known := openers[string(first)]
	if !plain || !known || len(seconds) == 0 {
		return known || !plain
	}
	second, _, plain := lowered(room[longestOpener:longestOpener], strings.TrimPrefix(rest, " "))
	return !plain || slices.Contains(seconds, string(second))
}

const longestOpener = 16 // bytes; longer words are cut

// lowered returns the word of ASCII letters that s begins with in small letters,
// and what follows; it is not plain if the word goes on beyond ASCII.
func lowered(word []byte, s string) (_ []byte, rest string, plain bool) {
	for i := range len(s) {
		switch c := s[i] | 0x20; {
		case s[i] >= utf8.RuneSelf:
			return word, s[i:], false
		case c < 'a' || c > 'z' || len(word) == longestOpener:
			return word, s[i:], true
		default:
			word = append(word, c)
		}
	}
	return word, "", true
}
