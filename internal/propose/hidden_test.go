package propose_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/find"
	"ficstead/internal/propose"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// TestHiddenTags makes an archive of fandoms that share first names, hides the
// tags of new works, and counts how many of them are proposed right.
func TestHiddenTags(t *testing.T) {
	works, hidden := 1200, 200
	if testing.Short() {
		works, hidden = 300, 60
	}
	r := rand.New(rand.NewPCG(7, 7))
	m := newMultiverse(r, 40)
	s := storetest.Open(t)
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		for i := range works {
			w, chapters, _ := m.work(r, fmt.Sprint("Work ", i), 3)
			w.Keeper, w.Visibility = archive.Owner, archive.Public
			if err := tx.AddWork(&w, chapters, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	finder, err := find.Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	view := propose.View{Context: t.Context(), Store: s, Finder: finder, Viewer: archive.Viewer{}}
	fandoms, pairs := 0, 0
	for i := range hidden {
		w, chapters, pair := m.work(r, fmt.Sprint("Hidden ", i), 60)
		all := propose.For(propose.Subject{Chapters: chapters}, view)
		if value(all, "fandom", 1)[0] == w.TagsOf(archive.Fandom)[0].Name {
			fandoms++
		}
		for _, said := range value(all, "relationship", 3) {
			if said == pair {
				pairs++
				break
			}
		}
	}
	t.Logf("of %d works: right fandom first %d, main pair among three %d", hidden, fandoms, pairs)
	if fandoms*100 < hidden*95 || pairs*100 < hidden*85 {
		t.Errorf("right fandom first %d of %d, main pair among three %d", fandoms, hidden, pairs)
	}
}

// TestPrivateNamesAreNotTold hides the only works that know a name.
func TestPrivateNamesAreNotTold(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	m := newMultiverse(r, 1)
	s := storetest.Open(t)
	w, chapters, _ := m.work(r, "Secret", 3)
	w.Keeper = archive.Owner
	if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddWork(&w, chapters, nil) }); err != nil {
		t.Fatal(err)
	}
	finder, err := find.Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	_, chapters, _ = m.work(r, "Other", 60)
	for viewer, want := range map[archive.Viewer]bool{{}: false, {Person: archive.Owner}: true} {
		view := propose.View{Context: t.Context(), Store: s, Finder: finder, Viewer: viewer}
		all := propose.For(propose.Subject{Chapters: chapters}, view)
		if is := value(all, "fandom", 1)[0] != ""; is != want {
			t.Errorf("viewer %+v: %+v", viewer, all)
		}
	}
}

func value(all []archive.Proposal, field string, n int) []string {
	values := make([]string, n)
	i := 0
	for _, p := range all {
		if p.Field == field && i < n {
			values[i] = p.Value
			i++
		}
	}
	return values
}

// multiverse is some fandoms with their characters and ships, all made up.
type multiverse struct{ fandoms []universe }

type universe struct {
	name       string
	characters []string
	ships      [][2]int // the most loved first
}

// newMultiverse makes n fandoms. First names are so few that several fandoms
// share each; some characters have one name only.
func newMultiverse(r *rand.Rand, n int) multiverse {
	syllables := []string{"ma", "ra", "to", "mas", "el", "in", "ka", "dor", "vi", "sa", "be", "lo", "ri", "an", "wen", "jo", "th", "ur"}
	word := func(parts int) string {
		var b strings.Builder
		for range parts {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		return strings.ToUpper(b.String()[:1]) + b.String()[1:]
	}
	var firsts []string
	for range n * 6 {
		firsts = append(firsts, word(2+r.IntN(2)))
	}
	var m multiverse
	for i := range n {
		u := universe{name: fmt.Sprintf("%s %s %d", word(2), word(3), i)}
		for range 8 + r.IntN(12) {
			name := firsts[r.IntN(len(firsts))]
			if r.IntN(5) > 0 {
				name += " " + word(3)
			}
			u.characters = append(u.characters, name)
		}
		for range 6 {
			a, b := zipf(r, len(u.characters)), zipf(r, len(u.characters))
			if a != b {
				u.ships = append(u.ships, [2]int{a, b})
			}
		}
		if len(u.ships) == 0 {
			u.ships = [][2]int{{0, 1}}
		}
		m.fandoms = append(m.fandoms, u)
	}
	return m
}

// zipf draws from n things, the first the most often.
func zipf(r *rand.Rand, n int) int { return int(float64(n) * r.Float64() * r.Float64()) }

// work tells a story of one fandom in paragraphs: its main pair most of all,
// some others, and people and places that no archive knows.
func (m multiverse) work(r *rand.Rand, title string, paragraphs int) (archive.Work, []archive.Chapter, string) {
	u := m.fandoms[zipf(r, len(m.fandoms))]
	ship := u.ships[zipf(r, len(u.ships))]
	cast := []string{u.characters[ship[0]], u.characters[ship[1]]}
	for range 1 + r.IntN(5) {
		if c := u.characters[zipf(r, len(u.characters))]; c != cast[0] && c != cast[1] {
			cast = append(cast, c)
		}
	}
	pair := cast[0] + "/" + cast[1]
	w := archive.Work{Title: title, Tags: []archive.Tag{{Kind: archive.Fandom, Name: u.name}, {Kind: archive.Relationship, Name: pair}}}
	for _, c := range cast {
		w.Tags = append(w.Tags, archive.Tag{Kind: archive.CharacterTag, Name: c})
	}
	strangers := []string{m.fandoms[r.IntN(len(m.fandoms))].characters[0], "Harrowgate", "Brindle"}
	called := func(full string) string {
		first, last, both := strings.Cut(full, " ")
		switch n := r.IntN(10); {
		case !both || n < 7:
			return first
		case n < 9:
			return last
		}
		return full
	}
	var b strings.Builder
	for range paragraphs {
		who := cast[zipf(r, len(cast))]
		other := cast[zipf(r, len(cast))]
		if r.IntN(12) == 0 {
			other = strangers[r.IntN(len(strangers))]
		}
		fmt.Fprintf(&b, "<p>The rain had not stopped when %s came in. Nobody had told %s of it, and then %s laughed.</p>", called(who), called(other), called(who))
	}
	return w, []archive.Chapter{{Text: prose.Parse(b.String())}}, pair
}
