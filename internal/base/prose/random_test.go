package prose

import (
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// pieces are what random documents are made of: every element we know, others,
// and what Markdown and hostile people would like to see.
var pieces = func() []string {
	list := []string{"text", "a word", " ", "\n", "\n\n", "&nbsp;", "&amp;", "&lt;b&gt;", "*", "**", "_", "__x__", "`", "```", "~~", "#", "# a", "1. b", "- c", "+ d", "> e",
		"===", "---", "| f | g |", "[h](i)", "![j](k)", "\\", "!", ":", "http://x.org/a_b*c?d=e&copy=f", "“q”", "é", "漢字", "👍", "\u200b", "\u0000", "\x80", "&#x85;", "&#0;",
		"<!-- c -->", "<!-- open", "-->", "<![CDATA[x]]>", "<?php ?>", "</", "<", ">", "<a href='", "'>", `"`, "<br>", "<hr>", "<img src=http://x.org/a.png alt='a *b*'>",
		"<a href=http://x.org/(a)_b>", "<a href='#n1'>", "<a name=n1>", "<p id=n1>", "<li id=n2>", "<span id=fn-n1>", "<p align=center>", "<div align=right>", "<div lang=fr>", "<p dir=rtl>", "<span lang=de>",
		"<span style='font-style:italic;font-weight:bold'>", "<div style='font-style:italic'>", "<p style='white-space:pre-wrap'>", "<blockquote lang=he dir=rtl>", "<ol start=7>", "<td colspan=2>",
		"<svg><style><img src=x onerror=alert(1)></style></svg>", "<math><mi><table><mglyph><style>", "<audio src=http://x.org/a.mp3>"}
	for _, name := range slices.Sorted(maps.Keys(elements)) {
		list = append(list, "<"+name+">", "</"+name+">")
	}
	for _, name := range []string{"p", "p", "em", "strong", "i", "b", "a", "li", "ul", "td", "tr", "table", "blockquote", "div", "q", "ruby", "rt", "pre", "code", "h2", "summary", "details"} {
		list = append(list, "<"+name+">", "</"+name+">", "text")
	}
	return list
}()

func TestRandomDocuments(t *testing.T) {
	n := 3000
	if testing.Short() {
		n = 500
	}
	seed := uint64(1)
	if s, err := strconv.ParseUint(os.Getenv("SEED"), 10, 64); err == nil {
		seed = s
	}
	random := rand.New(rand.NewPCG(seed, 2))
	for i := range n {
		size := 40
		if i%20 == 0 {
			size = 400
		}
		var b strings.Builder
		for range 1 + random.IntN(size) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		in := b.String()
		judge(t, in)
		if t.Failed() {
			t.Fatalf("in: %q", in)
		}
	}
}
