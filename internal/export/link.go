package export

import (
	"fmt"
	"html"
	"net"
	"net/url"
	"strings"

	"golang.org/x/net/idna"

	"ficstead/internal/base/epub"
)

// safeLink returns address if it is one of the web, else "". What an address
// must not hold is escaped, which browsers do unasked and EPUBCheck demands.
func safeLink(address string) string {
	address = strings.TrimSpace(address)
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	_, rest, _ := strings.Cut(address, "//")
	rest = rest[min(len(rest), len(u.Host)):]
	host, port := u.Hostname(), u.Port()
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	switch {
	case strings.Contains(host, ":") && net.ParseIP(host) != nil:
		host = "[" + host + "]"
	case !isHost(host):
		return ""
	}
	if port != "" {
		host += ":" + port
	}
	return u.Scheme + "://" + host + escapeRest(rest)
}

// isHost reports whether s is a name as RFC 1034 has it, or an address of IPv4:
// some readers of EPUB take no other for a link.
func isHost(s string) bool {
	if ip := net.ParseIP(s); ip != nil {
		return ip.To4() != nil && !strings.Contains(s, ":")
	}
	labels := strings.Split(strings.TrimSuffix(s, "."), ".")
	for _, l := range labels {
		if strings.Trim(l, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" || strings.Trim(l, "-") != l || l == "" {
			return false
		}
	}
	last := labels[len(labels)-1]
	return last[0] < '0' || last[0] > '9'
}

// escapeRest escapes what must not stand behind the host of an address.
func escapeRest(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c == '#' && strings.IndexByte(s[:i], '#') >= 0:
			b.WriteString("%23")
		case c == '%' && !isEscape(s[i:]), c <= ' ', c >= 0x7f, strings.IndexByte("\"<>\\^`{|}[]", c) >= 0:
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isEscape(s string) bool {
	const hex = "0123456789abcdefABCDEF"
	return len(s) >= 3 && strings.IndexByte(hex, s[1]) >= 0 && strings.IndexByte(hex, s[2]) >= 0
}

// langTag returns code if it has the form of a language tag, else "".
func langTag(code string) string {
	for i, part := range strings.Split(code, "-") {
		digits := ""
		if i > 0 {
			digits = "0123456789"
		}
		const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		if part == "" || len(part) > 8 || strings.Trim(part, letters+digits) != "" {
			return ""
		}
	}
	return code
}

// anchors are the targets of notes in a print of prose, which begin with prefix.
func anchors(printed, prefix string) []string {
	var found []string
	mark := `<span id="` + prefix
	for rest := printed; ; {
		_, after, ok := strings.Cut(rest, mark)
		if !ok {
			return found
		}
		name, more, _ := strings.Cut(after, `"`)
		found = append(found, name)
		rest = more
	}
}

// relink makes every link on a page of an EPUB lead somewhere: a link to a note
// within the page, or to the page of the work that has the note; a link to the
// web with an address in good form. What leads nowhere is a link no more, which
// readers of EPUB demand. home tells the page of a note, "" for this one.
func relink(page string, home func(note string) (page string, ok bool)) string {
	const mark = `<a href="`
	if !strings.Contains(page, mark) {
		return page
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(page, mark)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		href, rest, _ := strings.Cut(rest, `"`)
		if good := goodLink(href, home); good != "" {
			b.WriteString(mark + good + `"`)
		} else {
			inner, more, _ := strings.Cut(rest, "</a>")
			title := ""
			if address := html.UnescapeString(href); strings.HasPrefix(address, "http") {
				title = ` title="` + epub.Escape(address) + `"` // not lost to those who look for it
			}
			b.WriteString("<span" + title + inner + "</span>")
			rest = more
		}
		page = rest
	}
}

// goodLink returns the address that href, as it stands in a page, should have,
// or "" if there is none.
func goodLink(href string, home func(note string) (page string, ok bool)) string {
	switch plain := html.UnescapeString(href); {
	case strings.HasPrefix(plain, "#fn-"):
		if page, ok := home(plain[1:]); ok {
			return page + href
		}
		return ""
	case strings.HasPrefix(plain, "http://"), strings.HasPrefix(plain, "https://"):
		return epub.Escape(safeLink(plain))
	case strings.HasPrefix(plain, "mailto:"):
		return epub.Escape("mailto:" + escapeRest(plain[len("mailto:"):]))
	}
	return href // one of ours
}
