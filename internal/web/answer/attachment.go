package answer

import (
	"net/url"
	"strings"
)

// Attachment is the Content-Disposition of a file to be kept. It names it for every browser: plain letters for the old ones,
// RFC 5987 for the rest.
func Attachment(name string) string {
	plain := strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' || strings.ContainsRune(`"\%/`, c) {
			return '_'
		}
		return c
	}, name)
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
