package internal_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// Every direct dependency has its line among the decisions, and none has one
// that is gone.
func TestDependenciesAreDecided(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	decided, err := os.ReadFile("../docs/decisions/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	direct := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^(?:require )?\t?(\S+\.\S+/\S+|\S+\.\S+) v\S+$`).FindAllStringSubmatch(string(mod), -1) {
		direct[m[1]] = true
		if !strings.Contains(string(decided), "\n| "+m[1]+" | ") {
			t.Errorf("%s has no line in docs/decisions/dependencies.md", m[1])
		}
	}
	if len(direct) < 10 {
		t.Errorf("%d direct dependencies were read of go.mod", len(direct))
	}
	for _, m := range regexp.MustCompile(`(?m)^\| (\S+\.\S+/\S+) \|`).FindAllStringSubmatch(string(decided), -1) {
		if !direct[m[1]] {
			t.Errorf("%s has a line in docs/decisions/dependencies.md and is no direct dependency", m[1])
		}
	}
}
