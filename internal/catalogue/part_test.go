package catalogue_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/catalogue"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// readPage reads "number day text": one chapter of a work of five, as the page of
// a site shows it. ~word~ is a mend.
func readPage(o store.Original, choices archive.Choices) (archive.Manuscript, error) {
	said := strings.SplitN(string(o.Data), " ", 3)
	number, err := strconv.Atoi(said[0])
	day, err2 := strconv.Atoi(said[1])
	if err := errors.Join(err, err2); err != nil {
		return archive.Manuscript{}, err
	}
	m := manuscript(1, day)
	m.Numbers, m.ChaptersPosted, m.Mends = []int{number}, 5, nil
	text := marked.ReplaceAllStringFunc(said[2], func(s string) string {
		mend := choices.Decide(archive.Mend{Rule: "mark", Chapter: 1, Before: s, After: strings.Trim(s, "~"), Applied: true})
		m.Mends = append(m.Mends, mend)
		if mend.Applied {
			return mend.After
		}
		return s
	})
	m.Chapters[0] = archive.Chapter{Title: fmt.Sprint("Page ", number), Text: prose.Parse("<p>" + text + "</p>")}
	return m, nil
}

func bringPage(t *testing.T, s *store.Store, page string) archive.Receipt {
	t.Helper()
	m, err := readPage(store.Original{Data: []byte(page)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return keep(t, s, m, file(page, page))
}

func texts(t *testing.T, s *store.Store, id archive.WorkID) string {
	t.Helper()
	_, chapters := look(t, s, id)
	var all []string
	for _, c := range chapters {
		all = append(all, strings.TrimSpace(c.Text.Text()))
	}
	return strings.Join(all, "|")
}

// TestPages brings a work in page by page, in no order.
func TestPages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var id archive.WorkID
		for i, step := range []struct {
			page    string
			status  archive.Status
			want    string
			warning string
		}{
			{"2 1 second ~two~", archive.StatusNew, "|second two", "4 chapters of this work are not here yet, the first is chapter 1."},
			{"4 1 fourth", archive.StatusUpdated, "|second two||fourth", "3 chapters of this work are not here yet, the first is chapter 1."},
			{"1 1 first ~one~", archive.StatusUpdated, "first one|second two||fourth", "2 chapters of this work are not here yet, the first is chapter 3."},
			{"2 1 second two, saved elsewhere", archive.StatusSame, "first one|second two||fourth", "2 chapters of this work are not here yet, the first is chapter 3."},
			{"1 1 first ~one~", archive.StatusSame, "first one|second two||fourth", ""},
			{"3 2 third", archive.StatusUpdated, "first one|second two|third|fourth", "Chapter 5 of this work is not here yet."},
			{"2 3 second, rewritten", archive.StatusUpdated, "first one|second, rewritten|third|fourth", "Chapter 5 of this work is not here yet."},
			{"5 3 fifth", archive.StatusUpdated, "first one|second, rewritten|third|fourth|fifth", ""},
		} {
			r := bringPage(t, s, step.page)
			if id == 0 {
				id = r.Work
			}
			if is := texts(t, s, id); r.Status != step.status || r.Work != id || is != step.want || strings.Join(r.Warnings, "") != step.warning {
				t.Errorf("%d, %q: %+v\n%s", i, step.page, r, is)
			}
		}
		var mends []archive.Mend
		err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
			mends, err = tx.Mends(id)
			return err
		})
		if err != nil || len(mends) != 1 || mends[0].Chapter != 1 || mends[0].Before != "~one~" {
			t.Errorf("mends %+v, %v", mends, err)
		}
		r, err := catalogue.Review(t.Context(), s, owner, id, readPage, catalogue.Change{Choices: archive.Choices{mark("~one~"): false}})
		if is := texts(t, s, id); err != nil || is != "first ~one~|second, rewritten|third|fourth|fifth" {
			t.Errorf("reviewed: %q, %+v, %v", is, r, err)
		}
	})
}

// TestPageOfWhole brings pages of a work that is here whole.
func TestPageOfWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		id := keep(t, s, manuscript(3, 2), file("whole", "whole")).Work
		if r := bringPage(t, s, "2 1 another text"); r.Status != archive.StatusSame || r.Work != id {
			t.Errorf("an older page: %+v", r)
		}
		if r := bringPage(t, s, "4 2 news"); r.Status != archive.StatusUpdated {
			t.Errorf("the next chapter: %+v", r)
		}
		if is := texts(t, s, id); is != "Cup number 1.|Cup number 2.|Cup number 3.|news" {
			t.Error(is)
		}
		whole := manuscript(5, 3)
		if r := keep(t, s, whole, file("whole5", "whole5")); r.Status != archive.StatusUpdated || r.Work != id {
			t.Errorf("the whole again: %+v", r)
		}
		if _, chapters := look(t, s, id); len(chapters) != 5 || strings.TrimSpace(chapters[3].Text.Text()) != "Cup number 4." {
			t.Errorf("%d chapters", len(chapters))
		}
	})
}

// TestPagesOfNonsense has numbers that no work has.
func TestPagesOfNonsense(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for i, page := range []string{"0 1 a", "-3 1 b", "99999999 1 c"} {
			m, _ := readPage(store.Original{Data: []byte(page)}, nil)
			m.Source.Key = fmt.Sprint("test:", i)
			r := keep(t, s, m, file(page, page))
			if _, chapters := look(t, s, r.Work); len(chapters) != 1 {
				t.Errorf("%s: %d chapters", page, len(chapters))
			}
		}
	})
}
