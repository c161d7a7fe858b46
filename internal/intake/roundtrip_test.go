package intake_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"reflect"
	"slices"
	"testing"
	"time"

	"ficstead/internal/archive"
	look "ficstead/internal/base/picture"
	"ficstead/internal/base/prose"
	"ficstead/internal/export"
	"ficstead/internal/intake"
)

// pixel is a picture of one black point.
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="

func picture(t *testing.T) archive.Attachment {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(pixel)
	if err != nil {
		t.Fatal(err)
	}
	d, err := look.Redraw(data) // as it is kept
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(d.Data)
	return archive.Attachment{Sum: hex.EncodeToString(sum[:]), MediaType: d.MediaType, Data: d.Data}
}

// bound is a work that has everything.
func bound(t *testing.T) export.Bound {
	lamp := picture(t)
	day := func(s string) time.Time { d, _ := time.Parse(time.DateOnly, s); return d }
	chapters := []archive.Chapter{
		{Number: 1, Title: "Light: First", Summary: prose.Parse("<p>In short.</p>"), Notes: prose.Parse("<p>Before.</p><p>Summary</p>"), EndNotes: prose.Parse("<p>After.</p>"),
			Text: prose.Parse(`<h2>A heading</h2><p>The <em>lamp</em> was cold.</p><hr><p class="center">Dark.</p><blockquote><p>Said.</p></blockquote><ul><li>one</li><li>two</li></ul>`)},
		{Number: 2, Text: prose.Parse(`<p>See: <img src="image:` + lamp.Sum + `" alt="a lamp"></p><p dir="rtl" lang="he">אור.</p><p>Line<br>break, <a href="https://example.org/a?b=1&amp;c=2">a link</a>.</p>`)},
		{Number: 3, Title: "End", EndNotes: prose.Parse("<p>Done.</p>"), Text: prose.Parse("<p>It was lit.</p>")},
	}
	w := archive.Work{
		ID: 1, Title: "Lamps & <Shades> - a “work”",
		Creators:  []archive.Creator{{Name: "quill", URL: "https://archiveofourown.org/users/quill/pseuds/quill"}, {Name: "marlow", Account: "marlow_writes"}},
		Recipient: []string{"iris", "Old Tom"}, Language: "de",
		Tags: []archive.Tag{
			{Kind: archive.Rating, Name: "Teen And Up Audiences"}, {Kind: archive.Warning, Name: "Major Character Death"}, {Kind: archive.Warning, Name: "Underage Sex"},
			{Kind: archive.Category, Name: "F/F"}, {Kind: archive.Fandom, Name: "The Lamplighters (Radio)"}, {Kind: archive.Relationship, Name: "Ada & Tom, Sort of"},
			{Kind: archive.CharacterTag, Name: "Ada Finch"}, {Kind: archive.Freeform, Name: "Hurt, Comfort, and Soup"}, {Kind: archive.Freeform, Name: "Major Character Death"},
		},
		Series:      []archive.Part{{Series: archive.Series{Title: "Salt, Mostly", URL: "https://archiveofourown.org/series/8"}, Number: 3}, {Series: archive.Series{Title: "Tides"}, Number: 1}},
		Collections: []string{"Yule, All Year", "Sea"},
		Summary:     prose.Parse("<p>Three <strong>tides</strong>.</p><p>Notes</p>"), Notes: prose.Parse("<p>Thanks.</p>"), EndNotes: prose.Parse("<p>Goodbye.</p>"),
		ChaptersPlanned: 3, Complete: true, Posted: day("2020-02-29"), Updated: day("2021-01-02"), Added: day("2022-01-01"), Changed: day("2022-01-01"),
		Source: archive.ParseSource("https://archiveofourown.org/works/42"),
	}
	for _, c := range chapters {
		w.Chapters = append(w.Chapters, archive.ChapterHead{Number: c.Number, Title: c.Title})
	}
	return export.Bound{Work: w, Chapters: chapters, Images: map[string]archive.Attachment{lamp.Sum: lamp}}
}

// TestOwnDownloadsAreReadBack holds that what is taken away can come home.
func TestOwnDownloadsAreReadBack(t *testing.T) {
	whole := bound(t)
	single := bound(t)
	single.Chapters = []archive.Chapter{{Number: 1, Text: prose.Parse("<p>It was lit.</p>")}}
	single.Work.Chapters, single.Work.ChaptersPlanned = []archive.ChapterHead{{Number: 1}}, 1
	homeless := bound(t)
	homeless.Work.Source, homeless.Work.Creators = archive.Source{}, []archive.Creator{{Name: "Anonymous"}}
	unfinished := bound(t)
	unfinished.Work.Complete, unfinished.Work.ChaptersPlanned = false, 9
	elsewhere := bound(t)
	elsewhere.Work.Source = archive.ParseSource("https://www.fanfiction.net/s/1832968/1/Why")
	for name, b := range map[string]export.Bound{"whole": whole, "single": single, "homeless": homeless, "unfinished": unfinished, "elsewhere": elsewhere} {
		book := export.Book{Works: []export.Bound{b}}
		for form, print := range map[string]func(export.Book) ([]byte, error){"html": export.HTML, "epub": export.EPUB} {
			t.Run(name+" "+form, func(t *testing.T) {
				data, err := print(book)
				if err != nil || len(data) == 0 {
					t.Fatalf("%d bytes, %v", len(data), err)
				}
				m, _, err := intake.Read("x", data, nil)
				if err != nil {
					t.Fatal(err)
				}
				compare(t, m, b)
			})
		}
	}
}

// TestOwnListsAreReadBack holds that a list taken away as one file comes home as
// the works that it was made of.
func TestOwnListsAreReadBack(t *testing.T) {
	first, second := bound(t), bound(t)
	second.Work.ID, second.Work.Title, second.Work.Source = 2, "Another", archive.ParseSource("https://archiveofourown.org/works/43")
	second.Work.Language, second.Work.Complete, second.Work.ChaptersPlanned = "he", false, 0
	third := bound(t)
	third.Work.ID, third.Work.Title, third.Work.Source = 3, "A third", archive.Source{}
	third.Chapters, third.Work.Chapters, third.Work.ChaptersPlanned = third.Chapters[2:], third.Work.Chapters[2:], 1
	third.Chapters[0].Number = 1
	book := export.Book{Title: "A list", Works: []export.Bound{first, second, third}}
	for form, print := range map[string]func(export.Book) ([]byte, error){"html": export.HTML, "epub": export.EPUB} {
		t.Run(form, func(t *testing.T) {
			data, err := print(book)
			if err != nil {
				t.Fatal(err)
			}
			files, err := intake.Expand(intake.File{Name: "list", Data: func() ([]byte, error) { return data, nil }})
			if err != nil || len(files) != len(book.Works) {
				t.Fatalf("%d files, %v", len(files), err)
			}
			for i, f := range files {
				page, err := f.Data()
				if err != nil {
					t.Fatal(err)
				}
				m, _, err := intake.Read(f.Name, page, nil)
				if err != nil {
					t.Fatal(err)
				}
				compare(t, m, book.Works[i])
			}
		})
	}
}

func compare(t *testing.T, m archive.Manuscript, b export.Bound) {
	w := b.Work
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"title", m.Title, w.Title}, {"creators", m.Creators, w.Creators}, {"recipients", m.Recipient, w.Recipient},
		{"language", m.Language, w.Language}, {"tags", m.Tags, w.Tags}, {"series", m.Series, w.Series}, {"collections", m.Collections, w.Collections},
		{"posted", m.Posted, w.Posted}, {"updated", m.Updated, w.Updated}, {"complete", m.Complete, w.Complete}, {"planned", m.ChaptersPlanned, w.ChaptersPlanned},
		{"source", m.Source, w.Source}, {"warnings", len(m.Warnings), 0}, {"chapters", len(m.Chapters), len(b.Chapters)},
		{"summary", m.Summary.HTML(), w.Summary.HTML()}, {"notes", m.Notes.HTML(), w.Notes.HTML()}, {"end notes", m.EndNotes.HTML(), w.EndNotes.HTML()},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s: got %v, want %v", c.what, c.got, c.want)
		}
	}
	for i := range min(len(m.Chapters), len(b.Chapters)) {
		got, want := m.Chapters[i], b.Chapters[i]
		for _, c := range [][3]string{
			{"title", got.Title, want.Title}, {"summary", got.Summary.HTML(), want.Summary.HTML()}, {"notes", got.Notes.HTML(), want.Notes.HTML()},
			{"text", got.Text.HTML(), want.Text.HTML()}, {"end notes", got.EndNotes.HTML(), want.EndNotes.HTML()},
		} {
			if c[1] != c[2] {
				t.Errorf("chapter %d, %s:\ngot  %s\nwant %s", i+1, c[0], c[1], c[2])
			}
		}
	}
	hasPictures := slices.ContainsFunc(b.Chapters, func(c archive.Chapter) bool { return len(c.Text.Images()) > 0 })
	if (len(m.Attachments) == 1) != hasPictures {
		t.Errorf("%d pictures", len(m.Attachments))
	}
}
