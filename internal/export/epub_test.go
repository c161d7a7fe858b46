package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/prose"
	"ficstead/internal/export"
)

func TestEPUBIsWellFormed(t *testing.T) {
	for name, b := range specimens() {
		data, err := export.EPUB(b)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		wellFormed(t, name, data)
	}
}

// wellFormed reads every part of an EPUB that is XML.
func wellFormed(t *testing.T, name string, data []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, "ml") && !strings.HasSuffix(f.Name, ".opf") && !strings.HasSuffix(f.Name, ".ncx") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		for err == nil {
			_, err = d.Token()
		}
		if err != io.EOF {
			t.Errorf("%s: %s: %v", name, f.Name, err)
		}
	}
}

// FuzzEPUB puts any words and any markup into a work.
func FuzzEPUB(f *testing.F) {
	f.Add("Title", "en", "https://example.org/", everything)
	f.Add(hostile, "ar", hostile, `<a href="#x">1</a><a href="https://$1">2</a><p id=x>`+hostile)
	f.Fuzz(func(t *testing.T, words, lang, address, html string) {
		w := archive.Work{Title: words, Language: lang, Creators: []archive.Creator{{Name: words, URL: address}}, Recipient: []string{words},
			Tags: []archive.Tag{{Kind: archive.Fandom, Name: words}}, Summary: prose.Parse(html), EndNotes: prose.FromText(words),
			Series: []archive.Part{{Series: archive.Series{Title: words, URL: address}}}, Source: archive.Source{URL: address, Site: words}}
		data, err := export.EPUB(bind(w, archive.Chapter{Title: words, Text: prose.Parse(html), EndNotes: prose.Parse(html)}))
		if err != nil {
			t.Fatal(err)
		}
		wellFormed(t, "fuzz", data)
	})
}

func TestEPUBReadsBack(t *testing.T) {
	data, err := export.EPUB(specimens()["full"])
	if err != nil {
		t.Fatal(err)
	}
	b, err := epub.Read(data, epub.Limits())
	if err != nil {
		t.Fatal(err)
	}
	w := specimens()["full"].Works[0].Work
	for what, ok := range map[string]bool{
		"title":       b.Title == w.Title,
		"creators":    len(b.Creators) == 2 && b.Creators[1].Name == "Gull (harbour)",
		"language":    b.Language == "en",
		"subjects":    len(b.Subjects) == len(w.Tags),
		"source":      b.Source == w.Source.URL,
		"date":        len(b.Dates) == 1 && b.Dates[0].Time.Equal(w.Posted),
		"modified":    b.Modified.Equal(w.Changed.Truncate(1e9)),
		"series":      len(b.Collections) == 2 && b.Collections[0] == epub.Collection{Title: "Tales, of the Lamp", Position: "2", Type: "series"},
		"identifier":  strings.HasPrefix(b.Identifiers[0].Value, "urn:uuid:"),
		"cover":       b.Cover == "EPUB/cover.png",
		"contents":    len(b.TOC) == 5 && b.TOC[1].Title == "Chapter 1: The Letter" && b.TOC[2].Title == "Chapter 2",
		"pages":       len(b.Spine) == 6 && b.Spine[0].Kind == "cover" && b.Spine[1].Kind == "titlepage" && b.Spine[2].Kind == "bodymatter",
		"description": strings.Contains(b.Description, "should not"),
		"hazards":     b.Metas["schema:accessibilityHazard"][0] == "none",
	} {
		if !ok {
			t.Errorf("%s did not come back: %+v", what, b)
		}
	}
	arabic, err := export.EPUB(specimens()["arabic"])
	if err != nil {
		t.Fatal(err)
	}
	if b, err = epub.Read(arabic, epub.Limits()); err != nil || b.Dir != "rtl" || !bytes.Contains(b.Spine[2].Data, []byte(`lang="ar" xml:lang="ar" dir="rtl"`)) {
		t.Errorf("direction %q, %v", b.Dir, err)
	}
}

// The name of a book must be the same for the same work, also elsewhere.
func TestIdentifier(t *testing.T) {
	id := func(b export.Book) string {
		data, err := export.EPUB(b)
		if err != nil {
			t.Fatal(err)
		}
		book, err := epub.Read(data, epub.Limits())
		if err != nil {
			t.Fatal(err)
		}
		return book.Identifiers[0].Value
	}
	b := specimens()["full"]
	first := id(b)
	b.Works[0].Work.Title, b.Works[0].Work.ID = "Another title", 99
	if again := id(b); again != first {
		t.Errorf("a work with a source is %s here and %s there", first, again)
	}
	single := specimens()["single"]
	one := id(single)
	single.Works[0].Work.ID++
	if id(single) == one || one == first {
		t.Error("two works have one name")
	}
}

// TestEPUBCheck holds every specimen against the checker that shops use.
func TestEPUBCheck(t *testing.T) {
	books := map[string][]byte{}
	for _, name := range []string{"full", "arabic", "bare", "several"} {
		data, err := export.EPUB(specimens()[name])
		if err != nil {
			t.Fatal(err)
		}
		books[name] = data
	}
	checkEPUBs(t, books)
}

// checkEPUBs runs EPUBCheck, which must say nothing at all.
func checkEPUBs(t *testing.T, books map[string][]byte) {
	t.Helper()
	command := epubcheck(t)
	dir := t.TempDir()
	var wait sync.WaitGroup
	gate := make(chan bool, 2) // a machine of its own each
	for name, data := range books {
		path := filepath.Join(dir, name+".epub")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		wait.Go(func() {
			gate <- true
			defer func() { <-gate }()
			out, err := exec.Command(command[0], append(command[1:len(command):len(command)], path)...).CombinedOutput()
			if err != nil || bytes.Contains(out, []byte("WARNING")) || !bytes.Contains(out, []byte("No errors or warnings detected")) {
				t.Errorf("%s: %v\n%s", name, err, short(out))
			}
		})
	}
	wait.Wait()
}

// epubcheck is how to start it. Debian installs it as a JAR that only some
// systems can start by its name.
func epubcheck(t *testing.T) []string {
	path, err := exec.LookPath("epubcheck")
	java, javaErr := exec.LookPath("java")
	if err != nil || javaErr != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("epubcheck is missing: apt install epubcheck")
		}
		t.Skip("SKIPPED: epubcheck is missing, so that our EPUBs were not checked by it")
	}
	if head, err := os.ReadFile(path); err == nil && bytes.HasPrefix(head, []byte("PK")) {
		if path, err = filepath.EvalSymlinks(path); err != nil {
			t.Fatal(err)
		}
		return []string{java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", path}
	}
	return []string{path}
}

func short(out []byte) string {
	var b strings.Builder
	n := 0
	for line := range strings.Lines(string(out)) {
		if n++; n <= 20 {
			b.WriteString(line[:min(len(line), 400)])
			if len(line) > 400 {
				b.WriteString("…\n")
			}
		}
	}
	return b.String()
}

func BenchmarkEPUB(b *testing.B) {
	book := specimens()["full"]
	bound := &book.Works[0]
	long := strings.Repeat("<p>She wiped her hands before she took it. <em>Do not light it tomorrow,</em> the letter said.</p>", 500)
	for len(bound.Chapters) < 20 {
		c := bound.Chapters[1]
		c.Number = len(bound.Chapters) + 1
		c.Text = parse(long)
		bound.Chapters = append(bound.Chapters, c)
	}
	for b.Loop() {
		if _, err := export.EPUB(book); err != nil {
			b.Fatal(err)
		}
	}
}
