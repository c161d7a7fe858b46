package rescue_test

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"ficstead/bench/oldarchive"
	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/intake"
	"ficstead/internal/intake/efiction"
	"ficstead/internal/intake/record"
	"ficstead/internal/rescue"
	"ficstead/internal/store"
	"ficstead/internal/store/check"
	"ficstead/internal/store/storetest"
)

// shelf is a folder of stories in memory.
type shelf map[string][]byte

func (s shelf) Read(name string) ([]byte, error) {
	if data, ok := s[name]; ok {
		return data, nil
	}
	return nil, errs.NotFound
}

func (s shelf) Find(name string) (found []string) {
	for p := range s {
		if path.Base(p) == name {
			found = append(found, p)
		}
	}
	slices.Sort(found)
	return found
}

func opened(t *testing.T, made oldarchive.Made) *efiction.Dump {
	t.Helper()
	d, err := efiction.Open(bytes.NewReader(made.Dump), shelf(made.Files), efiction.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestRoad brings made-up archives of each dialect and schema into a store, and
// compares all that is there afterwards with what was put in. A chapter whose text
// is gone keeps its place.
func TestRoad(t *testing.T) {
	for i, dialect := range oldarchive.Dialects {
		o := oldarchive.Options{
			Seed: uint64(i), Stories: 45, Words: 60, Dialect: dialect, Variant: oldarchive.Variants[i%len(oldarchive.Variants)],
			Store: oldarchive.Stores[i%len(oldarchive.Stores)], Charset: oldarchive.Charsets[(i/2)%len(oldarchive.Charsets)],
		}
		t.Run(fmt.Sprintf("%s %s %s %s", o.Dialect, o.Variant, o.Store, o.Charset), func(t *testing.T) {
			made := oldarchive.Make(o)
			s := storetest.Open(t)
			first := bringDump(t, s, opened(t, made))
			checkRoad(t, s, made.Truth, first)
			if again := bringDump(t, s, opened(t, made)); again.Statuses.New != 0 || again.Statuses.Updated != 0 || again.Statuses.Same != first.Statuses.New+first.Statuses.Duplicate {
				t.Errorf("brought in again: %+v", again.Statuses)
			}
			for _, secret := range made.Truth.Secrets {
				if bytes.Contains(first.JSON(), []byte(secret)) || bytes.Contains(first.HTML(), []byte(secret)) {
					t.Errorf("the report tells %q", secret)
				}
			}
			if _, err := check.Store(t.Context(), s, func(d check.Damage) { t.Error(d.What) }); err != nil {
				t.Error(err)
			}
		})
	}
}

func bringDump(t *testing.T, s *store.Store, d *efiction.Dump) rescue.Report {
	t.Helper()
	r, err := rescue.Bring(t.Context(), s, owner, d, rescue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// checkRoad compares a store with the truth. Stories none of whose chapters has a
// text are refused, and no others.
func checkRoad(t *testing.T, s *store.Store, truth oldarchive.Truth, report rescue.Report) {
	t.Helper()
	read(t, s, func(tx *store.Tx) error {
		rescues, err := tx.Rescues()
		if err != nil || len(rescues) != 1 {
			t.Fatalf("%d archives, %v", len(rescues), err)
		}
		one := rescues[0]
		kept, reviews := 0, 0
		for _, story := range truth.Stories {
			n, err := checkStory(t, tx, one, story)
			if err != nil {
				return fmt.Errorf("story %d: %w", story.SID, err)
			}
			if n >= 0 {
				kept++
				reviews += n
			}
		}
		counts, err := tx.CountRescued(one.ID)
		if counts.Works != kept || counts.Reviews != reviews || counts.People != len(truth.People) || counts.Favourites != truth.Favourites || counts.Series != len(truth.Series) {
			t.Errorf("counts %+v, want %d works, %d reviews, %d people, %d favourites, %d series", counts, kept, reviews, len(truth.People), truth.Favourites, len(truth.Series))
		}
		if kept < 30 || report.Statuses.Refused != len(truth.Stories)-kept || report.Statuses.New+report.Statuses.Duplicate != kept {
			t.Errorf("the report counts %+v, want %d kept of %d", report.Statuses, kept, len(truth.Stories))
		}
		return err
	})
}

// checkStory returns how many reviews a story has, or -1 if it is not to be here.
func checkStory(t *testing.T, tx *store.Tx, one store.Rescue, story oldarchive.Story) (int, error) {
	t.Helper()
	said := slices.ContainsFunc(story.Chapters, func(c oldarchive.Chapter) bool { return len(c.Paragraphs) > 0 })
	rescued, err := tx.RescuedWork(one.ID, fmt.Sprintf("%s:sid:%d", one.Key, story.SID))
	if !said {
		if err == nil {
			t.Errorf("story %d has no text, and is work %d", story.SID, rescued.Work)
		}
		return -1, nil
	}
	if err != nil {
		return 0, err
	}
	w, err := tx.Work(rescued.Work)
	if err != nil {
		return 0, err
	}
	visibility := archive.Restricted
	if story.Pending {
		visibility = archive.Private
	}
	var creators, series []string
	for _, c := range w.Creators {
		creators = append(creators, c.Name)
	}
	for _, p := range w.Series {
		series = append(series, fmt.Sprintf("%s #%d", p.Series.Title, p.Number))
	}
	for _, c := range []struct{ what, got, want string }{
		{"title", w.Title, story.Title}, {"creators", fmt.Sprint(creators), fmt.Sprint(story.Creators)}, {"visibility", w.Visibility.String(), visibility.String()},
		{"series", fmt.Sprint(series), fmt.Sprint(story.Series)}, {"complete", fmt.Sprint(w.Complete), fmt.Sprint(story.Complete)},
		{"pending and featured", fmt.Sprint(rescued.Pending, rescued.Featured), fmt.Sprint(story.Pending, story.Featured)},
		{"chapters", fmt.Sprint(len(w.Chapters)), fmt.Sprint(len(story.Chapters))}, {"posted", day(w.Posted.Format("2006-01-02")), story.Posted},
	} {
		if c.got != c.want {
			t.Errorf("story %d, %s: %q, want %q", story.SID, c.what, c.got, c.want)
		}
	}
	lists, err := tx.ReviewLists(w.ID)
	if err != nil {
		return 0, err
	}
	var got, want []string
	for _, l := range lists {
		for _, r := range l.Reviews {
			got = append(got, fmt.Sprintf("%s: %s / %s, chapter %d", r.Name, strings.TrimSpace(r.Text.Text()), strings.TrimSpace(r.Answer.Text()), r.Chapter))
		}
	}
	for _, r := range story.Reviews {
		want = append(want, fmt.Sprintf("%s: %s / %s, chapter %d", r.Name, r.Text, r.Answer, r.Chapter))
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("story %d, reviews:\n got %q\nwant %q", story.SID, got, want)
	}
	return len(got), nil
}

func day(s string) string {
	if s == "0001-01-01" {
		return ""
	}
	return s
}

// TestSameAsReading wants a story that is kept to be what its file, read by itself, is.
func TestSameAsReading(t *testing.T) {
	made := oldarchive.Make(oldarchive.Options{Seed: 9, Stories: 40, Words: 200, Dialect: "mysqldump", Variant: "B", Store: "mixed", Charset: "windows-1252"})
	for s, err := range opened(t, made).Stories {
		if err != nil {
			t.Fatal(err)
		}
		mended, err := intake.MendStory(s, nil)
		m, _, err2 := intake.Read("story.json", s.Original, nil)
		words := slices.ContainsFunc(m.Chapters, func(c archive.Chapter) bool { return c.Words > 0 })
		if (err == nil) != words || err2 != nil && words {
			t.Errorf("%s: %v and %v", s.Key, err, err2)
		}
		if err != nil {
			continue // no chapter has a text
		}
		for i := range max(len(m.Chapters), len(mended.Manuscript.Chapters)) {
			if len(m.Chapters) != len(mended.Manuscript.Chapters) || m.Chapters[i].Text.HTML() != mended.Manuscript.Chapters[i].Text.HTML() {
				t.Errorf("%s, chapter %d differs", s.Key, i+1)
			}
		}
		a, b := ids(m.Mends), ids(mended.Manuscript.Mends)
		if m.Title != mended.Manuscript.Title || !slices.Equal(a, b) {
			t.Errorf("%s: mends %q and %q", s.Key, a, b)
		}
	}
}

func ids(mends []archive.Mend) (ids []string) {
	for _, m := range mends {
		ids = append(ids, m.ID())
	}
	return ids
}

// TestRecords writes an archive in our own form, and brings that in: the same is
// there as from the dump, and from the dump again there is nothing new.
func TestRecords(t *testing.T) {
	made := oldarchive.Make(oldarchive.Options{Seed: 11, Stories: 40, Words: 60, Dialect: "mysqldump", Variant: "D", Store: "mixed", Charset: "windows-1252"})
	dump := opened(t, made)
	var lines bytes.Buffer
	if err := record.WriteArchive(&lines, dump.Rescued(), dump.Stories); err != nil {
		t.Fatal(err)
	}
	read, err := record.Open(bytes.NewReader(lines.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	s := storetest.Open(t)
	r, err := rescue.Bring(t.Context(), s, owner, read, rescue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	checkRoad(t, s, made.Truth, r)
	again := bringDump(t, s, dump)
	if again.Rescue != r.Rescue || again.Statuses.New != 0 {
		t.Errorf("the dump after the records: %+v", again.Statuses)
	}
}
