package fiction

import (
	"regexp"
	"strings"
	"sync"
)

// Chrome is how sure it is that a line was copied from a site's page with the
// text.
type Chrome uint8

// How sure it is.
const (
	NoChrome  Chrome = iota
	MayChrome        // a word of the site that may be a word of the story
	IsChrome         // no story says so
)

var chromeLines = func() map[string]Chrome {
	lines := map[string]Chrome{}
	for _, line := range strings.Split(`actions|share|comments|comment|download|top|reply|link|flag|review|reviews|follow|favorite|bookmark|kudos|entire work|work text|chapter text|work header|skip header|home|login|log in|next|prev|previous|jump to|subscribe|print|edit|delete|report`, "|") {
		lines[line] = MayChrome
	}
	for _, line := range strings.Split(`work text:|chapter text:|chapter notes|hide creator's style|hide creator's styles|show creator's style|mark for later|mark as read|previous chapter|next chapter|chapter index|full-page index|`+
		`entire work chapter by chapter|chapter by chapter|↑ top|kudos ♥|add comment|download (epub)|return to top|report abuse|story width|go to top|`+
		`(see the end of the chapter for notes.)|(see the end of the chapter for more notes.)|(see the end of the work for notes.)|(see the end of the work for more notes.)|`+
		`see the end of the chapter for notes|see the end of the chapter for more notes|see the end of the work for notes|see the end of the work for more notes|`+
		`(see the end of the work for other works inspired by this one.)|see the end of the work for other works inspired by this one|`+
		`please drop by the archive and comment to let the author know if you enjoyed their work!|please drop by the archive and comment to let the creator know if you enjoyed their work!|`+
		`favorite: story author|follow: story author|favorite: story author follow: story author|follow/favorite|follow/fav|follow/fav story|add to community|`+
		`the author would like to thank you for your continued support. your review has been posted.|review this chapter|review this story|review this story/chapter|`+
		`leave a comment|(leave a comment)|post a new comment|post a comment|add a comment|read comments|comments on this entry|previous entry|next entry|share this|add to memories|tell a friend|link to this entry|`+
		`back to index|back to story index|back to categories|skin: font size|text size|story text:|you must login (register) to review.|[report this]|[reviews - 0]|printer friendly|text only version`, "|") {
		lines[line] = IsChrome
	}
	return lines
}()

var chromePattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
		`[-+ ]*font size[-+ ]*.{0,60}`, // + - Font Size + - Story Width
		`(?:«|<|‹)\s*prev(?:ious)?(?: chapter)?\b.{0,80}`,
		`(?:prev(?:ious)?|next)(?: chapter)?\s*(?:»|>|›)+`,
		`(?:« )?\d{1,3}\. .{1,60} next >`,
		`comments? \(\d+\)(?: kudos.*)?`,
		`\(?\d+ (?:comments|reviews)(?: \| .{0,40})?\)?`,
		`\[?reviews? - \d+\]?.{0,20}`,
		`(?:view|see|read)(?: all)? \d+ (?:comments|reviews)`,
		`this (?:story|entry) (?:archived|was originally posted) at:? \S+.{0,60}`,
		`return to (?:chapter|story) (?:index|list)|(?:story|chapter) \d+ of \d+`,
	}, "|") + `)$`)
})

// ChromeOf judges a line as a site's.
func ChromeOf(line string) Chrome {
	const longest = 160
	line = strings.TrimSpace(line)
	if line == "" || len(line) > longest {
		return NoChrome
	}
	key := strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(line, "’", "'")), " "))
	if is := chromeLines[key]; is != NoChrome {
		return is
	}
	if is := chromeLines[strings.TrimRight(key, ".: ")]; is == IsChrome {
		return is
	}
	if chromePattern().MatchString(key) {
		return IsChrome
	}
	return NoChrome
}
