package export

import (
	"fmt"
	"net/url"
	"strings"
)

// safeLink returns address if it is one of the web, else "". What an address
// must not hold is escaped, which browsers do unasked and EPUBCheck demands.
func safeLink(address string) string {
	address = strings.TrimSpace(address)
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	start := strings.Index(address, "//") + len("//")
	end := len(address)
	if i := strings.IndexAny(address[start:], "/?#"); i >= 0 {
		end = start + i
	}
	if strings.ContainsAny(address[:end], " <>\"^`{|}\\") {
		return ""
	}
	return address[:end] + escapeRest(address[end:])
}

// escapeRest escapes what must not stand behind the host of an address.
func escapeRest(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
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

// relink makes the links to notes in an EPUB lead somewhere: within the page,
// to the page of the work that has the note, or else they are links no more,
// which readers of EPUB demand. home tells the page of a note, "" for this one.
func relink(page string, home func(note string) (page string, ok bool)) string {
	const mark = `<a href="#fn-`
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
		note, rest, _ := strings.Cut(rest, `"`)
		note = "fn-" + note
		if target, ok := home(note); ok {
			b.WriteString(`<a href="` + target + "#" + note + `"`)
		} else {
			inner, more, _ := strings.Cut(rest, "</a>")
			b.WriteString("<span" + inner + "</span>")
			rest = more
		}
		page = rest
	}
}
