package mapped

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// resident is how many bytes of a mapped file this process has in memory.
func resident(t *testing.T, path string) (bytes int) {
	t.Helper()
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	ours := false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		switch {
		case len(fields) >= 5 && strings.Contains(fields[0], "-"):
			ours = fields[len(fields)-1] == path
		case ours && len(fields) >= 2 && fields[0] == "Rss:":
			kb, _ := strconv.Atoi(fields[1])
			bytes += kb << 10
		}
	}
	return bytes
}

func TestVerifyAllLeavesNothingInMemory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large")
	w, err := Create(path, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	content := make([]byte, 3*atOnce+5)
	for i := range content {
		content[i] = byte(i * i >> 3)
	}
	for _, name := range []string{"a", "b"} {
		if err := w.Section(name, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.VerifyAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := resident(t, path); n > atOnce/2 {
		t.Errorf("%d bytes of %d are in memory", n, f.Size())
	}
	b, _ := f.Section("b")
	for i, c := range b {
		if c != content[i] {
			t.Fatalf("byte %d is %d, want %d", i, c, content[i])
		}
	}
}
