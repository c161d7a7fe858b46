package catalogue_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
	"ficstead/internal/catalogue"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

var (
	owner   = archive.Viewer{Person: archive.Owner}
	visitor = archive.Viewer{}
	another = archive.Viewer{Person: 2}
	staff   = archive.Viewer{Person: 3, Moderator: true}
)

func date(day int) time.Time { return time.Date(2024, 5, day, 0, 0, 0, 0, time.UTC) }

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// manuscript is a work of n chapters as its source had it on a day of May.
func manuscript(n, day int) archive.Manuscript {
	m := archive.Manuscript{
		Kind: "test", Title: "Tea", Language: "en", Creators: []archive.Creator{{Name: "Alice"}},
		Tags:    []archive.Tag{{Kind: archive.Fandom, Name: "Cups"}, {Kind: archive.Freeform, Name: "Hot"}},
		Summary: prose.Parse("<p>Water boils.</p>"), Posted: date(1), Updated: date(day),
		Source: archive.Source{URL: "https://example.org/1", Site: "example.org", Key: "example:1"},
		Mends:  []archive.Mend{{Rule: "scene-break", Chapter: 1, Before: "ooo", After: "<hr>", Applied: true}},
	}
	for i := range n {
		m.Chapters = append(m.Chapters, archive.Chapter{Title: fmt.Sprint("Cup ", i+1), Text: prose.Parse(fmt.Sprintf("<p>Cup number %d.</p>", i+1))})
	}
	return m
}

func file(name, content string) catalogue.Original {
	return catalogue.Original{Name: name, Data: []byte(content)}
}

func keep(t *testing.T, s *store.Store, m archive.Manuscript, o catalogue.Original) archive.Receipt {
	t.Helper()
	foreseen, err := catalogue.Foresee(t.Context(), s, owner, m, o)
	if err != nil {
		t.Fatal(err)
	}
	r, err := catalogue.Keep(t.Context(), s, owner, m, o)
	if err != nil {
		t.Fatal(err)
	}
	if foreseen.Work == 0 {
		foreseen.Work = r.Work
	}
	if !reflect.DeepEqual(foreseen, r) {
		t.Errorf("foreseen %+v\ncame     %+v", foreseen, r)
	}
	return r
}

// look reads a work with its chapters.
func look(t *testing.T, s *store.Store, id archive.WorkID) (w archive.Work, cs []archive.Chapter) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
		if w, err = tx.Work(id); err == nil {
			cs, err = tx.Chapters(id)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return w, cs
}

// TestKeepNew wants every field of a manuscript in the work.
func TestKeepNew(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		m := manuscript(2, 10)
		m.Recipient, m.ChaptersPlanned, m.Complete = []string{"Bob"}, 2, true
		m.Series = []archive.Part{{Series: archive.Series{Title: "Kitchen"}, Number: 3}}
		m.Collections = []string{"Party"}
		m.Notes, m.EndNotes = prose.Parse("<p>Before.</p>"), prose.Parse("<p>After.</p>")
		m.Warnings = []string{"Something could not be read."}
		picture := archive.Attachment{Sum: sum([]byte("png")), MediaType: "image/png", Data: []byte("png")}
		m.Attachments = []archive.Attachment{picture}
		r := keep(t, s, m, file("box.zip!tea.html", "bytes"))
		want := archive.Receipt{
			Source: "box.zip!tea.html", Kind: "test", Status: archive.StatusNew, Work: r.Work, Title: "Tea", Mends: m.Mends, Warnings: m.Warnings,
		}
		if !reflect.DeepEqual(r, want) {
			t.Errorf("receipt %+v\nwant    %+v", r, want)
		}
		w, cs := look(t, s, r.Work)
		if w.Keeper != archive.Owner || w.Visibility != archive.Private || w.Revision != 1 || w.Words != 6 || w.Added.IsZero() {
			t.Errorf("work %+v", w)
		}
		if w.Title != "Tea" || w.Language != "en" || !w.Complete || w.ChaptersPlanned != 2 || !w.Posted.Equal(date(1)) || !w.Updated.Equal(date(10)) ||
			!reflect.DeepEqual(w.Recipient, m.Recipient) || !reflect.DeepEqual(w.Collections, m.Collections) || w.Creators[0].Name != "Alice" || len(w.Tags) != 2 || w.Tags[1].Name != "Hot" ||
			w.Series[0].Series.Title != "Kitchen" || w.Series[0].Number != 3 || w.Source != m.Source ||
			!w.Summary.Equal(m.Summary) || !w.Notes.Equal(m.Notes) || !w.EndNotes.Equal(m.EndNotes) {
			t.Errorf("work %+v\nof   %+v", w, m)
		}
		if len(cs) != 2 || cs[1].Title != "Cup 2" || !cs[1].Text.Equal(m.Chapters[1].Text) || cs[1].Words != 3 {
			t.Errorf("chapters %+v", cs)
		}
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			if mends, _ := tx.Mends(w.ID); !reflect.DeepEqual(mends, m.Mends) {
				t.Errorf("mends %+v", mends)
			}
			if a, err := tx.Attachment(w.ID, picture.Sum); err != nil || !reflect.DeepEqual(a, picture) {
				t.Errorf("picture %+v, %v", a, err)
			}
			o, err := tx.Original(w.ID, sum([]byte("bytes")))
			if string(o.Data) != "bytes" || o.Name != "box.zip!tea.html" || o.Work != w.ID || o.Revision != 1 || o.Kind != "test" {
				t.Errorf("original %+v", o)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// TestKeepAgain brings copies of one work in, one after the other.
func TestKeepAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		noKey := manuscript(2, 10)
		noKey.Source = archive.Source{}
		for _, step := range []struct {
			what     string
			m        archive.Manuscript
			file     string
			status   archive.Status
			work     archive.WorkID
			revision int
			chapters int
			warnings int
		}{
			{"a work", manuscript(2, 10), "a", archive.StatusNew, 1, 1, 2, 0},
			{"the same file", manuscript(2, 10), "a", archive.StatusSame, 1, 1, 2, 0},
			{"another file that says the same", manuscript(2, 10), "b", archive.StatusSame, 1, 1, 2, 0},
			{"that file again", manuscript(2, 10), "b", archive.StatusSame, 1, 1, 2, 0},
			{"a newer copy", manuscript(3, 12), "c", archive.StatusUpdated, 1, 2, 3, 0},
			{"an older copy", manuscript(1, 5), "d", archive.StatusSame, 1, 2, 3, 1},
			{"the first file", manuscript(2, 10), "a", archive.StatusSame, 1, 2, 3, 0},
			{"a newer copy that is shorter", manuscript(1, 20), "e", archive.StatusUpdated, 1, 3, 1, 0},
			{"a copy of no known source", noKey, "f", archive.StatusNew, 2, 1, 2, 0},
			{"its file again", noKey, "f", archive.StatusSame, 2, 1, 2, 0},
			{"the known file read as something else", noKey, "a", archive.StatusSame, 1, 3, 1, 0},
		} {
			r := keep(t, s, step.m, file(step.what, step.file))
			w, cs := look(t, s, r.Work)
			if r.Status != step.status || r.Work != step.work || w.Revision != step.revision || len(cs) != step.chapters || len(r.Warnings) != step.warnings {
				t.Errorf("%s: %s work %d, revision %d, %d chapters, warnings %q", step.what, r.Status, r.Work, w.Revision, len(cs), r.Warnings)
			}
		}
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			if cs, err := tx.ChaptersAt(1, 2); err != nil || len(cs) != 3 {
				t.Errorf("the old chapters: %d, %v", len(cs), err)
			}
			originals, err := tx.Originals(1)
			if len(originals) != 5 {
				t.Errorf("%d originals, want all five", len(originals))
			}
			if why, _ := tx.Revisions(1); why[0].Why != "A newer copy was brought in: a newer copy that is shorter." {
				t.Errorf("why: %q", why[0].Why)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		r, err := catalogue.Keep(t.Context(), s, another, manuscript(2, 10), file("a", "a"))
		if err != nil || r.Status != archive.StatusNew || r.Work != 3 {
			t.Errorf("another person's copy: %+v, %v", r, err)
		}
	})
}

// TestOtherFormats brings a work in as a book and as a plain text.
func TestOtherFormats(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		as := func(kind, text string, n, day int) archive.Manuscript {
			m := manuscript(n, day)
			m.Kind, m.Chapters[0].Text = kind, prose.Parse("<p>"+text+"</p>")
			return m
		}
		for i, step := range []struct {
			m        archive.Manuscript
			status   archive.Status
			warnings int
			text     string
		}{
			{as("epub", "<em>Tea</em>", 1, 1), archive.StatusNew, 0, "<p><em>Tea</em></p>"},
			{as("text", "_Tea_", 1, 1), archive.StatusSame, 1, "<p><em>Tea</em></p>"},
			{as("text", "_Teas_", 1, 1), archive.StatusSame, 1, "<p><em>Tea</em></p>"},
			{as("html", "<em>Tea</em>", 1, 1), archive.StatusSame, 0, "<p><em>Tea</em></p>"},
			{as("html", "Coffee", 1, 1), archive.StatusUpdated, 0, "<p>Coffee</p>"},
			{as("epub", "<em>Coffee</em>", 1, 1), archive.StatusSame, 1, "<p>Coffee</p>"},
			{as("epub", "<em>Coffee</em>", 1, 2), archive.StatusUpdated, 0, "<p><em>Coffee</em></p>"},
			{as("text", "_Coffee_", 2, 2), archive.StatusUpdated, 0, "<p>_Coffee_</p>"},
		} {
			r := keep(t, s, step.m, file(step.m.Kind, fmt.Sprint(i)))
			_, cs := look(t, s, r.Work)
			if r.Status != step.status || len(r.Warnings) != step.warnings || cs[0].Text.HTML() != step.text {
				t.Errorf("step %d: %s, %q, %s", i, r.Status, r.Warnings, cs[0].Text.HTML())
			}
		}
	})
}

// TestUpdateKeepsWhatIsOurs updates a work that has been shown and liked.
func TestUpdateKeepsWhatIsOurs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		id := keep(t, s, manuscript(1, 1), file("a", "a")).Work
		if err := catalogue.SetVisibility(t.Context(), s, owner, id, archive.Public); err != nil {
			t.Fatal(err)
		}
		before, _ := look(t, s, id)
		m := manuscript(2, 2)
		m.Language = ""
		keep(t, s, m, file("b", "b"))
		after, _ := look(t, s, id)
		if after.Visibility != archive.Public || !after.Added.Equal(before.Added) || after.Language != "en" || !after.Changed.After(before.Changed) {
			t.Errorf("before %+v\nafter  %+v", before, after)
		}
	})
}

// TestKeepRefuses wants sentences for what cannot be kept, and nothing left of it.
func TestKeepRefuses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for what, test := range map[string]struct {
			change func(m *archive.Manuscript)
			say    string
		}{
			"no chapters":     {func(m *archive.Manuscript) { m.Chapters = nil }, "There is no story in it"},
			"empty chapters":  {func(m *archive.Manuscript) { m.Chapters = make([]archive.Chapter, 3) }, "There is no story in it"},
			"a long title":    {func(m *archive.Manuscript) { m.Title = strings.Repeat("é", archive.MaxTitle+1) }, "longer than 2000 characters"},
			"too many tags":   {func(m *archive.Manuscript) { m.Tags = make([]archive.Tag, archive.MaxTags+1); nameAll(m.Tags) }, "more than 20000"},
			"a NUL":           {func(m *archive.Manuscript) { m.Title = "a\x00b" }, "NUL"},
			"a tag of a kind": {func(m *archive.Manuscript) { m.Tags[0].Kind = 99 }, "no kind of tags"},
		} {
			m := manuscript(1, 1)
			test.change(&m)
			_, err := catalogue.Keep(t.Context(), s, owner, m, file("a", "a"))
			if !errors.Is(err, errs.Invalid) || !strings.Contains(err.Error(), test.say) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, err := catalogue.Keep(t.Context(), s, visitor, manuscript(1, 1), file("a", "a")); !errors.Is(err, errs.SignIn) {
			t.Errorf("a visitor: %v", err)
		}
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			n, err := tx.CountWorks()
			if n != 0 {
				t.Errorf("%d works are left", n)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func nameAll(tags []archive.Tag) {
	for i := range tags {
		tags[i] = archive.Tag{Kind: archive.Freeform, Name: fmt.Sprint(i)}
	}
}

// TestKeepTidies keeps what is damaged in ways that need not keep it out.
func TestKeepTidies(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		m := manuscript(1, 1)
		m.Title = " \u200b "
		m.Creators = []archive.Creator{{Name: " "}, {Name: " Alice "}}
		m.Tags = append(m.Tags, archive.Tag{Kind: archive.Freeform, Name: "\u200d"}, archive.Tag{Kind: archive.Freeform, Name: " Hot "})
		m.Series = []archive.Part{{Series: archive.Series{Title: ""}}}
		for n := range 100 {
			m.Source.Key += sum([]byte{byte(n)})
		}
		r := keep(t, s, m, file("old/my_tea.html", "a"))
		w, _ := look(t, s, r.Work)
		if w.Title != "my tea" || len(w.Creators) != 1 || w.Creators[0].Name != "Alice" || len(w.Tags) != 2 || len(w.Series) != 0 {
			t.Errorf("work %+v", w)
		}
		if len(r.Warnings) != 4 {
			t.Errorf("warnings %q", r.Warnings)
		}
		if r := keep(t, s, m, file("old/my_tea.html", "b")); r.Status != archive.StatusSame {
			t.Errorf("again: %s", r.Status)
		}
	})
}

// TestTwiceAtOnce brings one file, and two files of one work, in from many
// processes at once.
func TestTwiceAtOnce(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		const many = 8
		var group sync.WaitGroup
		statuses := make([]archive.Status, 2*many)
		for n := range many {
			s := storetest.OpenAt(t, address)
			group.Go(func() {
				noKey := manuscript(1, 1)
				noKey.Source, noKey.Title = archive.Source{}, "Coffee"
				noKey.Chapters[0].Text = prose.Parse("<p>Beans.</p>")
				for i, c := range []struct {
					m archive.Manuscript
					o catalogue.Original
				}{{noKey, file("same", "same")}, {manuscript(1, 1), file("of a work", fmt.Sprint(n))}} {
					r, err := catalogue.Keep(t.Context(), s, owner, c.m, c.o)
					if err != nil {
						t.Error(err)
					}
					statuses[i*many+n] = r.Status
				}
			})
		}
		group.Wait()
		for i, what := range []string{"the same file", "files of one work"} {
			count := map[archive.Status]int{}
			for _, status := range statuses[i*many : (i+1)*many] {
				count[status]++
			}
			if count[archive.StatusNew] != 1 || count[archive.StatusSame] != many-1 {
				t.Errorf("%s: %v, want one new and the others the same", what, count)
			}
		}
	})
}
