package fiction

import (
	"regexp"
	"strings"
	"sync"
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
	return opening().MatchString(paragraph[:min(len(paragraph), enough)])
}
