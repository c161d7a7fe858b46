package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"ficstead/internal/base/errs"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/store/check"
	"ficstead/internal/store/textindex"
)

type checkCommand struct {
	JSON   bool `help:"Print one JSON document."`
	Repair bool `help:"Make anew what is derived from the works: indexes, and what lists show. Texts and files are never touched."`
}

// findings are what a check has to say.
type findings struct {
	Sound    int       `json:"sound"`    // contents
	Unsealed int       `json:"unsealed"` // rows that no sum tells anything of yet
	Repaired int       `json:"repaired"`
	Damages  []finding `json:"damages"`
}

type finding struct {
	Kind  check.Kind `json:"kind"`
	What  string     `json:"what"`
	Do    string     `json:"do"`
	Works []int64    `json:"works"` // as in addresses
}

// Run compares everything that is stored with what was kept, and names each damage.
func (c checkCommand) Run(r *run) error {
	f := findings{Damages: []finding{}}
	damages, err := c.check(r, &f)
	if err != nil {
		return err
	}
	for _, d := range damages {
		works := []int64{}
		for _, id := range d.Works {
			works = append(works, int64(id.Public()))
		}
		f.Damages = append(f.Damages, finding{d.Kind, legible(d.What), d.Do, works})
	}
	if c.JSON {
		out := json.NewEncoder(r.out)
		out.SetIndent("", "\t")
		err = out.Encode(f)
	} else {
		f.print(r)
	}
	if err == nil && len(f.Damages) > f.Repaired {
		return exit(exitDamaged)
	}
	return err
}

func (f findings) print(r *run) {
	for _, d := range f.Damages {
		fmt.Fprintf(r.out, "damaged: %s\n  %s\n", d.What, d.Do)
		if len(d.Works) > 0 {
			fmt.Fprintf(r.out, "  It touches work %s.\n", strings.Trim(fmt.Sprint(d.Works), "[]"))
		}
	}
	if f.Unsealed > 0 {
		fmt.Fprintf(r.out, "%d rows have no sums yet; a server gives them theirs\n", f.Unsealed)
	}
	if f.Repaired > 0 {
		fmt.Fprintf(r.out, "%d repaired\n", f.Repaired)
	}
	fmt.Fprintf(r.out, "%d contents sound, %d damages\n", f.Sound, len(f.Damages))
}

// check looks for damage, of the archive first and then of what is derived from it.
func (c checkCommand) check(r *run, f *findings) ([]check.Damage, error) {
	s, err := r.openExisting(r.ctx)
	if d, told := unopened(err); told {
		return []check.Damage{d}, nil
	}
	if err != nil {
		return nil, err
	}
	defer s.Close()
	var damages []check.Damage
	f.Sound, err = check.Store(r.ctx, s, func(d check.Damage) { damages = append(damages, d) })
	if err == nil {
		err = s.Read(r.ctx, func(tx *store.Tx) (err error) { f.Unsealed, err = tx.Unsealed(); return err })
	}
	if err != nil && !errors.Is(err, store.Damaged) {
		return nil, err
	}
	if c.Repair {
		if f.Repaired, err = check.Repair(r.ctx, s, damages); err != nil {
			return nil, err
		}
	}
	derived, err := r.checkDerived(s, len(damages) > f.Repaired)
	if err != nil {
		return nil, err
	}
	if c.Repair && len(derived) > 0 && len(damages) == f.Repaired {
		for _, d := range derived {
			if err := r.repairDerived(s, d.Kind); err != nil {
				return nil, err
			}
			f.Repaired++
		}
	}
	return append(damages, derived...), nil
}

// unopened is the damage that keeps an archive from being opened, if it is one.
func unopened(err error) (check.Damage, bool) {
	if !errors.Is(err, store.Damaged) {
		return check.Damage{}, false
	}
	return check.New(check.Database, "The archive cannot be opened: "+err.Error()+"."), true
}

// checkDerived compares the kept indexes with the store. Where the store itself is
// damaged they may say what it no longer does, and only a failure to ask is told.
func (r *run) checkDerived(s *store.Store, damaged bool) (found []check.Damage, err error) {
	odd, err := find.Check(r.ctx, s, r.keptIndex())
	switch {
	case errors.Is(err, errs.Damaged):
		found = append(found, check.New(check.Index, "The kept index is of no use: "+err.Error()+"."))
	case errors.Is(err, store.Damaged) && damaged:
	case err != nil:
		return nil, err
	}
	if len(odd) > 0 {
		found = append(found, check.New(check.Index, "The kept index does not have works as they are.", odd...))
	}
	wrong, err := r.checkTexts(s)
	if errors.Is(err, store.Damaged) && damaged {
		err = nil
	}
	for _, what := range wrong {
		found = append(found, check.New(check.TextIndex, what))
	}
	return found, err
}

// checkTexts looks at the index of texts, if there is one.
func (r *run) checkTexts(s *store.Store) ([]string, error) {
	if r.database == "" {
		if _, err := os.Stat(r.textIndex()); errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
	}
	return textindex.Check(r.ctx, s, r.textIndex())
}

// textIndex is the address of the index of texts.
func (r *run) textIndex() string {
	if r.database != "" {
		return r.database
	}
	return filepath.Join(r.data, indexFolder, "text.db")
}

// repairDerived makes an index anew.
func (r *run) repairDerived(s *store.Store, kind check.Kind) error {
	if kind == check.TextIndex {
		_, err := r.reindexTexts(s)
		return err
	}
	_, err := r.reindex(s)
	return err
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
