package catalogue_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/catalogue"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// told makes a work of chapters of words that no other seed has.
func told(title string, seed uint64, chapters ...int) archive.Manuscript {
	m := manuscript(1, 1)
	m.Title, m.Source, m.Chapters = title, archive.Source{}, nil
	for _, n := range chapters {
		m.Chapters = append(m.Chapters, archive.Chapter{Text: prose.Parse(passage(seed, n))})
	}
	return m
}

// passage is chapter n of a story: three hundred words, ten a paragraph.
func passage(seed uint64, n int) string {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	var b strings.Builder
	for range 30 {
		b.WriteString("<p>")
		for range 10 {
			fmt.Fprintf(&b, "w%dk%d ", r.IntN(1000), r.IntN(1000))
		}
		b.WriteString("</p>")
	}
	return b.String()
}

func TestLikes(t *testing.T) {
	retyped := told("A Walk, again", 1, 1, 2, 3)
	for i := range retyped.Chapters {
		html := retyped.Chapters[i].Text.HTML()
		retyped.Chapters[i].Text = prose.Parse(strings.ReplaceAll(strings.Replace(html, "w1", "W1 ", 3), "</p><p>", " "))
	}
	rewritten := told("Rewritten", 1, 1, 2)
	rewritten.Chapters = append(rewritten.Chapters, told("", 9, 3).Chapters...)
	for _, test := range []struct {
		name   string
		m      archive.Manuscript
		alike  archive.Alike
		status archive.Status
	}{
		{"typeset differently", retyped, archive.SameText, archive.StatusDuplicate},
		{"its first chapter", told("First", 1, 1), archive.PartOf, archive.StatusNew},
		{"more chapters", told("Grown", 1, 1, 2, 3, 4, 5, 6), archive.Contains, archive.StatusNew},
		{"a third of it new", rewritten, archive.Revised, archive.StatusDuplicate},
		{"another story", told("Other", 2, 1, 2, 3), archive.Different, archive.StatusNew},
	} {
		t.Run(test.name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				first := keep(t, s, told("A Walk", 1, 1, 2, 3), file("a", "a"))
				r := keep(t, s, test.m, file("b", "b"))
				if r.Status != test.status || r.Work == first.Work || (len(r.Warnings) > 0) != (test.alike != archive.Different) {
					t.Errorf("got %+v, want %s, and a warning if alike", r, test.status)
				}
				likes := likesOf(t, s, r.Work)
				if test.alike == archive.Different {
					if len(likes) != 0 {
						t.Errorf("alike: %+v", likes)
					}
					return
				}
				if len(likes) != 1 || likes[0].Alike != test.alike || likes[0].Other != first.Work {
					t.Errorf("alike: %+v, want %v", likes, test.alike)
				}
				if back := likesOf(t, s, first.Work); len(back) != 1 || back[0].Alike != test.alike.Turned() || back[0].Other != r.Work {
					t.Errorf("from the other side: %+v", back)
				}
			})
		})
	}
}

func likesOf(t *testing.T, s *store.Store, id archive.WorkID) (likes []archive.Likeness) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
		likes, err = tx.Likenesses(id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return likes
}

// TestStrangersSeeNoLikes brings in what somebody else keeps for themselves.
func TestStrangersSeeNoLikes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		keep(t, s, told("A Walk", 1, 1, 2, 3), file("a", "a"))
		r, err := catalogue.Keep(t.Context(), s, another, told("A Walk", 1, 1, 2), file("b", "b"))
		if err != nil || r.Status != archive.StatusNew || len(r.Warnings) > 0 {
			t.Errorf("got %+v, %v: it tells of a private work", r, err)
		}
	})
}

func TestUnite(t *testing.T) {
	for _, takeText := range []bool{false, true} {
		t.Run(fmt.Sprintf("take text %v", takeText), func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				old := told("A Walk", 1, 1, 2)
				old.Source, old.Tags = archive.ParseSource("https://www.fanfiction.net/s/12/1/"), nil
				grown := told("A walk", 1, 1, 2, 3)
				grown.Source = archive.ParseSource("https://archiveofourown.org/works/34")
				a, b := keep(t, s, old, file("a", "a")), keep(t, s, grown, file("b", "b"))
				if err := catalogue.Unite(t.Context(), s, owner, a.Work, b.Work, takeText); err != nil {
					t.Fatal(err)
				}
				w, chapters := look(t, s, a.Work)
				if want := 2 + count(takeText); len(chapters) != want {
					t.Errorf("%d chapters, want %d", len(chapters), want)
				}
				if w.Title != "A Walk" || w.Source.Key != "ffn:12" || len(w.Tags) == 0 {
					t.Errorf("united: %+v", w)
				}
				if likes := likesOf(t, s, a.Work); len(likes) != 0 {
					t.Errorf("still alike: %+v", likes)
				}
				for name, m := range map[string]archive.Manuscript{"a": old, "b": grown} {
					if r := keep(t, s, m, file(name, name)); r.Work != a.Work || r.Status != archive.StatusSame {
						t.Errorf("%s again: %+v", name, r)
					}
				}
				more := told("A walk", 1, 1, 2, 3, 4)
				more.Source = grown.Source
				if r := keep(t, s, more, file("c", "c")); r.Work != a.Work || r.Status != archive.StatusUpdated {
					t.Errorf("an update of the other's address: %+v", r)
				}
			})
		})
	}
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestKeepApart(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := keep(t, s, told("A Walk", 1, 1, 2), file("a", "a"))
		b := keep(t, s, told("A Walk twice", 1, 1, 2), file("b", "b"))
		if err := catalogue.KeepApart(t.Context(), s, owner, b.Work, a.Work, true); err != nil {
			t.Fatal(err)
		}
		if likes := likesOf(t, s, a.Work); len(likes) != 1 || !likes[0].Apart {
			t.Errorf("%+v", likes)
		}
		if err := catalogue.KeepApart(t.Context(), s, another, b.Work, a.Work, false); err == nil {
			t.Error("a stranger may decide")
		}
	})
}
