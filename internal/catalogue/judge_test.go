package catalogue

import (
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

func date(day int) time.Time { return time.Date(2024, 5, day, 0, 0, 0, 0, time.UTC) }

// specimen is a work with two chapters, as the archive has it.
func specimen() (archive.Work, []archive.Chapter) {
	w := archive.Work{
		ID: 7, Keeper: archive.Owner, Visibility: archive.Public, Revision: 3, Title: "Tea", Language: "en",
		Creators: []archive.Creator{{ID: 1, Name: "Alice", URL: "https://example.org/alice"}},
		Tags:     []archive.Tag{{ID: 1, Kind: archive.Fandom, Name: "Cups"}, {ID: 2, Kind: archive.Freeform, Name: "Hot"}},
		Series:   []archive.Part{{Series: archive.Series{ID: 1, Title: "Kitchen"}, Number: 2}},
		Summary:  prose.Parse("<p>Water boils.</p>"), ChaptersPlanned: 3, Posted: date(1), Updated: date(10), Added: date(20), Kudos: 5,
		Source: archive.Source{URL: "https://example.org/works/1", Key: "example:1"},
	}
	return w, []archive.Chapter{
		{Number: 1, Title: "One", Text: prose.Parse("<p>First.</p>"), Words: 1},
		{Number: 2, Notes: prose.Parse("<p>Note.</p>"), Text: prose.Parse("<p>Second.</p>"), Words: 1},
	}
}

func TestJudge(t *testing.T) {
	for _, test := range []struct {
		what   string
		change func(w *archive.Work, cs *[]archive.Chapter)
		want   verdict
	}{
		{"nothing", func(w *archive.Work, cs *[]archive.Chapter) {}, equal},
		{"what only the archive knows", func(w *archive.Work, cs *[]archive.Chapter) {
			w.ID, w.Keeper, w.Visibility, w.Revision, w.Added, w.Kudos = 0, 0, 0, 0, time.Time{}, 0
		}, equal},
		{"the numbers of names", func(w *archive.Work, cs *[]archive.Chapter) {
			w.Creators[0].ID, w.Tags[0].ID, w.Series[0].Series.ID = 0, 0, 0
		}, equal},
		{"the spelling of names", func(w *archive.Work, cs *[]archive.Chapter) {
			w.Creators[0].Name, w.Tags[0].Name, w.Series[0].Series.Title = "ALICE", "Cúps", "kitchen"
		}, equal},
		{"a tag twice", func(w *archive.Work, cs *[]archive.Chapter) {
			w.Tags = append(w.Tags, archive.Tag{Kind: archive.Freeform, Name: "HOT"})
		}, equal},
		{"addresses", func(w *archive.Work, cs *[]archive.Chapter) { w.Source.URL, w.Creators[0].URL = "http://x", "" }, equal},
		{"no dates, no language, no plan", func(w *archive.Work, cs *[]archive.Chapter) {
			w.Posted, w.Updated, w.Language, w.ChaptersPlanned = time.Time{}, time.Time{}, "", 0
		}, equal},

		{"later", func(w *archive.Work, cs *[]archive.Chapter) { w.Updated = date(11) }, newer},
		{"later, fewer chapters", func(w *archive.Work, cs *[]archive.Chapter) { w.Updated, *cs = date(11), (*cs)[:1] }, newer},
		{"later that day", func(w *archive.Work, cs *[]archive.Chapter) { w.Updated = w.Updated.Add(time.Hour) }, newer},
		{"another chapter", func(w *archive.Work, cs *[]archive.Chapter) { *cs = append(*cs, (*cs)[0]) }, newer},
		{"another chapter, earlier", func(w *archive.Work, cs *[]archive.Chapter) { w.Updated, *cs = date(9), append(*cs, (*cs)[0]) }, newer},
		{"text, no date", func(w *archive.Work, cs *[]archive.Chapter) {
			w.Updated, (*cs)[1].Text = time.Time{}, prose.Parse("<p>Better.</p>")
		}, newer},
		{"text", func(w *archive.Work, cs *[]archive.Chapter) { (*cs)[1].Text = prose.Parse("<p>Better.</p>") }, newer},
		{"a note", func(w *archive.Work, cs *[]archive.Chapter) { (*cs)[1].Notes = prose.Doc{} }, newer},
		{"the title of a chapter", func(w *archive.Work, cs *[]archive.Chapter) { (*cs)[1].Title = "Two" }, newer},
		{"title", func(w *archive.Work, cs *[]archive.Chapter) { w.Title = "tea" }, newer},
		{"summary", func(w *archive.Work, cs *[]archive.Chapter) { w.Summary = prose.Parse("<p>Tea.</p>") }, newer},
		{"what the copy does not say", func(w *archive.Work, cs *[]archive.Chapter) {
			w.Tags, w.Summary, w.Series, w.Creators, w.Source = nil, prose.Doc{}, nil, nil, archive.Source{}
		}, equal},
		{"a tag more", func(w *archive.Work, cs *[]archive.Chapter) {
			w.Tags = append(w.Tags, archive.Tag{Kind: archive.Freeform, Name: "Sweet"})
		}, newer},
		{"a tag's kind", func(w *archive.Work, cs *[]archive.Chapter) { w.Tags[1].Kind = archive.Warning }, newer},
		{"the order of kinds", func(w *archive.Work, cs *[]archive.Chapter) { w.Tags[0], w.Tags[1] = w.Tags[1], w.Tags[0] }, equal},
		{"another creator", func(w *archive.Work, cs *[]archive.Chapter) { w.Creators[0].Name = "Bob" }, newer},
		{"the part of a series", func(w *archive.Work, cs *[]archive.Chapter) { w.Series[0].Number = 3 }, newer},
		{"it is complete", func(w *archive.Work, cs *[]archive.Chapter) { w.Complete = true }, newer},
		{"fewer chapters, same date", func(w *archive.Work, cs *[]archive.Chapter) { *cs = (*cs)[:1] }, older},
		{"a collection", func(w *archive.Work, cs *[]archive.Chapter) { w.Collections = []string{"Party"} }, newer},
		{"a recipient", func(w *archive.Work, cs *[]archive.Chapter) { w.Recipient = []string{"Bob"} }, newer},

		{"earlier", func(w *archive.Work, cs *[]archive.Chapter) { w.Updated = date(9) }, older},
		{"earlier, other text", func(w *archive.Work, cs *[]archive.Chapter) {
			w.Updated, (*cs)[1].Text = date(9), prose.Parse("<p>Worse.</p>")
		}, older},
		{"fewer chapters, no date", func(w *archive.Work, cs *[]archive.Chapter) { w.Updated, *cs = time.Time{}, (*cs)[:1] }, older},
	} {
		known, knownChapters := specimen()
		w, cs := specimen()
		test.change(&w, &cs)
		if got := judge(known, knownChapters, w, cs, true); got != test.want {
			t.Errorf("%s: got %s (%d), want %d", test.what, got.status(), got, test.want)
		}
		want := test.want
		if want == newer && !w.Updated.After(known.Updated.Add(time.Hour)) && len(cs) <= len(knownChapters) {
			want = other
		}
		if test.what == "later that day" {
			want = equal // and nothing else differs
		}
		if got := judge(known, knownChapters, w, cs, false); got != want {
			t.Errorf("%s, in another format: got %s (%d), want %d", test.what, got.status(), got, want)
		}
	}
}

// TestPoorerCopy wants a copy that says less to take nothing away, unless it
// comes from a source that says all there is.
func TestPoorerCopy(t *testing.T) {
	known, _ := specimen()
	known.Notes = prose.Parse("<p>Before.</p>")
	all := []archive.Tag{{Kind: archive.Rating, Name: "Mature"}, {Kind: archive.Warning, Name: "Heat"}, {Kind: archive.Fandom, Name: "Cups"}}
	for _, test := range []struct {
		what     string
		tags     []archive.Tag
		sameForm bool
		kept     bool
		want     string // the names of the tags
	}{
		{"no tags", nil, true, true, "Cups Hot"},
		{"one kind", []archive.Tag{{Kind: archive.Freeform, Name: "Cold"}}, true, true, "Cups Cold"},
		{"another kind", []archive.Tag{{Kind: archive.Rating, Name: "Mature"}}, true, true, "Mature Cups Hot"},
		{"all, in another format", all, false, true, "Mature Heat Cups Hot"},
		{"all", all, true, false, "Mature Heat Cups"},
	} {
		w := inherit(known, archive.Work{Title: "Tea", Tags: test.tags}, test.sameForm)
		var names []string
		for _, tag := range w.Tags {
			names = append(names, tag.Name)
		}
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("%s: got tags %q, want %q", test.what, got, test.want)
		}
		kept := w.Summary.Equal(known.Summary) && w.Notes.Equal(known.Notes) && len(w.Series) == 1 && w.Source == known.Source
		if kept != test.kept {
			t.Errorf("%s: kept the rest: %t, want %t", test.what, kept, test.kept)
		}
	}
}

func TestTitleOf(t *testing.T) {
	for file, want := range map[string]string{
		"story.txt": "story", "my_long__story.html": "my long story", "box.zip!old/a b.epub": "a b", `C:\Users\me\Fic.htm`: "Fic",
		"/home/me/no extension": "no extension", "Dr. Who meets": "Dr. Who meets", "v1.2 final.txt": "v1.2 final",
		"": "Untitled", ".txt": "Untitled", "___.txt": "Untitled", "bad\xff.txt": "bad", "...": "..",
	} {
		if got := titleOf(file); got != want {
			t.Errorf("%q: got %q, want %q", file, got, want)
		}
	}
}
