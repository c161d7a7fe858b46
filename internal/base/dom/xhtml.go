package dom

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var selfClosed = regexp.MustCompile(`<([A-Za-z][A-Za-z0-9:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)/>`)

// ParseXHTML reads a page that is meant to be XML, as those of books are, with
// the patience that Parse has. In XML "<a id='x'/>" is closed; HTML would hold
// it open, and "<title/>" would swallow the page.
func ParseXHTML(s string) (root *html.Node, flattened int) {
	if !strings.Contains(s, "/>") {
		return Parse(s)
	}
	return Parse(selfClosed.ReplaceAllStringFunc(s, func(tag string) string {
		m := selfClosed.FindStringSubmatch(tag)
		if void[atom.Lookup([]byte(strings.ToLower(m[1])))] {
			return tag
		}
		return "<" + m[1] + m[2] + "></" + m[1] + ">"
	}))
}
