package guard

import (
	"net/url"
	"strings"
)

// LocalPath returns an address within this site, or "" for any other, so that
// no link can make us send a reader elsewhere.
func LocalPath(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(u.Path, "/") ||
		strings.HasPrefix(u.Path, "//") || strings.ContainsAny(address, "\\\r\n\t") || strings.HasPrefix(address, "//") {
		return ""
	}
	return u.String()
}
