package repair_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/intake"
	"ficstead/internal/intake/plain"
	"ficstead/internal/repair"
)

// TestPlaces demands that each mend stands where its damage is in the source,
// counted in code points: past tags, entities, and letters of several bytes.
func TestPlaces(t *testing.T) {
	source := "<title>***</title>\n<p>“Éh” said&nbsp;he &amp; left.</p><p>***</p>\n<h2>Two</h2><p>It was i  loud/i  there.</p>\n<p> &#42;&#42;* </p><p>End.</p>"
	m := archive.Manuscript{Chapters: []archive.Chapter{
		{Text: prose.Parse("<p>“Éh” said&nbsp;he &amp; left.</p><p>***</p>")},
		{Text: prose.Parse("<p>It was i  loud/i  there.</p><p> &#42;&#42;* </p><p>End.</p>")},
	}}
	repair.Manuscript(&m, source, nil)
	want := []struct {
		rule    string
		chapter int
		at      string
	}{{"scene-break", 1, "***</p>\n<h2>"}, {"italics", 2, "It was i  loud/i"}, {"scene-break", 2, "&#42;&#42;*"}}
	if len(m.Mends) != len(want) {
		t.Fatalf("%d mends: %+v", len(m.Mends), m.Mends)
	}
	for i, w := range want {
		got := m.Mends[i]
		if rest := string([]rune(source)[got.At:]); got.Rule != w.rule || got.Chapter != w.chapter || !strings.HasPrefix(rest, w.at) {
			t.Errorf("mend %+v at %.20q, want %+v", got, rest, w)
		}
	}
	if got := m.Chapters[1].Words; got != 5 {
		t.Errorf("%d words after the mends", got)
	}
}

// TestSameMarker demands that the like of one is not found at the place of another.
func TestSameMarker(t *testing.T) {
	page := "<p>Notes for the chapter</p><p>One.</p><p>###</p><p>Two.</p><p>###</p><p>Three.</p>"
	m := archive.Manuscript{Chapters: []archive.Chapter{{Text: prose.Parse(page)}, {Text: prose.Parse(page)}}}
	repair.Manuscript(&m, page+page, nil)
	last := -1
	for _, mend := range m.Mends {
		if mend.At <= last || !strings.HasPrefix((page + page)[mend.At:], "###") {
			t.Errorf("at %d after %d: %+v", mend.At, last, mend)
		}
		last = mend.At
	}
	if len(m.Mends) != 4 {
		t.Errorf("%d mends", len(m.Mends))
	}
}

// TestText follows a text file down the road: what was mended before there
// were chapters learns its chapter.
func TestTextFile(t *testing.T) {
	page := "\n\nIt was the best of evenings.\n\n~*~\n\nIt was _not_ the worst of mornings, and they all went out to look.\n\n"
	m, source := readText(t, "The Harbour\n\nby Ann\n\nChapter 1"+page+"Chapter 2"+page+"A/N: bye\n")
	if m.Title != "The Harbour" || len(m.Chapters) != 2 {
		t.Fatalf("%+v", m)
	}
	for i, c := range m.Chapters {
		if got := c.Text.HTML(); !strings.Contains(got, "<hr>") || !strings.Contains(got, "<em>not</em>") {
			t.Errorf("chapter %d: %s", i+1, got)
		}
	}
	seen := map[string][]int{}
	for _, mend := range m.Mends {
		seen[mend.Rule] = append(seen[mend.Rule], mend.Chapter)
		if rest := string([]rune(source)[mend.At:]); mend.Rule == "notes" && !strings.HasPrefix(rest, "A/N") {
			t.Errorf("the note is at %.20q", rest)
		}
	}
	for rule, want := range map[string]int{"scene-break": 2, "italics": 2, "notes": 1} {
		if got := seen[rule]; len(got) != want || got[len(got)-1] != 2 {
			t.Errorf("%s in chapters %v, want %d", rule, got, want)
		}
	}
}

func readText(t *testing.T, in string) (archive.Manuscript, string) {
	t.Helper()
	source, encoding, mends := repair.Decode([]byte(in), nil)
	text, more := repair.Text(source, nil)
	m, err := plain.Read(text, "x.txt", nil)
	if err != nil {
		t.Fatal(err)
	}
	m.Encoding, m.Mends = encoding, append(append(mends, more...), m.Mends...)
	repair.Manuscript(&m, source, nil)
	return m, source
}

// corpus is real files that are no part of the project.
const corpus = "../../../shared/corpus/"

// TestBuried reads a story as it was found, whose only provable damage is one
// pair of lost brackets. Of one fusion a person is asked.
func TestBuried(t *testing.T) {
	data, err := os.ReadFile(corpus + "seed/buried.txt")
	if err != nil {
		t.Skip("no corpus here")
	}
	m, source := readText(t, string(data))
	breaks := 0 // offered, and none made
	m.Mends = slices.DeleteFunc(m.Mends, func(mend archive.Mend) bool {
		if mend.Rule != "possible-break" || mend.Applied {
			return false
		}
		breaks++
		return true
	})
	if breaks < 1 || breaks > 5 {
		t.Errorf("%d breaks are offered", breaks)
	}
	if len(m.Mends) != 2 || m.Mends[0].Rule != "fused" || m.Mends[0].Applied || m.Mends[0].Confidence < 0.9 || !strings.HasPrefix(source[m.Mends[0].At:], "andlover") ||
		m.Mends[1].Rule != "italics" || !m.Mends[1].Applied || !strings.HasPrefix(source[m.Mends[1].At:], m.Mends[1].Before) {
		t.Errorf("mends: %+v", m.Mends)
	}
	html := m.Chapters[0].Text.HTML()
	for _, want := range []string{" <em>Touch</em> the word", "Buffybuffybuffy", "died...anyways", "drain bramaged", "<p>Thank you.</p>"} {
		if !strings.Contains(html, want) {
			t.Errorf("without %q", want)
		}
	}
	if n := strings.Count(html, "<p>"); len(m.Chapters) != 1 || n != strings.Count(strings.TrimSpace(source), "\n\n")+1 || strings.Contains(html, "<hr>") {
		t.Errorf("%d chapters, %d paragraphs", len(m.Chapters), n)
	}
}

// TestGoodPages counts the mends of pages and downloads that are as their
// authors posted them. Each was looked at and is true; a new one is looked at
// before it is counted.
func TestGoodPages(t *testing.T) {
	want := map[string]string{
		"218676.epub": "scene-break:3 notes:3", "218676-era2025.epub": "scene-break:3 notes:3", "218676.html": "scene-break:3 notes:3",
		"ao3dl-unlocked-noskin.html": "lost-break:1", "ao3dl-unlocked.html": "scene-break:28 spacing:1", "ao3js-323217.html": "scene-break:3 spacing:1", "ao3js-6475531.html": "spacing:1",
		"ao3js-48582418-ch122861680.html": "scene-break:5", "ffscrape-good_story2.html": "scene-break:2",
		"ffscrape-good_story3.html": "scene-break:4 italics:4 spacing:2",
	}
	files, _ := filepath.Glob(corpus + "ao3-*/*[lb]")
	for _, file := range files {
		name := filepath.Base(file)
		data, err := os.ReadFile(file)
		if err != nil || strings.HasPrefix(name, "expected") {
			continue
		}
		m, _, err := intake.Read(name, data, nil)
		if err != nil {
			continue
		}
		counts := map[string]int{}
		for _, c := range archive.CountMends(m.Mends) {
			counts[c.Rule] = c.Count
		}
		for _, w := range strings.Fields(want[name]) {
			rule, _, _ := strings.Cut(w, ":")
			if got := counts[rule]; strings.TrimPrefix(w, rule+":") != strconv.Itoa(got) {
				t.Errorf("%s: %d of %s", name, got, w)
			}
			delete(counts, rule)
		}
		if len(counts) > 0 {
			t.Errorf("%s: also %v", name, counts)
		}
	}
}
