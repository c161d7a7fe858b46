package decode

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCorpus undoes real mojibake that others collected, where it is at hand, and
// holds how much of it comes out exactly. What is left are readings that this
// package does not undo on purpose: widths, quotes, and single bytes.
func TestCorpus(t *testing.T) {
	files, _ := filepath.Glob("../../../../shared/corpus/mojibake/ftfy-*.json")
	right, all := 0, 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var cases []struct{ Label, Original, Fixed, Expect string }
		if err := json.Unmarshal(data, &cases); err != nil {
			t.Fatal(err)
		}
		uncurl := strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`)
		n, w := 0, 0
		for _, c := range cases {
			if c.Expect != "pass" {
				continue
			}
			n++
			if got, _, _ := Bytes([]byte(c.Original), nil); uncurl.Replace(got) != uncurl.Replace(c.Fixed) {
				w++
			}
		}
		right, all = right+n-w, all+n
	}
	const floor = 71
	if all > 0 && right < floor {
		t.Errorf("%d of %d right", right, all)
	}
}

// TestWild does the same for paragraphs of books, which were read and are true.
func TestWild(t *testing.T) {
	data, err := os.ReadFile("../../../../shared/corpus/mojibake/classics-wild.json")
	if err != nil {
		t.Skip("no corpus here")
	}
	var wild struct {
		Mojibake []struct {
			Before string
			After  string `json:"after_ftfy_encoding_only"`
		}
	}
	if err := json.Unmarshal(data, &wild); err != nil {
		t.Fatal(err)
	}
	wrong := 0
	for _, c := range wild.Mojibake {
		if got, _, _ := Bytes([]byte(c.Before), nil); !strings.HasPrefix(c.After, got) { // which goes on for as long as what was undone is shorter
			wrong++
		}
	}
	const worst = 13 // a lone “Ã ” proves nothing within one paragraph
	if wrong > worst {
		t.Errorf("%d of %d wrong", wrong, len(wild.Mojibake))
	}
}
