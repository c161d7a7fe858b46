package textindex_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/fulltext"
	"ficstead/internal/store"
	"ficstead/internal/store/textindex"
)

const story = "The harbour was grey and nobody spoke.\n\n“You kept the letter,” Maren said, and folded the blue umbrella beside the stove as if it were a sleeping cat.\n\nOutside it rained."

func TestPassages(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, x *textindex.Index) {
		short := add(t, s, "en", story)
		long := add(t, s, "he", "one", "two", "three blue", "four", "five blue", story)
		catchUp(t, x)
		for _, c := range []struct {
			work    archive.WorkID
			phrases []string
			want    string
		}{
			{short, []string{"umbrellas"}, "1.2 umbrella; +0"},
			{short, []string{`"the letter"`, "cat"}, "1.2 the letter|cat; +0"},
			{short, []string{"absent"}, "+0"},
			{long, []string{"blue", "harbour"}, "3.1 blue; 5.1 blue; +2"},
			{long, []string{`"it rained"`}, "6.3 it rained; +0"},
			{long, nil, "+0"},
			{99, []string{"blue"}, "+0"},
		} {
			var phrases []fulltext.Phrase
			for _, p := range c.phrases {
				phrases = append(phrases, phrase(p))
			}
			list, more, err := x.Passages(t.Context(), c.work, phrases, 2)
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, p := range list {
				var marked []string
				for _, m := range p.Marks {
					marked = append(marked, p.Text[m.From:m.To])
				}
				fmt.Fprintf(&b, "%d.%d %s; ", p.Chapter, p.Paragraph, strings.Join(marked, "|"))
				if p.Work != c.work || !strings.HasPrefix(p.Anchor, "p") || p.Dir != map[archive.WorkID]string{short: "ltr", long: "rtl"}[p.Work] {
					t.Errorf("%+v", p)
				}
			}
			if got := fmt.Sprintf("%s+%d", b.String(), more); got != c.want {
				t.Errorf("%d, %q: %s, want %s", c.work, c.phrases, got, c.want)
			}
		}
	})
}

func TestRecall(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, x *textindex.Index) {
		for range 20 {
			add(t, s, "en", "The letter was grey. "+strings.Repeat("Nobody said that the cat was outside as if it were so. ", 5), "The stove. The umbrella, a cat.")
		}
		id := add(t, s, "en", "First.", story)
		catchUp(t, x)
		for _, line := range []string{
			"folded the blue umbrella beside the stove as if it were a sleeping cat",
			"she folds her blue umbrela by the stove as though it was a sleeping dog",
			"sleeping cat beside a blue umbrella",
			"“You kept the letter”, Maren said",
		} {
			got, err := x.Recall(t.Context(), line, 30)
			if err != nil || len(got) < 2 {
				t.Fatalf("%q: %+v, %v", line, got, err)
			}
			r := got[0]
			if r.Work != id || r.Chapter != 2 || r.Paragraph != 2 || len(r.Marks) < 2 || r.Score <= got[1].Score || r.Score > 1 {
				t.Errorf("%q: %+v", line, r)
			}
			bare := []fulltext.Recalled{{Passage: fulltext.Passage{Work: r.Work, Chapter: r.Chapter}, Score: r.Score}}
			if err := x.Places(t.Context(), line, bare); err != nil || !reflect.DeepEqual(bare[0], r) {
				t.Errorf("%q: %+v, %v, want %+v", line, bare[0], err, r)
			}
		}
		for _, line := range []string{"", "…", "zzzz qqqq xxxx", strings.Repeat("cat ", 3000), "\x00\xff NEAR(a b) * \" : ^"} {
			if _, err := x.Recall(t.Context(), line, 10); err != nil {
				t.Errorf("%.20q: %v", line, err)
			}
		}
	})
}

// TestKeptOut wants a work that may not be searched, or is no longer there, in no
// answer at once, before the index knows.
func TestKeptOut(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, x *textindex.Index) {
		id, other := add(t, s, "en", story), add(t, s, "en", story)
		catchUp(t, x)
		p := phrase("umbrella")
		found := func(want ...archive.WorkID) {
			t.Helper()
			for range 2 {
				if got := holding(t, x, p); !slices.Equal(got, want) {
					t.Errorf("held by %v, want %v", got, want)
				}
				recalled, err := x.Recall(t.Context(), "folded the blue umbrella", 10)
				var works []archive.WorkID
				for _, r := range recalled {
					works = append(works, r.Work)
				}
				if slices.Sort(works); err != nil || !slices.Equal(works, want) {
					t.Errorf("recalled %v, %v, want %v", works, err, want)
				}
				for _, work := range []archive.WorkID{id, other} {
					list, _, err := x.Passages(t.Context(), work, []fulltext.Phrase{p}, 5)
					if err != nil || (len(list) > 0) != slices.Contains(want, work) {
						t.Errorf("work %d: %v, %v", work, list, err)
					}
				}
				catchUp(t, x)
			}
		}
		generation := x.Generation()
		found(id, other)
		write(t, s, func(tx *store.Tx) error { return tx.SetNoTextSearch(id, true) })
		if x.Generation() == generation {
			t.Error("the generation is the same")
		}
		found(other)
		change(t, s, id, story, "more")
		found(other)
		write(t, s, func(tx *store.Tx) error { return tx.SetNoTextSearch(id, false) })
		catchUp(t, x)
		found(id, other)
		write(t, s, func(tx *store.Tx) error { return tx.RemoveWork(other) })
		found(id)
	})
}
