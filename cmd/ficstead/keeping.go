package main

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"ficstead/internal/base/errs"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/store/check"
)

type checkCommand struct{}

// Run verifies every stored content and names each damage.
func (checkCommand) Run(r *run) error {
	s, err := r.openExisting(r.ctx)
	if errors.Is(err, store.Damaged) {
		fmt.Fprintf(r.out, "damaged: %s\n", legible(err.Error()))
		return exit(exitDamaged)
	}
	if err != nil {
		return err
	}
	defer s.Close()
	damages := 0
	sound, err := check.Store(r.ctx, s, func(d check.Damage) {
		damages++
		fmt.Fprintf(r.out, "damaged: %s\n", legible(d.What))
		for _, work := range d.Works {
			fmt.Fprintf(r.out, "  needed by work %d: restore it from a backup, or bring its file in again\n", work.Public())
		}
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(r.out, "%d contents sound, %d damaged\n", sound, damages)
	indexed, err := r.checkIndex(s)
	if err != nil {
		return err
	}
	if damages > 0 || !indexed {
		return exit(exitDamaged)
	}
	return nil
}

// checkIndex compares the kept index with the store, and reports whether it is true.
func (r *run) checkIndex(s *store.Store) (bool, error) {
	odd, err := find.Check(r.ctx, s, r.keptIndex())
	if errors.Is(err, errs.Damaged) {
		fmt.Fprintf(r.out, "damaged: %s\n  it is made anew at the next start, or by ficstead reindex\n", legible(err.Error()))
		return false, nil
	}
	for _, id := range odd {
		fmt.Fprintf(r.out, "damaged: the index does not have work %d as it is\n", id.Public())
	}
	if len(odd) > 0 {
		fmt.Fprintln(r.out, "  ficstead reindex makes the index anew")
	}
	return len(odd) == 0, err
}

// legible is what a damaged database says, without bytes that are no text.
func legible(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) && r != '\n' {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
