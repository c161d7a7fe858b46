package repair

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

func refusing(mends []archive.Mend) archive.Choices {
	c := archive.Choices{}
	for _, m := range mends {
		c[m.ID()] = false
	}
	return c
}

// TestRefused refuses every mend of every piece of the museum: what is left is
// what came in. Refusing half of them never takes away more than that half.
func TestRefused(t *testing.T) {
	files, _ := filepath.Glob("testdata/*/*.txtar")
	for _, file := range files {
		piece, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if in := section(piece, "in.txt"); in != "" {
			_, mends := Text(in, nil)
			if got, _ := Text(in, refusing(mends)); got != in {
				t.Errorf("%s: all refused gives\n%q\nwant\n%q", file, got, in)
			}
		}
		if in := section(piece, "in.html"); in != "" {
			d := prose.Parse(in)
			_, mends := Doc(d, 1, nil)
			if got, _ := Doc(d, 1, refusing(mends)); !got.Equal(d) {
				t.Errorf("%s: all refused gives\n%s\nwant\n%s", file, got.HTML(), d.HTML())
			}
		}
	}
}

// TestUndoCorpus does so with the texts of the corpus.
func TestUndoCorpus(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/corpus/groundtruth/gutenberg-txt/*.txt")
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		in := string(b)
		_, mends := Text(in, nil)
		if got, _ := Text(in, refusing(mends)); got != in {
			t.Errorf("%s: all refused is not what came in", file)
		}
	}
}
