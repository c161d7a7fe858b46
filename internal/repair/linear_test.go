package repair

import (
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// hostile are pieces that a careless rule reads again and again.
var hostile = []string{
	"i ", "/i ", "_a ", "*a ", "[i]", "<i", "a/", "-\n", "\n", " \n", "***\n", "1\n", "xo", "â€", "Ã", "word ", "Title:\n",
	"a-\nb", "SPN", "\u2028", "&#", "(", "\"", ".", "<p>_", "<br>", "<p><br>", "<p>a<p>&nbsp;", "i a /i ",
}

// TestLinear mends much of each, and five million bytes of all: a rule that is
// not linear would take hours, and go test ends after minutes.
func TestLinear(t *testing.T) {
	for _, piece := range append(hostile, strings.Join(hostile, "")) {
		size := 50_000
		if len(piece) > 50 {
			size = 5_000_000
		}
		s, _, _ := Decode([]byte(strings.Repeat(piece, size/len(piece))), nil)
		Text(s, nil)
	}
}

// TestLinearDoc does the same for prose, which reads more slowly by itself.
func TestLinearDoc(t *testing.T) {
	const size = 50_000
	for _, piece := range hostile {
		in := strings.Repeat(piece, size/len(piece))
		m := archive.Manuscript{Chapters: []archive.Chapter{{Text: prose.Parse(in)}}}
		Manuscript(&m, in, nil)
	}
}

// TestWork counts instead of timing: twice the text gives twice the mends, and
// the same text gives the same.
func TestWork(t *testing.T) {
	page := "He was _so_ tired of it all, and the sea said i Never/i again.\n\n***\n\n"
	mends := func(n int) int {
		s, found := Text(strings.Repeat(page, n), nil)
		m := archive.Manuscript{Kind: "text", Chapters: []archive.Chapter{{Text: prose.FromText(s)}}}
		Manuscript(&m, s, nil)
		made := 0
		for _, mend := range append(found, m.Mends...) {
			made += count(mend.Applied) // what is offered is offered once
		}
		return made
	}
	if one, two := mends(100), mends(200); two != 2*one || one != mends(100) {
		t.Errorf("%d mends for 100 pages, %d for 200", one, two)
	}
}
