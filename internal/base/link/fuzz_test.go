package link

import (
	"net/url"
	"strings"
	"testing"
)

func FuzzWeb(f *testing.F) {
	for _, s := range []string{"https://example.org/a?b=c#d", " java\nscript:alert(1)", "HTTP://EX%41MPLE.org\\@evil", "https://[::1]:80/%zz", "http://user:pass@host/ü", "//host", "https:///x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		address := Web(s)
		if address == "" {
			return
		}
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
			t.Errorf("%q became %q", s, address)
		}
		if strings.ContainsAny(address, " \t\n\r\"'<>`\\\x00") || Web(address) != address {
			t.Errorf("%q became %q, then %q", s, address, Web(address))
		}
	})
}
