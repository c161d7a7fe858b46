package prose

import (
	"strconv"
	"strings"

	"ficstead/internal/base/bounds"
)

// look is what the attributes of an element say of how its text looks, as far
// as a Doc can hold it.
type look struct {
	align, lang, dir string
	marks            []Mark
	lines            bool // line ends in the source are line breaks
}

func lookOf(a attrs) (l look) {
	l.align = alignment(a.align)
	for name := range strings.FieldsSeq(a.class) {
		if found := alignment(name); found != "" {
			l.align = found
		}
	}
	l.lang = languageTag(a.lang)
	l.dir = direction(a.dir)
	if a.style != "" && len(a.style) < bounds.Style {
		l.read(a.style)
	}
	return l
}

// read takes from a style attribute what we keep of it.
func (l *look) read(style string) {
	for declaration := range strings.SplitSeq(strings.ToLower(style), ";") {
		property, value, _ := strings.Cut(declaration, ":")
		value, _, _ = strings.Cut(value, "!")
		value = strings.Trim(value, spaces)
		switch strings.Trim(property, spaces) {
		case "text-align":
			if found := alignment(value); found != "" {
				l.align = found
			}
		case "font-style":
			l.mark("em", value == "italic" || value == "oblique")
		case "font-weight":
			weight, _ := strconv.Atoi(value)
			l.mark("strong", value == "bold" || value == "bolder" || weight >= 600)
		case "text-decoration", "text-decoration-line":
			l.mark("u", strings.Contains(value, "underline"))
			l.mark("s", strings.Contains(value, "line-through"))
		case "vertical-align":
			l.mark("sup", value == "super")
			l.mark("sub", value == "sub")
		case "white-space":
			l.lines = value == "pre" || value == "pre-wrap" || value == "pre-line" || value == "break-spaces"
		case "direction":
			if l.dir == "" {
				l.dir = direction(value)
			}
		}
	}
}

func (l *look) mark(tag string, on bool) {
	if on {
		l.marks = append(l.marks, Mark{Tag: tag})
	}
}

// alignment reads a value of text-align or align, or a class that says it.
func alignment(value string) string {
	value = strings.Trim(value, spaces)
	for _, known := range [...]string{"center", "right", "left", "justify"} {
		if len(value) >= len(known) && strings.EqualFold(value[len(value)-len(known):], known) {
			switch strings.ToLower(value[:len(value)-len(known)]) {
			case "", "align-", "text-", "text-align-", "-webkit-", "-moz-", "align", "align_":
				return known
			}
		}
	}
	if strings.EqualFold(value, "centre") || strings.EqualFold(value, "centered") || strings.EqualFold(value, "middle") {
		return "center"
	}
	if strings.EqualFold(value, "justified") {
		return "justify"
	}
	return ""
}

// languageTag returns tag if it has the form of one, else "".
func languageTag(tag string) string {
	tag = strings.Trim(tag, spaces)
	if len(tag) < 2 || len(tag) > 35 {
		return ""
	}
	for i, part := range strings.Split(tag, "-") {
		if part == "" || len(part) > 8 {
			return ""
		}
		for _, c := range []byte(part) {
			isLetter := c|0x20 >= 'a' && c|0x20 <= 'z'
			if !isLetter && (i == 0 || c < '0' || c > '9') {
				return ""
			}
		}
	}
	return tag
}

func direction(value string) string {
	switch value = strings.ToLower(strings.Trim(value, spaces)); value {
	case "ltr", "rtl", "auto":
		return value
	}
	return ""
}

// number reads a small count, or returns 0.
func number(s string, most int) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.Trim(s, spaces), "px"))
	if err != nil || n < 0 || n > most {
		return 0
	}
	return n
}
