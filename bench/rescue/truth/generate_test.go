package truth

import (
	"reflect"
	"strings"
	"testing"
)

func TestGenerate(t *testing.T) {
	for _, part := range []Part{Development, Test} {
		for seed := range uint64(40) {
			w := Generate(part, seed, 1500)
			if !reflect.DeepEqual(w, Generate(part, seed, 1500)) {
				t.Fatalf("%s %d: two works of one seed differ", part, seed)
			}
			if n := w.Words(); n < 1200 || n > 6000 {
				t.Errorf("%s %d: %d words", part, seed, n)
			}
			for _, c := range w.Chapters {
				for _, b := range c.Text {
					if b.Break {
						continue
					}
					if strings.TrimSpace(b.Text) != b.Text || b.Text == "" || strings.ContainsAny(b.Text, "{}<>") {
						t.Fatalf("%s %d: %q", part, seed, b.Text)
					}
				}
			}
		}
	}
}

func TestParagraph(t *testing.T) {
	b := Paragraph("a {b {c} d} é{f}")
	want := Block{Text: "a b c d éf", Italics: []Span{{2, 7}, {9, 10}}, Inner: []Span{{4, 5}}}
	if !reflect.DeepEqual(b, want) {
		t.Errorf("got %+v, want %+v", b, want)
	}
}
