package words

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEveryRuleHasWords wants a name and a sentence for each rule that has a museum.
func TestEveryRuleHasWords(t *testing.T) {
	museums, err := filepath.Glob("../../repair/*testdata")
	if err != nil || len(museums) == 0 {
		t.Fatal("no museum", err)
	}
	more, _ := filepath.Glob("../../repair/*/testdata") // the pattern is good
	for _, museum := range append(museums, more...) {
		rules, err := os.ReadDir(museum)
		if err != nil {
			t.Fatal(err)
		}
		for _, rule := range rules {
			if name, about := Rule(rule.Name()); rule.IsDir() && rule.Name() != "fuzz" && (about == "" || name == "") {
				t.Errorf("%s: no words say what it does", rule.Name())
			}
		}
	}
}

func TestRule(t *testing.T) {
	for rule, want := range map[string]string{"": "Mends", "wrap": "Lines broken in mid-sentence", "some-new-rule": "Some new rule", "été": "Été"} {
		if name, _ := Rule(rule); name != want {
			t.Errorf("%q: %q, want %q", rule, name, want)
		}
	}
	for _, about := range rules {
		if !strings.HasSuffix(about[1], ".") {
			t.Errorf("%q is no sentence", about[1])
		}
	}
}

func TestField(t *testing.T) {
	for field, want := range map[string]string{"title": "Title", "characters": "Character", "character": "Character", "chapter 3": "Title of chapter 3", "other-thing": "Other thing"} {
		if got := Field(field); got != want {
			t.Errorf("%s: %s, want %s", field, got, want)
		}
	}
}
