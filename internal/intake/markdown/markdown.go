package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
)

// Kind is the name of the format.
const Kind = "markdown"

var (
	atxHeading = regexp.MustCompile(`(?m)^#{1,6}[ \t]+[^\s#]`)
	inlineLink = regexp.MustCompile(`!?\[[^\]\n]{1,200}\]\((?:https?://|#|mailto:|\./)[^)\s]*\)`)
	fence      = regexp.MustCompile("(?m)^```[a-z]*$") // ~~~ is a scene break more often
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
	if top := s[:min(len(s), 1<<14)]; strings.Contains(top, "\nPackaged: ") && strings.Contains(top, "\nStory URL: ") {
		return false // a text that FanFicFare made, which has a header of its own above marked-up chapters
	}
	body = body[:min(len(body), sample)]
	sure := 0
	if strings.Contains(body, "#") {
		sure += 3 * times(atxHeading, body, 2)
	}
	if strings.Contains(body, "](") {
		sure += 2 * times(inlineLink, body, 3)
	}
	if strings.Contains(body, "```") {
		sure += 2 * times(fence, body, 2)
	}
	if sure < 2 && !hasName(name) {
		return false
	}
	signs := sure + 2*times(setext, body, 2) + times(quoteLine, body, 3) + times(hardBreak, body, 4)
	if hasName(name) {
		return signs+times(emphasis, body, 1) > 0
	}
	return sure >= 2 && signs >= 6 // mails quote, and old texts underline, without being Markdown
}

func times(sign *regexp.Regexp, s string, most int) int {
	return len(sign.FindAllStringIndex(s, most))
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
	chapters := 0
	if front != "" {
		chapters = readFront(&m, front)
	}
	if text.Words(body) == 0 {
		return m, archive.Refusal("There are no words in this file. Choose the file with the story and try again.")
	}
	readBody(&m, prose.Parse(render(body)), chapters)
	return m, nil
}

// render makes HTML of Markdown. Raw HTML passes: prose takes what is safe.
func render(s string) string {
	md := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote),
		goldmark.WithRendererOptions(html.WithUnsafe(), renderer.WithNodeRenderers(util.Prioritized(strike{}, 100))),
	)
	var out bytes.Buffer
	if err := md.Convert([]byte(tame(s)), &out); err != nil {
		return "" // a buffer does not fail
	}
	return out.String()
}
