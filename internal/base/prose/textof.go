package prose

import "strings"

// TextOf returns the plain text of prose as it was printed: what Parse(html).Text()
// returns, without parsing what nearly all is, one plain paragraph.
func TextOf(html string) string {
	if html == "" {
		return ""
	}
	if inner, ok := strings.CutPrefix(html, "<p>"); ok {
		if inner, ok = strings.CutSuffix(inner, "</p>"); ok && strings.IndexByte(inner, '<') < 0 && strings.IndexByte(inner, '&') < 0 {
			return inner + "\n"
		}
	}
	return Parse(html).Text()
}
