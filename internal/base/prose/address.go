package prose

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// spaces are the characters HTML collapses to one space.
const spaces = " \t\n\r\f"

// anchorPrefix begins every id we keep, so that none is one of the page's own.
const anchorPrefix = "fn-"

// link returns the address of a link in our spelling, or "" if it may not be.
// Allowed are http, https, mailto and targets in the same text. Addresses that
// depend on the page they stand in mean nothing once a story has left it.
func link(href string) string {
	href = bare(href)
	if fragment, ok := strings.CutPrefix(href, "#"); ok {
		if id := anchor(fragment); id != "" {
			return "#" + id
		}
		return ""
	}
	if len(href) > 7 && strings.EqualFold(href[:7], "mailto:") {
		return "mailto:" + encode(href[7:])
	}
	return web(href)
}

// web returns an http or https address in our spelling, or "".
func web(href string) string {
	href = bare(href)
	scheme, rest, ok := strings.Cut(href, "://")
	scheme = strings.ToLower(scheme)
	if !ok || scheme != "http" && scheme != "https" || len(rest) > maxAddress {
		return ""
	}
	address := scheme + "://" + encode(rest)
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || strings.ContainsAny(u.Host, "\\%") {
		return ""
	}
	return address
}

// maxAddress bounds an address in bytes; browsers agree on about as much.
const maxAddress = 8000

// image returns the address of a picture in our spelling, or "".
func image(src string, data bool) string {
	src = bare(src)
	if sum, ok := strings.CutPrefix(src, "image:"); ok {
		if len(sum) == 64 && strings.Trim(sum, "0123456789abcdef") == "" {
			return src
		}
		return ""
	}
	if len(src) > 5 && strings.EqualFold(src[:5], "data:") {
		if data && isDataImage(src) {
			return src
		}
		return ""
	}
	return web(src)
}

func isDataImage(src string) bool {
	head, body, ok := strings.Cut(src, ";base64,")
	if !ok {
		return false
	}
	switch strings.ToLower(head) {
	case "data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp":
	default:
		return false
	}
	for i := range len(body) {
		switch c := body[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9', c == '+', c == '/', c == '=', c == '-', c == '_':
		default:
			return false
		}
	}
	return body != ""
}

// bare takes away what browsers do not see in an address: control characters
// and spaces at the ends, control characters anywhere.
func bare(s string) string {
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

// encode percent-encodes what may not stand in an address, and percent signs
// that encode nothing. Letters of all scripts stay, to be read.
func encode(s string) string {
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

// anchor returns the id that a target is known by, or "" if it is none we keep.
// The same name always gives the same id, and an id gives itself.
func anchor(name string) string {
	if len(name) > maxAnchor*3 {
		return ""
	}
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	name = strings.Trim(name, spaces)
	var b strings.Builder
	for _, r := range strings.TrimPrefix(name, anchorPrefix) {
		switch {
		case r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' || r == '.'):
			b.WriteRune(r)
		default:
			b.WriteString("-" + strconv.FormatInt(int64(r), 16))
		}
	}
	if b.Len() == 0 || b.Len() > maxAnchor {
		return ""
	}
	return anchorPrefix + b.String()
}

const maxAnchor = 100
