package vocabulary_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/mapped"
	v "ficstead/internal/index/vocabulary"
)

// thrown is a model of some tags, with what they are used for.
func thrown(seed uint64, n int) (*model, *uses) {
	d, m := newDice(seed), newModel()
	for id := archive.TagID(1); int(id) <= n; id++ {
		m.tags[id] = d.tag(id, n)
	}
	for range n / 2 {
		if l := d.link(n); l.Parent != l.Child {
			m.links[l] = true
		}
	}
	return m, m.uses(d)
}

func write(t testing.TB, made *v.Vocabulary) (data []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tags")
	w, err := mapped.Create(path, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := made.WriteTo(w); err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	if data, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	return data
}

func open(data []byte) (*v.Vocabulary, error) {
	f, err := mapped.Parse(data)
	if err != nil {
		return nil, err
	}
	return v.Open(f)
}

// TestFile writes vocabularies, opens them, and goes on from there.
func TestFile(t *testing.T) {
	const most = 50
	for seed := range uint64(10) {
		m, u := thrown(seed, most)
		d := newDice(seed)
		far := archive.Tag{ID: v.MaxTag, Kind: archive.Fandom, Name: "Far off"}
		m.tags[far.ID], u.all[far.ID], u.visible[far.ID] = far, 3, 3
		made := m.build()
		if seed%2 == 0 {
			made = made.Weigh(u.All)
		}
		if seed%3 == 0 {
			made, _ = v.New().With(v.Change{Tags: []archive.Tag{far}})
			m = newModel()
			m.tags[far.ID] = far
		}
		opened, err := open(write(t, made))
		if err != nil {
			t.Fatal(err)
		}
		for step := range 4 {
			if err := m.check(opened, d, most); err != nil {
				t.Fatalf("seed %d, step %d: %v", seed, step, err)
			}
			for _, typed := range []string{"h", "harry d", "f", "lov tea"} {
				if got, want := opened.Complete(u, 0, typed, 9), m.complete(u, 0, typed, 9); !reflect.DeepEqual(got, want) {
					t.Fatalf("seed %d, step %d: %q completes to\n%v, want\n%v", seed, step, typed, got, want)
				}
			}
			var c v.Change
			for range 5 {
				tag := d.tag(archive.TagID(1+d.IntN(most)), most)
				m.tags[tag.ID] = tag
				c.Tags = append(c.Tags, tag)
			}
			l := archive.TagLink{Parent: 1, Child: archive.TagID(2 + d.IntN(most-1)), Sub: true}
			m.links[l] = true
			c.Linked = []archive.TagID{l.Parent, l.Child}
			c.Links = m.linksOf(c.Linked)
			opened, _ = opened.With(c)
			u = m.uses(d)
			if step == 2 {
				if opened, err = open(write(t, opened.Compact().Weigh(u.All))); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// FuzzOpen damages a file where no sum is looked at, and wants no panic and an end.
func FuzzOpen(f *testing.F) {
	m, u := thrown(1, 80)
	whole := write(f, m.build().Weigh(u.All))
	for seed := range uint64(400) {
		f.Add(seed, uint8(seed%60))
	}
	f.Fuzz(func(t *testing.T, seed uint64, times uint8) {
		d := newDice(seed)
		data := append([]byte(nil), whole...)
		file, err := mapped.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		names := file.Names()
		for range int(times) + 1 {
			b, _ := file.Section(names[d.IntN(len(names))])
			if len(b) > 0 {
				b[d.IntN(len(b))] ^= byte(1 + d.IntN(255))
			}
		}
		opened, err := v.Open(file)
		if err != nil {
			if !errors.Is(err, errs.Damaged) {
				t.Fatal(err)
			}
			return
		}
		ask(opened, u)
		l := archive.TagLink{Parent: 7, Child: 9, Sub: true}
		opened, _ = opened.With(v.Change{
			Tags: []archive.Tag{{ID: 3, Kind: archive.Fandom, Name: "three", Canonical: 5}, {ID: 200, Kind: archive.Freeform, Name: "new"}}, Linked: []archive.TagID{7, 9}, Links: []archive.TagLink{l},
		})
		ask(opened, u)
		ask(opened.Compact().Weigh(u.All), u)
	})
}

// ask asks everything there is to ask.
func ask(opened *v.Vocabulary, u *uses) {
	d := newDice(1)
	for id := range archive.TagID(90) {
		opened.Tag(id)
		opened.Above(id)
		opened.Synonyms(id)
		opened.Metatags(id)
		opened.Children(id)
		opened.CompareNames(id, id+1)
		opened.Says(id, []string{"tea"})
	}
	for range 10 {
		own := d.own(80)
		opened.Filters(nil, own)
		opened.Crosses(own)
		opened.OneShip(own)
		opened.Focus(nil, own)
	}
	for _, typed := range []string{"h", "harry d", "o'b", "猫"} {
		opened.Complete(u, 0, typed, 5)
		opened.Near(u, 0, typed+" lovley", 5)
		opened.Namesakes(u, archive.CharacterTag, typed, 5)
		opened.Named(0, typed)
		opened.Matching(typed)(3)
		opened.Saying([]string{typed})
	}
}
