package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
)

// Kind is the name of the format.
const Kind = "markdown"

var (
	atxHeading = regexp.MustCompile(`(?m)^#{1,6}[ \t]+\S`)
	inlineLink = regexp.MustCompile(`!?\[[^\]\n]{1,200}\]\((?:https?://|#|mailto:|\./)[^)\s]*\)`)
	fence      = regexp.MustCompile("(?m)^(?:```|~~~)")
	quoteLine  = regexp.MustCompile(`(?m)^> \S`)
	setext     = regexp.MustCompile(`(?m)^\S.{0,100}\n(?:={3,}|-{3,})[ \t]*$`)
	hardBreak  = regexp.MustCompile(`(?m)\S(?:  |\\)$`)
	emphasis   = regexp.MustCompile(`(?:^|[\s"'“‘(—–])(?:\*[^\s*][^*\n]{0,300}\*|\*\*[^\s*][^*\n]{0,300}\*\*|_[^\s_][^_\n]{0,300}_)(?:[\s.,;:!?"'”’)—–…]|$)`)
)

// sample is how much of a file is looked at to see what it is, in bytes.
const sample = 256 << 10

// Match reports whether s, decoded, is Markdown: by a block of metadata, by
// headings, or by enough of its other signs together. A name that says so needs
// less of them.
func Match(s, name string) bool {
	front, body := cutFront(s)
	if front != "" {
		return true
	}
	body = body[:min(len(body), sample)]
	signs := 0
	for _, sign := range []struct {
		re          *regexp.Regexp
		most, worth int
	}{
		{atxHeading, 2, 3}, {inlineLink, 3, 2}, {fence, 2, 2}, {setext, 2, 2}, {quoteLine, 3, 1}, {hardBreak, 4, 1},
	} {
		signs += sign.worth * len(sign.re.FindAllStringIndex(body, sign.most))
	}
	if hasName(name) {
		signs += 3
		if len(emphasis.FindAllStringIndex(body, 1)) > 0 {
			signs += 3
		}
	}
	return signs >= 6
}

func hasName(name string) bool {
	name = strings.ToLower(name)
	for _, ext := range []string{".md", ".markdown", ".mdown", ".mkd"} {
		if strings.HasSuffix(name, ext) {
			return true
		}
	}
	return false
}

// Read reads the Markdown s of the file name. The error is an archive.Refusal.
func Read(s, name string) (archive.Manuscript, error) {
	m := archive.Manuscript{Kind: Kind}
	front, body := cutFront(s)
	if front != "" {
		readFront(&m, front)
	}
	if text.Words(body) == 0 {
		return m, archive.Refusal("There are no words in this file. Choose the file with the story and try again.")
	}
	readBody(&m, prose.Parse(render(body)))
	return m, nil
}

// render makes HTML of Markdown. Raw HTML passes: prose takes what is safe.
// Deep nesting is cut before, since its parser is not linear there.
func render(s string) string {
	md := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote),
		goldmark.WithRendererOptions(html.WithUnsafe()),
	)
	var out bytes.Buffer
	if err := md.Convert([]byte(shallow(s)), &out); err != nil {
		return "" // a buffer does not fail
	}
	return out.String()
}

// maxQuotes is how deep quotes and lists may nest; stories need three.
const maxQuotes = 20

var markersAhead = regexp.MustCompile(`^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]))+`)

// shallow takes away the quote and list marks of lines that have too many.
func shallow(s string) string {
	if !strings.Contains(s, strings.Repeat(">", 4)) && !strings.Contains(s, "> > > >") && !strings.Contains(s, "- - - -") {
		return s
	}
	var out strings.Builder
	for line := range strings.Lines(s) {
		ahead := markersAhead.FindString(line)
		if len(ahead) > 2*maxQuotes {
			line = line[len(ahead):]
		}
		out.WriteString(line)
	}
	return out.String()
}
