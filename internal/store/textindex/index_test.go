package textindex_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/fulltext"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
	"ficstead/internal/store/textindex"
)

// each runs f with a store and its index on every kind of database.
func each(t *testing.T, f func(t *testing.T, s *store.Store, x *textindex.Index)) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		s := storetest.OpenAt(t, address)
		f(t, s, open(t, s, beside(address)))
	})
}

// beside is the address of the index of the store at an address.
func beside(address string) string {
	if strings.Contains(address, "://") {
		return address
	}
	return filepath.Join(filepath.Dir(address), "text.db")
}

func open(t *testing.T, s *store.Store, address string) *textindex.Index {
	t.Helper()
	x, err := textindex.Open(t.Context(), s, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

func write(t *testing.T, s *store.Store, f func(*store.Tx) error) {
	t.Helper()
	if err := s.Write(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func chapters(texts ...string) []archive.Chapter {
	var cs []archive.Chapter
	for i, text := range texts {
		cs = append(cs, archive.Chapter{Number: i + 1, Text: prose.FromText(text)})
	}
	return cs
}

func add(t *testing.T, s *store.Store, language string, texts ...string) archive.WorkID {
	t.Helper()
	w := archive.Work{Title: "Title", Language: language, Visibility: archive.Public}
	write(t, s, func(tx *store.Tx) error { w.ID = 0; return tx.AddWork(&w, chapters(texts...), nil) })
	return w.ID
}

func change(t *testing.T, s *store.Store, id archive.WorkID, texts ...string) {
	t.Helper()
	write(t, s, func(tx *store.Tx) error {
		w, err := tx.Work(id)
		if err != nil {
			return err
		}
		return tx.ChangeWork(&w, chapters(texts...), nil)
	})
}

func catchUp(t *testing.T, x *textindex.Index) {
	t.Helper()
	if err := x.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func holding(t *testing.T, x *textindex.Index, p fulltext.Phrase) []archive.WorkID {
	t.Helper()
	works, err := x.Holding(t.Context(), p)
	if err != nil {
		t.Fatalf("%+v: %v", p, err)
	}
	return works
}

// phrase reads what people type: "exact", begin*, or words.
func phrase(s string) fulltext.Phrase {
	switch {
	case strings.HasPrefix(s, `"`):
		return fulltext.Phrase{Text: strings.Trim(s, `"`), Exact: true}
	case strings.HasSuffix(s, "*"):
		return fulltext.Phrase{Text: strings.TrimSuffix(s, "*"), Prefix: true}
	}
	return fulltext.Phrase{Text: s}
}

func TestHolding(t *testing.T) {
	works := []struct{ language, text string }{
		{"en", "She was walking home.\n\nThe lamp of the house was lit, and Harry’s don’t-care face."},
		{"de", "Sie war walking unterwegs. Die Straße, ein Café."},
		{"fr", "L’amour de l’été. Il walks."},
		{"ja", "吾輩は猫である。名前はまだ無い。"},
		{"ko", "한국어를 배우다"},
		{"he", "שָׁלוֹם עולם"},
		{"th", "ภาษาไทยง่าย"},
		{"en", "The of\n\nhouse the ofﬁce soft\u00adhyphen; half-blood prince."},
		{"", "dying lights, a dog"},
	}
	each(t, func(t *testing.T, s *store.Store, x *textindex.Index) {
		for _, w := range works {
			add(t, s, w.language, w.text)
		}
		catchUp(t, x)
		for _, c := range []struct {
			asked string
			want  string
		}{
			{"walking", "[1 2]"}, {"walk", "[1]"}, {"walks", "[1 3]"}, {`"walk"`, "[]"}, {`"walking home"`, "[1]"}, {"walks home", "[1]"},
			{`"home the"`, "[]"}, {`"of the house"`, "[1]"}, {`"of the"`, "[1]"}, {`"the of"`, "[8]"}, {"harry", "[1]"}, {`"harry's"`, "[1]"},
			{"dont", "[1]"}, {`"DON'T care"`, "[1]"}, {"strasse", "[2]"}, {"cafe", "[2]"}, {"amour", "[3]"}, {"ete", "[3]"}, {`"l'amour de"`, "[3]"},
			{"猫", "[4]"}, {"猫で", "[4]"}, {`"吾輩は猫である"`, "[4]"}, {"る", "[4]"}, {"名無", "[]"}, {"る名", "[]"}, {"국어", "[5]"}, {"한국어", "[5]"},
			{"שלום", "[6]"}, {`"שלום עולם"`, "[6]"}, {"ไทย", "[7]"}, {"office", "[8]"}, {"softhyphen", "[8]"}, {`"half blood prince"`, "[8]"},
			{"prin*", "[8]"}, {"h*", "[1 8]"}, {"die", "[2 9]"}, {"lighting", "[9]"}, {"", "[]"}, {"…", "[]"}, {"dog*", "[9]"},
			{`"the lamp of the house was lit and harry s"`, "[1]"}, {`"soft hyphen"`, "[]"},
		} {
			if got := fmt.Sprint(holding(t, x, phrase(c.asked))); got != c.want {
				t.Errorf("%s: %s, want %s", c.asked, got, c.want)
			}
		}
		if p, err := x.Progress(t.Context()); err != nil || p != (fulltext.Progress{Done: 9, Of: 9}) {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

// truth is what stands where, by a plain scan of the words.
type truth map[archive.WorkID]struct {
	language string
	texts    []string
}

func (w truth) holding(p fulltext.Phrase) (works []archive.WorkID) {
	terms := p.Terms()
	for id, work := range w {
		if len(terms) > 0 && slices.ContainsFunc(work.texts, func(text string) bool { return stands(text, work.language, terms) }) {
			works = append(works, id)
		}
	}
	slices.Sort(works)
	return works
}

func stands(text, language string, terms []fulltext.Term) bool {
	for _, place := range prose.FromText(text).Places() {
		var words []string
		var reader fulltext.Words
		reader.Each([]byte(place.Text), func(word []byte) { words = append(words, string(word)) })
		for i := range words {
			n := 0
			for n < len(terms) && i+n < len(words) && terms[n].Is(words[i+n], fulltext.English(language)) {
				n++
			}
			if n == len(terms) {
				return true
			}
		}
	}
	return false
}

var vocabulary = strings.Fields(`the of and to a in it was he walk walks walked walking die dying dies happy happiness lamp lamps don’t dont harry’s
	l’été ete Straße café 猫 犬 東京 大学 東京大学 한국 한국어 עולם ไทย ภาษา x y "q" - …`)

func randomText(random *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(vocabulary[random.IntN(len(vocabulary))])
		b.WriteString([]string{" ", " ", " ", ", ", "", "\n\n"}[random.IntN(6)])
	}
	return b.String()
}

// TestAgainstTruth changes an archive at random, and compares answers with a scan.
func TestAgainstTruth(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, x *textindex.Index) {
		random := rand.New(rand.NewPCG(3, 4))
		w := truth{}
		for round := range 12 {
			for range 8 {
				texts := []string{randomText(random, random.IntN(40)), randomText(random, random.IntN(10))}
				language := []string{"en", "de", "", "en-GB"}[random.IntN(4)]
				id := add(t, s, language, texts...)
				w[id] = struct {
					language string
					texts    []string
				}{language, texts}
			}
			for id, work := range w {
				switch random.IntN(12) {
				case 0:
					delete(w, id)
					write(t, s, func(tx *store.Tx) error { return tx.RemoveWork(id) })
				case 1:
					work.texts = []string{randomText(random, 20), work.texts[0]}
					w[id] = work
					change(t, s, id, work.texts...)
				case 2:
					delete(w, id)
					write(t, s, func(tx *store.Tx) error { return tx.SetNoTextSearch(id, true) })
				}
			}
			catchUp(t, x)
			if round%4 == 3 {
				for range 150 {
					p := fulltext.Phrase{Text: strings.ReplaceAll(randomText(random, 1+random.IntN(4)), "\n\n", " "), Exact: random.IntN(2) == 0, Prefix: random.IntN(5) == 0}
					if random.IntN(3) == 0 {
						p.Text = vocabulary[random.IntN(len(vocabulary))]
					}
					if got, want := holding(t, x, p), w.holding(p); !slices.Equal(got, want) {
						t.Fatalf("round %d, %+v: %v, want %v", round, p, got, want)
					}
				}
			}
		}
	})
}
