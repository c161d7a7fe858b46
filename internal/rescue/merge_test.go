package rescue_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"ficstead/bench/oldarchive"
	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/intake/efiction"
	"ficstead/internal/rescue"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// allOf is all that is here of the archive, a line for each thing.
func allOf(t *testing.T, s *store.Store) (lines []string) {
	t.Helper()
	add := func(what string, thing any) {
		data, err := json.Marshal(thing)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, what+" "+string(data))
	}
	review := func(of string, list []archive.Review) {
		for _, r := range list {
			add("review", []any{of, r.Key, r.Chapter, r.Person, r.Name, r.Text.HTML(), r.Answer.HTML(), r.Rating, r.Written})
		}
	}
	read(t, s, func(tx *store.Tx) error {
		rescues, err := tx.Rescues()
		if err != nil || len(rescues) != 1 {
			t.Fatalf("%d archives, %v", len(rescues), err)
		}
		id := rescues[0].ID
		people, err := tx.RescuedPeople(id)
		if err != nil {
			return err
		}
		for _, p := range people {
			add("person", []any{p.Key, p.Name, p.Email, p.Bio.HTML(), p.Site, p.Joined, p.Author, p.Account, p.Creator})
		}
		series, err := tx.RescuedSeriesList(id)
		if err != nil {
			return err
		}
		for _, x := range series {
			add("series", []any{x.Key, x.Title, x.Summary.HTML(), x.Owner, x.Open, x.ID})
			for _, p := range x.Parts {
				add("part", []any{x.Key, p})
			}
			review(x.Key, x.Reviews)
		}
		favourites, err := tx.Favourites(id, "")
		if err != nil {
			return err
		}
		for _, f := range favourites {
			add("favourite", []any{f.Person, f.Of, f.Note.HTML()})
		}
		pages, err := tx.Pages(id)
		if err != nil {
			return err
		}
		for _, p := range pages {
			add("page", []any{p.Name, p.Title, p.Text.HTML(), p.By, p.Written})
			review(p.Name, p.Comments)
		}
		works, err := tx.RescuedWorks(id)
		for _, key := range slices.Sorted(maps.Keys(works)) {
			known := works[key]
			w, err := tx.Work(known.Work)
			if err != nil {
				return err
			}
			add("work", []any{key, known.Pending, known.Featured, known.Chapters, w.Revision, w.Visibility, w.Title, w.Creators, w.Tags, w.Series, w.Collections, w.Summary.HTML(), w.Words, w.Bookmarks, w.Updated})
			chapters, err := tx.Chapters(w.ID)
			if err != nil {
				return err
			}
			for _, c := range chapters {
				add("chapter", []any{key, c.Title, c.Text.HTML(), c.Notes.HTML()})
			}
			lists, err := tx.ReviewLists(w.ID)
			if err != nil {
				return err
			}
			for _, l := range lists {
				review(key, l.Reviews)
			}
		}
		return err
	})
	return lines
}

// TestCutAfterWhole wants nothing gone by a dump that is cut anywhere, and all as
// it was after the whole one.
func TestCutAfterWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		made := oldarchive.Make(oldarchive.Options{Seed: 12, Stories: 25, Words: 50, Dialect: "sequelpro", Variant: "B"})
		bringDump(t, s, opened(t, made))
		start := allOf(t, s)
		const places = 40
		told := 0
		for i := 1; i < places; i++ {
			cut := len(made.Dump) * i / places
			d, err := efiction.Open(bytes.NewReader(made.Dump[:cut]), shelf(made.Files), efiction.Options{})
			if err != nil || d.Rescued().Key != opened(t, made).Rescued().Key {
				continue // not even the archive's address is in it
			}
			for range 2 {
				r := bringDump(t, s, d)
				if slices.ContainsFunc(r.Findings, func(f archive.Finding) bool { return f.About == "only added" }) {
					told++
				} else if d.Rescued().Partial {
					t.Errorf("cut at %d: nothing says that it only added: %+v", cut, r.Findings)
				}
				checkHere(t, fmt.Sprintf("cut at %d of %d", cut, len(made.Dump)), start, allOf(t, s))
			}
			bringDump(t, s, opened(t, made))
			if now := allOf(t, s); !slices.Equal(start, now) {
				checkHere(t, "whole again", start, now)
				checkHere(t, "whole again has more", now, start)
				t.FailNow()
			}
		}
		if told < 10 {
			t.Errorf("%d cut dumps were brought in", told)
		}
	})
}

func checkHere(t *testing.T, when string, start, now []string) {
	t.Helper()
	here := map[string]bool{}
	for _, line := range now {
		here[line] = true
	}
	for _, line := range start {
		if !here[line] {
			t.Errorf("%s: gone is %s", when, line)
		}
	}
}

// TestCutBeforeWhole wants a rescue that was begun with a cut dump ended by the whole one.
func TestCutBeforeWhole(t *testing.T) {
	made := oldarchive.Make(oldarchive.Options{Seed: 12, Stories: 25, Words: 50, Dialect: "backup-utf8", Variant: "B"})
	whole := storetest.Open(t)
	bringDump(t, whole, opened(t, made))
	s := storetest.Open(t)
	for _, cut := range []int{len(made.Dump) * 6 / 10, len(made.Dump) * 9 / 10} {
		d, err := efiction.Open(bytes.NewReader(made.Dump[:cut]), shelf(made.Files), efiction.Options{})
		if err != nil {
			t.Fatal(err)
		}
		bringDump(t, s, d)
	}
	r := bringDump(t, s, opened(t, made))
	for _, what := range []string{"stories", "reviews", "members", "series", "favourites", "pages"} {
		if here := count(bringDump(t, whole, opened(t, made)), what).Kept; here != count(r, what).Kept {
			t.Errorf("%s: %d, want %d", what, count(r, what).Kept, here)
		}
	}
}

// TestOlderDump wants what came later kept when an older backup is brought in, and told.
func TestOlderDump(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		older, newer := archiveOf(4), archiveOf(5)
		older.all.Latest, newer.all.Latest = older.stories[3].Manuscript.Updated, newer.stories[4].Manuscript.Updated
		newer.all.Pages[0].Text = prose.Parse("<p>Be kinder.</p>")
		newer.all.Favourites = append(newer.all.Favourites, archive.Favourite{Person: key("uid", 4), Of: key("sid", 5)})
		newer.stories[0].Reviews = append(newer.stories[0].Reviews, archive.Review{Key: key("reviewid", 99), Text: prose.Parse("<p>Later.</p>")})
		newer.stories[0].Manuscript.Collections = []string{"Cups"}
		bring(t, s, newer, rescue.Options{})
		start := allOf(t, s)
		r := bring(t, s, older, rescue.Options{})
		if now := allOf(t, s); !slices.Equal(start, now) {
			checkHere(t, "an older dump", start, now)
			checkHere(t, "an older dump has more", now, start)
		}
		if n := len(slices.DeleteFunc(r.Findings, func(f archive.Finding) bool { return f.About != "only added" })); n != 2 {
			t.Errorf("told %d findings of it", n)
		}
		older.all.Latest = older.all.Latest.AddDate(10, 0, 0) // later after all
		bring(t, s, older, rescue.Options{})
		read(t, s, func(tx *store.Tx) error {
			rescues, err := tx.Rescues()
			if err != nil {
				return err
			}
			pages, err := tx.Pages(rescues[0].ID)
			if len(pages) != 1 || strings.TrimSpace(pages[0].Text.Text()) != "Be kind." {
				t.Errorf("pages of the later dump: %+v", pages)
			}
			return err
		})
		checkReviews(t, s, 1, 2)
	})
}

// TestLeaveOutLater wants nothing kept of who is left out the second time.
func TestLeaveOutLater(t *testing.T) {
	s := storetest.Open(t)
	m := archiveOf(1)
	m.all.Favourites = append(m.all.Favourites, archive.Favourite{Person: key("uid", 3), Of: key("sid", 1)})
	bring(t, s, m, rescue.Options{})
	bring(t, s, m, rescue.Options{LeaveOut: rescue.LeaveOut{"uid:3"}})
	checkReviews(t, s, 1, 0)
	for _, line := range allOf(t, s) {
		if bytes.Contains([]byte(line), []byte(key("uid", 3))) && line[:4] != "work" {
			t.Errorf("kept: %s", line)
		}
	}
}

func checkReviews(t *testing.T, s *store.Store, story, want int) {
	t.Helper()
	w, _ := work(t, s, story)
	read(t, s, func(tx *store.Tx) error {
		lists, err := tx.ReviewLists(w.ID)
		n := 0
		for _, l := range lists {
			n += len(l.Reviews)
		}
		if n != want {
			t.Errorf("story %d has %d reviews, want %d", story, n, want)
		}
		return err
	})
}

// TestRemapped wants a story of a cut dump to lose a tag only where a person chose so.
func TestRemapped(t *testing.T) {
	s := storetest.Open(t)
	m := archiveOf(1)
	m.all.Partial = true
	bring(t, s, m, rescue.Options{})
	m.stories[0].Manuscript.Tags = []archive.Tag{{Kind: archive.Freeform, Name: "Tea"}}
	for _, remapped := range []bool{false, true} {
		r := bring(t, s, m, rescue.Options{Remapped: remapped})
		if w, _ := work(t, s, 1); (w.Tags[0].Kind == archive.Freeform) != remapped || (r.Statuses.Updated == 1) != remapped {
			t.Errorf("remapped %v: %+v, %+v", remapped, w.Tags, r.Statuses)
		}
	}
}
