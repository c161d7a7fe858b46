package index

import (
	"reflect"
	"slices"
	"testing"

	"ficstead/internal/archive"
)

// compare asks s random questions and compares all that it answers with the truth.
func (c *crowd) compare(t *testing.T, s *Snapshot, questions int) {
	t.Helper()
	truth := c.truth()
	if s.Len() != len(c.docs) {
		t.Fatalf("%d works, want %d", s.Len(), len(c.docs))
	}
	for range questions {
		v, e, o, down := c.viewer(), c.expr(3), c.order(), c.IntN(2) == 0
		f, err := s.Find(t.Context(), v, e)
		if err != nil {
			t.Fatal(err)
		}
		found := truth.find(v, e)
		if f.Total() != len(found) {
			t.Fatalf("%+v finds %d, want %d", e, f.Total(), len(found))
		}
		want := truth.sorted(found, o, down)
		skip, n := c.IntN(30)*c.IntN(30), c.IntN(40)
		page := want[min(skip, len(want)):min(skip+n, len(want))]
		if got := f.Page(o, down, skip, n); !slices.Equal(got, page) {
			t.Fatalf("%+v, order %+v, down %v, %d from %d of %d: %v, want %v", e, o, down, n, skip, len(want), got, page)
		}
		c.compareCounts(t, f, truth, found)
		c.compareCursor(t, f, o, down, want)
	}
}

func (c *crowd) compareCounts(t *testing.T, f *Found, truth truth, found []Doc) {
	t.Helper()
	kinds := f.Counts(5)
	for _, kind := range archive.Kinds {
		want := truth.counts(found, kind)
		if got := f.CountAll(kind); !slices.Equal(got, want) {
			t.Fatalf("all of kind %d: %v, want %v", kind, got, want)
		}
		if got := kinds[kind]; !slices.Equal(got, want[:min(5, len(want))]) {
			t.Fatalf("most frequent of kind %d: %v, want %v", kind, got, want)
		}
		if len(want) > 0 {
			if one := want[len(want)/2]; f.CountOf(one.Tag) != one.N {
				t.Fatalf("tag %d: %d, want %d", one.Tag, f.CountOf(one.Tag), one.N)
			}
		}
	}
	languages := map[string]int{}
	for _, d := range found {
		languages[d.Language]++
	}
	for _, l := range f.Languages() {
		if languages[l.Code] != l.N {
			t.Fatalf("language %q: %d, want %d", l.Code, l.N, languages[l.Code])
		}
		delete(languages, l.Code)
	}
	if len(languages) > 0 {
		t.Fatalf("languages %v are missing", languages)
	}
}

func (c *crowd) compareCursor(t *testing.T, f *Found, o Order, down bool, want []archive.WorkID) {
	t.Helper()
	if len(want) == 0 {
		return
	}
	at := c.IntN(len(want))
	cursor := f.Cursor(o, want[at])
	got, ok := f.After(o, down, cursor, 7)
	if rest := want[at+1 : min(at+8, len(want))]; !ok || !slices.Equal(got, rest) {
		t.Fatalf("order %+v, down %v, after %d: %v, want %v", o, down, want[at], got, rest)
	}
	got, ok = f.After(o, !down, cursor, 7)
	rest := slices.Clone(want[max(0, at-7):at])
	slices.Reverse(rest)
	if !ok || !slices.Equal(got, rest) {
		t.Fatalf("order %+v, before %d: %v, want %v", o, want[at], got, rest)
	}
}

func TestAnswersAreTrue(t *testing.T) {
	c := newCrowd(1, 1500)
	c.compare(t, c.built(), 120)
	if s := New(); s.Len() != 0 {
		t.Errorf("an empty index has %d works", s.Len())
	}
}

func TestChangedIsAsIfBuiltAnew(t *testing.T) {
	for _, works := range []int{0, 40, 1200} {
		c := newCrowd(2, works)
		s := c.built()
		most := 0
		for range 25 {
			before, old := s, s.Len()
			s = s.With(c.stir(1 + c.IntN(20)))
			most = max(most, len(s.parts))
			c.compare(t, s, 6)
			if before.Len() != old {
				t.Fatal("the snapshot before was changed")
			}
		}
		if works > 1000 && most < 3 {
			t.Errorf("there were never more than %d segments", most)
		}
		c.compareNames(t, s)
		again, err := s.Rebuilt(t.Context())
		if err != nil || len(again.parts) != 1 || again.dead != nil {
			t.Fatalf("rebuilt: %v", err)
		}
		c.compare(t, again, 40)
		c.compareNames(t, again)
	}
}

// compareNames compares what is completed with an index that was built at once.
func (c *crowd) compareNames(t *testing.T, s *Snapshot) {
	t.Helper()
	anew := c.built()
	for _, v := range []archive.Viewer{{}, {Person: 1}} {
		got, _ := s.Find(t.Context(), v, All{})
		want, _ := anew.Find(t.Context(), v, All{})
		for _, typed := range []string{"c", "common 1", "no 5", "comon 1"} {
			for _, kind := range []archive.Kind{0, archive.Fandom} {
				if g, w := got.Complete(kind, typed, 8), want.Complete(kind, typed, 8); !reflect.DeepEqual(g, w) {
					t.Fatalf("%q completes to %v, want %v", typed, g, w)
				}
				if g, w := got.Near(kind, typed, 8), want.Near(kind, typed, 8); !reflect.DeepEqual(g, w) {
					t.Fatalf("near %q is %v, want %v", typed, g, w)
				}
			}
		}
		if g, w := got.Namesakes(archive.CharacterTag, "common", 8), want.Namesakes(archive.CharacterTag, "common", 8); !reflect.DeepEqual(g, w) {
			t.Fatalf("namesakes %v, want %v", g, w)
		}
	}
}

// Damage must not keep us going round: synonyms and metatags in a circle. Works
// with impossible numbers are passed over.
func TestCirclesEnd(t *testing.T) {
	s := New().With(Change{
		Tags:   []archive.Tag{{ID: 1, Kind: 4, Canonical: 2}, {ID: 2, Kind: 4, Canonical: 1}, {ID: 3, Kind: 4, Name: "C"}, {ID: 4, Kind: 4, Name: "D"}},
		Linked: []archive.TagID{1, 3, 4},
		Links:  []archive.TagLink{{Parent: 3, Child: 4, Sub: true}, {Parent: 4, Child: 3, Sub: true}, {Parent: 1, Child: 1, Sub: true}},
		Docs:   []Doc{{ID: 1, Visibility: archive.Public, Tags: []archive.TagID{1, 3}}, {ID: 0}, {ID: -1}, {ID: 1 << 40}},
	})
	f, _ := s.Find(t.Context(), archive.Viewer{}, Tag(4))
	if s.Len() != 1 || f.Total() != 1 {
		t.Errorf("%d works, %d with the tag", s.Len(), f.Total())
	}
}

func TestTitleKey(t *testing.T) {
	for title, want := range map[string]string{
		"The Moon": "moon", "A Moon": "moon", "An Élan": "elan", "“The” Moon": `the" moon`, "…Moon": "moon", "The": "the",
		"Theory": "theory", "": "", "!!!": "!!!", "1984": "1984",
	} {
		if got := TitleKey(title); got != want {
			t.Errorf("%q is sorted by %q, want %q", title, got, want)
		}
	}
}

func FuzzCursor(f *testing.F) {
	c := newCrowd(4, 60)
	found, _ := c.built().Find(f.Context(), archive.Viewer{}, All{})
	for by := range Fitting + 1 {
		f.Add(found.Cursor(Order{By: by}, 7), uint8(by))
	}
	f.Add("", uint8(0))
	f.Add("AQIDBAU", uint8(2))
	f.Fuzz(func(t *testing.T, cursor string, by uint8) {
		if o := (Order{By: Sorting(by) % (Fitting + 1)}); true {
			ids, ok := found.After(o, by%2 == 0, cursor, 20)
			if !ok && ids != nil || len(ids) > 20 {
				t.Errorf("%q: %v, %v", cursor, ids, ok)
			}
		}
	})
}
