package damage

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"ficstead/bench/rescue/truth"
)

var works = []truth.Work{truth.Passages(truth.Development)[0], truth.Generate(truth.Development, 7, 1200), truth.Generate(truth.Test, 8, 1200)}

func TestSameSeedSameFile(t *testing.T) {
	for _, r := range append(Recipes(), Probes()...) {
		w := works[0]
		if r.Language != "" {
			w = truth.Foreign(truth.Development)[r.Language]
		}
		a, b := r.Make(w, 5), r.Make(w, 5)
		if !bytes.Equal(a.Data, b.Data) || !reflect.DeepEqual(a.Truth, b.Truth) {
			t.Errorf("%s: two files of one seed differ", r.Name)
		}
		if len(a.Data) < 300 {
			t.Errorf("%s: %d bytes", r.Name, len(a.Data))
		}
	}
}

// TestItalicsInvert reads what was written by the forms that lose nothing.
func TestItalicsInvert(t *testing.T) {
	for _, i := range []Italics{ItalicsTag, ItalicsBBCode, ItalicsEntity} {
		f := forms[i]
		for _, w := range works {
			file := Recipe{Italics: i, Scenes: ScenesMarked}.Make(w, 1)
			text := strings.NewReplacer(f.open, "{", f.close, "}").Replace(string(file.Data))
			paragraphs := strings.Split(strings.TrimSpace(text), "\n\n")
			n := 0
			for _, b := range file.Truth.Chapters[0].Text {
				if b.Break {
					n++
					continue
				}
				if got := truth.Paragraph(paragraphs[n]); got.Text != b.Text || len(got.Italics) < len(b.Italics) {
					t.Fatalf("%q, want %q", got.Text, b.Text)
				}
				n++
			}
		}
	}
}

func TestBytesInvert(t *testing.T) {
	for _, c := range []struct {
		bytes Bytes
		back  func(string) string
	}{
		{Latin1, func(s string) string { return undo(s, latin1) }},
		{CP1252, func(s string) string { return undo(s, windows1252) }},
		{Double, func(s string) string { return undo(undo(s, windows1252), windows1252) }},
		{MacRoman, func(s string) string { return undo(s, table(charmap.Macintosh)) }},
	} {
		for _, w := range works {
			clean, dirty := string(Recipe{}.Make(w, 1).Data), string(Recipe{Bytes: c.bytes}.Make(w, 1).Data)
			if clean == dirty {
				t.Errorf("%d: nothing damaged", c.bytes)
			}
			if got := c.back(dirty); got != clean {
				t.Errorf("%d: not reversible", c.bytes)
			}
		}
	}
}

func undo(s string, as [256]rune) string {
	byRune := map[rune]byte{}
	for b, r := range as {
		byRune[r] = byte(b)
	}
	var out []byte
	for _, r := range s {
		out = append(out, byRune[r])
	}
	return string(out)
}

// TestLayoutsInvert joins lines by what the layout says of them.
func TestLayoutsInvert(t *testing.T) {
	w := works[0]
	clean := string(Recipe{}.Make(w, 3).Data)
	if got := strings.ReplaceAll(string(Recipe{Layout: Doubled}.Make(w, 3).Data), "\n\n\n", "\n\n"); got != clean {
		t.Error("double spacing is not reversible")
	}
	wrapped := string(Recipe{Layout: WrappedBlank}.Make(w, 3).Data)
	for _, line := range strings.Split(wrapped, "\n") {
		if n := len([]rune(line)); n > 90 {
			t.Errorf("a line of %d characters: %s", n, line)
		}
	}
	if strings.Join(strings.Fields(wrapped), " ") != strings.Join(strings.Fields(clean), " ") {
		t.Error("wrapping changes words")
	}
	hyphened := string(Recipe{Layout: Hyphened}.Make(w, 3).Data)
	if !strings.Contains(hyphened, "-\n") {
		t.Error("no hyphens")
	}
}

func TestFused(t *testing.T) {
	for in, want := range map[string]string{
		"It was {not} Buffy and {lover} came.": "It wasnotBuffy andlovercame.",
		"{Oh}, he said":                        "Oh, he said",
		"“{Run!}” he said.":                    "“Run!” he said.",
	} {
		if got := fused(truth.Paragraph(in)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestNested(t *testing.T) {
	d := &damager{}
	d.form = forms[ItalicsLoose]
	d.Italics = ItalicsLoose
	if got, want := d.text(truth.Paragraph("{One {two} three} four")), "i One i two/i three/i four"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestMarkersApart(t *testing.T) {
	if len(usual)+len(open) < 60 {
		t.Errorf("%d markers", len(usual)+len(open))
	}
	dev := map[string]bool{}
	for _, m := range Markers(truth.Development)[len(usual):] {
		dev[m] = true
	}
	for _, m := range Markers(truth.Test)[len(usual):] {
		if dev[m] {
			t.Errorf("%q is in both parts", m)
		}
	}
}
