package markdown

import (
	"regexp"
	"strings"
)

// The parser we use takes time with the square of some signs within one
// paragraph. No story comes near these bounds; beyond them the signs are text.
const (
	maxNested   = 20   // quotes and lists within each other
	maxBrackets = 1000 // in one paragraph
	maxEmphasis = 4000 // in one paragraph
	maxTags     = 2000 // in one paragraph
)

var (
	markersAhead = regexp.MustCompile(`^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]))+`)
	oneMarker    = regexp.MustCompile(`>|[-*+][ \t]|[.)][ \t]`)
)

// tame makes text of signs that are too many.
func tame(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	start := 0
	for end := range blankLines(s) {
		out.WriteString(tameParagraph(s[start:end]))
		start = end
	}
	out.WriteString(tameParagraph(s[start:]))
	return out.String()
}

// blankLines yields where blank lines begin.
func blankLines(s string) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		at := 0
		for line := range strings.Lines(s) {
			if strings.TrimSpace(line) == "" && !yield(at) {
				return
			}
			at += len(line)
		}
	}
}

func tameParagraph(s string) string {
	if strings.Count(s, "[") > maxBrackets {
		s = strings.ReplaceAll(s, "[", `\[`)
	}
	if strings.Count(s, "*")+strings.Count(s, "_")+strings.Count(s, "~") > maxEmphasis {
		s = strings.NewReplacer("*", `\*`, "_", `\_`, "~", `\~`).Replace(s)
	}
	if strings.Count(s, "<") > maxTags {
		s = strings.ReplaceAll(s, "<", `\<`)
	}
	var out strings.Builder
	for line := range strings.Lines(s) {
		ahead := markersAhead.FindString(line)
		if len(ahead) > maxNested && len(oneMarker.FindAllStringIndex(ahead, maxNested+1)) > maxNested {
			line = line[len(ahead):]
		}
		out.WriteString(line)
	}
	return out.String()
}
