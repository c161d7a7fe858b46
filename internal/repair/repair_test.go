package repair

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

var update = flag.Bool("update", false, "write what the rules do into testdata")

// The museum: testdata/<rule>/<damage>.txtar. A piece has one of the sections
// in.txt (for Text) or in.html (for Doc),
// and what is wanted: want, and mends, one a line.
func TestMuseum(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata:", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(strings.TrimPrefix(file, "testdata/"), ".txtar"), func(t *testing.T) {
			exhibit(t, file)
		})
	}
}

func exhibit(t *testing.T, file string) {
	piece, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, mends, again := run(t, piece)
	if *update {
		set(piece, "want", got+"\n")
		set(piece, "mends", report(mends))
		if err := os.WriteFile(file, txtar.Format(piece), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := section(piece, "want"); got+"\n" != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if want := section(piece, "mends"); report(mends) != want {
		t.Errorf("mends\n%s\nwant\n%s", report(mends), want)
	}
	if twice, more := again(); twice != got {
		t.Errorf("mended twice\n%s\nonce\n%s", twice, got)
	} else if n := len(archive.CountMends(more)); n > 0 {
		t.Errorf("the second time there were mends: %v", more)
	}
}

// run mends a piece by the door its section asks for. Again does so with the result.
func run(t *testing.T, piece *txtar.Archive) (got string, mends []archive.Mend, again func() (string, []archive.Mend)) {
	if in := section(piece, "in.txt"); in != "" {
		got, mends := Text(in, nil)
		return got, mends, func() (string, []archive.Mend) { return Text(got, nil) }
	}
	d, mends := Doc(prose.Parse(section(piece, "in.html")), 1, nil)
	return lined(d), mends, func() (string, []archive.Mend) {
		d, more := Doc(d, 1, nil)
		return lined(d), more
	}
}

// lined prints a document with a block on each line.
func lined(d prose.Doc) string {
	var lines []string
	for _, b := range d.Blocks() {
		lines = append(lines, b.HTML())
	}
	return strings.Join(lines, "\n")
}

func report(mends []archive.Mend) string {
	out := ""
	for _, m := range mends {
		how := "mended"
		if !m.Applied {
			how = "asked"
		}
		out += fmt.Sprintf("%s %s %d %.2f %q %q\n", how, m.Rule, m.At, m.Confidence, m.Before, m.After)
	}
	return out
}

func section(a *txtar.Archive, name string) string {
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func set(a *txtar.Archive, name, data string) {
	for i := range a.Files {
		if a.Files[i].Name == name {
			a.Files[i].Data = []byte(data)
			return
		}
	}
	a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(data)})
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{"one\ntwo\n\n***\n\nthree", "  indented\nnot\n\n\n\nxxx\nSPNSPNSPN\n\nSPNSPNSPN", strings.Repeat("word and\nword, ", 20), "Title\n=====\n\nText-\ning."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		in, _, _ = Decode([]byte(in), nil)
		got, mends := Text(in, nil)
		if again, more := Text(got, nil); again != got || len(archive.CountMends(more)) > 0 {
			t.Errorf("not idempotent: %q then %q %v", got, again, more)
		}
		if same, _ := Text(in, nil); same != got {
			t.Errorf("not the same twice: %q", in)
		}
		if plain, _ := Text(in, archive.RefuseAll()); plain != in {
			t.Errorf("all refused: %q is %q", in, plain)
		}
		if plain, _ := Text(in, refusing(mends).Among(mends)); plain != in {
			t.Errorf("each refused: %q is %q", in, plain)
		}
		checkPlaces(t, in, mends)
	})
}

func FuzzDoc(f *testing.F) {
	for _, seed := range []string{"<p>a</p><p>&nbsp;</p><p>b</p>", "<p>a<br><br>b<br><br>c<br><br><br>d</p>", "<p>***</p><p>i so/i _what_ *a sigh* [b]x[/b] &lt;i&gt;y&lt;/i&gt;</p>", "<blockquote><p>#</p></blockquote>",
		"<p>[i]a</p><p>b</p><p>c[/i] ?d,? e?f don?t �x� iNo/i &amp;amp;mdash; &lt;br&gt; &lt;hr&gt;x</p>", "<p>It&acirc;&euro;&trade;s _*a*_ [url=http://x.y]z[/url]</p>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, _ := Doc(prose.Parse(in), 1, nil)
		if again, more := Doc(got, 1, nil); again.HTML() != got.HTML() || len(archive.CountMends(more)) > 0 {
			t.Errorf("not idempotent: %s then %s %v", got.HTML(), again.HTML(), more)
		}
		d := prose.Parse(in)
		_, mends := Doc(d, 1, nil)
		if plain, _ := Doc(d, 1, archive.RefuseAll()); !plain.Equal(d) {
			t.Errorf("all refused: %s is %s", d.HTML(), plain.HTML())
		}
		if plain, _ := Doc(d, 1, refusing(mends).Among(mends)); !plain.Equal(d) {
			t.Errorf("each refused: %s is %s", d.HTML(), plain.HTML())
		}
		m := archive.Manuscript{Kind: "x", Chapters: []archive.Chapter{{Text: d, Notes: d}, {Text: d}}}
		Manuscript(&m, in, nil)
		checkPlaces(t, in, m.Mends)
		plain := archive.Manuscript{Kind: "x", Chapters: []archive.Chapter{{Text: d, Notes: d}, {Text: d}}}
		Manuscript(&plain, in, refusing(m.Mends).Among(m.Mends))
		if is := plain.Chapters; !is[0].Text.Equal(d) || !is[0].Notes.Equal(d) || !is[1].Text.Equal(d) || len(archive.CountMends(plain.Mends)) > 0 {
			t.Errorf("each refused in a manuscript: %s is %s", d.HTML(), is[0].Text.HTML())
		}
	})
}

// checkPlaces demands that mends stand within the text they are counted in.
func checkPlaces(t *testing.T, s string, mends []archive.Mend) {
	t.Helper()
	n := utf8.RuneCountInString(s)
	for _, m := range mends {
		if m.At < 0 || m.At > n {
			t.Errorf("a mend at %d of %d: %+v", m.At, n, m)
		}
		if !utf8.ValidString(m.Before) || !utf8.ValidString(m.After) {
			t.Errorf("a mend is not UTF-8: %+v", m)
		}
	}
}
