package vocabulary_test

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	v "ficstead/internal/index/vocabulary"
)

// uses are works found by tags: those anybody may see, and the viewer's.
type uses struct {
	all, visible map[archive.TagID]int
	asked        int
}

func (u *uses) All(id archive.TagID) int     { return u.all[id] }
func (u *uses) Visible(id archive.TagID) int { u.asked++; return u.visible[id] }

// uses throws uses for the canonical tags of m.
func (m *model) uses(d dice) *uses {
	u := &uses{all: map[archive.TagID]int{}, visible: map[archive.TagID]int{}}
	for _, id := range m.ids() {
		if m.canonical(id) == id {
			u.all[id] = d.IntN(4) * d.IntN(40)
			u.visible[id] = u.all[id] - d.IntN(u.all[id]+1)*d.IntN(2)
		}
	}
	return u
}

// startsOf is what text from each start of a word of a key on says.
func startsOf(key string) (starts []string) {
	prepared := []rune(key)
	for i, r := range prepared {
		if i > 0 && !isLetter(r) || i > 0 && isLetter(prepared[i-1]) && !isSingle(prepared[i-1]) && !isSingle(r) {
			continue
		}
		rest := string(prepared[i:])
		starts = append(starts, rest)
		word, _, _ := strings.Cut(rest, " ")
		if isLetter(r) && strings.Contains(strings.TrimRight(word, "'"), "'") {
			starts = append(starts, strings.ReplaceAll(rest, "'", ""))
		}
	}
	return starts
}

// complete is the slow truth of Complete.
func (m *model) complete(u *uses, kind archive.Kind, typed string, most int) (done []v.Completion) {
	typed = text.Key(typed)
	words := strings.Fields(typed)
	if len(words) == 0 {
		return nil
	}
	type fitting struct {
		fit int
		v.Completion
	}
	best := map[archive.TagID]fitting{}
	for _, name := range m.tags {
		t := m.tags[m.canonical(name.ID)]
		if t.ID == 0 || kind != 0 && t.Kind != kind || u.visible[t.ID] == 0 {
			continue
		}
		starts := startsOf(text.Key(name.Name))
		begins := func(word string) bool {
			return slices.ContainsFunc(starts, func(s string) bool { return strings.HasPrefix(s, word) })
		}
		fit := 9
		switch first := startsOf(text.Key(name.Name))[0]; {
		case strings.HasPrefix(first, typed) || len(starts) > 1 && strings.ReplaceAll(first, "'", "") == starts[1] && isLetter([]rune(first)[0]) && strings.HasPrefix(starts[1], typed):
			fit = 0
		case begins(typed):
			fit = 1
		case !slices.ContainsFunc(words, func(word string) bool { return !begins(word) }):
			fit = 2
		}
		if was, ok := best[t.ID]; fit < 9 && (!ok || fit < was.fit) {
			if t.Canonical == t.ID {
				t.Canonical = 0
			}
			best[t.ID] = fitting{fit, v.Completion{Tag: t, Works: u.visible[t.ID]}}
		}
	}
	list := slices.SortedFunc(maps.Values(best), func(a, b fitting) int {
		return cmp.Or(cmp.Compare(a.fit, b.fit), cmp.Compare(b.Works, a.Works),
			cmp.Compare(text.Key(a.Tag.Name), text.Key(b.Tag.Name)), cmp.Compare(a.Tag.ID, b.Tag.ID))
	})
	for _, x := range list[:min(len(list), most)] {
		done = append(done, x.Completion)
	}
	return done
}

// TestCompleteAgainstScan completes over random vocabularies, built at once or
// grown, and wants just what a plain scan finds.
func TestCompleteAgainstScan(t *testing.T) {
	const most = 60
	typed := strings.Fields("h harr harry d dra o o' ob obrien o'b e el élan 猫 恩 の恩 spider man don dont don't love lov lovely tea (mar mar ♥ 3 14 ส ว l amour rock n'roll nroll all iv")
	typed = append(typed, "harry d", "d harry", "love tea", "tea lov", "  Harry   Dra", "the of", "a", "man spi", "", "-", "l'am", "x", "harry potter")
	for seed := range uint64(20) {
		d, m := newDice(seed), newModel()
		now := v.New()
		for range d.IntN(4) {
			var c v.Change
			for range 20 {
				tag := d.tag(archive.TagID(1+d.IntN(most)), most)
				m.tags[tag.ID] = tag
				c.Tags = append(c.Tags, tag)
			}
			now, _ = now.With(c)
		}
		u := m.uses(d)
		for name, vocabulary := range map[string]*v.Vocabulary{
			"grown": now, "compact": now.Compact(), "built": m.build(), "weighed": now.Weigh(u.All), "built and weighed": m.build().Weigh(u.All),
		} {
			for _, s := range typed {
				for _, kind := range []archive.Kind{0, archive.CharacterTag, archive.Freeform} {
					most := 1 + d.IntN(12)
					got, want := vocabulary.Complete(u, kind, s, most), m.complete(u, kind, s, most)
					if !reflect.DeepEqual(got, want) {
						t.Fatalf("seed %d, %s, %s %q completes to\n%v, want\n%v", seed, name, kind, s, got, want)
					}
				}
			}
			matches := vocabulary.Matching("har te")
			for _, id := range m.ids() {
				if m.canonical(id) != id {
					continue
				}
				want := slices.ContainsFunc(m.members(id), func(own archive.TagID) bool {
					starts := startsOf(text.Key(m.tags[own].Name))
					has := func(p string) bool {
						return slices.ContainsFunc(starts, func(s string) bool { return strings.HasPrefix(s, p) })
					}
					return has("har") && has("te")
				})
				if matches(id) != want {
					t.Fatalf("%v matches: %v", m.tags[id], !want)
				}
			}
		}
	}
}

// TestCompleteAmongMany completes where names are too many to look at each.
func TestCompleteAmongMany(t *testing.T) {
	m, u := newModel(), &uses{all: map[archive.TagID]int{}, visible: map[archive.TagID]int{}}
	d := newDice(3)
	for id := archive.TagID(1); id <= 2_000; id++ {
		tag := archive.Tag{ID: id, Kind: archive.Freeform, Name: "Common " + d.name() + " " + strings.Repeat("i", d.IntN(4))}
		if id%50 == 0 {
			tag.Kind = archive.Fandom
		}
		if id%7 == 0 {
			tag.Canonical = id - 1
			tag.Kind = m.tags[id-1].Kind
		}
		m.tags[id] = tag
		if tag.Canonical == 0 {
			u.all[id] = 1 + int(2_000/float64(1+d.IntN(2_000)))
			u.visible[id] = u.all[id] - d.IntN(2)
		}
	}
	grown := m.build().Weigh(u.All)
	for id := archive.TagID(2_001); id < 2_500; id++ {
		m.tags[id] = archive.Tag{ID: id, Kind: archive.Freeform, Name: "Common " + d.name()}
		u.all[id] = d.IntN(900)
		u.visible[id] = u.all[id]
	}
	var c v.Change
	for id := archive.TagID(2_001); id < 2_500; id++ {
		c.Tags = append(c.Tags, m.tags[id])
	}
	grown, _ = grown.With(c)
	for name, vocabulary := range map[string]*v.Vocabulary{"grown": grown, "weighed": m.build().Weigh(u.All)} {
		for _, typed := range []string{"c", "common", "common harry", "tea common", "h co", "lov"} {
			for _, kind := range []archive.Kind{0, archive.Fandom, archive.Freeform} {
				u.asked = 0
				got, want := vocabulary.Complete(u, kind, typed, 10), m.complete(u, kind, typed, 10)
				if !reflect.DeepEqual(got, want) {
					t.Errorf("%s: %s %q completes to\n%v, want\n%v", name, kind, typed, got, want)
				}
				if u.asked > 400 {
					t.Errorf("%s: %s %q asked for the works of %d tags", name, kind, typed, u.asked)
				}
			}
		}
	}
}

// TestSaying looks for terms in names.
func TestSaying(t *testing.T) {
	d, m := newDice(5), newModel()
	for id := archive.TagID(1); id <= 400; id++ {
		m.tags[id] = archive.Tag{ID: id, Kind: archive.Kinds[d.IntN(len(archive.Kinds))], Name: d.name()}
	}
	built := m.build()
	phrases := [][]string{{"nothing"}, {}}
	for range 300 {
		terms := text.Terms(d.name())
		if from := d.IntN(len(terms) + 1); from < len(terms) {
			phrases = append(phrases, terms[from:min(len(terms), from+1+d.IntN(3))])
		}
	}
	for _, phrase := range phrases {
		var want []archive.TagID
		for _, id := range m.ids() {
			says := false
			for run := text.Terms(m.tags[id].Name); len(phrase) > 0 && len(run) >= len(phrase); run = run[1:] {
				says = says || slices.Equal(run[:len(phrase)], phrase)
			}
			if says {
				want = append(want, id)
			}
			if built.Says(id, phrase) != says {
				t.Errorf("%q says %q: %v", m.tags[id].Name, phrase, !says)
			}
		}
		if got := built.Saying(phrase); !slices.Equal(got, want) {
			t.Errorf("%q is said by %v, want %v", phrase, got, want)
		}
	}
}

func TestNamed(t *testing.T) {
	d, m := newDice(6), newModel()
	for id := archive.TagID(1); id <= 300; id++ {
		m.tags[id] = d.tag(id, 300)
	}
	now := m.build()
	var c v.Change
	for id := archive.TagID(250); id <= 320; id++ { // other names, kinds and canonical tags
		m.tags[id] = d.tag(id, 300)
		c.Tags = append(c.Tags, m.tags[id])
	}
	now, _ = now.With(c)
	keys := map[archive.TagID]string{}
	for id, tag := range m.tags {
		keys[id] = text.Key(tag.Name)
	}
	for range 300 {
		name := d.name()
		key := text.Key(name)
		for kind := range archive.Freeform + 1 {
			var want []archive.TagID
			for _, id := range m.ids() {
				if keys[id] == key && (kind == 0 || m.tags[id].Kind == kind) {
					want = append(want, id)
				}
			}
			if got := now.Named(kind, name); !slices.Equal(got, want) {
				t.Fatalf("%s %q: %v, want %v", kind, name, got, want)
			}
		}
	}
}

// TestNear forgives slips.
func TestNear(t *testing.T) {
	var tags []archive.Tag
	u := &uses{all: map[archive.TagID]int{}, visible: map[archive.TagID]int{}}
	for i, name := range []string{"Sherlock", "Sherlock Holmes", "Élan", "Elam", "Tea", "Hidden Elan", "Holmes (Sherlock)", "John Watson"} {
		tag := archive.Tag{ID: archive.TagID(i + 1), Kind: archive.Fandom, Name: name}
		if name == "Holmes (Sherlock)" {
			tag.Canonical = 2
		}
		tags = append(tags, tag)
		u.all[tag.ID], u.visible[tag.ID] = 3, 2
		if name == "Hidden Elan" {
			u.visible[tag.ID] = 0
		}
	}
	built := v.Build(slices.Values(tags), slices.Values([]archive.TagLink(nil)))
	grown, _ := v.New().With(v.Change{Tags: tags})
	for _, test := range []struct{ typed, want string }{
		{"sherlok", "Sherlock, Sherlock Holmes"}, {"Shrelock Homles", "Sherlock Holmes"}, {"Shelrockk", "Sherlock, Sherlock Holmes"},
		{"elan", "Élan, Elam"}, {"tae", ""}, {"watsno", "John Watson"}, {"", ""}, {strings.Repeat("sherlock", 100), ""},
	} {
		for _, now := range []*v.Vocabulary{built.Weigh(u.All), grown.Compact().Weigh(u.All)} {
			var got []string
			for _, n := range now.Near(u, 0, test.typed, 5) {
				got = append(got, n.Tag.Name)
			}
			if strings.Join(got, ", ") != test.want {
				t.Errorf("near %q is %v, want %s", test.typed, got, test.want)
			}
		}
	}
}

func TestNamesakes(t *testing.T) {
	m, u := newModel(), &uses{all: map[archive.TagID]int{}, visible: map[archive.TagID]int{}}
	for i, name := range []string{"Harry Potter", "Dirty Harry", "Harryette", "O'Harry", "Prince Harry (Royals)", "James Potter", "Harry"} {
		tag := archive.Tag{ID: archive.TagID(i + 1), Kind: archive.CharacterTag, Name: name}
		m.tags[tag.ID] = tag
		u.all[tag.ID], u.visible[tag.ID] = 10-i, 10-i
	}
	var got []string
	for _, n := range m.build().Weigh(u.All).Namesakes(u, archive.CharacterTag, "HARRY", 5) {
		got = append(got, n.Tag.Name)
	}
	if want := "Harry Potter, Dirty Harry, O'Harry, Prince Harry (Royals), Harry"; strings.Join(got, ", ") != want {
		t.Errorf("%v, want %s", got, want)
	}
}

// A common tag that became a synonym, or one of another kind, is not suggested as it was.
func TestNearOfWhatWasCommon(t *testing.T) {
	old := []archive.Tag{{ID: 1, Kind: archive.Fandom, Name: "Something else"}, {ID: 2, Kind: archive.Fandom, Name: "Moonlight"}, {ID: 3, Kind: archive.Fandom, Name: "Moonlighx"}}
	u := &uses{all: map[archive.TagID]int{1: 9, 2: 8, 3: 7}, visible: map[archive.TagID]int{1: 9, 2: 8, 3: 7}}
	grown, _ := v.Build(slices.Values(old), slices.Values([]archive.TagLink(nil))).Weigh(u.All).With(v.Change{Tags: []archive.Tag{
		{ID: 2, Kind: archive.Fandom, Name: "Moonlight", Canonical: 1}, {ID: 3, Kind: archive.Freeform, Name: "Moonlighx"},
	}})
	list := grown.Near(u, archive.Fandom, "moonlihgt", 5)
	if len(list) != 1 || list[0].Tag.ID != 1 {
		t.Errorf("near are %+v", list)
	}
}
