package decode

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"ficstead/internal/archive"
)

var update = flag.Bool("update", false, "write what the rules do into testdata")

// The museum: testdata/<rule>/<damage>.txtar, with the sections in.bytes (a Go
// string), want (its first line is the encoding), and mends, one a line.
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
	in, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.ReplaceAll(strings.TrimSuffix(section(piece, "in.bytes"), "\n"), `"`, `\"`), "\n", `\n`) + `"`)
	if err != nil {
		t.Fatal(err)
	}
	got, encoding, mends := Bytes([]byte(in), nil)
	is := encoding + "\n" + got + "\n"
	if *update {
		set(piece, "want", is)
		set(piece, "mends", report(mends))
		if err := os.WriteFile(file, txtar.Format(piece), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := section(piece, "want"); is != want {
		t.Errorf("got\n%s\nwant\n%s", is, want)
	}
	if want := section(piece, "mends"); report(mends) != want {
		t.Errorf("mends\n%s\nwant\n%s", report(mends), want)
	}
	check(t, []byte(in))
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

func FuzzBytes(f *testing.F) {
	for _, seed := range []string{
		"a\x00b\r\nc\xff", "\xff\xfea\x00\n\x00", "caf\xc3\xa9\ncaf\xe9\n", "donâ€™t", "\xef\xbb\xbfx\u2028y\u0092",
		`<meta charset="shift_jis">` + "\x82\xa0", "â€œYes,â€? he said, voilÃ? Â ", "I donít know, itís “good”, isnít it, ì so î",
		"donÃ¢â‚¬â„¢t â\u0080\u0099 \u0092 \u0081", "r√©gime caf├⌐ вЂ™ РґРѕСЂРѕРіРµ", "\xc4\xee\xe1\xf0\xee\xe5 \xf3\xf2\xf0\xee",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, in []byte) { check(t, in) })
}

// check holds what is true of all input: what comes out is good text, that has
// nothing to mend; places are exact; the same comes of the same; and to refuse
// each mend is to refuse all.
func check(t *testing.T, in []byte) {
	t.Helper()
	got, name, mends := Bytes(in, nil)
	if !utf8.ValidString(got) || strings.ContainsAny(got, "\x00\r\u2028\u2029\v\f") {
		t.Errorf("still damaged: %q", got)
	}
	checkPlaces(t, got, mends)
	checkPlain(t, in)
	if again, _, more := Bytes([]byte(got), nil); again != got || len(archive.CountMends(more)) > 0 {
		t.Errorf("mended twice: %q then %q, %+v", got, again, more)
	}
	if same, _, more := Bytes(in, nil); same != got || report(more) != report(mends) {
		t.Errorf("not the same twice: %q", in)
	}
	each := archive.Choices{}
	for _, m := range mends {
		each[m.ID()] = false
	}
	plain, plainName, none := Bytes(in, archive.RefuseAll())
	refused, refusedName, told := Bytes(in, each)
	if plain != refused || plainName != refusedName {
		t.Errorf("%q: refusing each gives %q, refusing all %q", in, refused, plain)
	}
	if n := len(archive.CountMends(none)) + len(archive.CountMends(told)); n > 0 {
		t.Errorf("%d rules applied what was refused", n)
	}
	if len(mends) == 0 && plain != got {
		t.Errorf("untold: %q became %q (%s)", plain, got, name)
	}
	checkPlaces(t, plain, none)
}

// checkPlaces demands that each mend stands where it says.
func checkPlaces(t *testing.T, s string, mends []archive.Mend) {
	t.Helper()
	runes := []rune(s)
	for i, m := range mends {
		if m.At < 0 || m.At > len(runes) || !utf8.ValidString(m.Before) || !utf8.ValidString(m.After) {
			t.Errorf("a mend at %d of %d: %+v", m.At, len(runes), m)
			continue
		}
		shown := m.Before
		if m.Applied {
			shown = m.After
		}
		if ofDocument := strings.HasSuffix(m.Before, " in all)"); !ofDocument && !again(mends, i) && !strings.HasPrefix(string(runes[m.At:]), shown) {
			t.Errorf("at %d is %.40q: %+v", m.At, string(runes[m.At:]), m)
		}
	}
}

// checkPlain demands that the plain reading begins with Before where a mend stood in it.
func checkPlain(t *testing.T, in []byte) {
	t.Helper()
	got, _, mends, places := Placed(in, nil)
	near := make([]bool, len(mends))
	for i := range mends {
		near[i] = again(mends, i)
	}
	if places == nil {
		places = &Places{Plain: got}
	}
	places.Move(mends)
	runes := []rune(places.Plain)
	for i, m := range mends {
		switch ofDocument := strings.HasSuffix(m.Before, " in all)") || m.Confidence == 0.97 && m.Rule == "encoding"; {
		case m.At < 0 || m.At > len(runes):
			t.Errorf("a mend at %d of %d: %+v", m.At, len(runes), m)
		case !ofDocument && !near[i] && !strings.HasPrefix(string(runes[m.At:]), m.Before):
			t.Errorf("%q: plainly at %d is %.40q: %+v", in, m.At, string(runes[m.At:]), m)
		}
	}
}

// again reports whether another mend is so near that it may have changed what
// this one shows.
func again(mends []archive.Mend, i int) bool {
	m := mends[i]
	for j, n := range mends {
		if j != i && n.At-contextBytes <= m.At+utf8.RuneCountInString(m.After) && m.At-contextBytes <= n.At+utf8.RuneCountInString(n.Before) {
			return true
		}
	}
	return false
}

// TestMayBeControlled demands that no controlled character is overlooked.
func TestMayBeControlled(t *testing.T) {
	for r := range rune(0x20000) {
		if s := "a" + string(r) + "“b"; strings.ContainsFunc(s, controlled) && !mayBeControlled(s) {
			t.Errorf("%U is overlooked", r)
		}
		if s := string(r); leadByte(r) && strings.IndexByte(s, 0xc3) != 0 {
			t.Errorf("%U begins otherwise", r)
		}
	}
}
