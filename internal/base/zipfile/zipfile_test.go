package zipfile

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestMuseum(t *testing.T) {
	for _, m := range museum {
		t.Run(m.name, func(t *testing.T) {
			began := time.Now()
			a, err := Open(m.data, Bounds())
			if !errors.Is(err, m.open) || m.open == nil && err != nil {
				t.Fatalf("Open: got %v, want %v", err, m.open)
			}
			if err == nil && len(a.Files) > 0 {
				if _, err := a.Files[0].Read(0); !errors.Is(err, m.read) || m.read == nil && err != nil {
					t.Errorf("Read: got %v, want %v", err, m.read)
				}
			}
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestRead(t *testing.T) {
	a, err := Open(makeZIP([]member{
		{name: `Folder\story.html`, text: "<p>One"},
		{name: "./b/c.txt", text: strings.Repeat("two ", 1000), method: deflated},
		{name: "caf\x82.txt", text: "three"}, // é as MS-DOS wrote it
		{name: "?", text: "four", extra: unicodeField("?", "четыре.txt")},
	}, nil), Bounds())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Folder/story.html", "b/c.txt", "café.txt", "четыре.txt"}
	for i, f := range a.Files {
		if f.Name != want[i] {
			t.Errorf("name %q, want %q", f.Name, want[i])
		}
	}
	if got, err := a.Files[1].Read(0); err != nil || string(got) != strings.Repeat("two ", 1000) {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
	if _, err := a.Files[1].Read(100); !errors.Is(err, ErrBig) {
		t.Errorf("with a limit of 100: %v, want ErrBig", err)
	}
	if got := a.Files[0].Modified; !got.Equal(time.Date(2024, 0, 0, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("modified %v", got)
	}
	if f := a.File("FOLDER/STORY.html"); f != a.Files[0] {
		t.Errorf("case kept a name from being found: %v", f)
	}
}

// Reading an entry again costs nothing of the budget, reading others does.
func TestBudget(t *testing.T) {
	limits := Limits{Entries: 10, Entry: 1000, Total: 2500, Ratio: 100, Slack: 10000}
	text := string(noise(1000))
	a, err := Open(makeZIP([]member{{name: "a", text: text, method: deflated}, {name: "b", text: text, method: deflated},
		{name: "c", text: text, method: deflated, size: 1}}, nil), limits)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		for _, f := range a.Files[:2] {
			if _, err := f.Read(0); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := a.Files[2].Read(0); !errors.Is(err, ErrBomb) {
		t.Errorf("the third entry: %v, want ErrBomb", err)
	}
}

func TestTwice(t *testing.T) {
	limits := Bounds()
	limits.Twice = true
	a, err := Open(makeZIP([]member{{name: "a", text: "1"}, {name: "A", text: "2"}, {name: "a", text: "3"}}, nil), limits)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, f := range a.Files {
		text, _ := f.Read(0)
		got += f.Name + string(text) + " "
	}
	if got != "A2 a3 " {
		t.Errorf("got %q, want the last of equal names", got)
	}
}

// A truncated file gives what stands before the cut.
func TestSalvage(t *testing.T) {
	limits := Bounds()
	limits.Salvage = true
	whole := makeZIP([]member{
		{name: "1.txt", text: strings.Repeat("one ", 500), method: deflated},
		{name: "2.txt", text: strings.Repeat("two ", 500), method: deflated, behind: true},
		{name: "3.txt", text: string(noise(9000)), method: deflated},
	}, nil)
	a, err := Open(whole[:len(whole)-1000], limits)
	if err != nil {
		t.Fatal(err)
	}
	if !a.Salvaged || len(a.Files) != 3 {
		t.Fatalf("salvaged %v, %d files", a.Salvaged, len(a.Files))
	}
	for i, word := range []string{"one ", "two "} {
		if got, err := a.Files[i].Read(0); err != nil || string(got) != strings.Repeat(word, 500) {
			t.Errorf("%s: %d bytes, %v", a.Files[i].Name, len(got), err)
		}
	}
	got, err := a.Files[2].Read(0)
	if !errors.Is(err, ErrDamaged) || len(got) < 7000 || !bytes.HasPrefix(noise(9000), got) {
		t.Errorf("the cut entry: %d bytes, %v", len(got), err)
	}
}

// Every prefix of a sound file, and every file with one byte changed, is read
// or refused with a typed error.
func TestDamageIsAlwaysTold(t *testing.T) {
	limits := Bounds()
	whole := makeZIP([]member{{name: "a.txt", text: "one", extra: unicodeField("a.txt", "é.txt")}, {name: "b.txt", text: "two two two", method: deflated}}, nil)
	try := func(data []byte) {
		for _, limits.Salvage = range [...]bool{false, true} {
			a, err := Open(data, limits)
			var told *Error
			if err != nil && !errors.As(err, &told) {
				t.Fatalf("%T is no Error", err)
			}
			if err == nil {
				for _, f := range a.Files {
					if _, err := f.Read(0); err != nil && !errors.As(err, &told) {
						t.Fatalf("%T is no Error", err)
					}
				}
			}
		}
	}
	for i := range whole {
		try(whole[:i])
		for _, b := range [...]byte{0, 1, 0x7f, 0x80, 0xff, whole[i] ^ 1} {
			changed := bytes.Clone(whole)
			changed[i] = b
			try(changed)
		}
	}
}

// What the standard library writes is read as it reads it itself, with all the
// sizes in 64 bits too.
func TestAgainstStandardLibrary(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"a.txt", "dir/", "dir/b.txt", "日本語/ファイル.html"} {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "/") {
			io.WriteString(f, strings.Repeat(name, 99))
		}
	}
	w.SetComment("a comment with PK\x05\x06 in it")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	compare(t, b.Bytes())
	for _, path := range corpus(t) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(path), func(t *testing.T) { compare(t, data) })
	}
}

// compare holds what we read against the standard library, where both read it.
func compare(t *testing.T, data []byte) {
	t.Helper()
	a, err := Open(data, Limits{Entries: 70000, Entry: 1 << 20, Total: 1 << 30, Ratio: 1 << 30})
	theirs, theirErr := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || theirErr != nil {
		t.Logf("ours: %v; theirs: %v", err, theirErr)
		return
	}
	i := 0
	for _, f := range theirs.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		if i == len(a.Files) {
			t.Fatalf("%q is missing", f.Name)
		}
		ours := a.Files[i]
		i++
		want, wantErr := readTheirs(f)
		got, err := ours.Read(0)
		if errors.Is(err, ErrBig) {
			continue
		}
		if (err == nil) != (wantErr == nil) || err == nil && !bytes.Equal(got, want) {
			t.Errorf("%q: %d bytes, %v; want %d, %v", ours.Name, len(got), err, len(want), wantErr)
		}
	}
	if i != len(a.Files) {
		t.Errorf("%d files too many", len(a.Files)-i)
	}
}

func readTheirs(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, 1<<20+1))
}

// corpus lists ZIPs and EPUBs of others, where they are there.
func corpus(t *testing.T) []string {
	var all []string
	for _, pattern := range []string{"badinputs/zip/*.zip", "corpus/epub/*.epub", "corpus/ao3-download/*.epub", "corpus/docx/*.docx", "corpus/odt/*.odt"} {
		files, err := filepath.Glob("../../../../shared/" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, files...)
	}
	if len(all) == 0 {
		t.Log("no corpus beside the checkout: only our own ZIPs were tried")
	}
	return all
}

func TestIsPacked(t *testing.T) {
	for data, want := range map[string]bool{
		"PK\x03\x04rest": true, "Rar!\x1a\x07\x01\x00": true, "7z\xbc\xaf\x27\x1c": true, "\x1f\x8b\x08": true,
		strings.Repeat("\x00", 257) + "ustar\x00": true, "<html>": false, "": false, "PK": false,
	} {
		if got := IsPacked([]byte(data)); got != want {
			t.Errorf("%.8q: got %v, want %v", data, got, want)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	data := makeZIP(many(1000), nil)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Open(data, Bounds()); err != nil {
			b.Fatal(err)
		}
	}
}
