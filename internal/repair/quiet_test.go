package repair_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ficstead/internal/intake"
)

// TestQuiet counts, by rule, what is done to books and pages that are as they
// should be. Each was looked at: what is counted here is right. Wrapped lines
// and headings are no damage to be counted.
func TestQuiet(t *testing.T) {
	if testing.Short() {
		t.Skip("reads three million words")
	}
	want := map[string]string{
		"gutenberg-txt/3067-0.txt": "map[scene-break:3]", "gutenberg-txt/48020.txt": "map[scene-break:1]", "gutenberg-txt/969-0.txt": "map[scene-break:17]",
		"gutenberg-txt/pg42.txt": "map[running-head:108]", "gutenberg-txt/pg8374.txt": "map[scene-break:55]", "gutenberg-txt/pg9182.txt": "map[scene-break:25]",
	}
	files, _ := filepath.Glob(corpus + "groundtruth/*/*")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		m, _, err := intake.Read(filepath.Base(file), data, nil)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		counts := map[string]int{}
		for _, mend := range m.Mends {
			switch mend.Rule {
			case "wrap", "chapters", "heading", "italics", "markup", "mojibake", "quotes", "hyphen", "fused":
			default:
				if mend.Applied {
					counts[mend.Rule]++
				}
			}
		}
		name := strings.TrimPrefix(filepath.ToSlash(file), corpus+"groundtruth/")
		if got := fmt.Sprint(counts); got != want[name] && (len(counts) > 0 || want[name] != "") {
			t.Errorf("%s: %s, want %s", name, got, want[name])
		}
	}
}
