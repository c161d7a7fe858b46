package intake

import (
	"strings"
	"testing"
)

const recorded = `{"format": "ficstead-story", "title": "The Lamp", "creators": ["Ada"], "fandoms": "Lighthouses", "key": "efiction:example.com:sid:3",
"chapters": [{"title": "One", "text": "It was dark.\n\nThen it was not."}, {"title": "Lost"}, {"text": {"base64": "Y2Fm6Q=="}}]}`

func TestReadRecord(t *testing.T) {
	m, _, err := Read("story.json", []byte(recorded), nil)
	if err != nil {
		t.Fatal(err)
	}
	if m.Title != "The Lamp" || m.Source.Key != "efiction:example.com:sid:3" || len(m.Chapters) != 2 {
		t.Fatalf("got %+v", m)
	}
	if got := m.Chapters[0].Text.HTML(); got != "<p>It was dark.</p><p>Then it was not.</p>" {
		t.Errorf("chapter 1: %s", got)
	}
	if got := m.Chapters[1].Text.HTML(); got != "<p>café</p>" {
		t.Errorf("chapter 2: %s", got)
	}
}

func TestSeveralRecords(t *testing.T) {
	one := strings.ReplaceAll(recorded, "\n", " ")
	two := strings.ReplaceAll(one, "sid:3", "sid:4")
	table := "Title;Author;Text\nA;Ada;It was dark.\nB;Ada;It was light.\nA;Ada;It was grey.\n"
	for name, data := range map[string]string{
		"list": "[" + one + "," + two + "]", "lines": one + "\n" + two + "\n", "table": table,
		"archive": `{"format":"ficstead-archive","version":1}` + "\n" + `{"story":` + one + "}\n" + `{"story":` + two + "}\n",
	} {
		files, err := Expand(File{Name: "f", Data: func() ([]byte, error) { return []byte(data), nil }})
		if err != nil || len(files) != 2 {
			t.Errorf("%s: %d files, %v", name, len(files), err)
			continue
		}
		data, _ := files[0].Data()
		m, _, err := Read(files[0].Name, data, nil)
		if err != nil || len(m.Chapters) < 2 || m.Chapters[0].Text.Words() == 0 {
			t.Errorf("%s: %v, %+v", name, err, m)
		}
	}
	m, _, err := Read("t.csv", []byte("title,text\r\nA,\"<p>It was <i>dark</i>.</p>\"\r\n"), nil)
	if err != nil || m.Chapters[0].Text.HTML() != "<p>It was <em>dark</em>.</p>" && m.Chapters[0].Text.HTML() != "<p>It was <i>dark</i>.</p>" {
		t.Errorf("table of one: %v, %+v", err, m.Chapters)
	}
}
