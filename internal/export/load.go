package export

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
)

// Load reads the works with the given ids, in that order, for v. If there is
// one that v may not see, the error is NotFound.
func Load(tx *store.Tx, v archive.Viewer, ids ...archive.WorkID) (Book, error) {
	works, err := tx.Works(ids)
	if err != nil {
		return Book{}, err
	}
	if len(works) != len(ids) {
		return Book{}, fmt.Errorf("%d of %d works: %w", len(ids)-len(works), len(ids), errs.NotFound)
	}
	var b Book
	for _, w := range works {
		if !v.MaySeeWork(w) {
			return Book{}, fmt.Errorf("work %d: %w", w.ID, errs.NotFound)
		}
		bound, err := load(tx, w)
		if err != nil {
			return Book{}, err
		}
		b.Works = append(b.Works, bound)
	}
	return b, nil
}

func load(tx *store.Tx, w archive.Work) (Bound, error) {
	chapters, err := tx.Chapters(w.ID)
	if err != nil {
		return Bound{}, err
	}
	b := Bound{Work: w, Chapters: chapters, Images: map[string]archive.Attachment{}}
	for _, sum := range b.sums() {
		a, err := tx.Attachment(w.ID, sum)
		if errors.Is(err, errs.NotFound) || errors.Is(err, errs.Invalid) {
			continue // printed as its description
		}
		if err != nil {
			return Bound{}, err
		}
		b.Images[sum] = a
	}
	return b, nil
}

// sums are the pictures of all the prose, each once, in order.
func (b Bound) sums() []string {
	var sums []string
	for _, d := range b.docs() {
		for _, src := range d.Images() {
			if sum, ours := strings.CutPrefix(src, "image:"); ours && !slices.Contains(sums, sum) {
				sums = append(sums, sum)
			}
		}
	}
	return sums
}

// docs are all the prose of a work, in reading order.
func (b Bound) docs() []prose.Doc {
	docs := []prose.Doc{b.Work.Summary, b.Work.Notes}
	for _, c := range b.Chapters {
		docs = append(docs, c.Summary, c.Notes, c.Text, c.EndNotes)
	}
	return append(docs, b.Work.EndNotes)
}
