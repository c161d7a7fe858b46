package fiction

import (
	"slices"
	"strings"
	"testing"
)

// TestSplit loses the paragraphs of talk, which is told apart by who speaks.
func TestSplit(t *testing.T) {
	paragraphs := []string{
		`"The boat is late," said Ann to the others.`, `"It is rather late today," said Peter.`, `"Then we must wait for it, and I hate waiting more than anything."`, `"We could go home again."`,
		`Ann looked at the sea for a long while. There was nothing on it but the moon, and a gull that slept on the water as if it were a bed.`, `"Well, shall we?" asked Peter.`,
	}
	text := strings.Join(paragraphs, " ")
	var want []int
	at := 0
	for _, p := range paragraphs[:len(paragraphs)-1] {
		at += len(p) + 1
		want = append(want, at)
	}
	got := Split(text, false)
	for _, at := range got {
		if !slices.Contains(want, at) {
			t.Errorf("parted at %d, want only %v", at, want)
		}
	}
	if len(got) < len(want)-1 {
		t.Errorf("%v, want at least all but one of %v", got, want)
	}
	if got := Split("One sentence, and no more", false); len(got) != 0 {
		t.Errorf("%v", got)
	}
	if got := Split("", false); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func FuzzSplit(f *testing.F) {
	f.Add(`"A," said B. "C." "D?" E. F.`)
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, at := range Split(text, len(text)%2 == 0) {
			if at <= last || at >= len(text) || text[at-1] != ' ' {
				t.Errorf("%q is parted at %d", text, at)
			}
			last = at
		}
	})
}
