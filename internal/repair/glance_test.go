package repair

import (
	"math/rand/v2"
	"strings"
	"testing"

	"ficstead/internal/base/fiction"
	"ficstead/internal/base/prose"
)

// TestGlance demands that what is a sentence at a glance is no marker when it
// is looked at, and that nothing else about a row of runs matters to it.
func TestGlance(t *testing.T) {
	pieces := []string{"*", "***", " ", "\u00a0", "\u3000", "~", "x", "o", "XOX", "word", "line break", "scene", ".", ",", "…", "“", "’", "é", "漢", "3", "-", "=", strings.Repeat("-=", 60), strings.Repeat("ab", 30), strings.Repeat("a b ", 20)}
	random := rand.New(rand.NewPCG(8, 9))
	seen := 0
	for range 20_000 {
		var runs []prose.Run
		for range 1 + random.IntN(6) {
			runs = append(runs, prose.Run{Text: pieces[random.IntN(len(pieces))]})
		}
		text := prose.NewParagraph(runs...).Text()
		if !isSentence(runs) {
			continue
		}
		seen++
		if is := fiction.Marker(text); is != fiction.NoMarker {
			t.Fatalf("%q is marker %d", text, is)
		}
	}
	if seen < 5_000 {
		t.Errorf("only %d sentences", seen)
	}
}
