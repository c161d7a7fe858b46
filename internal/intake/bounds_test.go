//go:build unix

package intake

import (
	"strings"
	"testing"

	"ficstead/internal/base/bounds"
)

// What goes beyond a bound is refused with words about what to do, before it is read.
func TestBeyondTheBounds(t *testing.T) {
	pages := strings.Repeat("<p>a", 1000)
	var many []member
	for i := range bounds.Tags/1000 + 1 {
		many = append(many, member{name: "p" + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)) + ".xhtml", data: pages, method: 8})
	}
	for _, c := range []struct{ name, data, want string }{
		{"lines.txt", "The lamp.\n" + strings.Repeat("\n", bounds.Lines) + "Cold.", "lines"},
		{"lines.md", "# One\n\nThe *lamp*.\n\n" + strings.Repeat("a\n", bounds.Lines), "lines"},
		{"tags.html", "<!DOCTYPE html><html><body><p>The lamp." + strings.Repeat("<p>a", bounds.Tags), "tags"},
		{"long.txt", strings.Repeat("the lamp ", bounds.Text/9+1), "MB"},
		{"long.html", "<!DOCTYPE html><html><body>" + strings.Repeat("the lamp ", bounds.Text/9), "MB"},
		{"tags.epub", string(epubOf(t, "<dc:title>T</dc:title>", "", many...)), "tags"},
	} {
		cpu, peak := cost(func() {
			_, _, err := Read(c.name, []byte(c.data), nil)
			if err == nil || !strings.Contains(Sentence(err), c.want) || !strings.Contains(Sentence(err), "smaller parts") {
				t.Errorf("%s: %v", c.name, err)
			}
		})
		if cpu.Seconds() > 3 || peak > 512<<20 {
			t.Errorf("%s: refused after %v and with %d MB", c.name, cpu, peak>>20)
		}
		t.Logf("%s: %v, %d MB", c.name, cpu, peak>>20)
	}
}

// Reading takes time and memory in proportion to what is read, whatever it is.
func TestCostOfReading(t *testing.T) {
	const size = 64 << 10
	for name, s := range shapes {
		data := []byte(s.make(size))
		var files int
		cpu, peak := cost(func() { files = readAll(t, name, s.name, data) })
		// Of a table each row may be a work, which costs more than its letters.
		if files > 100 {
			continue
		}
		const most = 15 // seconds for each MB: far above the usual, which is less than one, because machines are busy
		if cpu.Seconds()*(1<<20)/size > most || peak > 32<<20+300*size {
			t.Errorf("%s: %v and %d MB for %d KB", name, cpu, peak>>20, size>>10)
		}
	}
}

func readAll(t *testing.T, shape, name string, data []byte) int {
	t.Helper()
	files, err := Expand(fileOf(name, data))
	if err != nil && Sentence(err) == "" {
		t.Errorf("%s: no sentence for %v", shape, err)
	}
	for _, f := range files[:min(len(files), 100)] {
		part, _ := f.Data()
		if m, _, err := Read(f.Name, part, nil); err != nil && Sentence(err) == "" || err == nil && len(m.Chapters) == 0 {
			t.Errorf("%s: neither a text nor words why: %v", shape, err)
		}
	}
	return len(files)
}
