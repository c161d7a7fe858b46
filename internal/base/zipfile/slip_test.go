package zipfile

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// Names that try to leave their folder, in many spellings, are refused; a name
// that is taken stays within it however a careless caller would use it.
func TestSlips(t *testing.T) {
	names := slips(t)
	for _, up := range []string{"../", `..\`, "./../", "a/../../", `a\..\..\`, "/", `\`, "//", `\\host\`, "c:/", `C:\`, "z:"} {
		for depth := range 8 {
			for _, target := range []string{"etc/passwd", `windows\win.ini`, "x.html", ".ssh/authorized_keys", "Ünïcode", ""} {
				names = append(names, up+strings.Repeat(up, depth)+target)
			}
		}
	}
	refused := 0
	for _, name := range names {
		if len(name) > 60000 {
			continue
		}
		a, err := Open(makeZIP([]member{{name: name, text: "x"}}, nil), Bounds())
		if err != nil {
			if !is(err, ErrName) {
				t.Errorf("%q: %v", name, err)
			}
			refused++
			continue
		}
		for _, f := range a.Files {
			if within := path.Join("/archive/folder", f.Name); !strings.HasPrefix(within, "/archive/folder/") || path.IsAbs(f.Name) || strings.ContainsAny(f.Name, "\\\x00") {
				t.Errorf("%q became %q", name, f.Name)
			}
		}
	}
	t.Logf("%d of %d names refused", refused, len(names))
}

// slips are lists of others, where they are there.
func slips(t *testing.T) []string {
	paths, err := filepath.Glob("../../../../shared/badinputs/paths/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, strings.Split(strings.TrimSpace(string(data)), "\n")...)
	}
	return names
}
