package export_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
	"ficstead/internal/export"
	"ficstead/internal/intake"
	"ficstead/internal/intake/ao3"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

var forms = map[string]func(export.Book) ([]byte, error){
	"epub": export.EPUB, "html": export.HTML, "md": export.Markdown, "txt": export.Text,
}

func parse(html string) prose.Doc { return prose.Parse(html) }

// The same book gives the same bytes, however often and in whatever order its
// maps are walked.
func TestDeterministic(t *testing.T) {
	for form, print := range forms {
		for name, b := range specimens() {
			first, err := print(b)
			if err != nil {
				t.Fatalf("%s as %s: %v", name, form, err)
			}
			again, err := print(specimens()[name])
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first, again) {
				t.Errorf("%s as %s: other bytes the second time", name, form)
			}
			if form != "epub" && !utf8.Valid(first) {
				t.Errorf("%s as %s is not UTF-8", name, form)
			}
		}
	}
}

// Our HTML is read back by the reader of AO3 downloads without loss.
func TestHTMLReadsBack(t *testing.T) {
	for _, name := range []string{"full", "single", "arabic", "japanese"} {
		t.Run(name, func(t *testing.T) {
			b := specimens()[name]
			data, err := export.HTML(b)
			if err != nil {
				t.Fatal(err)
			}
			root, _ := dom.Parse(string(data))
			shape := ao3.Recognise(root)
			if shape != ao3.Download {
				t.Fatalf("recognised as %d", shape)
			}
			m, err := ao3.Read(root, shape)
			if err != nil {
				t.Fatal(err)
			}
			if len(m.Warnings) > 0 {
				t.Errorf("warnings %q", m.Warnings)
			}
			compare(t, b.Works[0], m)
		})
	}
}

// So is our EPUB, but for what an EPUB cannot hold: links to nothing.
func TestEPUBReadsBackAsWork(t *testing.T) {
	for _, name := range []string{"full", "single", "arabic", "japanese"} {
		t.Run(name, func(t *testing.T) {
			b := specimens()[name]
			data, err := export.EPUB(b)
			if err != nil {
				t.Fatal(err)
			}
			m, _, err := intake.Read("work.epub", data, nil)
			if err != nil {
				t.Fatal(err)
			}
			if m.Kind != "ao3-epub" {
				t.Errorf("recognised as %s", m.Kind)
			}
			for i, c := range b.Works[0].Chapters {
				b.Works[0].Chapters[i].Text = parse(strings.ReplaceAll(c.Text.HTML(), `<a href="#fn-nowhere">2</a>`, "2"))
			}
			compare(t, b.Works[0], m)
		})
	}
}

func compare(t *testing.T, b export.Bound, m archive.Manuscript) {
	t.Helper()
	w := b.Work
	equal := func(what string, got, want any) {
		t.Helper()
		if got != want {
			t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
		}
	}
	join := func(s []string) string { return strings.Join(s, "|") }
	equal("title", m.Title, w.Title)
	equal("language", m.Language, w.Language)
	equal("recipients", join(m.Recipient), join(w.Recipient))
	equal("collections", join(m.Collections), join(w.Collections))
	equal("summary", m.Summary.HTML(), w.Summary.HTML())
	equal("notes", m.Notes.HTML(), w.Notes.HTML())
	equal("end notes", m.EndNotes.HTML(), w.EndNotes.HTML())
	equal("planned", m.ChaptersPlanned, w.ChaptersPlanned)
	equal("complete", m.Complete, w.Complete)
	equal("posted", m.Posted, w.Posted)
	equal("updated", m.Updated, w.Updated)
	equal("words", m.WordsClaimed, w.Words)
	equal("counts", [4]int{m.Kudos, m.Hits, m.Comments, m.Bookmarks}, [4]int{w.Kudos, w.Hits, w.Comments, w.Bookmarks})
	equal("source", m.Source, w.Source)
	equal("number of creators", len(m.Creators), len(w.Creators))
	for i := range min(len(m.Creators), len(w.Creators)) {
		equal("creator", m.Creators[i], w.Creators[i])
	}
	equal("number of tags", len(m.Tags), len(w.Tags))
	for i := range min(len(m.Tags), len(w.Tags)) {
		equal("tag", m.Tags[i], w.Tags[i])
	}
	equal("number of series", len(m.Series), len(w.Series))
	for i := range min(len(m.Series), len(w.Series)) {
		equal("series", m.Series[i], w.Series[i])
	}
	equal("number of chapters", len(m.Chapters), len(b.Chapters))
	for i := range min(len(m.Chapters), len(b.Chapters)) {
		got, want := m.Chapters[i], b.Chapters[i]
		equal("chapter title", got.Title, want.Title)
		equal("chapter summary", got.Summary.HTML(), want.Summary.HTML())
		equal("chapter notes", got.Notes.HTML(), want.Notes.HTML())
		equal("chapter end notes", got.EndNotes.HTML(), want.EndNotes.HTML())
		// Notes of one name in several chapters must differ in one file.
		renamed := strings.NewReplacer(fmt.Sprintf("fn-text%d-", i+1), "")
		equal("chapter text", renamed.Replace(got.Text.HTML()), want.Text.HTML())
	}
}

// A real download goes in, comes out, and goes in again the same.
func TestRealDownload(t *testing.T) {
	paths, err := filepath.Glob("../../../shared/corpus/ao3-download/*.html")
	if err != nil || len(paths) == 0 {
		t.Skip("no corpus beside the checkout")
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		b := export.Bound{}
		root, _ := dom.Parse(string(data))
		m, err := ao3.Read(root, ao3.Recognise(root))
		if err != nil {
			t.Fatal(err)
		}
		b.Chapters = m.Chapters
		b.Work = archive.Work{Title: m.Title, Creators: m.Creators, Recipient: m.Recipient, Collections: m.Collections, Language: m.Language, Tags: m.Tags, Series: m.Series,
			Summary: m.Summary, Notes: m.Notes, EndNotes: m.EndNotes, ChaptersPlanned: m.ChaptersPlanned, Complete: m.Complete,
			Words: m.WordsClaimed, Posted: m.Posted, Updated: m.Updated, Source: m.Source}
		out, err := export.HTML(export.Book{Works: []export.Bound{b}})
		if err != nil {
			t.Fatal(err)
		}
		root, _ = dom.Parse(string(out))
		again, err := ao3.Read(root, ao3.Recognise(root))
		if err != nil {
			t.Fatal(err)
		}
		compare(t, b, again)
	}
}

// Nothing in a file that is taken away runs, asks the network or has an id twice.
func TestHTMLIsHarmless(t *testing.T) {
	for name, b := range specimens() {
		data, err := export.HTML(b)
		if err != nil {
			t.Fatal(err)
		}
		root, _ := dom.Parse(string(data))
		ids := map[string]bool{}
		for n := range dom.Each(root, "*") {
			id := dom.Attr(n, "id")
			if id != "" && ids[id] {
				t.Errorf("%s: two elements have the id %q", name, id)
			}
			ids[id] = true
			src, href := dom.Attr(n, "src"), dom.Attr(n, "href")
			switch {
			case n.Data == "script", n.Data == "link", n.Data == "iframe", src != "" && !strings.HasPrefix(src, "data:image/"), strings.HasPrefix(href, "javascript:"):
				t.Errorf("%s: <%s src=%q href=%q>", name, n.Data, src, href)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: %s=%q", name, a.Key, a.Val)
				}
			}
		}
	}
}

func TestText(t *testing.T) {
	data, err := export.Text(specimens()["full"])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"What the Lamp Was For\nby tidewrack, Gull (harbour)\n\nRating: Teen And Up Audiences\n",
		"\nAdditional Tags: Letters, mostly, What? & Why. #1\n", "\nSeries: Part 2 of Tales, of the Lamp, Part 5 of Others\n",
		"Chapters: 3/8", "\nSource: https://archiveofourown.org/works/218676\n", "\nSummary:\n\nA letter that should not be there.\n",
		"\nChapter 1: The Letter\n\nChapter Summary:\n\nIt comes.\n", "\nChapter 2\n\nThe second has no title.\n", "\n* * *\n", "\nEnd Notes:\n\nThe end.\n",
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%q is missing in\n%s", want, data)
		}
	}
}

func TestFileName(t *testing.T) {
	for _, c := range []struct{ title, by, want string }{
		{"What the Lamp Was For", "tidewrack", "What the Lamp Was For - tidewrack.epub"},
		{"", "", "Untitled.epub"},
		{"../../etc/passwd", "", "etc-passwd.epub"},
		{`C:\x?*"<|>`, "a/b", "C--x - a-b.epub"},
		{"CON", "", "_CON.epub"},
		{"com¹.txt", "", "_com¹.txt.epub"},
		{"...hidden...", "", "hidden.epub"},
		{"-rf ~", "", "rf ~.epub"},
		{"a\x00b\nc\u202etxt.exe", "", "ab ctxt.exe.epub"},
		{"茶 🍵 е\u0301", "Ü", "茶 🍵 é - Ü.epub"},
		{strings.Repeat("茶", 100), "", strings.Repeat("茶", 40) + ".epub"},
		{strings.Repeat("e\u0323\u0302", 99) + "x", "", strings.Repeat("ệ", 40) + ".epub"},
		{"con.", "", "_con.epub"},
		{"console", "", "console.epub"},
	} {
		w := archive.Work{Title: c.title}
		if c.by != "" {
			w.Creators = []archive.Creator{{Name: c.by}}
		}
		got := export.FileName(bind(w), "epub")
		want := c.want
		if c.title == "茶 🍵 е\u0301" { // a Cyrillic letter, which has no composed form
			want = "茶 🍵 е\u0301 - Ü.epub"
		}
		if got != want {
			t.Errorf("%.30q: got %q, want %q", c.title, got, want)
		}
	}
}

func FuzzFileName(f *testing.F) {
	f.Add("What the Lamp Was For", "tidewrack")
	f.Add("../CON", strings.Repeat("é", 100))
	f.Fuzz(func(t *testing.T, title, by string) {
		name := export.FileName(bind(archive.Work{Title: title, Creators: []archive.Creator{{Name: by}}}), "txt")
		if strings.ContainsAny(name, "<>:\"/\\|?*\x00\n") || len(name) > 140 || !utf8.ValidString(name) || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "-") {
			t.Errorf("%q", name)
		}
	})
}

func TestLoad(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := specimens()["pictures"].Works[0]
		w := b.Work
		w.Keeper, w.Visibility = archive.Owner, archive.Private
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			if err := tx.AddWork(&w, b.Chapters, nil); err != nil {
				return err
			}
			for _, sum := range sortedSums()[:4] {
				if err := tx.AddAttachment(w.ID, b.Images[sum]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		load := func(v archive.Viewer, ids ...archive.WorkID) (book export.Book, err error) {
			return book, s.Read(t.Context(), func(tx *store.Tx) (err error) {
				book, err = export.Load(tx, v, ids...)
				return err
			})
		}
		got, err := load(archive.Viewer{Person: archive.Owner}, w.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Works) != 1 || got.Works[0].Work.Title != w.Title || len(got.Works[0].Chapters) != 1 || len(got.Works[0].Images) != 4 {
			t.Errorf("got %+v", got)
		}
		if _, err := load(archive.Viewer{Person: 2}, w.ID); !errors.Is(err, errs.NotFound) {
			t.Errorf("another person: %v", err)
		}
		if _, err := load(archive.Viewer{}, w.ID+1); !errors.Is(err, errs.NotFound) {
			t.Errorf("a work that is not there: %v", err)
		}
		if _, err := load(archive.Viewer{Person: archive.Owner}, w.ID, w.ID+1); !errors.Is(err, errs.NotFound) {
			t.Errorf("one of two is not there: %v", err)
		}
	})
}
