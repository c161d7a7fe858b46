package store_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// TestSameAnswers does the same random things to both databases, and wants all
// they can be asked answered alike. One of them alone is compared with itself.
func TestSameAnswers(t *testing.T) {
	answers := map[string][]string{}
	for range 2 {
		storetest.Each(t, func(t *testing.T, s *store.Store) {
			now := day(1)
			s = s.WithClock(func() time.Time { now = now.Add(time.Second); return now })
			random := rand.New(rand.NewPCG(7, 7))
			kind := t.Name()[strings.LastIndex(t.Name(), "/"):]
			answers[kind] = nil
			for range 80 {
				write(t, s, func(tx *store.Tx) error { return somethingRandom(tx, random) })
				answers[kind] = append(answers[kind], everything(t, s))
			}
		})
	}
	for kind, got := range answers {
		for i, want := range answers["/sqlite"] {
			if i < len(got) && got[i] != want {
				t.Fatalf("%s, after step %d:\n%s\nwant\n%s", kind, i, got[i], want)
			}
		}
	}
}

// somethingRandom does one thing, or nothing if there is nothing to do it to.
func somethingRandom(tx *store.Tx, random *rand.Rand) error {
	var works []archive.Work
	err := storetest.EachWork(tx, func(w archive.Work) error { works = append(works, w); return nil })
	if err != nil {
		return err
	}
	if len(works) == 0 || random.IntN(4) == 0 {
		w := randomWork(random)
		return tx.AddWork(&w, chapters(random.IntN(4)), nil)
	}
	w := works[random.IntN(len(works))]
	switch random.IntN(7) {
	case 0:
		changed := randomWork(random)
		changed.ID, changed.Revision = w.ID, w.Revision
		return tx.ChangeWork(&changed, chapters(random.IntN(4)), someMends())
	case 1:
		return tx.RemoveWork(w.ID)
	case 2:
		return tx.SetVisibility(w.ID, archive.Visibility(random.IntN(4)))
	case 3:
		return tx.AddOriginal(store.Original{Work: w.ID, Revision: w.Revision, Kind: "text", Name: "name", Data: []byte(fmt.Sprint(random.Int64()))})
	case 4:
		return tx.WithdrawOriginals(w.ID, w.Revision-1)
	case 5:
		if len(w.Tags) > 1 && w.Tags[0].Canonical != w.Tags[1].ID && w.Tags[1].Canonical == 0 {
			return tx.SetCanonical(w.Tags[0].ID, w.Tags[1].ID)
		}
	case 6:
		if len(w.Tags) > 0 {
			return tx.SetCanonical(w.Tags[0].ID, 0)
		}
	}
	return nil
}

func randomWork(random *rand.Rand) archive.Work {
	pick := func(n int) string {
		return []string{"é", "E", "z", "茶", "_", "%", "ß", " a ", "🫖"}[random.IntN(n)]
	}
	w := archive.Work{Keeper: archive.PersonID(random.IntN(3)), Title: pick(9), Complete: random.IntN(2) == 0, Posted: day(random.IntN(9))}
	for range random.IntN(4) {
		w.Tags = append(w.Tags, archive.Tag{Kind: archive.Kinds[random.IntN(7)], Name: pick(9)})
		w.Creators = append(w.Creators, archive.Creator{Name: pick(9), Account: pick(3)})
		w.Series = append(w.Series, archive.Part{Series: archive.Series{Title: pick(9)}, Number: random.IntN(3)})
	}
	w.Summary = prose.Parse("<p>" + pick(9) + "</p>")
	return w
}

// everything is what can be asked, as text.
func everything(t *testing.T, s *store.Store) string {
	t.Helper()
	var b strings.Builder
	say := func(value any, err error) { fmt.Fprintf(&b, "%+v %v\n", value, err) }
	read(t, s, func(tx *store.Tx) error {
		say(tx.CountWorks())
		say(tx.Changes(0, 1000))
		say(tx.TagLinks())
		say(tx.SearchTags(0, "", 1000))
		say(tx.SearchTags(archive.Fandom, "e", 1000))
		err := tx.EachTag(func(tag archive.Tag) error { say(tag, nil); return nil })
		if err != nil {
			return err
		}
		err = tx.EachCreator(func(c archive.Creator) error {
			say(c, nil)
			say(tx.CreatorByName(c.Name))
			return nil
		})
		if err != nil {
			return err
		}
		return storetest.EachWork(tx, func(w archive.Work) error {
			say(w, nil)
			say(tx.Originals(w.ID))
			revisions, err := tx.Revisions(w.ID)
			say(revisions, err)
			for _, r := range revisions {
				say(tx.WorkAt(w.ID, r.Number))
				say(tx.ChaptersAt(w.ID, r.Number))
				say(tx.MendsAt(w.ID, r.Number))
			}
			for _, part := range w.Series {
				say(tx.SeriesWorks(part.Series.ID))
			}
			return nil
		})
	})
	return b.String()
}
