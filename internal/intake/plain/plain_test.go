package plain

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
)

var update = flag.Bool("update", false, "write what Read returns into testdata")

// TestMuseum reads testdata/*.txtar: the file "in", and what is wanted of it.
// The first file's name is the name that Read is given.
func TestMuseum(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata:", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			piece, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			in := piece.Files[0]
			m, err := Read(string(in.Data), in.Name, nil)
			if err != nil {
				t.Fatal(err)
			}
			got := shown(m)
			if *update {
				piece.Files = append(piece.Files[:1], txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(piece), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := string(piece.Files[1].Data); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// shown prints what a manuscript says, and nothing it does not.
func shown(m archive.Manuscript) string {
	var out strings.Builder
	say := func(what string, value any) {
		if s := fmt.Sprint(value); s != "" && s != "0" && s != "[]" && s != "false" {
			fmt.Fprintf(&out, "%s: %s\n", what, s)
		}
	}
	say("title", m.Title)
	for _, c := range m.Creators {
		say("creator", c.String())
	}
	for _, t := range m.Tags {
		say(t.Kind.String(), t.Name)
	}
	for _, p := range m.Series {
		say("series", fmt.Sprintf("%s, part %d", p.Series.Title, p.Number))
	}
	for what, t := range map[string]time.Time{"posted": m.Posted} {
		if !t.IsZero() {
			say(what, t.Format(time.DateOnly))
		}
	}
	if !m.Updated.IsZero() {
		say("updated", m.Updated.Format(time.DateOnly))
	}
	say("language", m.Language)
	say("words", m.WordsClaimed)
	say("planned", m.ChaptersPlanned)
	say("complete", m.Complete)
	say("source", m.Source.URL)
	say("for", strings.Join(m.Recipient, ", "))
	say("summary", m.Summary.HTML())
	say("notes", m.Notes.HTML())
	for _, p := range m.Proposals {
		say("proposed "+p.Field, p.Value+" because: "+p.Because)
	}
	for _, c := range m.Chapters {
		fmt.Fprintf(&out, "chapter %d %s\n", c.Number, c.Title)
		say("summary", c.Summary.HTML())
		say("notes", c.Notes.HTML())
		for _, b := range c.Text.Blocks() {
			fmt.Fprintf(&out, "  %s\n", b.HTML())
		}
		say("end notes", c.EndNotes.HTML())
	}
	for _, mend := range m.Mends {
		say("mended "+mend.Rule, fmt.Sprintf("%q in chapter %d", mend.Before, mend.Chapter))
	}
	return out.String()
}

func TestRefused(t *testing.T) {
	for what, s := range map[string]string{
		"nothing":     "",
		"no words":    "*** --- ***\n\n!!!",
		"noise":       strings.Repeat("\uFFFDx\uFFFD", 500),
		"a program":   strings.Repeat("if (a) {\n  b = c;\n}\n", 20),
		"a table":     strings.Repeat("\"a\",\"b\",\"c\",\"d\"\n", 20),
		"more tables": strings.Repeat("a\tb\tc\td\te\n", 20),
	} {
		_, err := Read(s, "x.txt", nil)
		if !errors.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", what, err)
		} else if sentence := err.Error(); !strings.HasSuffix(sentence, ".") || len(sentence) < 40 {
			t.Errorf("%s: no sentence: %q", what, sentence)
		}
	}
}

func TestNameTitle(t *testing.T) {
	for name, want := range map[string]string{
		"buried.txt": "Buried", "a.zip!b/the_long-night.txt": "The long night", `C:\fic\My Story.TXT`: "My Story",
		"/x/.txt": "", "": "", "12.txt": "12", "Two-Part Story.txt": "Two-Part Story", "übung.txt": "Übung",
	} {
		if got := nameTitle(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestRatings(t *testing.T) {
	for value, want := range map[string]string{
		"PG-13": archive.RatingTeen, "R for violence": archive.RatingMature, "NC-17, really": archive.RatingExplicit, "Fiction M - English": archive.RatingMature,
		"K+": archive.RatingGeneral, "PG": archive.RatingGeneral, "Teen And Up Audiences": archive.RatingTeen, "M/MA": archive.RatingMature,
		"my mother may read it": "", "": "", "Gory": "",
	} {
		if got := ratingOf(value); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"Title: a\nby b\n\nc", "Chapter 1\n\na\n\nChapter 2\n\nb", "A by B\n\nI\n\nc", "A/N: d\n\n* * *\n\ne\n\nEnd notes: f", "1. a\n\n2. b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := Read(s, "a.txt", nil)
		if err != nil {
			if !errors.Is(err, errs.Invalid) {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		for i, c := range m.Chapters {
			if c.Number != i+1 || c.Words != c.Text.Words() {
				t.Errorf("%q: chapter %+v", s, c)
			}
		}
		if again, _ := Read(s, "a.txt", nil); shown(again) != shown(m) {
			t.Errorf("not the same twice: %q", s)
		}
	})
}

// TestEntities reads a story whose lines end in signs that are written as entities.
func TestEntities(t *testing.T) {
	for _, quotes := range [][2]string{{"&ldquo;", "&rdquo;"}, {"ldquo;", "rdquo;"}, {"&#8220;", "&#8221;"}} {
		line := quotes[0] + "You came back after all this time, and nobody told me." + quotes[1] + "\n\n"
		if _, err := Read(strings.Repeat(line, 8), "x.txt", nil); err != nil {
			t.Error(quotes, err)
		}
	}
}
