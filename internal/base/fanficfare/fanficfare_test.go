package fanficfare

import (
	"testing"

	"ficstead/internal/base/dom"
)

func TestTake(t *testing.T) {
	root, _ := dom.Parse(`<body><div class="fff_chapter_notes fff_head_notes"><b>Summary for the Chapter:</b><blockquote>Short.</blockquote><b>Notes for the Chapter:</b><blockquote>Before.</blockquote></div>` +
		`<p>The lamp.</p><div class="fff_chapter_notes fff_foot_notes"><b>Notes for the Chapter:</b><blockquote>After.</blockquote><p>And more.</p></div></body>`)
	var o Notes
	o.Take(root)
	if want := (Notes{"Short.", "Before.", "After.<p>And more.</p>"}); o != want {
		t.Errorf("got %+v", o)
	}
	if got := dom.Inner(dom.First(root, "body")); got != "<p>The lamp.</p>" {
		t.Errorf("left %q", got)
	}
}
