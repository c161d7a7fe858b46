package fiction

import (
	"fmt"
	"strings"
	"testing"
)

// TestPeople change, and that is where the scene begins: nothing else tells.
func TestPeople(t *testing.T) {
	var paragraphs []string
	scene := func(a, b, thing string) {
		for i := range 6 {
			paragraphs = append(paragraphs,
				fmt.Sprintf("%s put the %s down and looked at %s, who had been there since noon and said little about it.", a, thing, b),
				fmt.Sprintf(`"I told %s about the %s," said %s. "That is all there is."`, b, thing, a),
				fmt.Sprintf(`"You said so %d times," said %s.`, i+2, b))
		}
		paragraphs = append(paragraphs, fmt.Sprintf("After that %s and %s were quiet, and the %s stood between them until the light was gone.", a, b, thing))
	}
	scene("Willow", "Giles", "lantern")
	first := len(paragraphs)
	scene("Xander", "Spike", "sandwich")
	turns := Turns(paragraphs, 3)
	if len(turns) == 0 || turns[0].Before != first {
		t.Errorf("%+v, want %d first", turns, first)
	}
	for i, turn := range turns {
		if turn.Confidence > mostSure || i > 0 && turn.Confidence > turns[i-1].Confidence {
			t.Errorf("%+v", turns)
		}
	}
}

func FuzzTurns(f *testing.F) {
	f.Add(strings.Repeat("\"A,\" said Bea.\nThe night was long.\n", 9))
	f.Fuzz(func(t *testing.T, text string) {
		last := 1.0
		for _, turn := range Turns(strings.Split(text, "\n"), 9) {
			if turn.Before < 2 || turn.Confidence < 0 || turn.Confidence > last {
				t.Errorf("%+v", turn)
			}
			last = turn.Confidence
		}
	})
}
