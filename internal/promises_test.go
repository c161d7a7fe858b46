package internal_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each promise of docs/promises.md names tests, and every test that is named there
// exists where it is said to be.
func TestPromisesAreTested(t *testing.T) {
	text, err := os.ReadFile("../docs/promises.md")
	if err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile("../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:internal|cmd/ficstead|e2e|scripts|make)[^`]*)`")
	promises := 0
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| promise |") || strings.HasPrefix(line, "| attack |") {
			continue
		}
		promises++
		columns := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		tests := named.FindAllStringSubmatch(columns[len(columns)-1], -1)
		if len(tests) == 0 {
			t.Errorf("names no test: %s", line)
		}
		for _, test := range tests {
			if !isTest(t, test[1], string(makefile)) {
				t.Errorf("%s is not there: %s", test[1], line)
			}
		}
	}
	if promises < 20 {
		t.Errorf("%d promises were read", promises)
	}
}

// isTest reports whether there is such a test: "package TestName", "make target",
// or the path of a file.
func isTest(t *testing.T, name, makefile string) bool {
	t.Helper()
	place, test, two := strings.Cut(name, " ")
	switch {
	case !two:
		_, err := os.Stat(filepath.Join("..", name))
		return err == nil
	case place == "make":
		return strings.Contains(makefile, "\n"+test+":")
	}
	files, err := filepath.Glob(filepath.Join("..", place, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\nfunc "+test+"(t *testing.T)") {
			return true
		}
	}
	return false
}
