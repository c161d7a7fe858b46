package store_test

import (
	"fmt"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// day is a time of day 1 or later, with microseconds.
func day(n int) time.Time { return time.Date(2024, 1, n, 3, 4, 5, 678_000, time.UTC) }

// specimen is a work with something in every field.
func specimen() archive.Work {
	return archive.Work{
		Keeper: archive.Owner, Visibility: archive.Restricted,
		Title:       "Émile's “Tea” 茶 & <more>",
		Creators:    []archive.Creator{{Name: "astolat", Account: "shalott", URL: "https://example.org/users/shalott"}, {Name: "Ünder Score"}},
		Recipient:   []string{"a friend", "\"quoted\""},
		Collections: []string{"Yuletide 2009", "Tea Party"},
		Language:    "fr",
		Tags: []archive.Tag{
			{Kind: archive.Rating, Name: archive.RatingTeen}, {Kind: archive.Fandom, Name: "原神 | Genshin Impact"},
			{Kind: archive.Relationship, Name: "A/B"}, {Kind: archive.Freeform, Name: "Tea"}, {Kind: archive.CharacterTag, Name: "Tea"},
		},
		Series:  []archive.Part{{Series: archive.Series{Title: "Cups", URL: "https://example.org/series/9"}, Number: 2}, {Series: archive.Series{Title: "Saucers"}}},
		Summary: prose.Parse("<p>A <em>summary</em>.</p>"), Notes: prose.Parse("<p>Before.</p>"), EndNotes: prose.Parse("<p>After.</p>"),
		ChaptersPlanned: 5, Complete: true,
		Posted: time.Date(1969, 12, 31, 0, 0, 0, 0, time.UTC), Updated: day(2), Added: day(3), Changed: day(4),
		Kudos: 1, Hits: 2, Comments: 3, Bookmarks: 4,
		Source: archive.Source{URL: "https://archiveofourown.org/works/218676", Site: "archiveofourown.org", Key: "ao3:218676"},
	}
}

// chapters makes n chapters that differ.
func chapters(n int) []archive.Chapter {
	var cs []archive.Chapter
	for i := 1; i <= n; i++ {
		cs = append(cs, archive.Chapter{
			Number: i, Title: fmt.Sprintf("Chapter %d", i), Words: 3,
			Summary: prose.Parse(fmt.Sprintf("<p>Summary %d</p>", i)), Notes: prose.Parse("<p>The same note.</p>"),
			Text: prose.Parse(fmt.Sprintf("<p>Text number %d</p>", i)),
		})
	}
	return cs
}

func someMends() []archive.Mend {
	return []archive.Mend{{Rule: "scene-break", Chapter: 1, At: 12, Before: "o0o", After: "<hr>", Confidence: 0.75, Applied: true}, {Rule: "title"}}
}

// write runs f in a transaction that must not fail.
func write(t testing.TB, s *store.Store, f func(*store.Tx) error) {
	t.Helper()
	if err := s.Write(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// read runs f in a transaction that must not fail.
func read(t testing.TB, s *store.Store, f func(*store.Tx) error) {
	t.Helper()
	if err := s.Read(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// add keeps a work, which must not fail.
func add(t testing.TB, s *store.Store, w archive.Work, cs []archive.Chapter) archive.Work {
	t.Helper()
	write(t, s, func(tx *store.Tx) error { w := &w; w.ID = 0; return tx.AddWork(w, cs, nil) })
	var got archive.Work
	read(t, s, func(tx *store.Tx) error {
		return storetest.EachWork(tx, func(w archive.Work) error { got = w; return nil })
	})
	return got
}
