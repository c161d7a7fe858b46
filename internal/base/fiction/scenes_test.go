package fiction

import (
	"strings"
	"testing"
)

// TestTurns hides two turns of the clock in talk about boats.
func TestTurns(t *testing.T) {
	talk := []string{
		`"The boat is late," said Ann, and looked at the boat, which was late.`, `"It is," said Peter about the boat.`, `He looked at the harbour and at the boat.`,
		`"They will come," said Ann. "The boat will come to the harbour."`, `Peter said nothing of the boat in the harbour.`, `"There," said Ann at last, and pointed at the harbour.`,
	}
	garden := []string{
		`The garden was full of roses, and the roses were full of thorns, so that Martha wore gloves among the roses.`, `"Thorns," said Martha, who hated roses.`, `She cut the roses and threw the thorns away.`,
		`"These roses," said Martha to the gardener.`, `The gardener nodded at the roses.`, `"Take them," said Martha.`,
	}
	var paragraphs []string
	paragraphs = append(paragraphs, talk...)
	paragraphs = append(paragraphs, talk...)
	first := len(paragraphs)
	paragraphs = append(paragraphs, "The next morning "+garden[0])
	paragraphs = append(paragraphs, garden[1:]...)
	paragraphs = append(paragraphs, garden...)
	second := len(paragraphs)
	paragraphs = append(paragraphs, "Three days later they stood by the harbour, and the boat was there.")
	paragraphs = append(paragraphs, talk...)
	turns := Turns(paragraphs, 2)
	if len(turns) != 2 || turns[0].Before+turns[1].Before != first+second || turns[0].Before != first && turns[0].Before != second {
		t.Errorf("%+v, want %d and %d", turns, first, second)
	}
	if len(turns) == 2 && (turns[0].Confidence < turns[1].Confidence || turns[0].Confidence >= 0.5) {
		t.Errorf("confidence: %+v", turns)
	}
	if turns := Turns(paragraphs[:5], 20); turns != nil {
		t.Errorf("in five paragraphs: %+v", turns)
	}
}

func TestOpensScene(t *testing.T) {
	for _, text := range []string{"Three days later, he came.", "The next morning it rained.", "Later that night they talked.", "Meanwhile, in London,", "It was a week before they met.", "Half an hour later he left.", "Monday came."} {
		if !OpensScene(text) {
			t.Errorf("%q", text)
		}
	}
	for _, text := range []string{"He came three days later.", "But he knew.", `"No," he said.`, strings.Repeat("x", 200), "Nextdoor they sang."} {
		if OpensScene(text) {
			t.Errorf("not %q", text)
		}
	}
}
