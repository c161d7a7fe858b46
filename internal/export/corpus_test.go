package export_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/export"
	"ficstead/internal/intake"
)

// TestCorpusThroughEPUBCheck brings in every real file that is there, binds
// all of them as one book, and has that checked: whatever people's files hold
// must not make an EPUB that shops refuse.
func TestCorpusThroughEPUBCheck(t *testing.T) {
	if testing.Short() {
		t.Skip("reads many real files")
	}
	all := export.Book{Title: "Everything there is"}
	for _, path := range corpus(t) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		m, _, err := intake.Read(filepath.Base(path), data, nil)
		if err != nil {
			continue // refused, which is tested elsewhere
		}
		all.Works = append(all.Works, boundOf(m))
	}
	all.Works = append(all.Works, attacks(t)...)
	if len(all.Works) == 0 {
		t.Skip("no corpus beside the checkout")
	}
	data, err := export.EPUB(all)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d works, %d KB", len(all.Works), len(data)>>10)
	checkEPUBs(t, map[string][]byte{"corpus": data})
}

// attacks makes works of the inputs that others collected to break programs:
// every line is once a title, a tag, a name, and a text of HTML.
func attacks(t *testing.T) []export.Bound {
	paths, err := filepath.Glob("../../../shared/badinputs/xss/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := naughty(t)
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.Split(strings.ToValidUTF8(string(data), "?"), "\n")...)
	}
	var works []export.Bound
	const share = 60
	for batch := range slices.Chunk(lines, share) {
		w := archive.Work{Title: batch[0], Changed: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Summary: prose.FromText(strings.Join(batch, "\n"))}
		var chapters []archive.Chapter
		for _, line := range batch {
			w.Tags = append(w.Tags, archive.Tag{Kind: archive.Freeform, Name: line})
			w.Creators = append(w.Creators, archive.Creator{Name: line, Account: line, URL: line})
			w.Recipient = append(w.Recipient, line)
			w.Series = append(w.Series, archive.Part{Series: archive.Series{Title: line, URL: "https://" + line}, Number: 1})
		}
		for few := range slices.Chunk(batch, share/3) {
			text := strings.Join(few, "\n")
			chapters = append(chapters, archive.Chapter{Title: few[0], Text: prose.Parse(text), Notes: prose.FromText(text), Summary: prose.Parse(few[len(few)-1])})
		}
		works = append(works, bind(w, chapters...).Works...)
	}
	return works
}

func naughty(t *testing.T) (lines []string) {
	data, err := os.ReadFile("../../../shared/badinputs/naughty/blns.json")
	if err != nil {
		return nil
	}
	if err := json.Unmarshal(data, &lines); err != nil {
		t.Fatal(err)
	}
	return lines
}

func corpus(t *testing.T) []string {
	var paths []string
	err := filepath.WalkDir("../../../shared/corpus", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Skip("no corpus beside the checkout")
	}
	slices.Sort(paths)
	return paths
}

// boundOf makes of a manuscript what the catalogue would, without a store.
func boundOf(m archive.Manuscript) export.Bound {
	b := export.Bound{Chapters: m.Chapters, Images: map[string]archive.Attachment{}, Work: archive.Work{
		Title: m.Title, Creators: m.Creators, Recipient: m.Recipient, Collections: m.Collections, Language: m.Language, Tags: m.Tags, Series: m.Series,
		Summary: m.Summary, Notes: m.Notes, EndNotes: m.EndNotes, ChaptersPlanned: m.ChaptersPlanned, Complete: m.Complete,
		Words: m.WordsClaimed, Posted: m.Posted, Updated: m.Updated, Source: m.Source, Changed: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
	}}
	for i := range b.Chapters {
		b.Chapters[i].Number = i + 1
	}
	for _, a := range m.Attachments {
		b.Images[a.Sum] = a
	}
	return b
}
