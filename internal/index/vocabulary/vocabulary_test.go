package vocabulary_test

import (
	"slices"
	"sync"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	v "ficstead/internal/index/vocabulary"
)

// TestAgainstModel builds random vocabularies, changes them at random, and wants
// each to be as a model has it, and all that has moved to be told.
func TestAgainstModel(t *testing.T) {
	const most = 24
	for seed := range uint64(60) {
		d, m := newDice(seed), newModel()
		now := v.New()
		if seed%2 == 0 {
			for range d.IntN(most) {
				tag := d.tag(archive.TagID(1+d.IntN(most)), most)
				m.tags[tag.ID] = tag
			}
			for range d.IntN(10) {
				if l := d.link(most); l.Parent != l.Child {
					m.links[l] = true
				}
			}
			now = m.build()
		}
		for step := range 12 {
			if err := m.check(now, d, most); err != nil {
				t.Fatalf("seed %d, step %d: %v", seed, step, err)
			}
			old := *m
			before := now
			next := &model{cloneMap(m.tags), cloneMap(m.links)}
			var c v.Change
			for range d.IntN(4) {
				tag := d.tag(archive.TagID(1+d.IntN(most)), most)
				if was, ok := next.tags[tag.ID]; ok && d.IntN(4) > 0 {
					tag.Name, tag.Kind = was.Name, was.Kind
				}
				next.tags[tag.ID] = tag
				c.Tags = append(c.Tags, tag)
			}
			for range d.IntN(4) {
				l := d.link(most)
				if l.Parent == l.Child {
					continue
				}
				if next.links[l] {
					delete(next.links, l)
				} else {
					next.links[l] = true
				}
				c.Linked = append(c.Linked, l.Parent, l.Child)
			}
			c.Links = next.linksOf(c.Linked)
			var moved []archive.TagID
			now, moved = now.With(c)
			m = next
			for range 30 {
				own := slices.DeleteFunc(d.own(most), func(id archive.TagID) bool { return old.tags[id].ID == 0 })
				same := slices.Equal(old.filters(own), m.filters(own)) && old.crosses(own) == m.crosses(own) && old.oneShip(own) == m.oneShip(own)
				told := slices.ContainsFunc(before.Filters(nil, own), func(id archive.TagID) bool { return slices.Contains(moved, id) })
				if !same && !told {
					t.Fatalf("seed %d, step %d: %v moved from %v to %v and was not told in %v", seed, step, own, old.filters(own), m.filters(own), moved)
				}
			}
			if err := old.check(before, d, most); err != nil {
				t.Fatalf("seed %d, step %d: the version before changed: %v", seed, step, err)
			}
			if d.IntN(4) == 0 {
				now = now.Compact()
			}
		}
	}
}

func cloneMap[K comparable, V any](m map[K]V) map[K]V {
	next := make(map[K]V, len(m))
	for k, x := range m {
		next[k] = x
	}
	return next
}

// TestAllocations files works without making anything.
func TestAllocations(t *testing.T) {
	d, m := newDice(9), newModel()
	for id := archive.TagID(1); id <= 500; id++ {
		m.tags[id] = d.tag(id, 500)
	}
	for range 300 {
		if l := d.link(500); l.Parent != l.Child {
			m.links[l] = true
		}
	}
	now := m.build()
	own := make([]archive.TagID, 25)
	for i := range own {
		own[i] = archive.TagID(1 + d.IntN(500))
	}
	var room [2000]archive.TagID
	for what, f := range map[string]func(){
		"filters":  func() { now.Filters(room[:0], own) },
		"crosses":  func() { now.Crosses(own) },
		"one ship": func() { now.OneShip(own) },
		"focus":    func() { now.Focus(room[:0], own) },
	} {
		if n := testing.AllocsPerRun(100, f); n > 0 {
			t.Errorf("%s allocates %v times", what, n)
		}
	}
}

// TestFocus goes by what is listed first.
func TestFocus(t *testing.T) {
	const fandom, ship, person, free = archive.Fandom, archive.Relationship, archive.CharacterTag, archive.Freeform
	tags := []archive.Tag{
		{ID: 1, Kind: ship, Name: "Draco Malfoy/Harry Potter"}, {ID: 2, Kind: ship, Name: "Drarry", Canonical: 1}, {ID: 3, Kind: ship, Name: "Hermione & Ron"},
		{ID: 4, Kind: person, Name: "Harry Potter"}, {ID: 5, Kind: person, Name: "Draco Malfoy"}, {ID: 6, Kind: person, Name: "Ron Weasley"},
		{ID: 7, Kind: person, Name: "Hermione Granger (Harry Potter)"}, {ID: 8, Kind: person, Name: "The Boy Who Lived", Canonical: 4},
		{ID: 9, Kind: free, Name: "Fluff"}, {ID: 10, Kind: fandom, Name: "Harry Potter"}, {ID: 11, Kind: ship, Name: "Draco Malfoy/Everyone"}, {ID: 12, Kind: person, Name: "Harryette"},
	}
	now := v.Build(slices.Values(tags), slices.Values([]archive.TagLink{{Parent: 11, Child: 1, Sub: true}}))
	for what, test := range map[string]struct{ own, want []archive.TagID }{
		"nothing":                            {nil, nil},
		"no one":                             {[]archive.TagID{9, 10}, nil},
		"the first relationship, its people": {[]archive.TagID{10, 6, 4, 3, 1, 5, 7}, []archive.TagID{3, 6, 7}},
		"a synonym, closed":                  {[]archive.TagID{2, 3, 6, 5, 4}, []archive.TagID{1, 4, 5, 11}},
		"a synonym of a person":              {[]archive.TagID{7, 1, 8}, []archive.TagID{1, 4, 11}},
		"none of its people":                 {[]archive.TagID{1, 6, 12, 7}, []archive.TagID{1, 6, 11, 12}},
		"no relationship":                    {[]archive.TagID{9, 7, 8, 5}, []archive.TagID{4, 7}},
		"one person":                         {[]archive.TagID{5}, []archive.TagID{5}},
		"unknown":                            {[]archive.TagID{99, 5}, []archive.TagID{5}},
	} {
		if got := now.Focus(nil, test.own); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", what, got, test.want)
		}
	}
}

// TestCrossovers goes by families, not by how many fandoms there are.
func TestCrossovers(t *testing.T) {
	var tags []archive.Tag
	for i, name := range []string{"Sherlock Holmes & Related", "Sherlock (TV)", "Sherlock Holmes - Doyle", "Sherlock", "House MD", "Elementary & House", "Harry Potter"} {
		tags = append(tags, archive.Tag{ID: archive.TagID(i + 1), Kind: archive.Fandom, Name: name})
	}
	tags[3].Canonical = 2
	now := v.Build(slices.Values(tags), slices.Values([]archive.TagLink{
		{Parent: 1, Child: 2, Sub: true}, {Parent: 1, Child: 3, Sub: true}, {Parent: 6, Child: 3, Sub: true}, {Parent: 6, Child: 5, Sub: true}, {Parent: 1, Child: 7},
	}))
	for _, test := range []struct {
		own  []archive.TagID
		want bool
	}{
		{nil, false}, {[]archive.TagID{2}, false}, {[]archive.TagID{2, 4}, false}, {[]archive.TagID{2, 3}, false}, {[]archive.TagID{1, 2}, false},
		{[]archive.TagID{2, 5}, true}, {[]archive.TagID{5, 2, 3}, false}, {[]archive.TagID{2, 7}, true}, {[]archive.TagID{5, 2, 3, 7}, true},
	} {
		if got := now.Crosses(test.own); got != test.want {
			t.Errorf("%v crosses: %v", test.own, got)
		}
	}
}

// TestIDsThatCannotBe keeps out what no store makes.
func TestIDsThatCannotBe(t *testing.T) {
	bad := []archive.TagID{0, -1, v.MaxTag + 1, 1 << 40}
	var tags []archive.Tag
	var links []archive.TagLink
	for _, id := range bad {
		tags = append(tags, archive.Tag{ID: id, Kind: 200, Name: "x"}, archive.Tag{ID: 5, Kind: archive.Fandom, Name: "five", Canonical: id})
		links = append(links, archive.TagLink{Parent: id, Child: 5, Sub: true}, archive.TagLink{Parent: 5, Child: id, Sub: true})
	}
	for _, now := range []*v.Vocabulary{
		v.Build(slices.Values(tags), slices.Values(links)),
		func() *v.Vocabulary {
			now, _ := v.New().With(v.Change{Tags: tags, Linked: bad, Links: links})
			return now
		}(),
	} {
		if now.Len() != 1 || !slices.Equal(now.Above(5), []archive.TagID{5}) {
			t.Errorf("%d tags, above 5 is %v", now.Len(), now.Above(5))
		}
		for _, id := range bad {
			if _, ok := now.Tag(id); ok || now.Canonical(id) != id || now.Kind(id) != 0 || now.Metatags(id) != nil {
				t.Errorf("%d is known", id)
			}
		}
	}
}

// TestReadersOfOldVersions reads versions while the newest grows, twice from one of them.
func TestReadersOfOldVersions(t *testing.T) {
	m, u := thrown(4, 60)
	now := m.build()
	var readers sync.WaitGroup
	for step := range 30 {
		d, before := newDice(uint64(step)), now
		readers.Go(func() {
			if err := m.check(before, newDice(1), 60); step == 0 && err != nil {
				t.Error(err)
			}
			ask(before, &uses{all: u.all, visible: u.visible})
		})
		tag := d.tag(archive.TagID(61+step), 60)
		before.With(v.Change{Tags: []archive.Tag{{ID: tag.ID, Kind: tag.Kind, Name: "given up"}}})
		if now, _ = before.With(v.Change{Tags: []archive.Tag{tag}}); now.Key(tag.ID) != text.Key(tag.Name) {
			t.Errorf("%q, want %q", now.Key(tag.ID), text.Key(tag.Name))
		}
	}
	readers.Wait()
}
