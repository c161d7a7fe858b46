package htmlpage

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
)

// longestObstacle is how much such a page says, in bytes, menus included.
const longestObstacle = 4000

// obstacles are the pages that sites show instead of a story, by what their
// titles or their bodies say, and what to do about each.
var obstacles = []struct {
	title, said *regexp.Regexp
	sentence    archive.Refusal
}{
	{regexp.MustCompile(`^(?:just a moment|attention required!|ddos-guard|security check|one more step)`),
		regexp.MustCompile(`Checking your browser before accessing|Verify(?:ing)? you are human|Enable JavaScript and cookies to continue|review the security of your connection|Shields are up!`),
		"This is a page that checks for robots, not the story. Open the story in a browser, and save the page when it shows."},
	{regexp.MustCompile(`^(?:404|410)|not found`),
		regexp.MustCompile(`Story Not Found|Chapter not found|No such entry|journal has been (?:deleted|suspended)|(?:entry|post) has been deleted|has deleted (?:his|her|their) journal`),
		"This is a site's page for a story that is not there: it was deleted, or the address was wrong."},
	{regexp.MustCompile(`^(?:discretion advised|adult content)|age (?:verification|consent|statement)`),
		regexp.MustCompile(`(?i)about to view content that .{1,200}(?:discretion|under the age of 18|adult)|at least 18 years (?:old|of age) .{0,200}(?:click|continue|agree|proceed|enter)|age consent required|click here (?:if you are|to verify that you are) (?:over|at least|of legal)|requires? you to be (?:over|at least) 18`),
		"This is the site's question about adult content, not the story. Answer it in a browser, and save the page that follows."},
	{regexp.MustCompile(`^(?:protected|log ?in|sign ?in|access denied|403|401)(?:$| ?[|:–—-])`),
		regexp.MustCompile(`(?i)need to be logged in to (?:see|view|read)|must (?:be logged|log|sign) in (?:to (?:see|view|read)|before)|do(?:es)? not have permission to (?:view|access|read)|don't have permission to (?:view|access|read)|not authori[sz]ed to view this|protected entry is viewable by|(?:only available to|restricted to) (?:registered|logged)|registered (?:users|members) only|entry is (?:friends-only|locked)|has not been validated by the administrators`),
		"The page says that this is locked, and does not hold the text. Sign in at the site, open the story there, and save that page."},
}

// obstacle knows the pages that sites show instead of a story.
func obstacle(root *html.Node) archive.Refusal {
	said := dom.Text(dom.First(root, "body"))
	if len(said) > longestObstacle {
		return ""
	}
	title := strings.ToLower(strings.TrimSpace(dom.Title(root)))
	asks := dom.First(root, "form[action*=adult_explicit],form[action*=adult_concepts],form[action*=adult_content]") != nil
	for _, o := range obstacles {
		if o.title.MatchString(title) || o.said.MatchString(said) || asks && strings.Contains(string(o.sentence), "adult") {
			return o.sentence
		}
	}
	return ""
}
