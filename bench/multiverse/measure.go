package multiverse

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/propose"
	"ficstead/internal/store"
)

// Result counts works whose tags were hidden.
type Result struct {
	Works, Hidden int
	Fandom        int // the right one was proposed first
	Pair          int // the main pair was among the first three relationships
}

// fandoms of an archive of some works: one for each sixty.
func fandoms(works int) int { return max(works/60, 20) }

// batch is how many works one transaction keeps.
const batch = 500

// Measure fills s, which is empty, with works, and asks what hidden others are
// about that have no tags.
func Measure(ctx context.Context, s *store.Store, works, hidden int, seed uint64) (Result, error) {
	r := rand.New(rand.NewPCG(seed, 7))
	m := New(r, fandoms(works))
	for from := 0; from < works; from += batch {
		err := s.Write(ctx, func(tx *store.Tx) error {
			for i := from; i < min(from+batch, works); i++ {
				w, chapters, _ := m.Work(r, fmt.Sprint("Work ", i), 3)
				w.Keeper, w.Visibility = archive.Owner, archive.Public
				if err := tx.AddWork(&w, chapters, nil); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return Result{}, err
		}
	}
	finder, err := find.Open(ctx, s, find.Options{})
	if err != nil {
		return Result{}, err
	}
	view := propose.View{Context: ctx, Store: s, Finder: finder}
	result := Result{Works: works, Hidden: hidden}
	for i := range hidden {
		w, chapters, pair := m.Work(r, fmt.Sprint("Hidden ", i), 60)
		all := propose.For(propose.Subject{Chapters: chapters}, view)
		if slices.Contains(Values(all, "fandom", 1), w.TagsOf(archive.Fandom)[0].Name) {
			result.Fandom++
		}
		if slices.Contains(Values(all, "relationship", 3), pair) {
			result.Pair++
		}
	}
	return result, nil
}

// Values returns the first n values that are proposed for a field.
func Values(all []archive.Proposal, field string, n int) (values []string) {
	for _, p := range all {
		if p.Field == field && len(values) < n {
			values = append(values, p.Value)
		}
	}
	return values
}
