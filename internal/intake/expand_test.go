package intake

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ficstead/internal/archive"
)

func fileOf(name string, data []byte) File {
	return File{Name: name, Data: func() ([]byte, error) { return data, nil }}
}

func TestExpand(t *testing.T) {
	story := fill(30)
	book := string(epubOf(t, "<dc:title>T</dc:title>", "", member{name: "1.xhtml", data: "<p>" + story + "</p>"}))
	for _, c := range []struct {
		name string
		data []byte
		want []string
	}{
		{"a.txt", []byte(story), []string{"a.txt"}},
		{"a.epub", []byte(book), []string{"a.epub"}},
		{"a.docx", zipOf(t, member{name: "[Content_Types].xml", data: "<x/>"}, member{name: "word/document.xml", data: "<x/>"}), []string{"a.docx"}},
		{"a.zip", zipOf(t,
			member{name: "one.html", data: story}, member{name: "two/", data: ""}, member{name: "two/three.epub", data: book},
			member{name: "__MACOSX/._one.html", data: "x"}, member{name: ".DS_Store", data: "x"}, member{name: "two/.hidden/a.txt", data: "x"},
			member{name: "one_files/style.css", data: "x"}, member{name: "one_files/logo.png", data: "x"}, member{name: "Thumbs.db", data: "x"}),
			[]string{"a.zip!one.html", "a.zip!two/three.epub"}},
	} {
		files, err := Expand(fileOf(c.name, c.data))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		var names []string
		for _, f := range files {
			names = append(names, f.Name)
		}
		if !slices.Equal(names, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, names, c.want)
		}
	}
}

func TestZIPsRefusedAsAWhole(t *testing.T) {
	many := make([]member, 100_001)
	for i := range many {
		many[i].name = strconv.Itoa(i)
	}
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"slip", zipOf(t, member{name: "../../etc/passwd", data: "x"}), "../"},
		{"absolute", zipOf(t, member{name: "/etc/passwd", data: "x"}), "leads outside"},
		{"bomb", zipOf(t, bombs()...), "unpacks to far more"},
		{"many", zipOf(t, many...), "too many entries"},
		{"only junk", zipOf(t, member{name: ".DS_Store", data: "x"}), "no files of stories"},
		{"empty", zipOf(t), "no files of stories"},
	} {
		files, err := Expand(fileOf(c.name, c.data))
		if err == nil {
			t.Errorf("%s: %d files", c.name, len(files))
			continue
		}
		checkSentence(t, c.name, Sentence(err), c.want)
	}
}

// bombs are files that pack to a thousandth.
func bombs() []member {
	zeros := strings.Repeat("\x00", 20<<20)
	var members []member
	for _, name := range []string{"a", "b"} {
		members = append(members, member{name: name, data: zeros, method: 8})
	}
	return members
}

func TestMembersRefusedAlone(t *testing.T) {
	inner := string(zipOf(t, member{name: "a.txt", data: fill(30)}, member{name: "b.txt", data: fill(30)}))
	data := zipOf(t,
		member{name: "good.txt", data: fill(30)},
		member{name: "inner.zip", data: inner},
		member{name: "locked.txt", data: fill(30), flags: 1},
		member{name: "word.docx", data: string(zipOf(t, member{name: "[Content_Types].xml", data: "<x/>"}))},
	)
	files, err := Expand(fileOf("a.zip", data))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"a.zip!inner.zip": "archive within an archive", "a.zip!locked.txt": "locked with a password"}
	for _, f := range files {
		_, err := f.Data()
		var refusal archive.Refusal
		if errors.As(err, &refusal) != (want[f.Name] != "") || !strings.Contains(string(refusal), want[f.Name]) {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

func TestTruncatedZIP(t *testing.T) {
	data := zipOf(t, member{name: "one.txt", data: fill(300)}, member{name: "two.txt", data: noiseWords(3000)})
	files, err := Expand(fileOf("a.zip", data[:len(data)/2]))
	if err == nil {
		t.Fatal("no word of the damage")
	}
	checkSentence(t, "truncated", Sentence(err), "ends too early")
	if len(files) == 0 || files[0].Name != "a.zip!one.txt" {
		t.Errorf("files: %v", files)
	}
}
