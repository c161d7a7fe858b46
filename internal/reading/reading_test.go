package reading_test

import (
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/catalogue"
	"ficstead/internal/find"
	"ficstead/internal/intake"
	"ficstead/internal/reading"
	"ficstead/internal/repair/heal"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

var owner = archive.Viewer{Person: archive.Owner}

// story is a text file of a story; in one copy a word is in italics, and a scene ends.
func story(title string, whole bool) string {
	var b strings.Builder
	b.WriteString("Title: " + title + "\nAuthor: Quill\n\n")
	for i, p := range strings.Split(`The lamp over the stair had gone out again, and nobody in the house had seen it go.
Mara said that she believed him, which was more than Tomas had hoped for on such a night.
They went down to the water together, and Mara carried the light.
In the morning the harbour was empty, and the gulls had it to themselves.
Tomas found the letter under the bread, and read it twice before he understood.
It was from Mara, and it was short, and it was kind.
He walked to the end of the pier, where the ships of the north lay in summer.
There he sat until the lamps were lit, and then he went home.`, "\n") {
		if whole && i == 3 {
			b.WriteString("* * *\n\n")
		}
		if whole {
			p = strings.Replace(p, "believed", "_believed_", 1)
		}
		b.WriteString(p + "\n\n")
	}
	return b.String()
}

func bring(t *testing.T, s *store.Store, name, text string) archive.Receipt {
	t.Helper()
	file := intake.File{Name: name, Data: func() ([]byte, error) { return []byte(text), nil }}
	return intake.Bring(t.Context(), s, owner, file, false)[0]
}

func TestSecondCopyHeals(t *testing.T) {
	s := storetest.Open(t)
	worse, better := bring(t, s, "worse.txt", story("The Lamp", false)), bring(t, s, "better.txt", story("The Lamp (restored)", true))
	if better.Status != archive.StatusDuplicate {
		t.Fatalf("%+v", better)
	}
	if err := catalogue.Unite(t.Context(), s, owner, worse.Work, better.Work, false); err != nil {
		t.Fatal(err)
	}
	finder, err := find.Open(t.Context(), s, find.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := reading.Archive{Store: s, Finder: finder, Viewer: owner}
	w, _, html := look(t, s, worse.Work)
	if err := a.Heal(t.Context(), w); err != nil {
		t.Fatal(err)
	}
	w, mends, after := look(t, s, worse.Work)
	if after != html || w.Revision != 2 {
		t.Errorf("healed without a person, or as a revision of its own (%d): %s", w.Revision, after)
	}
	choices := archive.Choices{}
	rules := map[string]int{}
	for _, m := range mends {
		if m.From == "better.txt" {
			rules[m.Rule]++
			choices[m.ID()] = true
		}
	}
	if rules[heal.Italics] != 1 || rules[heal.Breaks] != 1 {
		t.Fatalf("suggested %v of %+v", rules, mends)
	}
	_, err = catalogue.Review(t.Context(), s, owner, w.ID, a.Reader(t.Context(), w), catalogue.Change{Choices: choices})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, healed := look(t, s, worse.Work); !strings.Contains(healed, "<em>believed</em>") || strings.Count(healed, "<hr>") != 1 {
		t.Errorf("healed: %s", healed)
	}
	for id := range choices {
		choices[id] = false
	}
	_, err = catalogue.Review(t.Context(), s, owner, w.ID, a.Reader(t.Context(), w), catalogue.Change{Choices: choices})
	if _, _, undone := look(t, s, worse.Work); err != nil || undone != html {
		t.Errorf("undone: %s, %v", undone, err)
	}
}

func look(t *testing.T, s *store.Store, id archive.WorkID) (w archive.Work, mends []archive.Mend, html string) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
		if w, err = tx.Work(id); err != nil {
			return err
		}
		chapters, err := tx.Chapters(id)
		for _, c := range chapters {
			html += c.Text.HTML()
		}
		if err == nil {
			mends, err = tx.Mends(id)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return w, mends, html
}

// TestProposals asks an archive that knows two people what a story is about.
func TestProposals(t *testing.T) {
	s := storetest.Open(t)
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		w := archive.Work{Keeper: archive.Owner, Title: "Another", Tags: []archive.Tag{
			{Kind: archive.Fandom, Name: "Harbour Tales"}, {Kind: archive.CharacterTag, Name: "Mara Vance"}, {Kind: archive.CharacterTag, Name: "Tomas"},
			{Kind: archive.Relationship, Name: "Mara Vance/Tomas"},
		}}
		return tx.AddWork(&w, []archive.Chapter{{Text: prose.Parse("<p>A.</p>")}}, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	finder, err := find.Open(t.Context(), s, find.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := intake.Read("story.txt", []byte(story("The Lamp", true)), nil)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	a := reading.Archive{Store: s, Finder: finder, Viewer: owner}
	for _, p := range a.Proposals(t.Context(), archive.Work{Title: m.Title}, m.Chapters, "story.txt") {
		said[p.Field+" "+p.Value] = true
	}
	for _, want := range []string{"language en", "fandom Harbour Tales", "character Mara Vance", "character Tomas", "relationship Mara Vance/Tomas"} {
		if !said[want] {
			t.Errorf("not proposed: %s of %v", want, said)
		}
	}
}
