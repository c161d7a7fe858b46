package store_test

import (
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// TestFillShingles samples works as if they had come in before there were samples.
func TestFillShingles(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var chapters []archive.Chapter
		for _, letter := range []string{"a", "b", "c"} {
			text := ""
			for i := range 60 {
				text += strings.Repeat(letter, 1+i%7) + string(rune('d'+i%20)) + " "
			}
			chapters = append(chapters, archive.Chapter{Text: prose.Parse("<p>" + text + "</p>")})
		}
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			for i := range chapters {
				w := archive.Work{Keeper: archive.Owner, Title: "A work"}
				if err := tx.AddWork(&w, chapters[i:i+1], nil); err != nil {
					return err
				}
			}
			return tx.SetSetting("shingles.left", "3")
		})
		if err != nil {
			t.Fatal(err)
		}
		rounds := 0
		for more := true; more; rounds++ {
			err := s.Write(t.Context(), func(tx *store.Tx) (err error) {
				more, err = tx.FillShingles(2)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if rounds != 2 {
			t.Errorf("%d rounds for three works, two at a time", rounds)
		}
		for i := range chapters {
			err := s.Read(t.Context(), func(tx *store.Tx) error {
				ids, err := tx.WorksLike(chapters[i:i+1], 5)
				if len(ids) != 1 || ids[0] != archive.WorkID(i+1) {
					t.Errorf("like chapter %d: %v", i, ids)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}
