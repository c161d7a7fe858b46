package vocabulary_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	v "ficstead/internal/index/vocabulary"
)

// model is the slow truth: the tags and links of an archive in maps.
type model struct {
	tags  map[archive.TagID]archive.Tag
	links map[archive.TagLink]bool
}

func newModel() *model {
	return &model{map[archive.TagID]archive.Tag{}, map[archive.TagLink]bool{}}
}

func (m *model) build() *v.Vocabulary {
	return v.Build(func(yield func(archive.Tag) bool) {
		for _, id := range m.ids() {
			if !yield(m.tags[id]) {
				return
			}
		}
	}, func(yield func(archive.TagLink) bool) {
		for l := range m.links {
			if !yield(l) {
				return
			}
		}
	})
}

func (m *model) ids() (ids []archive.TagID) {
	for id := range m.tags {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (m *model) canonical(id archive.TagID) archive.TagID {
	at := id
	for range 32 {
		t := m.tags[at]
		if t.Canonical == 0 || t.Canonical == t.ID {
			return at
		}
		at = t.Canonical
	}
	return id
}

// up are the canonical tags directly above a canonical one, down those below.
func (m *model) around(id archive.TagID, sub, up bool) (ids []archive.TagID) {
	for l := range m.links {
		from, to := m.canonical(l.Child), m.canonical(l.Parent)
		if !up {
			from, to = to, from
		}
		if from == id && to != id && l.Sub == sub {
			ids = append(ids, to)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (m *model) above(id archive.TagID) []archive.TagID {
	ids := []archive.TagID{m.canonical(id)}
	for i := 0; i < len(ids); i++ {
		for _, up := range m.around(ids[i], true, true) {
			if !slices.Contains(ids, up) {
				ids = append(ids, up)
			}
		}
	}
	slices.Sort(ids)
	return ids
}

func (m *model) filters(own []archive.TagID) (ids []archive.TagID) {
	for _, id := range own {
		ids = append(ids, m.above(id)...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// crosses joins families until there is nothing to join.
func (m *model) crosses(own []archive.TagID) bool {
	var families [][]archive.TagID
	for _, id := range own {
		if m.tags[id].Kind == archive.Fandom {
			families = append(families, m.above(id))
		}
	}
	for joined := true; joined; {
		joined = false
		for i := range families {
			for j := i + 1; j < len(families); j++ {
				if slices.ContainsFunc(families[i], func(id archive.TagID) bool { return slices.Contains(families[j], id) }) {
					families[i] = append(families[i], families[j]...)
					families = slices.Delete(families, j, j+1)
					joined = true
					j--
				}
			}
		}
	}
	return len(families) > 1
}

func (m *model) oneShip(own []archive.TagID) bool {
	var ships []archive.TagID
	for _, id := range own {
		if m.tags[id].Kind == archive.Relationship {
			ships = append(ships, m.canonical(id))
		}
	}
	for _, one := range ships {
		above := m.above(one)
		if !slices.ContainsFunc(ships, func(id archive.TagID) bool { return !slices.Contains(above, id) }) {
			return true
		}
	}
	return false
}

func (m *model) members(id archive.TagID) (ids []archive.TagID) {
	for _, other := range m.ids() {
		if m.canonical(other) == id {
			ids = append(ids, other)
		}
	}
	return ids
}

func (m *model) linksOf(ids []archive.TagID) (links []archive.TagLink) {
	for l := range m.links {
		if slices.Contains(ids, l.Parent) || slices.Contains(ids, l.Child) {
			links = append(links, l)
		}
	}
	return links
}

// dice throw archives.
type dice struct{ *rand.Rand }

func newDice(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 7))} }

var words = strings.Fields("harry draco o'brien élan 猫の恩返し spider-man don't love lovely the of tea (marvel) & ♥ 3.14 L'Amour Harry's rock'n'roll สวัสดี 'tis ALL-CAPS Ⅳ ½ a")

func (d dice) name() string {
	var name []string
	for range 1 + d.IntN(4) {
		name = append(name, words[d.IntN(len(words))])
	}
	return strings.Join(name, []string{" ", " ", "/", "  "}[d.IntN(4)])
}

func (d dice) tag(id archive.TagID, most int) archive.Tag {
	t := archive.Tag{ID: id, Kind: archive.Kinds[d.IntN(len(archive.Kinds))], Name: d.name()}
	if d.IntN(3) == 0 {
		t.Canonical = archive.TagID(1 + d.IntN(most)) // in a circle now and then, and of what is not there
	}
	return t
}

func (d dice) link(most int) archive.TagLink {
	return archive.TagLink{Parent: archive.TagID(1 + d.IntN(most)), Child: archive.TagID(1 + d.IntN(most)), Sub: d.IntN(3) > 0}
}

func (d dice) own(most int) (own []archive.TagID) {
	for range d.IntN(8) {
		own = append(own, archive.TagID(1+d.IntN(most)))
	}
	return own
}

func (m *model) check(got *v.Vocabulary, d dice, most int) error {
	if got.Len() != len(m.tags) {
		return fmt.Errorf("%d tags, want %d", got.Len(), len(m.tags))
	}
	for id := archive.TagID(0); id <= archive.TagID(most)+1; id++ {
		want, known := m.tags[id]
		if want.Canonical == want.ID {
			want.Canonical = 0
		}
		if t, ok := got.Tag(id); t != want || ok != known {
			return fmt.Errorf("tag %d is %v, want %v", id, t, want)
		}
		if key := got.Key(id); known && key != text.Key(want.Name) {
			return fmt.Errorf("tag %d has the key %q", id, key)
		}
		if c := got.Canonical(id); known && c != m.canonical(id) {
			return fmt.Errorf("the canonical of %d is %d, want %d", id, c, m.canonical(id))
		}
		if ids := got.Above(id); known && !slices.Equal(ids, m.above(id)) {
			return fmt.Errorf("above %d are %v, want %v", id, ids, m.above(id))
		}
		if !known || m.canonical(id) != id {
			continue
		}
		for what, pair := range map[string][2][]archive.TagID{
			"synonyms": {append(got.Synonyms(id), id), m.members(id)},
			"metatags": {got.Metatags(id), m.around(id, true, true)}, "subtags": {got.Subtags(id), m.around(id, true, false)},
			"fandoms": {got.Fandoms(id), m.around(id, false, true)}, "children": {got.Children(id), m.around(id, false, false)},
		} {
			slices.Sort(pair[0])
			if !slices.Equal(pair[0], pair[1]) {
				return fmt.Errorf("%s of %d are %v, want %v", what, id, pair[0], pair[1])
			}
		}
	}
	filer := got.NewFiler()
	filer.RememberNames()
	for range 20 {
		own := slices.DeleteFunc(d.own(most), func(id archive.TagID) bool { return m.tags[id].ID == 0 })
		if f := got.Filters(nil, own); !slices.Equal(f, m.filters(own)) {
			return fmt.Errorf("%v is found by %v, want %v", own, f, m.filters(own))
		}
		if got.Crosses(own) != m.crosses(own) || got.OneShip(own) != m.oneShip(own) {
			return fmt.Errorf("%v: crosses %v, one ship %v, both wrong or one", own, got.Crosses(own), got.OneShip(own))
		}
		for range 2 {
			filing := filer.File(own)
			if !slices.Equal(filing.Filters, m.filters(own)) || !slices.Equal(filing.Focus, got.Focus(nil, own)) ||
				filing.Crossover != m.crosses(own) || filing.OneShip != m.oneShip(own) {
				return fmt.Errorf("%v is filed as %v", own, filing)
			}
		}
	}
	return nil
}
