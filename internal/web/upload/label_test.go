package upload

import "testing"

func TestLabels(t *testing.T) {
	for name, want := range map[string]string{
		"lamp.html":            "lamp.html",
		"a/b/lamp.html":        "lamp.html",
		`C:\stories\lamp.html`: "lamp.html",
		"":                     "file without a name",
		"../..":                "file without a name",
		"la\x00m\rp.txt":       "lam p.txt",
		"quo%22te's.txt":       `quo"te's.txt`,
		"New%0D%0Aline.txt":    "New line.txt",
		"100%.txt":             "100%.txt",
		"%2e%2e%2f.txt":        "%2e%2e%2f.txt",
		"\xff.txt":             "�.txt",
		"e\u202egnp.txt":       "egnp.txt",
	} {
		if got := labelOf(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
