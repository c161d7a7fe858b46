package intake

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// bookLook is what the same work may differ in between formats of books: where
// lines stand, and what places are called.
var bookLook = regexp.MustCompile(` class="[a-z]*"| align="[a-z]*"|<span id="[^"]*"></span>|href="#[^"]*"`)

// TestKindleIsTheEPUB holds that the same download is the same work in each
// format, where the corpus is.
func TestKindleIsTheEPUB(t *testing.T) {
	want := readCorpus(t, "ao3-download/218676.epub")
	for _, name := range []string{"ao3-download/218676.azw3", "ao3-download/218676.mobi"} {
		got := readCorpus(t, name)
		if got.Kind != "ao3-kindle" {
			t.Errorf("%s is read as %s", name, got.Kind)
		}
		for what, pair := range map[string][2]any{
			"title": {got.Title, want.Title}, "creators": {got.Creators, want.Creators}, "tags": {got.Tags, want.Tags}, "series": {got.Series, want.Series},
			"source": {got.Source, want.Source}, "language": {got.Language, want.Language}, "posted": {got.Posted, want.Posted}, "updated": {got.Updated, want.Updated},
			"words": {got.WordsClaimed, want.WordsClaimed}, "planned": {got.ChaptersPlanned, want.ChaptersPlanned}, "complete": {got.Complete, want.Complete},
			"chapters": {len(got.Chapters), len(want.Chapters)}, "warnings": {got.Warnings, want.Warnings},
		} {
			if !reflect.DeepEqual(pair[0], pair[1]) {
				t.Errorf("%s: %s: got %v, want %v", name, what, pair[0], pair[1])
			}
		}
		proses(got, want, func(where string, a, b prose.Doc) {
			if g, w := bookLook.ReplaceAllString(a.HTML(), ""), bookLook.ReplaceAllString(b.HTML(), ""); g != w {
				t.Errorf("%s: %s differs:\n%s\nwant\n%s", name, where, from(g, w), from(w, g))
			}
		})
		for i, c := range got.Chapters {
			if c.Title != want.Chapters[i].Title {
				t.Errorf("%s: chapter %d: got %q, want %q", name, i+1, c.Title, want.Chapters[i].Title)
			}
		}
	}
}

// TestKindleOfFanFicFare compares a MOBI with the EPUB that the program made of
// the same story, where the corpus is.
func TestKindleOfFanFicFare(t *testing.T) {
	want, got := readCorpus(t, "fanficfare/test1-5.epub"), readCorpus(t, "fanficfare/test1-5.mobi")
	if got.Title != want.Title || len(got.Creators) != 1 || got.Creators[0].Name != "Test Author aa" || got.Source.Key != want.Source.Key || len(got.Chapters) != len(want.Chapters) {
		t.Errorf("got %q by %v at %v with %d chapters, want %q at %v with %d", got.Title, got.Creators, got.Source, len(got.Chapters), want.Title, want.Source, len(want.Chapters))
	}
	for _, kind := range []archive.Kind{archive.Relationship, archive.CharacterTag, archive.Rating, archive.Warning} {
		if g, w := (archive.Work{Tags: got.Tags}).TagsOf(kind), (archive.Work{Tags: want.Tags}).TagsOf(kind); len(g) != len(w) {
			t.Errorf("tags of kind %v: got %v, want %v", kind, g, w)
		}
	}
}

func readCorpus(t *testing.T, name string) archive.Manuscript {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(corpus, name))
	if err != nil {
		t.Skipf("no corpus: %v", err)
	}
	m, _, err := Read(name, data, nil)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return m
}

// proses shows f each prose of two manuscripts side by side.
func proses(a, b archive.Manuscript, f func(where string, a, b prose.Doc)) {
	f("summary", a.Summary, b.Summary)
	f("notes", a.Notes, b.Notes)
	f("end notes", a.EndNotes, b.EndNotes)
	for i := range min(len(a.Chapters), len(b.Chapters)) {
		c, d := a.Chapters[i], b.Chapters[i]
		f("a chapter's summary", c.Summary, d.Summary)
		f("a chapter's notes", c.Notes, d.Notes)
		f("a chapter's text", c.Text, d.Text)
		f("a chapter's end notes", c.EndNotes, d.EndNotes)
	}
}

// from returns a piece of a from where it differs from b.
func from(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	i = max(0, i-40)
	return strings.ToValidUTF8(a[i:min(len(a), i+200)], "")
}
