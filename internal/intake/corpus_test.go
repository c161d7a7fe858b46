package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// corpus is a folder of real files that people have. It is not part of the
// repository, for the stories belong to their authors; without it the museum
// and the testdata of the formats must do.
const corpus = "../../../shared/corpus"

func corpusFiles(t *testing.T) []string {
	t.Helper()
	if testing.Short() {
		t.Skip("reads many real files")
	}
	var files []string
	err := filepath.WalkDir(corpus, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Skipf("no corpus: %v", err)
	}
	return files
}

// TestCorpus holds that every real file is taken in whole or refused in a
// sentence, and that real downloads hold what an independent reading finds.
func TestCorpus(t *testing.T) {
	taken, downloads, pages := 0, 0, 0
	for _, path := range corpusFiles(t) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		m, _, err := Read(path, data, archive.Choices{"rule:notes": false}) // the page says which notes it has
		switch {
		case errors.Is(err, broken):
			t.Errorf("%s: %v", path, err)
		case err != nil:
			checkSentence(t, path, Sentence(err), "")
		default:
			taken++
			checkManuscript(t, path, m)
		}
		switch m.Kind {
		case "ao3-html":
			downloads++
			checkDownload(t, path, m, string(data))
		case "ao3-epub":
			downloads++
			checkDownload(t, path, m, unzipped(t, data))
		case "ao3-page":
			pages++
			checkPage(t, path, m, string(data))
		}
	}
	t.Logf("%d taken in, of them %d downloads and %d pages of the archive", taken, downloads, pages)
}

// chromeWords are the words of sites that are no part of a story.
var chromeWords = []string{"Work Text:", "Chapter Text", "See the end of the work for", "See the end of the chapter for", "drop by the Archive and comment", "Posted originally on the", "javascript:"}

func checkManuscript(t *testing.T, path string, m archive.Manuscript) {
	t.Helper()
	for i, c := range m.Chapters {
		if c.Number != i+1 || c.Words != c.Text.Words() {
			t.Errorf("%s: chapter %d is numbered %d and has %d words, not %d", path, i+1, c.Number, c.Text.Words(), c.Words)
		}
		if !strings.HasPrefix(m.Kind, "ao3") {
			continue
		}
		said := c.Summary.Text() + c.Notes.Text() + c.Text.Text() + c.EndNotes.Text() + m.Summary.Text() + m.Notes.Text() + m.EndNotes.Text()
		for _, words := range chromeWords {
			if strings.Contains(said, words) {
				t.Errorf("%s: chapter %d, or the notes, hold %q", path, i+1, words)
			}
		}
	}
}

// unzipped is the text of a book's pages in the order of its spine, found with
// nothing but the standard library and patterns.
func unzipped(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		b, err := fs.ReadFile(z, name)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	opf := read("content.opf")
	var all strings.Builder
	for _, ref := range regexp.MustCompile(`itemref idref="([^"]+)"`).FindAllStringSubmatch(opf, -1) {
		href := regexp.MustCompile(`id="` + ref[1] + `" href="([^"]+)"`).FindStringSubmatch(opf)
		_, body, _ := strings.Cut(read(href[1]), "<body")
		all.WriteString(body)
	}
	return all.String()
}

var (
	rows     = regexp.MustCompile(`(?s)<dt[^>]*>\s*([^<:]+):\s*</dt>\s*<dd[^>]*>(.*?)</dd>`)
	headings = regexp.MustCompile(`<h2[^>]*class="heading"`)
	stats    = regexp.MustCompile(`(Published|Updated|Completed): (\d{4}-\d\d-\d\d)`)
	numbers  = regexp.MustCompile(`Words: ([\d,]+)`)
	parts    = regexp.MustCompile(`Chapters: (\d+)/(\d+|\?)`)
	anyTag   = regexp.MustCompile(`<[^>]*>`)
)

func checkDownload(t *testing.T, path string, m archive.Manuscript, raw string) {
	t.Helper()
	same := func(what string, got, want any) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %s: got %v, want %v", path, what, got, want)
		}
	}
	labels := map[string]archive.Kind{"Rating": 1, "Archive Warning": 2, "Category": 3, "Fandom": 4, "Relationship": 5, "Character": 6, "Additional Tag": 7}
	tags := 0
	for _, row := range rows.FindAllStringSubmatch(raw, -1) {
		label := strings.TrimSuffix(strings.Replace(row[1], "ies", "y", 1), "s")
		links := strings.Count(row[2], "<a ")
		if kind, ok := labels[label]; ok && !strings.HasPrefix(row[1], "Series") {
			tags += links
			same("tags of "+row[1], len(archive.Work{Tags: m.Tags}.TagsOf(kind)), links)
		}
		if row[1] == "Series" {
			same("series", len(m.Series), strings.Count(row[2], "/series/"))
		}
	}
	same("tags", len(m.Tags), tags)
	same("chapters", len(m.Chapters), max(1, len(headings.FindAllString(raw, -1))))
	for _, stat := range stats.FindAllStringSubmatch(raw, -1) {
		got := m.Updated
		if stat[1] == "Published" {
			got = m.Posted
		}
		same(stat[1], got.Format("2006-01-02"), stat[2])
	}
	same("words", m.WordsClaimed, atoi(numbers.FindStringSubmatch(raw)[1]))
	if part := parts.FindStringSubmatch(raw); part != nil {
		same("chapters told", len(m.Chapters), atoi(part[1]))
		same("chapters planned", m.ChaptersPlanned, atoi(part[2]))
		same("complete", m.Complete, part[1] == part[2])
	}
	same("summaries of chapters", countOf(m, func(c archive.Chapter) prose.Doc { return c.Summary }), quoted(raw, "Chapter Summary"))
	same("notes of chapters", countOf(m, func(c archive.Chapter) prose.Doc { return c.Notes }), quoted(raw, "Chapter Notes"))
	same("end notes of chapters", countOf(m, func(c archive.Chapter) prose.Doc { return c.EndNotes }), quoted(raw, "Chapter End Notes"))
	same("summary", !m.Summary.IsEmpty(), quoted(raw, "Summary") > 0)
	same("notes", !m.Notes.IsEmpty(), quoted(raw, "Notes") > 0)
	same("end notes", !m.EndNotes.IsEmpty(), quoted(raw, "End Notes") > 0)
	same("address", strings.Contains(raw, m.Source.URL) && m.Source.URL != "", true)
	checkWords(t, path, m, raw)
}

// quoted counts the labels that a quote follows; others only lead elsewhere.
func quoted(raw, label string) int {
	return len(regexp.MustCompile(`>`+label+`</p>\s*<blockquote`).FindAllString(raw, -1))
}

// checkWords looks for every word of the manuscript in the file, in order, and
// for nothing but a few of the archive's own between them.
func checkWords(t *testing.T, path string, m archive.Manuscript, raw string) {
	t.Helper()
	_, raw, _ = strings.Cut(raw, `id="chapters"`)
	raw, _, _ = strings.Cut(raw, `id="afterword"`)
	file := strings.FieldsFunc(anyTag.ReplaceAllString(raw, " "), notLetter)
	var ours []string
	for _, c := range m.Chapters {
		for _, d := range []prose.Doc{c.Summary, c.Notes, c.Text, c.EndNotes} {
			ours = append(ours, strings.FieldsFunc(anyTag.ReplaceAllString(d.HTML(), " "), notLetter)...)
		}
	}
	at, passed := 0, 0
	for _, word := range ours {
		for at < len(file) && file[at] != word {
			at, passed = at+1, passed+1
		}
		if at == len(file) {
			t.Fatalf("%s: %q is not in the file where it should be", path, word)
		}
		at++
	}
	if left := passed + len(file) - at; left > 20*len(m.Chapters) {
		t.Errorf("%s: %d words of the file are not in the manuscript", path, left)
	}
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

func countOf(m archive.Manuscript, of func(archive.Chapter) prose.Doc) (n int) {
	for _, c := range m.Chapters {
		if !of(c).IsEmpty() {
			n++
		}
	}
	return n
}

func atoi(s string) (n int) {
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n = n*10 + int(r-'0')
		}
	}
	return n
}

// checkPage counts what a page saved from a browser must have given.
func checkPage(t *testing.T, path string, m archive.Manuscript, raw string) {
	t.Helper()
	_, table, _ := strings.Cut(raw, `<dl class="work meta group"`)
	table, rest, _ := strings.Cut(table, `id="workskin"`)
	if got, want := len(m.Tags), strings.Count(table, `class="tag"`); got != want {
		t.Errorf("%s: %d tags, want %d", path, got, want)
	}
	if got, want := len(m.Chapters), max(1, len(regexp.MustCompile(`id="chapter-\d+"`).FindAllString(rest, -1))); got != want {
		t.Errorf("%s: %d chapters, want %d", path, got, want)
	}
	if m.Title == "" || len(m.Creators) == 0 || m.Source.Key == "" || m.Posted.IsZero() || m.Language == "" {
		t.Errorf("%s: %q by %v, %q, posted %v, in %q", path, m.Title, m.Creators, m.Source.Key, m.Posted, m.Language)
	}
}
