package prose

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/base/bounds"
	"ficstead/internal/base/link"
)

// spaces are the characters HTML collapses to one space.
const spaces = " \t\n\r\f"

// anchorPrefix begins every id we keep, so that none is one of the page's own.
const anchorPrefix = "fn-"

// cleanHref returns the address of a link in our spelling, or "" if it may not be.
// Allowed are http, https, mailto and targets in the same text. Addresses that
// depend on the page they stand in mean nothing once a story has left it.
func cleanHref(href string) string {
	href = link.Bare(href)
	if fragment, ok := strings.CutPrefix(href, "#"); ok {
		if id := anchor(fragment); id != "" {
			return "#" + id
		}
		return ""
	}
	if len(href) > 7 && strings.EqualFold(href[:7], "mailto:") {
		return "mailto:" + link.Encode(href[7:])
	}
	return link.Web(href)
}

// image returns the address of a picture in our spelling, or "".
func image(src string, data bool) string {
	src = link.Bare(src)
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
	return link.Web(src)
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

// anchor returns the id that a target is known by, or "" if it is none we keep.
// The same name always gives the same id, and an id gives itself.
func anchor(name string) string {
	if len(name) > bounds.Target*3 {
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
	if b.Len() == 0 || b.Len() > bounds.Target {
		return ""
	}
	return anchorPrefix + b.String()
}
