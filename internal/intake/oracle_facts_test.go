package intake

import (
	"fmt"
	"html"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// facts are what is known of a work, as text by the name of the field. An oracle
// finds them in the bytes of a file with patterns alone, and leaves out what the
// file does not say.
type facts map[string]string

// words makes two ways of saying the same alike: without markup, marks and case.
func wordsOf(s string) string {
	s = endsWord.ReplaceAllString(strings.ReplaceAll(s, "\u00ad", ""), " ")
	s = html.UnescapeString(html.UnescapeString(anyTag.ReplaceAllString(s, "")))
	return strings.ToLower(strings.Join(plainWords(s), " "))
}

// lineOf is the text of a piece of HTML, on one line.
func lineOf(s string) string {
	return strings.Join(strings.Fields(html.UnescapeString(anyTag.ReplaceAllString(s, ""))), " ")
}

func countWords(s string) int { return len(strings.Fields(wordsOf(s))) }

// factsOf lists what a reader has found.
func factsOf(m archive.Manuscript) facts {
	f := facts{"title": m.Title, "key": m.Source.Key, "address": m.Source.URL, "language": m.Language, "complete": fmt.Sprint(m.Complete)}
	for field, n := range map[string]int{
		"words": m.WordsClaimed, "planned": m.ChaptersPlanned, "kudos": m.Kudos, "hits": m.Hits, "comments": m.Comments, "bookmarks": m.Bookmarks, "chapters": max(m.ChaptersPosted, len(m.Chapters)),
	} {
		f[field] = strconv.Itoa(n)
	}
	f["posted"], f["updated"] = m.Posted.Format("2006-01-02"), m.Updated.Format("2006-01-02")
	var by, tags, series, titles, counts, numbers, whole, before, after []string
	for _, c := range m.Creators {
		by = append(by, c.String())
	}
	for _, t := range m.Tags {
		tags = append(tags, t.Kind.String()+" "+t.Name)
	}
	for _, p := range m.Series {
		series = append(series, fmt.Sprintf("%d %s", p.Number, p.Series.Title))
	}
	for _, n := range m.Numbers {
		numbers = append(numbers, strconv.Itoa(n))
	}
	said := func(d prose.Doc) string { return wordsOf(d.HTML()) }
	for _, c := range m.Chapters {
		titles = append(titles, c.Title)
		counts = append(counts, strconv.Itoa(countWords(c.Text.HTML())))
		whole, before, after = append(whole, said(c.Summary)), append(before, said(c.Notes)), append(after, said(c.EndNotes))
	}
	f["by"], f["tags"], f["series"], f["numbers"] = list(by), list(tags), list(series), list(numbers)
	f["titles"], f["chapter words"] = list(titles), list(counts)
	f["for"], f["collections"] = list(m.Recipient), list(m.Collections)
	all := countWords(m.Notes.HTML())
	for _, c := range m.Chapters {
		all += countWords(c.Notes.HTML() + c.Text.HTML() + c.EndNotes.HTML())
	}
	f["all words"] = itoa(all)
	f["summary"], f["notes"], f["end notes"] = said(m.Summary), said(m.Notes), said(m.EndNotes)
	f["chapter summaries"], f["chapter notes"], f["chapter end notes"] = list(whole), list(before), list(after)
	return f
}

func list(values []string) string { return strings.Join(values, " | ") }

// sorted is a list whose order says nothing.
func sorted(s string) string {
	return list(slices.Sorted(slices.Values(strings.Split(s, " | "))))
}

// compare tells where a reader and an oracle differ. Counts of words may differ
// by one in a hundred, for the two part words differently.
func compare(t *testing.T, file string, got, want facts) {
	t.Helper()
	for _, field := range slices.Sorted(maps.Keys(want)) {
		switch {
		case field == "tags" && sorted(got[field]) == sorted(want[field]):
		case strings.HasSuffix(field, " words") && nearly(got[field], want[field]):
		case got[field] != want[field]:
			t.Errorf("%s: %s:\ngot  %s\nwant %s", file, field, got[field], want[field])
		}
	}
}

func nearly(got, want string) bool {
	a, b := strings.Split(got, " | "), strings.Split(want, " | ")
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if n := atoi(b[i]); abs(atoi(a[i])-n) > max(n/100, 1) {
			return false
		}
	}
	return true
}

// oracles are by the files that they know.
var oracles = []struct {
	files string // as path.Match has it
	of    func(file string, raw []byte) facts
}{
	{"ao3-download/*.html", ofDownload}, {"ao3-download/*.epub", ofDownload}, {"ao3-download/*.azw3", ofKindleDownload}, {"ao3-download/*.mobi", ofKindleDownload},
	{"ao3-page/*.html", ofPage},
	{"fanficfare/*", ofFanFicFare},
	{"ffn-page/2011-*.html", ofNet2011}, {"ffn-page/2020-*.html", ofNet2020},
	{"livejournal/*.html", ofEntry}, {"dreamwidth/*.html", ofEntry},
	{"efiction-page/*printable.html", ofPrintable},
	{"other-page/yuletide-*.html", ofExchange}, {"other-page/deviantart-*.html", ofDeviantart}, {"other-page/homepage-*.html", ofHomepage},
	{"encoding/*.html", ofEncoding},
}

// refusedFiles are those that hold no work: what is said of each.
var refusedFiles = map[string]string{
	"ao3-page/ao3dl-deleted.html": "not there", "ao3-page/ao3js-41237499.html": "not there",
	"ao3-page/ao3dl-explicit-loggedout.html": "adult content", "ao3-page/ao3dl-hidden.html": "not revealed",
	"ao3-listing/*":                  "",
	"ao3-download/*.pdf":             "PDF",
	"ffn-page/2020-missing*":         "not there",
	"ffn-page/profile_top-*":         "holds no story",
	"efiction-page/hpfa-*":           "list the chapters",
	"other-page/fanficauthors-good*": "list the chapters", "other-page/fanficauthors-missing*": "not there",
	"other-page/animationsource-*": "does not hold it",
}

// withoutOracle are the files that say nothing of a work beside its text, or have
// their oracles in other tests.
var withoutOracle = map[string]string{
	"PROVENANCE.tsv":          "tells of the corpus",
	"ao3-page/expected-*":     "is what another program made of a page, see TestExpected",
	"automated-archive/*.sql": "is read and counted in internal/intake/autoarchive", "efiction-db/*": "is read and counted in internal/intake/efiction",
	"efiction-db/storiesef/*": "is read and counted in internal/intake/efiction", "efiction-db/*/*": "is read and counted in internal/intake/efiction", "efiction-db/*/*/*": "is read and counted in internal/intake/efiction",
	"groundtruth/gutenberg-txt/*": "is plain text", "groundtruth/markdown/*": "is plain text", "groundtruth/standardebooks/*": "is a chapter without facts",
	"markdown/*": "is a test of marks", "mojibake/*": "is a table of texts", "seed/*": "is the text that is acceptance of the whole",
	"docx/*.native": "is the truth of a document",
}

// matching returns what a table says of a file.
func matching(table map[string]string, file string) (said string, ok bool) {
	for pattern, said := range table {
		if is, _ := path.Match(pattern, file); is {
			return said, true
		}
	}
	return "", false
}

func oracleOf(file string) func(string, []byte) facts {
	for _, o := range oracles {
		if is, _ := path.Match(o.files, file); is {
			return o.of
		}
	}
	return nil
}

// TestOracles compares what is read of each file of the corpus with what patterns
// find in its bytes, and wants every file to be in a table.
func TestOracles(t *testing.T) {
	inDocuments := map[string]bool{}
	for _, d := range documents {
		inDocuments[d.path] = true
	}
	asked, fields := 0, map[string]int{}
	for _, name := range corpusFiles(t) {
		file, _ := filepath.Rel(corpus, name)
		file = filepath.ToSlash(file)
		sentence, isRefused := matching(refusedFiles, file)
		_, isWithout := matching(withoutOracle, file)
		oracle := oracleOf(file)
		if isWithout || hopeless[file] != "" || oracle == nil && inDocuments[file] {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		m, _, err := Read(name, data, archive.Choices{"rule:notes": false, "rule:running-head": false}) // files say which notes they have, and one says the same in each chapter
		switch {
		case isRefused && err == nil:
			t.Errorf("%s was taken in as %q", file, m.Title)
		case isRefused:
			checkSentence(t, file, Sentence(err), sentence)
		case oracle == nil:
			t.Errorf("%s: nobody has said what is true of this file", file)
		case err != nil:
			t.Errorf("%s: %v", file, err)
		default:
			want := oracle(file, data)
			if asked++; len(want) < 3 {
				t.Errorf("%s: the oracle found only %v", file, want)
			}
			for field := range want {
				fields[field]++
			}
			compare(t, file, factsOf(m), want)
		}
	}
	t.Logf("%d files asked; %v", asked, fields)
}

// found returns the text of the first group of a pattern, or "".
func found(pattern, raw string) string {
	m := regexp.MustCompile(pattern).FindStringSubmatch(raw)
	if m == nil {
		return ""
	}
	return m[1]
}

func allFound(pattern, raw string) (all []string) {
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(raw, -1) {
		all = append(all, lineOf(m[1]))
	}
	return all
}

// TestExpected compares a page with what another program makes of it.
func TestExpected(t *testing.T) {
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(corpus, "ao3-page", name))
		if err != nil {
			t.Skipf("no corpus: %v", err)
		}
		return string(data)
	}
	m, _, err := Read("x.html", []byte(read("ao3js-323217.html")), archive.RefuseAll())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := wordsOf(m.Chapters[0].Text.HTML()), wordsOf(read("expected-323217-chapter-1-content.html")); got != want {
		t.Errorf("text:\ngot  %s\nwant %s", got, want)
	}
	if got, want := wordsOf(m.Summary.HTML()), wordsOf(read("expected-323217-chapter-1-summary.html")); got != want {
		t.Errorf("summary: got %s, want %s", got, want)
	}
}
