package markdown

import (
	"regexp"
	"strings"

	"ficstead/internal/base/bounds"
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
	if strings.Count(s, "[") > bounds.MarkdownBrackets {
		s = strings.ReplaceAll(s, "[", `\[`)
	}
	if strings.Count(s, "*")+strings.Count(s, "_")+strings.Count(s, "~") > bounds.MarkdownEmphasis {
		s = strings.NewReplacer("*", `\*`, "_", `\_`, "~", `\~`).Replace(s)
	}
	if strings.Count(s, "|") > bounds.MarkdownBars {
		s = strings.ReplaceAll(s, "|", `\|`)
	}
	if strings.Count(s, "<") > bounds.MarkdownTags {
		s = strings.ReplaceAll(s, "<", `\<`)
	}
	var out strings.Builder
	for line := range strings.Lines(s) {
		ahead := markersAhead.FindString(line)
		if len(ahead) > bounds.MarkdownDepth && len(oneMarker.FindAllStringIndex(ahead, bounds.MarkdownDepth+1)) > bounds.MarkdownDepth {
			line = line[len(ahead):]
		}
		out.WriteString(line)
	}
	return out.String()
}
