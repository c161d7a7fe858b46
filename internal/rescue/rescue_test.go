package rescue_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/catalogue"
	"ficstead/internal/rescue"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

var owner = archive.Viewer{Person: archive.Owner}

// madeUp is an archive in memory.
type madeUp struct {
	all     archive.Rescued
	stories []archive.RescuedStory
}

func (m madeUp) Rescued() archive.Rescued { return m.all }

func (m madeUp) Tags() archive.TagRules {
	return archive.TagRules{{List: "category", ID: "1", Old: "Tea", Kind: "fandom", Name: "Tea"}}
}

func (m madeUp) Keys() (keys []string) {
	for _, s := range m.stories {
		keys = append(keys, s.Key)
	}
	return keys
}

func (m madeUp) Story(key string) (archive.RescuedStory, error) {
	for _, s := range m.stories {
		if s.Key == key && s.Manuscript.Title == "Refused" {
			return s, archive.Refusal("Its file is not there.")
		}
		if s.Key == key && s.Manuscript.Title != "Panics" {
			s.Manuscript.Chapters = slices.Clone(s.Manuscript.Chapters) // mended in place
			s.Manuscript.Creators = slices.Clone(s.Manuscript.Creators)
			return s, nil
		}
	}
	panic("no story " + key)
}

const site = "efiction:tea.example"

func key(kind string, n int) string { return fmt.Sprintf("%s:%s:%d", site, kind, n) }

// story is the nth story, by person n%3+1.
func story(n int) archive.RescuedStory {
	uid := n%3 + 1
	title := fmt.Sprintf("Story %d", n)
	return archive.RescuedStory{
		Key: key("sid", n), People: []string{key("uid", uid)}, Featured: n == 1, Pending: n == 2,
		Manuscript: archive.Manuscript{
			Kind: "efiction", Title: title, Language: "en",
			Creators: []archive.Creator{{Name: fmt.Sprintf("person%d", uid), URL: fmt.Sprintf("http://tea.example/viewuser.php?uid=%d", uid)}},
			Tags:     []archive.Tag{{Kind: archive.Fandom, Name: "Tea"}},
			Chapters: []archive.Chapter{
				{Title: "One", Text: prose.Parse(fmt.Sprintf("<p>The first cup of story %d.</p>", n))},
				{Title: "Two", Text: prose.Parse(fmt.Sprintf("<p>The second cup of story %d, [i]again[/i] française.</p>", n))},
			},
			Posted: time.Date(2004, 5, n%28+1, 0, 0, 0, 0, time.UTC), Updated: time.Date(2005, 5, n%28+1, 0, 0, 0, 0, time.UTC),
			Source: archive.Source{URL: fmt.Sprintf("http://tea.example/viewstory.php?sid=%d", n), Site: "tea.example", Key: key("sid", n)},
		},
		OldChapters: []archive.OldChapter{{Place: 1, ID: 2 * n}, {Place: 3, ID: 2*n + 1}},
		Reviews:     []archive.Review{{Key: key("reviewid", n), Chapter: 2, Person: key("uid", 3), Name: "person3", Text: prose.Parse("<p>Lovely.</p>"), Answer: prose.Parse("<p>Thanks.</p>")}},
		Original:    []byte(fmt.Sprintf(`{"story": %d}`, n)),
	}
}

func archiveOf(n int) madeUp {
	m := madeUp{all: archive.Rescued{
		Kind: "efiction", Version: "3.5", Site: archive.RescuedSite{Name: "Tea", URL: "http://tea.example"},
		People: []archive.RescuedPerson{
			{Key: key("uid", 1), Name: "person1", Email: "one@example.org", Author: true}, {Key: key("uid", 2), Name: "person2", Author: true},
			{Key: key("uid", 3), Name: "person3", Email: "three@example.org", Author: true, Bio: prose.Parse("<p>I drink tea.</p>")},
			{Key: key("uid", 4), Name: "reader"},
		},
		Series: []archive.RescuedSeries{
			{Key: key("seriesid", 1), Title: "All", Owner: key("uid", 1), Parts: []archive.RescuedPart{{Series: key("seriesid", 2), Number: 1, Confirmed: true}}},
			{Key: key("seriesid", 2), Title: "Some", Owner: key("uid", 1), Parts: []archive.RescuedPart{{Story: key("sid", 1), Number: 1, Confirmed: true}, {Story: key("sid", 2), Number: 2}}},
		},
		Favourites: []archive.Favourite{{Person: key("uid", 4), Of: key("sid", 1)}},
		Pages:      []archive.RescuedPage{{Name: "rules", Title: "Rules", Text: prose.Parse("<p>Be kind.</p>")}},
		Claimed:    map[string]int{"stories": n + 1, "words": 1000},
		Found:      map[string]int{"stories": n, "reviews": n},
		Findings:   []archive.Finding{{Level: "note", About: "encoding", Text: "All is UTF-8.", Count: 1}},
	}}
	for i := range n {
		m.stories = append(m.stories, story(i+1))
	}
	return m
}

func bring(t *testing.T, s *store.Store, m madeUp, o rescue.Options) rescue.Report {
	t.Helper()
	r, err := rescue.Bring(t.Context(), s, owner, m, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func read(t *testing.T, s *store.Store, f func(*store.Tx) error) {
	t.Helper()
	if err := s.Read(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// work is what the archive has of the nth story.
func work(t *testing.T, s *store.Store, n int) (w archive.Work, cs []archive.Chapter) {
	t.Helper()
	read(t, s, func(tx *store.Tx) (err error) {
		if w, err = tx.WorkBySource(archive.Owner, key("sid", n)); err != nil {
			return err
		}
		cs, err = tx.Chapters(w.ID)
		return err
	})
	return w, cs
}

func count(r rescue.Report, what string) rescue.Count {
	return r.Counts[slices.IndexFunc(r.Counts, func(c rescue.Count) bool { return c.What == what })]
}

// TestBring brings an archive in, and again, and again as it is by then.
func TestBring(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		m := archiveOf(7)
		r := bring(t, s, m, rescue.Options{DryRun: true})
		if r.Statuses != (rescue.Statuses{New: 7}) || count(r, "stories").Kept != 7 {
			t.Errorf("a dry run says %+v", r.Statuses)
		}
		read(t, s, func(tx *store.Tx) error {
			rescues, err := tx.Rescues()
			if len(rescues) != 0 {
				t.Errorf("a dry run left %d archives", len(rescues))
			}
			return err
		})
		var told []archive.Receipt
		r = bring(t, s, m, rescue.Options{Tell: func(r archive.Receipt, done, of int) {
			if done != len(told)+1 || of != 7 {
				t.Errorf("told %d of %d", done, of)
			}
			told = append(told, r)
		}})
		if r.Statuses != (rescue.Statuses{New: 7}) || len(told) != 7 || told[3].Source != key("sid", 4) || told[3].Work == 0 {
			t.Fatalf("brought in: %+v, told %+v", r.Statuses, told)
		}
		if got, want := count(r, "stories"), (rescue.Count{What: "stories", Claimed: 8, Found: 7, Kept: 7}); got != want {
			t.Errorf("stories %+v, want %+v", got, want)
		}
		if got, want := count(r, "reviews"), (rescue.Count{What: "reviews", Claimed: -1, Found: 7, Kept: 7}); got != want {
			t.Errorf("reviews %+v, want %+v", got, want)
		}
		if len(r.Pending) != 1 || len(r.Mends) == 0 || strings.Contains(string(r.JSON()), "@") {
			t.Errorf("the report: %s", r.JSON())
		}
		for n := 1; n <= 7; n++ {
			w, cs := work(t, s, n)
			want := archive.Restricted
			if n == 2 {
				want = archive.Private
			}
			if w.Visibility != want || len(cs) != 2 || !strings.Contains(cs[1].Text.HTML(), "<em>again</em> française") || w.Creators[0].Account != "" {
				t.Errorf("work %d: %s, by %+v, %q", n, w.Visibility, w.Creators, cs[1].Text.Text())
			}
		}
		for _, again := range []bool{false, true} {
			if r := bring(t, s, m, rescue.Options{DryRun: again}); r.Statuses != (rescue.Statuses{Same: 7}) {
				t.Errorf("brought in again (dry run %v): %+v", again, r.Statuses)
			}
		}
		changed := &m.stories[4]
		changed.Original = []byte("changed")
		changed.Manuscript.Tags = []archive.Tag{{Kind: archive.CharacterTag, Name: "Cup"}}
		changed.Manuscript.Chapters[0].Text = prose.Parse("<p>Another first cup.</p>")
		changed.Manuscript.Updated = changed.Manuscript.Updated.AddDate(1, 0, 0)
		m.stories[1].Pending = false
		m.stories[2].Reviews = nil
		r = bring(t, s, m, rescue.Options{})
		if want := (rescue.Statuses{Updated: 1, Same: 6}); r.Statuses != want {
			t.Errorf("changed at the source: %+v, want %+v", r.Statuses, want)
		}
		if w, cs := work(t, s, 5); w.Revision != 2 || !strings.Contains(cs[0].Text.Text(), "Another first cup.") || len(w.Tags) != 1 || w.Tags[0].Name != "Cup" {
			t.Errorf("the changed work: revision %d, %+v", w.Revision, w.Tags)
		}
		if w, _ := work(t, s, 2); w.Visibility != archive.Restricted {
			t.Errorf("approved at the source it is %s", w.Visibility)
		}
		w, _ := work(t, s, 3)
		read(t, s, func(tx *store.Tx) error {
			lists, err := tx.ReviewLists(w.ID)
			if len(lists) != 1 || len(lists[0].Reviews) != 1 {
				t.Errorf("removed at the source, and here: %+v", lists)
			}
			return err
		})
	})
}

// TestPeople wants people who share a name told apart, here and in other archives.
func TestPeople(t *testing.T) {
	s := storetest.Open(t)
	m := archiveOf(4)
	m.all.People[1].Name, m.stories[0].Manuscript.Creators[0].Name = "PERSON1", "PERSON1" // story 1 is by uid 2, story 3 by uid 1
	bring(t, s, m, rescue.Options{})
	one, _ := work(t, s, 1)
	three, _ := work(t, s, 3)
	if one.Creators[0].Account != "member 2" || three.Creators[0].Account != "" {
		t.Errorf("two of one name: %+v and %+v", one.Creators, three.Creators)
	}
	other := madeUp{all: m.all}
	other.all.Site.URL = "http://cups.example"
	swap := func(s string) string { return strings.ReplaceAll(s, "tea.example", "cups.example") }
	other.all.People = slices.Clone(m.all.People)
	for i := range other.all.People {
		other.all.People[i].Key = swap(other.all.People[i].Key)
	}
	other.all.Series, other.all.Favourites = nil, nil
	for _, st := range m.stories {
		st.Key, st.People, st.Reviews = swap(st.Key), []string{swap(st.People[0])}, nil
		st.Original = append([]byte("cups "), st.Original...)
		st.Manuscript.Title += " of cups"
		st.Manuscript.Source = archive.Source{Key: st.Key}
		st.Manuscript.Creators = []archive.Creator{{Name: st.Manuscript.Creators[0].Name, URL: swap(st.Manuscript.Creators[0].URL)}}
		other.stories = append(other.stories, st)
	}
	for range 2 { // the second time nothing changes
		bring(t, s, other, rescue.Options{})
		read(t, s, func(tx *store.Tx) error {
			w, err := tx.WorkBySource(archive.Owner, swap(key("sid", 2)))
			if err != nil || w.Creators[0].Account != "cups.example" || w.Revision != 1 {
				t.Errorf("of the other archive: %+v, %v", w.Creators, err)
			}
			p, err := tx.PeopleOfCreator(w.Creators[0].ID)
			if len(p) != 1 || !strings.Contains(p[0].Bio.Text(), "I drink tea.") {
				t.Errorf("its people: %+v", p)
			}
			return err
		})
	}
}

// TestSeries wants nested series with rows of their own.
func TestSeries(t *testing.T) {
	s := storetest.Open(t)
	m := archiveOf(3)
	m.stories[0].Manuscript.Series = []archive.Part{{Series: archive.Series{Title: "Some", URL: "http://tea.example/viewseries.php?seriesid=2"}, Number: 1}}
	for range 2 {
		bring(t, s, m, rescue.Options{})
		w, _ := work(t, s, 1)
		read(t, s, func(tx *store.Tx) error {
			inner, err := tx.RescuedSeriesOf(w.Series[0].Series.ID)
			if err != nil || inner.Key != key("seriesid", 2) {
				t.Fatalf("the work's series is %+v, %v", inner, err)
			}
			above, err := tx.SeriesAbove(inner)
			if len(above) != 1 || above[0].Title != "All" {
				t.Errorf("above it: %+v", above)
			}
			return err
		})
	}
}

// TestLeaveOut leaves out what a list names in every way it can.
func TestLeaveOut(t *testing.T) {
	list := "# by their own wish\n\n" + key("sid", 1) + "\nsid:5\n7\nPERSON3\nONE@example.org\nnobody@example.org\n"
	s := storetest.Open(t)
	bring(t, s, madeUp{all: archiveOf(9).all, stories: archiveOf(9).stories[:1]}, rescue.Options{})
	r := bring(t, s, archiveOf(9), rescue.Options{LeaveOut: rescue.ParseLeaveOut([]byte(list))})
	// 1, 5 and 7 by number; 2, 5 and 8 are by person3; 3, 6 and 9 by person1.
	if want := (rescue.Statuses{New: 1, LeftOut: 8}); r.Statuses != want || len(r.LeftOut) != 8 {
		t.Errorf("%+v, want %+v", r.Statuses, want)
	}
	var said []string
	for _, f := range r.Findings {
		said = append(said, fmt.Sprint(f.About, ": ", f.Where))
	}
	if !slices.Contains(said, "left out: ["+key("sid", 1)+"]") || !slices.Contains(said, "list of what to leave out: [line 8]") || strings.Contains(string(r.JSON()), "@") {
		t.Errorf("findings %q", said)
	}
	w, _ := work(t, s, 4)
	read(t, s, func(tx *store.Tx) error {
		rescues, err := tx.Rescues()
		if err != nil {
			return err
		}
		people, err := tx.RescuedPeople(rescues[0].ID)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.Email != "" || p.Name == "person3" {
				t.Errorf("%+v is here", p)
			}
		}
		lists, err := tx.ReviewLists(w.ID)
		if len(lists) != 0 {
			t.Errorf("a review by who is left out: %+v", lists)
		}
		return err
	})
}

// TestRemoved wants works that were removed here to stay away until they are asked for.
func TestRemoved(t *testing.T) {
	s := storetest.Open(t)
	m := archiveOf(3)
	bring(t, s, m, rescue.Options{})
	w, _ := work(t, s, 2)
	if err := catalogue.Discard(t.Context(), s, owner, w.ID); err != nil {
		t.Fatal(err)
	}
	if r := bring(t, s, m, rescue.Options{}); r.Statuses != (rescue.Statuses{Same: 2, Removed: 1}) || count(r, "stories").Kept != 2 {
		t.Errorf("after one was removed: %+v", r.Statuses)
	}
	if r := bring(t, s, m, rescue.Options{BringBack: true}); r.Statuses != (rescue.Statuses{New: 1, Same: 2}) {
		t.Errorf("brought back: %+v", r.Statuses)
	}
}

// TestRefused goes on after stories that cannot be read or kept.
func TestRefused(t *testing.T) {
	s := storetest.Open(t)
	m := archiveOf(6)
	m.stories[0].Manuscript.Title = "Refused"
	m.stories[1].Manuscript.Title = "Panics"
	m.stories[2].Manuscript.Chapters = nil
	m.stories[3].Manuscript.Title = strings.Repeat("long ", 1000)
	m.stories[4].Manuscript.Tags = append(m.stories[4].Manuscript.Tags, archive.Tag{Kind: 99, Name: "no kind"})
	r := bring(t, s, m, rescue.Options{})
	if want := (rescue.Statuses{New: 2, Refused: 4}); r.Statuses != want || len(r.Refused) != 4 {
		t.Errorf("%+v, want %+v: %+v", r.Statuses, want, r.Refused)
	}
	for i, part := range []string{"Its file is not there.", "our fault", "has a text", "no kind of tags"} {
		if i < len(r.Refused) && !strings.Contains(r.Refused[i].Error, part) {
			t.Errorf("%s is refused: %q, want %q", r.Refused[i].Key, r.Refused[i].Error, part)
		}
	}
	if len(r.Losses()) != 2 || r.Losses()[0].Count != 4 || r.Losses()[1].Count != 3 {
		t.Errorf("losses: %+v", r.Losses())
	}
}

// TestEnds stops when it is told to, and keeps what it told.
func TestEnds(t *testing.T) {
	s := storetest.Open(t)
	ctx, stop := context.WithCancel(t.Context())
	told := 0
	_, err := rescue.Bring(ctx, s, owner, archiveOf(300), rescue.Options{Tell: func(archive.Receipt, int, int) {
		if told++; told == 60 {
			stop()
		}
	}})
	if err == nil || told == 300 {
		t.Fatalf("told %d, %v", told, err)
	}
	r := bring(t, s, archiveOf(300), rescue.Options{})
	if r.Statuses.Same < told || r.Statuses.Same+r.Statuses.New != 300 {
		t.Errorf("told %d, then %+v", told, r.Statuses)
	}
}

// TestOpen opens the works of an archive, by who may.
func TestOpen(t *testing.T) {
	s := storetest.Open(t)
	bring(t, s, archiveOf(3), rescue.Options{})
	var id archive.RescueID
	read(t, s, func(tx *store.Tx) error {
		all, err := tx.Rescues()
		id = all[0].ID
		return err
	})
	for _, c := range []struct {
		by      archive.Viewer
		as      archive.Visibility
		changed int
		fails   bool
	}{
		{archive.Viewer{}, archive.Public, 0, true}, {archive.Viewer{Person: 7}, archive.Public, 0, true},
		{owner, archive.Private, 0, true}, {owner, archive.Public, 2, false}, {owner, archive.Public, 0, false}, {owner, archive.Restricted, 2, false},
	} {
		n, err := catalogue.OpenRescue(t.Context(), s, c.by, id, c.as)
		if n != c.changed || (err != nil) != c.fails {
			t.Errorf("%+v makes it %s: %d, %v", c.by, c.as, n, err)
		}
	}
	if w, _ := work(t, s, 2); w.Visibility != archive.Private {
		t.Errorf("what was pending is %s", w.Visibility)
	}
}

// TestPage prints a report with all parts, each text escaped.
func TestPage(t *testing.T) {
	s := storetest.Open(t)
	m := archiveOf(5)
	m.all.Site.Name = "<b>Tea & Co</b>"
	m.stories[4].Manuscript.Chapters = nil
	m.all.Findings = append(m.all.Findings, archive.Finding{Level: "doubt", About: "co-authors", Text: "Two lists differ.", Where: []string{"<i>"}, Count: 30})
	r := bring(t, s, m, rescue.Options{LeaveOut: rescue.ParseLeaveOut([]byte("1"))})
	html := string(r.HTML())
	for _, part := range []string{
		"&lt;b&gt;Tea &amp; Co&lt;/b&gt;", "What is lost", "has a text", "Waiting for approval", "Story 2", "Left out on request", "Doubts", "and 29 more", "&lt;i&gt;", "All is UTF-8.",
		"italics", "[i]again[/i]", "tags.csv",
	} {
		if !strings.Contains(html, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
	for _, part := range []string{"<b>", "@example", "<script", "ZgotmplZ"} {
		if strings.Contains(html, part) {
			t.Errorf("the page has %q", part)
		}
	}
	if again, err := rescue.ParseReport(r.JSON()); err != nil || string(again.HTML()) != html {
		t.Errorf("the report read again differs: %v", err)
	}
}
