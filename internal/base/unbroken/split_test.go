package unbroken

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// parted loses the paragraphs and finds them again.
func parted(paragraphs []string) (text string, want, got []int) {
	text = strings.Join(paragraphs, " ")
	at := 0
	for _, p := range paragraphs[:len(paragraphs)-1] {
		at += len(p) + 1
		want = append(want, at)
	}
	return text, want, Split(text)
}

// TestSplit loses the paragraphs of talk, which is told apart by who speaks.
func TestSplit(t *testing.T) {
	for name, paragraphs := range map[string][]string{
		"straight": {
			`"The boat is late," said Ann to the others.`, `"It is rather late today," said Peter.`, `"Then we must wait for it, and I hate waiting more than anything."`, `"We could go home again."`,
			`Ann looked at the sea for a long while. There was nothing on it but the moon, and a gull that slept on the water as if it were a bed.`, `"Well, shall we?" asked Peter.`,
		},
		"curly, with what they do": {
			`“You came back,” Mara said without getting up. “I wasn’t sure you would.”`, `“Neither was I.” Joss put the keys on the table.`, `“Did he ask about me?”`, `“Twice.”`,
			`“Only twice?” Mara laughed.`, `“He asked about the dog more often,” Joss admitted.`, `“Of course he did.”`,
		},
		"a speech that goes on": {
			`“It began in the spring,” said the old man. “Nobody believed us then, and I can’t say that I blame them for it.`, `“Later they came and asked. By then there was nothing to tell.”`, `“Nothing at all?” asked Ben.`, `“Nothing.”`,
		},
	} {
		text, want, got := parted(paragraphs)
		for _, at := range got {
			if !slices.Contains(want, at) {
				t.Errorf("%s: parted before %.40q", name, text[at:])
			}
		}
		if len(got) < len(want)-2 {
			t.Errorf("%s: %v, want at least all but two of %v", name, got, want)
		}
	}
	for _, text := range []string{"", "One sentence, and no more", "Mr. Smith met Dr. J. Brown. He laughed."} {
		if got := Split(text); len(got) != 0 {
			t.Errorf("%q is parted at %v", text, got)
		}
	}
}

// TestLongNarration is parted although nothing in it says where.
func TestLongNarration(t *testing.T) {
	text := strings.Repeat("The road went on along the river and past the mill, and nobody was on it but the carrier. ", 60)
	if got := Split(text); len(got) < 2 {
		t.Errorf("%d bytes are parted at %v", len(text), got)
	}
}

// TestWeights fit the cues and survive packing.
func TestWeights(t *testing.T) {
	if got := string(Learnt().Bytes()); got != string(weights) || len(weights) == 0 {
		t.Errorf("%d bytes of weights, packed %d", len(weights), len(got))
	}
}

func TestLinear(t *testing.T) {
	text := strings.Repeat(`"No," said Ann. He went home. `, 30_000)
	start := time.Now()
	Split(text)
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("%d bytes took %v", len(text), took)
	}
}

func FuzzSplit(f *testing.F) {
	f.Add(`"A," said B. "C." "D?" E. F.`)
	f.Add("‘A’ “B")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, at := range Split(text) {
			if at <= last || at >= len(text) || text[at-1] != ' ' && text[at-1] != '\n' {
				t.Errorf("%q is parted at %d", text, at)
			}
			last = at
		}
	})
}
