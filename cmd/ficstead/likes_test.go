package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// passage is n sentences, no two of which are alike.
func passage(of string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "In the %s of house %s%d she counted %d lamps, %d doors and %d grey cats.\n\n", of, of, i*7, i*3+2, i*5+1, i*11+4)
	}
	return b.String()
}

// TestImportFewLikes wants a receipt to name three works that are like it, and to
// count the rest.
func TestImportFewLikes(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	shared := passage("attic", 60)
	put := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("Title: "+name+"\n\n"+text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for i := range 5 {
		want(t, 0, data, "import", put(fmt.Sprintf("long%d.txt", i), passage(fmt.Sprintf("cellar%d", i), 100)+shared))
	}
	r := receipts(t, want(t, 0, data, "import", "--json", put("short.txt", shared)))["short.txt"]
	if len(r.Warnings) != 4 || !strings.HasPrefix(r.Warnings[3], "And 2 more") {
		t.Errorf("%d warnings: %q", len(r.Warnings), r.Warnings)
	}
}

func TestMendOnlyUnknown(t *testing.T) {
	story := filepath.Join(pile(t), "lamp.txt")
	code, out, errs := call(t, t.TempDir(), "mend", "--only", "bogus", story)
	if code == 0 || out != "" || !strings.Contains(errs, `no rule "bogus"`) || !strings.Contains(errs, "italics") {
		t.Errorf("exit %d, %q, %q", code, out, errs)
	}
}
