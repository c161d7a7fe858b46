package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// full is a story that has all a record can say.
func full() archive.Manuscript {
	doc := func(s string) prose.Doc { return prose.Parse("<p>" + s + " <em>é</em> &amp; “so”</p>") }
	chapter := func(n int) archive.Chapter {
		c := archive.Chapter{Number: n, Title: fmt.Sprintf("Part; %d, \"so\"", n), Summary: doc("s"), Notes: doc("n"), Text: doc("It was dark."), EndNotes: doc("e")}
		c.Words = c.Text.Words()
		return c
	}
	return archive.Manuscript{
		Kind: Kind, Title: "The Lamp, <i>or</i> \"so\"", Creators: []archive.Creator{{Name: "Ada", Account: "ada2", URL: "https://example.org/ada"}, {Name: "Zoë"}},
		Recipient: []string{"Bob"}, Language: "en-GB", Collections: []string{"Yuletide"},
		Tags: []archive.Tag{
			{Kind: archive.Rating, Name: archive.RatingTeen}, {Kind: archive.Warning, Name: "Violence"}, {Kind: archive.Category, Name: "Gen"},
			{Kind: archive.Fandom, Name: "Lamps, all"}, {Kind: archive.Relationship, Name: "Ann/Bob"}, {Kind: archive.CharacterTag, Name: "Ann"}, {Kind: archive.Freeform, Name: "Angst"},
		},
		Series:  []archive.Part{{Series: archive.Series{Title: "Lights", URL: "https://example.org/series/1"}, Number: 2}},
		Summary: doc("Summary."), Notes: doc("Notes."), EndNotes: doc("End."),
		Chapters: []archive.Chapter{chapter(1), chapter(2)}, ChaptersPlanned: 3, Complete: true,
		Posted: time.Date(2006, 2, 9, 22, 21, 35, 0, time.UTC), Updated: time.Date(2007, 1, 2, 0, 0, 0, 0, time.UTC),
		WordsClaimed: 3992, Kudos: 1, Hits: 2, Comments: 3, Bookmarks: 4,
		Source: archive.Source{URL: "https://example.org/works/5", Site: "example.org", Key: "url:example.org/works/5"},
	}
}

func TestStoryRoundTrip(t *testing.T) {
	want := full()
	data := StoryOf(want).Encode()
	got, ok, err := Read(data, nil)
	if !ok || err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v\n got %+v\nwant %+v", ok, err, got, want)
	}
	if again := StoryOf(got).Encode(); !bytes.Equal(again, data) {
		t.Errorf("printed again it is another:\n%s\n%s", data, again)
	}
}

func TestTableRoundTrip(t *testing.T) {
	a := full()
	a.Creators[0].Account, a.Creators[0].URL, a.Series[0].Series.URL = "", "", "" // which tables have no room for
	a.Posted = a.Posted.Truncate(24 * time.Hour)
	b := a
	b.Title, b.Source = "Another", archive.ParseSource("https://example.org/works/6")
	var out bytes.Buffer
	if err := WriteTable(&out, []archive.Manuscript{a, b}); err != nil {
		t.Fatal(err)
	}
	stories, err := ParseTable(out.Bytes())
	if err != nil || len(stories) != 2 {
		t.Fatalf("%d stories, %v", len(stories), err)
	}
	for i, want := range []archive.Manuscript{a, b} {
		if got := stories[i].Manuscript(nil); !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
	}
}

func TestTables(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"commas", "title,text\nA,It was dark.\n", "A: It was dark."},
		{"spreadsheet", "\xef\xbb\xbfTitle;Author;Chapter;Text\r\nA;Ada;2;Two.\r\nA;Ada;1;One.\r\n", "A: One.|Two."},
		{"tabs, old encoding", "Title\tText\nCaf\xe9\tna\xefve\n", "Café: naïve"},
		{"rows apart", "title,text\nA,1 a\nB,2 b\nA,3 c\n", "A: 1 a|3 c B: 2 b"},
		{"lines in a cell", "title,text\nA,\"One.\n\nTwo.\"\n", "A: One.\n\nTwo."},
		{"an empty row", "title,text\nA,a b\n,\n\n", "A: a b"},
	} {
		stories, err := ParseTable([]byte(c.data))
		if err != nil || !MatchTable([]byte(c.data)) {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var told []string
		for _, s := range stories {
			var texts []string
			for _, chapter := range s.Manuscript(nil).Chapters {
				texts = append(texts, strings.TrimSpace(chapter.Text.Text()))
			}
			told = append(told, s.Title+": "+strings.Join(texts, "|"))
		}
		if got := strings.Join(told, " "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	for _, data := range []string{"", "Title, text and more\nIt was dark.", "a,b,c\n1,2,3", "title\nA", "Text, title, he thought, were all\n"} {
		if MatchTable([]byte(data)) {
			t.Errorf("%q is no table of stories", data)
		}
	}
	if _, err := ParseTable([]byte("title,text\n")); err == nil || !strings.Contains(err.Error(), "no stories") {
		t.Errorf("a table without rows: %v", err)
	}
}

func TestDecode(t *testing.T) {
	for _, c := range []struct{ name, raw, want, encoding string }{
		{"utf-8", "café", "café", "utf-8"},
		{"with a mark", "\xef\xbb\xbfcafé", "café", "utf-8"},
		{"windows-1252", "caf\xe9 \x93so\x94", "café “so”", "windows-1252"},
		{"twice", "cafÃ©", "café", "utf-8"},
		{"twice by MySQL", "â€œsoâ€\u009d", "“so”", "utf-8"},
		{"twice by PHP", "â\u0080\u009csoâ\u0080\u009d", "“so”", "utf-8"},
		{"meant", "Ã la carte", "Ã la carte", "utf-8"},
		{"Japanese", "日本語", "日本語", "utf-8"},
	} {
		if got, encoding, _ := Decode([]byte(c.raw), nil); got != c.want || encoding != c.encoding {
			t.Errorf("%s: got %q, %s", c.name, got, encoding)
		}
	}
	got, _, mends := Decode([]byte("cafÃ©"), archive.RefuseAll())
	if got != "cafÃ©" || len(mends) == 0 || mends[0].Applied {
		t.Errorf("refused: got %q, %+v", got, mends)
	}
}

func TestTexts(t *testing.T) {
	for _, c := range []struct {
		name string
		text Text
		want string
	}{
		{"plain", TextOf("One & two.\n\nThree."), "<p>One &amp; two.</p><p>Three.</p>"},
		{"marked up", TextOf("<p>One &amp; two."), "<p>One &amp; two.</p>"},
		{"less than", TextOf("a < b, and i<3"), "<p>a &lt; b, and i&lt;3</p>"},
		{"lines meant", Text{Raw: []byte("One <b>two</b>\r\nthree\r\n\r\nFour"), Lines: true}, "<p>One <strong>two</strong><br>three</p><p>Four</p>"},
		{"lines not meant", Text{Raw: []byte("<p>One\ntwo</p>"), Lines: true}, "<p>One two</p>"},
		{"backslashes", Text{Raw: []byte(`<p>It\'s \"so\" \\ here</p>`), Slashes: true}, `<p>It's "so" \ here</p>`},
		{"hostile", Text{HTML: "<script>alert(1)</script><p onclick=x>A\x00\xff</p>"}, "<p>A\uFFFD</p>"},
	} {
		doc := c.text.Doc()
		data, err := json.Marshal(c.text)
		var again Text
		if err == nil {
			err = json.Unmarshal(data, &again)
		}
		if got := strings.NewReplacer("<b>", "<strong>", "</b>", "</strong>").Replace(doc.HTML()); got != c.want || err != nil || again.Doc().HTML() != doc.HTML() {
			t.Errorf("%s: got %s, want %s; again %s, %v", c.name, doc.HTML(), c.want, again.Doc().HTML(), err)
		}
	}
}

func TestArchiveRoundTrip(t *testing.T) {
	doc := prose.Parse("<p>Said, é.</p>")
	review := archive.Review{Key: "k", Chapter: 1, Person: "p:1", Name: "Bob", Text: doc, Answer: doc, Rating: 8, Written: time.Date(2006, 4, 3, 19, 34, 2, 0, time.UTC)}
	want := archive.Rescued{
		Key: "efiction:example.org", Kind: "ficstead-json", Version: "3.5", Site: archive.RescuedSite{Name: "Lamps", Slogan: "On!", URL: "https://example.org", Language: "en"},
		People:     []archive.RescuedPerson{{Key: "p:1", Name: "Ada", Email: "a@example.org", Bio: doc, Site: "https://ada.example", Joined: time.Date(2001, 1, 2, 0, 0, 0, 0, time.UTC), Author: true}},
		Series:     []archive.RescuedSeries{{Key: "s:1", Title: "S", Summary: doc, Owner: "p:1", Open: true, Parts: []archive.RescuedPart{{Story: "w:1", Number: 1, Confirmed: true}, {Series: "s:2", Number: 2}}, Reviews: []archive.Review{review}}},
		Favourites: []archive.Favourite{{Person: "p:1", Of: "w:1", Note: doc}},
		Pages:      []archive.RescuedPage{{Name: "rules", Title: "Rules", Text: doc, By: "Ada", Written: review.Written, Comments: []archive.Review{review}}},
		Claimed:    map[string]int{"stories": 9}, Found: map[string]int{"stories": 1, "chapters": 2, "series": 1, "reviews": 1, "members": 1},
	}
	s := StoryOf(full())
	s.Key, s.Pending, s.Creators[0].Key = "w:1", true, "p:1"
	s.Chapters[0].Place, s.Chapters[0].ID = 1, 11
	story := s.Rescued()
	story.Reviews = []archive.Review{review}
	stories := func(yield func(archive.RescuedStory, error) bool) { yield(story, nil) }
	var out bytes.Buffer
	if err := WriteArchive(&out, want, iter.Seq2[archive.RescuedStory, error](stories)); err != nil {
		t.Fatal(err)
	}
	if !Match(out.Bytes()) {
		t.Error("not recognised")
	}
	a, err := Open(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if got := a.Rescued(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if got, err := a.Story("w:1"); err != nil || !reflect.DeepEqual(got, story) {
		t.Errorf("%v\n got %+v\nwant %+v", err, got, story)
	}
	if !slices.Equal(a.Keys(), []string{"w:1"}) {
		t.Errorf("keys %v", a.Keys())
	}
}

func TestArchiveOfBadLines(t *testing.T) {
	a, err := Open(strings.NewReader(`{"format":"ficstead-archive","version":1}` + "\n{oops}\n{\"story\":{\"title\":\"A\",\"text\":\"a b\"}}\n{\"story\":{\"title\":\"A\",\"text\":\"c d\"}}\n{}\n"))
	if err != nil || len(a.Keys()) != 1 || len(a.Rescued().Findings) != 3 {
		t.Errorf("%v, %+v", err, a)
	}
	if _, err := Open(strings.NewReader(`{"format":"ficstead-archive","version":9}`)); err == nil {
		t.Error("a version of the future was read")
	}
}

func TestRatings(t *testing.T) {
	for name, want := range map[string]string{
		"G": archive.RatingGeneral, "PG": archive.RatingGeneral, "K+": archive.RatingGeneral, "All Ages": archive.RatingGeneral, "Pre-Teen": archive.RatingGeneral,
		"PG-13": archive.RatingTeen, "T": archive.RatingTeen, "Teen": archive.RatingTeen, "FR15": archive.RatingTeen, "15+": archive.RatingTeen,
		"R": archive.RatingMature, "M": archive.RatingMature, "Mature": archive.RatingMature, "R - Adult situations": archive.RatingMature, "FRM": archive.RatingMature,
		"NC-17": archive.RatingExplicit, "NC17": archive.RatingExplicit, "MA": archive.RatingExplicit, "Adult": archive.RatingExplicit, "X": archive.RatingExplicit, "nc-17 (explicit)": archive.RatingExplicit,
		"Not Rated": archive.RatingNone, "Sparkling": "", "Marvellous": "", "": "",
	} {
		if got, ok := RatingOf(name); got != want || ok != (want != "") {
			t.Errorf("%q: got %q", name, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(StoryOf(full()).Encode())
	f.Add([]byte("title,text\nA,It was dark.\n"))
	f.Add([]byte(`[{"format":"ficstead-story","title":"A","text":{"base64":"w6k=","lines":true}}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, ok, err := Read(data, nil)
		if !ok || err != nil {
			return
		}
		again, ok, err := Read(StoryOf(m).Encode(), nil)
		if !ok || err != nil {
			t.Fatal(ok, err)
		}
		for i := range again.Chapters {
			if !again.Chapters[i].Text.Equal(m.Chapters[i].Text) {
				t.Fatalf("got %s\nwant %s", again.Chapters[i].Text.HTML(), m.Chapters[i].Text.HTML())
			}
		}
	})
}
