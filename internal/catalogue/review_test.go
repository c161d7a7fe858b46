package catalogue_test

import (
	"errors"
	"regexp"
	"strings"
	"sync"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
	"ficstead/internal/catalogue"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

var marked = regexp.MustCompile(`[~?]\w+[~?]`)

// readMarked is a reader of texts in which ~word~ is a mend, and ?word? only a
// suggestion of one. Its first line is the day of May that the text is of.
func readMarked(o store.Original, choices archive.Choices) (archive.Manuscript, error) {
	day, text, _ := strings.Cut(string(o.Data), "\n")
	m := manuscript(1, int(day[0]-'0'))
	m.Mends = nil
	m.Proposals = []archive.Proposal{
		{Field: "title", Value: "Coffee", Confidence: 0.6, Because: "It smells like it."},
		{Field: "characters", Value: "Bob", Confidence: 0.9, Because: "He is named."},
		{Field: "chapter 1", Value: "The Pot", Confidence: 0.9, Because: "A line stands alone."},
	}
	text = marked.ReplaceAllStringFunc(text, func(s string) string {
		word := strings.Trim(s, "~?")
		mend := archive.Mend{Rule: "mark", Chapter: 1, Before: s, After: word, Confidence: 0.98, Applied: true}
		if s[0] == '?' {
			mend.Rule, mend.Applied, mend.Confidence = "perhaps", false, 0.5
		}
		mend = choices.Decide(mend)
		m.Mends = append(m.Mends, mend)
		if mend.Applied {
			return word
		}
		return s
	})
	m.Chapters[0].Text = prose.Parse("<p>" + text + "</p>")
	return m, nil
}

// bring keeps a text as intake does: with what was decided about the work that it is a copy of.
func bring(t *testing.T, s *store.Store, name, text string) archive.Receipt {
	t.Helper()
	m, err := readMarked(store.Original{Data: []byte(text)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	d, err := catalogue.DecisionsAbout(t.Context(), s, owner, m, file(name, text))
	if err != nil {
		t.Fatal(err)
	}
	if m, err = readMarked(store.Original{Data: []byte(text)}, d.Choices); err != nil {
		t.Fatal(err)
	}
	return keep(t, s, m, file(name, text))
}

func review(t *testing.T, s *store.Store, id archive.WorkID, ch catalogue.Change) catalogue.Reviewed {
	t.Helper()
	r, err := catalogue.Review(t.Context(), s, owner, id, readMarked, ch)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// mark is the ID of the mend of a marked word.
func mark(s string) string {
	rule := "mark"
	if s[0] == '?' {
		rule = "perhaps"
	}
	return archive.Mend{Rule: rule, Before: s, After: strings.Trim(s, "~?")}.ID()
}

func textOf(t *testing.T, s *store.Store, id archive.WorkID) string {
	_, cs := look(t, s, id)
	return strings.TrimSpace(cs[0].Text.Text())
}

// TestReview undoes, accepts, and takes both back.
func TestReview(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		id := bring(t, s, "a", "1\n~one~ ~two~ ?three?").Work
		for i, step := range []struct {
			what     string
			ch       catalogue.Change
			text     string
			why      string
			revision int
		}{
			{"nothing", catalogue.Change{}, "one two ?three?", "", 1},
			{"one undone", catalogue.Change{Choices: archive.Choices{mark("~one~"): false}}, "~one~ two ?three?", "1 mend undone.", 2},
			{"the same again", catalogue.Change{Choices: archive.Choices{mark("~one~"): false}}, "~one~ two ?three?", "", 2},
			{"a suggestion accepted, a mend undone", catalogue.Change{Choices: archive.Choices{mark("?three?"): true, mark("~two~"): false}}, "~one~ ~two~ three", "1 mend undone, 1 accepted.", 3},
			{"of no mend here", catalogue.Change{Choices: archive.Choices{"0000000000000000": false}}, "~one~ ~two~ three", "", 3},
			{"all of a rule", catalogue.Change{Choices: archive.Choices{"rule:mark": true}}, "one two three", "2 mends accepted.", 4},
			{"all", catalogue.Change{Choices: archive.Choices{"*": false}}, "~one~ ~two~ ?three?", "3 mends undone.", 5},
			{"one after all", catalogue.Change{Choices: archive.Choices{mark("~one~"): true}}, "one ~two~ ?three?", "1 mend accepted.", 6},
			{"as the rules say", catalogue.Change{Forget: true}, "one two ?three?", "1 mend accepted.", 7},
		} {
			r := review(t, s, id, step.ch)
			w, _ := look(t, s, id)
			if got := textOf(t, s, id); got != step.text || r.Why != step.why || w.Revision != step.revision || r.Revision != step.revision || r.Changed != (step.why != "") {
				t.Errorf("%d, %s: %q, %+v, revision %d", i, step.what, got, r, w.Revision)
			}
		}
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			revisions, err := tx.Revisions(id)
			if revisions[1].Why != "1 mend accepted." || revisions[4].Why != "1 mend undone, 1 accepted." {
				t.Errorf("%+v", revisions)
			}
			if d, _ := tx.Decisions(id); len(d.Choices) != 0 || len(d.About) != 0 || len(d.Proposals) != 3 {
				t.Errorf("decisions %+v", d)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// TestReviewSurvives updates, reverts, and brings the same files in again.
func TestReviewSurvives(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		id := bring(t, s, "a", "1\n~one~ ~two~ ?three?").Work
		review(t, s, id, catalogue.Change{Choices: archive.Choices{mark("~one~"): false, mark("~two~"): false, mark("?three?"): true},
			Accept: []string{archive.Proposal{Field: "title", Value: "Coffee"}.ID(), archive.Proposal{Field: "characters", Value: "Bob"}.ID()}})
		if got := textOf(t, s, id); got != "~one~ ~two~ three" {
			t.Fatalf("reviewed: %q", got)
		}
		if r := bring(t, s, "a2", "1\n~one~ ~two~  ?three?"); r.Status != archive.StatusSame || r.Work != id {
			t.Errorf("another file that says the same: %+v", r)
		}
		if r := bring(t, s, "b", "2\n~one~ ?three? ~four~"); r.Status != archive.StatusUpdated || r.Work != id {
			t.Fatalf("a newer copy: %+v", r)
		}
		w, _ := look(t, s, id)
		if got := textOf(t, s, id); got != "~one~ three four" || w.Title != "Coffee" || len(w.TagsOf(archive.CharacterTag)) != 1 {
			t.Errorf("updated: %q, %q, %v", got, w.Title, w.Tags)
		}
		r := review(t, s, id, catalogue.Change{})
		if len(r.Lost) != 1 || r.Lost[0].After != "two" || r.Lost[0].Applied || r.Changed {
			t.Errorf("what is no longer found: %+v", r)
		}
		if err := catalogue.RevertTo(t.Context(), s, owner, id, 1); err != nil {
			t.Fatal(err)
		}
		w, _ = look(t, s, id)
		if got := textOf(t, s, id); got != "one two ?three?" || w.Title != "Tea" || len(w.TagsOf(archive.CharacterTag)) != 0 {
			t.Errorf("reverted: %q, %q, %v", got, w.Title, w.Tags)
		}
		r = review(t, s, id, catalogue.Change{})
		w, _ = look(t, s, id)
		if got := textOf(t, s, id); got != "~one~ ~two~ three" || w.Title != "Tea" || len(r.Lost) != 0 {
			t.Errorf("reviewed after going back, it is read from the file of then: %q, %q", got, w.Title)
		}
	})
}

// TestReviewChooses accepts what was proposed of the work.
func TestReviewChooses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		id := bring(t, s, "a", "1\n~one~").Work
		title, chapter := archive.Proposal{Field: "title", Value: "Coffee"}.ID(), archive.Proposal{Field: "chapter 1", Value: "The Pot"}.ID()
		r := review(t, s, id, catalogue.Change{Accept: []string{title, chapter}, Decline: []string{"x"}})
		w, cs := look(t, s, id)
		if w.Title != "Coffee" || cs[0].Title != "The Pot" || w.Chapters[0].Title != "The Pot" || r.Why != "Title, title of chapter 1 chosen." {
			t.Errorf("%q, %q, %+v", w.Title, cs[0].Title, r)
		}
		if r := review(t, s, id, catalogue.Change{Accept: []string{title}}); r.Changed {
			t.Errorf("again: %+v", r)
		}
		if r := bring(t, s, "a2", "1\n~one~ "); r.Status != archive.StatusSame {
			t.Errorf("the same text brought in again: %+v", r)
		}
		_, err := catalogue.Review(t.Context(), s, owner, id, readMarked, catalogue.Change{Accept: []string{"nonsense"}})
		if !errors.Is(err, errs.Invalid) {
			t.Errorf("a proposal that nobody made: %v", err)
		}
		if err := catalogue.Revert(t.Context(), s, owner, id); err != nil {
			t.Fatal(err)
		}
		if w, cs := look(t, s, id); w.Title != "Tea" || cs[0].Title != "Cup 1" {
			t.Errorf("reverted: %q, %q", w.Title, cs[0].Title)
		}
	})
}

func TestReviewRefuses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		id := bring(t, s, "a", "1\n~one~").Work
		none := keep(t, s, func() archive.Manuscript { m := manuscript(2, 2); m.Source.Key = "test:none"; return m }(), catalogue.Original{Name: "none"}).Work
		shown := catalogue.Change{Choices: archive.Choices{"*": false}}
		for what, step := range map[string]struct {
			by   archive.Viewer
			id   archive.WorkID
			want error
		}{
			"a visitor":               {visitor, id, errs.NotFound},
			"another person":          {another, id, errs.NotFound},
			"a work that is not here": {owner, 999, errs.NotFound},
			"a work without a file":   {owner, none, errs.Invalid},
		} {
			if _, err := catalogue.Review(t.Context(), s, step.by, step.id, readMarked, shown); !errors.Is(err, step.want) {
				t.Errorf("%s: %v, want %v", what, err, step.want)
			}
		}
		if err := catalogue.SetVisibility(t.Context(), s, owner, id, archive.Public); err != nil {
			t.Fatal(err)
		}
		if _, err := catalogue.Review(t.Context(), s, another, id, readMarked, shown); !errors.Is(err, errs.Forbidden) {
			t.Errorf("another person, of a public work: %v", err)
		}
		broken := func(store.Original, archive.Choices) (archive.Manuscript, error) {
			return archive.Manuscript{}, archive.Refusal("No.")
		}
		if _, err := catalogue.Review(t.Context(), s, owner, id, broken, shown); !errors.Is(err, errs.Invalid) {
			t.Errorf("a file that cannot be read: %v", err)
		}
		if w, _ := look(t, s, id); w.Revision != 1 {
			t.Errorf("revision %d", w.Revision)
		}
	})
}

// TestTwoReviewsAtOnce decides about different mends from many sides; all of it counts.
func TestTwoReviewsAtOnce(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		s := storetest.OpenAt(t, address)
		words := []string{"~one~", "~two~", "~three~", "~four~"}
		id := bring(t, s, "a", "1\n"+strings.Join(words, " ")).Work
		var group sync.WaitGroup
		for _, word := range words {
			other := storetest.OpenAt(t, address)
			group.Go(func() {
				_, err := catalogue.Review(t.Context(), other, owner, id, readMarked, catalogue.Change{Choices: archive.Choices{mark(word): false}})
				if err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if got := textOf(t, s, id); got != strings.Join(words, " ") {
			t.Errorf("%q", got)
		}
		if w, _ := look(t, s, id); w.Revision != 1+len(words) {
			t.Errorf("revision %d", w.Revision)
		}
	})
}
