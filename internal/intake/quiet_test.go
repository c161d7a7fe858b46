package intake

import (
	"os"
	"strings"
	"testing"
)

// TestCorpusIsQuiet wants no warning of good files of the sites that most works
// come from, but that a page is one chapter of several.
func TestCorpusIsQuiet(t *testing.T) {
	for _, path := range corpusFiles(t) {
		good := false
		for _, dir := range []string{"/ao3-download/", "/ao3-page/", "/fanficfare/", "/ffn-page/", "/livejournal/", "/dreamwidth/"} {
			good = good || strings.Contains(path, dir)
		}
		if !good {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		m, _, err := Read(path, data, nil)
		if err != nil {
			continue
		}
		for _, w := range m.Warnings {
			if !strings.HasPrefix(w, "The page shows only chapter ") {
				t.Errorf("%s: %s", path, w)
			}
		}
	}
}
