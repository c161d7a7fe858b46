package index

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// crowd makes an archive of n works in which a few tags are common and many rare.
func crowd(n int) Change {
	rng := rand.New(rand.NewPCG(3, 4))
	const tags = 9000
	zipf := rand.NewZipf(rng, 1.1, 3, tags-1)
	var c Change
	for id := archive.TagID(1); id <= tags; id++ {
		name := fmt.Sprintf("Common %x no %d", uint64(id)*2654435761%5000, id%97)
		c.Tags = append(c.Tags, archive.Tag{ID: id, Kind: archive.Kind(1 + id%7), Name: name})
	}
	for id := range archive.WorkID(n) {
		d := Doc{ID: id + 1, Visibility: archive.Public, Kudos: rng.IntN(50), Title: fmt.Sprint("The ", rng.IntN(500)),
			Updated: time.Unix(int64(rng.IntN(1000)), 0)}
		for range 2 + rng.IntN(10) {
			d.Tags = append(d.Tags, archive.TagID(1+zipf.Uint64()))
		}
		c.Docs = append(c.Docs, d)
	}
	return c
}

func TestBothWaysOfCountingAgree(t *testing.T) {
	s := New().With(crowd(9000))
	half := roaring.New()
	for row := uint32(1); row < 9000; row += 2 {
		half.Add(row)
	}
	for _, in := range []*roaring.Bitmap{s.all, half, s.filtered(3).Bitmap(), s.filtered(8).Bitmap()} {
		works, sets := leaders{graph: s.graph, most: 10}, leaders{graph: s.graph, most: 10}
		s.countWorks(in, &works)
		if s.countSets(in, &sets) && !reflect.DeepEqual(works.kinds, sets.kinds) {
			t.Errorf("going through works %v, through sets %v", works.kinds, sets.kinds)
		}
		if got := s.counts(in, 10); !reflect.DeepEqual(got, works.kinds) {
			t.Errorf("Counts %v, want %v", got, works.kinds)
		}
	}
	if all := (leaders{graph: s.graph, most: 10}); !s.countSets(s.all, &all) {
		t.Error("counting everything by sets gave up")
	}
}

func TestPagesAreSlicesOfTheWhole(t *testing.T) {
	s := New().With(crowd(3000))
	rng := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		in := roaring.New()
		share := 1 + rng.IntN(400)
		for row := uint32(1); row <= 3000; row++ {
			if rng.IntN(share) == 0 {
				in.Add(row)
			}
		}
		o := []Sorting{Sorting(Kudos), Sorting(Updated), ByTitle}[rng.IntN(3)]
		want := in.ToArray()
		slices.SortFunc(want, s.compare(o))
		down := rng.IntN(2) == 0
		if down {
			slices.Reverse(want)
		}
		skip, n := rng.IntN(60)*rng.IntN(60), rng.IntN(40)
		want = want[min(skip, len(want)):min(skip+n, len(want))]
		if got := s.page(in, o, down, skip, n); !slices.Equal(got, want) {
			t.Fatalf("%d of %d from %d: %v, want %v", n, in.GetCardinality(), skip, got, want)
		}
		if o == Sorting(Kudos) {
			continue
		}
		kudos := func(row uint32) uint32 { return uint32(s.columns[Kudos][row]) }
		all := s.pageBy(in, kudos, o, down, 0, 3000)
		want = all[min(skip, len(all)):min(skip+n, len(all))]
		if got := s.pageBy(in, kudos, o, down, skip, n); !slices.Equal(got, want) {
			t.Fatalf("by key, %d from %d: %v, want %v", n, skip, got, want)
		}
	}
}

// complete is the slow truth of Complete.
func complete(s *Snapshot, in *roaring.Bitmap, kind archive.Kind, typed string, most int) []Completion {
	typed = text.Key(typed)
	type candidate struct {
		fit int
		Completion
	}
	var list []candidate
	s.graph.tags.each(func(_ uint32, t *tag) {
		if t == nil || t.Canonical != 0 || kind != 0 && t.Kind != kind {
			return
		}
		n := s.filtered(t.ID).CountWithin(in)
		fit := 9
		s.graph.tags.each(func(_ uint32, name *tag) {
			if name == nil || s.Canonical(name.ID) != t.ID {
				return
			}
			switch words := strings.Fields(typed); {
			case strings.HasPrefix(name.key, typed):
				fit = min(fit, 0)
			case strings.Contains(" "+name.key, " "+typed):
				fit = min(fit, 1)
			case !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(" "+name.key, " "+word) }):
				fit = min(fit, 2)
			}
		})
		if n > 0 && fit < 9 {
			list = append(list, candidate{fit, Completion{t.Tag, n}})
		}
	})
	slices.SortFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.fit, b.fit), cmp.Compare(b.Works, a.Works), s.CompareNames(a.Tag.ID, b.Tag.ID))
	})
	var done []Completion
	for _, c := range list[:min(most, len(list))] {
		done = append(done, c.Completion)
	}
	return done
}

func TestComplete(t *testing.T) {
	c := Change{}
	for i, name := range []string{"Élan Vital", "elan", "The Elan", "Vital Signs", "Signs of Elan", "♥", "Star-Crossed", "Unused", "Cross"} {
		tag := archive.Tag{ID: archive.TagID(i + 1), Kind: archive.Freeform, Name: name}
		if name == "Cross" {
			tag.Canonical = 4 // a synonym of Vital Signs
		}
		c.Tags = append(c.Tags, tag)
		for n := range 3 + i%3 {
			if name != "Unused" {
				c.Docs = append(c.Docs, Doc{ID: archive.WorkID(10*i + n + 1), Visibility: archive.Public, Tags: []archive.TagID{tag.ID}})
			}
		}
	}
	s := New().With(c)
	for _, test := range []struct{ typed, want string }{
		{"elan", "elan, Élan Vital, The Elan, Signs of Elan"},
		{"ÉLAN v", "Élan Vital"},
		{"vit", "Vital Signs, Élan Vital"},
		{"el sig", "Signs of Elan"},
		{"cross", "Vital Signs, Star-Crossed"},
		{"♥", "♥"},
		{"unused", ""},
		{"lan", ""},
		{"", ""},
	} {
		var got []string
		for _, c := range (&Found{s, s.all}).Complete(0, test.typed, 10) {
			got = append(got, c.Tag.Name)
		}
		if strings.Join(got, ", ") != test.want {
			t.Errorf("%q completes to %v, want %s", test.typed, got, test.want)
		}
	}
}

func TestCompleteAgainstScan(t *testing.T) {
	c := crowd(2000)
	for i := range c.Tags {
		if i%11 == 5 {
			c.Tags[i].Canonical = c.Tags[i-5].ID
			c.Tags[i].Kind = c.Tags[i-5].Kind
		}
	}
	for i := range c.Tags { // no synonyms of synonyms
		if target := c.Tags[i].Canonical; target != 0 && c.Tags[target-1].Canonical != 0 {
			c.Tags[i].Canonical = 0
		}
	}
	s := New().With(c)
	in := roaring.New()
	for row := uint32(1); row < 2000; row += 3 {
		in.Add(row)
	}
	for _, typed := range []string{"c", "no", "no 1", "common 1"} {
		for _, kind := range []archive.Kind{0, archive.Fandom} {
			got, want := (&Found{s, in}).Complete(kind, typed, 8), fastTruth(s, in, kind, typed, 8)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s %q completes to\n%v, want\n%v", kind, typed, got, want)
			}
		}
	}
	small := Change{Tags: c.Tags[:120]}
	for _, d := range c.Docs[:300] {
		d.Tags = slices.DeleteFunc(slices.Clone(d.Tags), func(id archive.TagID) bool { return id > 120 })
		small.Docs = append(small.Docs, d)
	}
	s = New().With(small)
	for _, typed := range []string{"c", "common 1", "no", "no 1", "3 co", "1 no com", "x"} {
		if got, want := (&Found{s, s.all}).Complete(0, typed, 8), complete(s, s.all, 0, typed, 8); !reflect.DeepEqual(got, want) {
			t.Errorf("%q completes to\n%v, want\n%v", typed, got, want)
		}
	}
}

// fastTruth is complete for names that are too many for it: all fit in one way.
func fastTruth(s *Snapshot, in *roaring.Bitmap, kind archive.Kind, typed string, most int) []Completion {
	found := map[archive.TagID]bool{}
	s.graph.tags.each(func(_ uint32, t *tag) {
		if t != nil && strings.Contains(" "+t.key, " "+typed) {
			found[s.Canonical(t.ID)] = true
		}
	})
	var list []Completion
	for id := range found {
		t, _ := s.Tag(id)
		if n := s.filtered(id).CountWithin(in); n > 0 && (kind == 0 || t.Kind == kind) {
			list = append(list, Completion{t, n})
		}
	}
	slices.SortFunc(list, func(a, b Completion) int {
		return cmp.Or(cmp.Compare(b.Works, a.Works), s.CompareNames(a.Tag.ID, b.Tag.ID))
	})
	return list[:min(most, len(list))]
}

func TestSet(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	var s *Set
	truth := map[uint32]bool{}
	for range 2000 {
		var added, removed []uint32
		for range rng.IntN(5) {
			row := uint32(rng.IntN(150))
			removed = append(removed, row)
			delete(truth, row)
		}
		for range rng.IntN(5) {
			row := uint32(rng.IntN(150))
			added = append(added, row)
			truth[row] = true
		}
		slices.Sort(added)
		slices.Sort(removed)
		before, rows := s, s.Bitmap().ToArray()
		s = s.with(slices.Compact(added), slices.Compact(removed))
		if !slices.Equal(before.Bitmap().ToArray(), rows) {
			t.Fatal("the set before was changed")
		}
		in := roaring.New()
		in.AddRange(20, 90)
		n := 0
		for row := range truth {
			if !s.Bitmap().Contains(row) {
				t.Fatalf("%d is missing", row)
			}
			if in.Contains(row) {
				n++
			}
		}
		if s.Len() != len(truth) || s.CountWithin(in) != n || int(s.Within(in).GetCardinality()) != n {
			t.Fatalf("Len %d, within %d, want %d and %d", s.Len(), s.CountWithin(in), len(truth), n)
		}
	}
}

func TestPhrases(t *testing.T) {
	doc := Doc{
		ID: 1, Visibility: archive.Public, Title: "Blue moon", Summary: "The moon was blue. Blue moon rising",
		Creators: []archive.Creator{{Name: "Ann Blue"}, {Name: "moon child"}}, Notes: "blue blue moon",
		Series: []archive.Series{{Title: "Moons"}}, Tags: []archive.TagID{1, 2},
	}
	var many []string
	for i := range 40_000 { // so that numbers of words take one, two and three bytes
		many = append(many, fmt.Sprint("w", i))
	}
	s := New().With(Change{Docs: []Doc{{ID: 2, Notes: strings.Join(many, " ")}}}).With(Change{
		Docs: []Doc{doc}, Tags: []archive.Tag{{ID: 1, Kind: archive.Fandom, Name: "Tea Blue"}, {ID: 2, Kind: archive.Fandom, Name: "Moon Tea"}}})
	for _, test := range []struct {
		place Place
		words string
		want  uint64
	}{
		{InTitle, "blue moon", 1}, {InTitle, "moon blue", 0}, {InTitle, "moon", 1}, {InTitle, "rising", 0},
		{InCreator, "ann blue", 1}, {InCreator, "blue moon", 0}, {InCreator, "moon child", 1},
		{InSummary, "was blue blue moon", 1}, {InSummary, "moon rising", 1}, {InSummary, "the blue", 0},
		{InNotes, "blue moon", 1}, {InNotes, "blue blue moon", 1}, {InNotes, "moon blue", 0},
		{InTags, "tea blue", 1}, {InTags, "blue moon", 0}, {InTags, "moon tea", 1}, {InSeries, "moons", 1},
		{InNotes, "w100 w101", 1}, {InNotes, "w16381 w16382 w16383", 1}, {InNotes, "w39998 w39999", 1}, {InNotes, "w7 w9", 0},
		{InTitle, "nowhere", 0}, {InTitle, "", 0},
	} {
		if got := s.words(test.place, strings.Fields(test.words), s.all).GetCardinality(); got != test.want {
			t.Errorf("%q in place %d: %d works, want %d", test.words, test.place, got, test.want)
		}
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

// Damage must not keep us going round: synonyms and metatags in a circle.
func TestCirclesEnd(t *testing.T) {
	links := []archive.TagLink{{Parent: 3, Child: 4, Sub: true}, {Parent: 4, Child: 3, Sub: true}, {Parent: 1, Child: 1, Sub: true}}
	s := New().With(Change{
		Tags:  []archive.Tag{{ID: 1, Kind: 4, Canonical: 2}, {ID: 2, Kind: 4, Canonical: 1}, {ID: 3, Kind: 4, Name: "C"}, {ID: 4, Kind: 4, Name: "D"}},
		Links: &links,
		Docs:  []Doc{{ID: 1, Visibility: archive.Public, Tags: []archive.TagID{1, 3}}, {ID: 0}, {ID: -1}, {ID: 1 << 40}},
	})
	if s.Len() != 1 || s.filtered(4).Len() != 1 {
		t.Errorf("%d works, %d with the tag", s.Len(), s.filtered(4).Len())
	}
}

func TestNear(t *testing.T) {
	var c Change
	for i, name := range []string{"Sherlock", "Sherlock Holmes", "Élan", "Elam", "Tea"} {
		id := archive.TagID(i + 1)
		c.Tags = append(c.Tags, archive.Tag{ID: id, Kind: archive.Fandom, Name: name})
		c.Docs = append(c.Docs, Doc{ID: archive.WorkID(id), Visibility: archive.Public, Tags: []archive.TagID{id}})
	}
	s := New().With(c)
	for _, test := range []struct{ typed, want string }{
		{"sherlok", "Sherlock, Sherlock Holmes"}, {"Shrelock Homles", "Sherlock Holmes"}, {"Shelrockk", "Sherlock, Sherlock Holmes"},
		{"elan", "Élan, Elam"}, {"tae", ""}, {"watson", ""}, {"", ""},
	} {
		var got []string
		for _, n := range (&Found{s, s.all}).Near(0, test.typed, 5) {
			got = append(got, n.Tag.Name)
		}
		if strings.Join(got, ", ") != test.want {
			t.Errorf("near %q is %v, want %s", test.typed, got, test.want)
		}
	}
}
