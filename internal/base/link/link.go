// Package link writes addresses of the web in one safe spelling.
//
// What browsers would make of an address that a stranger typed is decided here,
// before it stands in a page or book: characters they do not see are taken away,
// and what may not stand in an address is encoded.
package link

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/base/bounds"
)

// Web returns an http or https address in our spelling, or "".
func Web(href string) string {
	href = Bare(href)
	scheme, rest, ok := strings.Cut(href, "://")
	scheme = strings.ToLower(scheme)
	if !ok || scheme != "http" && scheme != "https" || len(rest) > bounds.Address {
		return ""
	}
	address := scheme + "://" + Encode(rest)
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || strings.ContainsAny(u.Host, "\\%") {
		return ""
	}
	return address
}

// Bare takes away what browsers do not see in an address: control characters
// and spaces at the ends, control characters anywhere.
func Bare(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' || unicode.IsSpace(r) })
	if strings.IndexFunc(s, unicode.IsControl) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

// Encode percent-encodes what may not stand in an address, and percent signs
// that encode nothing. Letters of all scripts stay, to be read.
func Encode(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r == '%' || !plainInAddress(r) }) < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b.WriteByte('%')
		case r != '%' && plainInAddress(r):
			b.WriteString(s[i : i+size])
		default:
			for _, c := range []byte(s[i : i+size]) {
				b.WriteString("%" + strings.ToUpper(strconv.FormatUint(uint64(c)+0x100, 16)[1:]))
			}
		}
		i += size
	}
	return b.String()
}

func plainInAddress(r rune) bool {
	if r < utf8.RuneSelf {
		return r > ' ' && r < 0x7f && !strings.ContainsRune("\"<>[\\]^`{|}", r)
	}
	return r != utf8.RuneError && unicode.In(r, unicode.L, unicode.M, unicode.N)
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}
