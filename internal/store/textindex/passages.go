package textindex

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/text"
	"ficstead/internal/fulltext"
	"ficstead/internal/store"
)

// enough is how many more passages of a work are counted.
const enough = 100

// few is how many chapters are read without asking the index which of them to read.
const few = 3

// Passages returns the first passages of a work in which any of phrases stands,
// and how many more there are, as far as somebody would count. A work that may
// not be searched has none.
func (x *Index) Passages(ctx context.Context, work archive.WorkID, phrases []fulltext.Phrase, most int) (list []fulltext.Passage, more int, err error) {
	var w archive.Work
	err = x.store.Read(ctx, func(tx *store.Tx) (err error) {
		if w, err = tx.Work(work); err != nil || w.NoTextSearch {
			return err
		}
		numbers, err := x.chapters(ctx, w, phrases)
		if err != nil {
			return err
		}
		finder := fulltext.NewPassages(phrases, w.Language)
		for _, n := range numbers {
			chapter, err := tx.Chapter(work, n)
			if errors.Is(err, store.Damaged) || errors.Is(err, errs.NotFound) {
				continue // the index is a little behind, or what is damaged shows nothing
			}
			if err != nil {
				return err
			}
			found := inChapter(finder, w, chapter)
			take := min(len(found), most-len(list))
			list, more = append(list, found[:take]...), more+len(found)-take
			if more >= enough || ctx.Err() != nil {
				return ctx.Err()
			}
		}
		return nil
	})
	if errors.Is(err, errs.NotFound) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("passages of work %d: %w", work, err)
	}
	return list, more, nil
}

// chapters are those of a work in which one of phrases may stand.
func (x *Index) chapters(ctx context.Context, w archive.Work, phrases []fulltext.Phrase) ([]int, error) {
	var numbers []int
	if len(w.Chapters) <= few {
		for _, c := range w.Chapters {
			numbers = append(numbers, c.Number)
		}
		return numbers, nil
	}
	err := x.ask(ctx, func(q *question) error {
		within := q.documentsOf(w.ID)
		for _, p := range phrases {
			terms := p.Terms()
			if len(terms) == 0 {
				continue
			}
			err := q.each(terms, within, func(s *segment, docs fulltext.Set) {
				docs.Each(func(doc uint32) { numbers = append(numbers, s.docs[doc].Chapter) })
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	slices.Sort(numbers)
	return slices.Compact(numbers), err
}

// documentsOf are the documents of a work, of segments that have any.
func (q *question) documentsOf(work archive.WorkID) map[*segment]fulltext.Set {
	within := map[*segment]fulltext.Set{}
	for _, s := range q.view.segments {
		for i, d := range s.docs {
			if d.Work != work {
				continue
			}
			if within[s] == nil {
				within[s] = fulltext.NewSet(len(s.docs))
			}
			within[s].Add(uint32(i))
		}
	}
	return within
}

func inChapter(finder *fulltext.Passages, w archive.Work, c archive.Chapter) (found []fulltext.Passage) {
	for i, place := range c.Text.Places() {
		if p, ok := finder.In(place.Text); ok {
			found = append(found, placed(p, w, c.Number, i+1, place.ID))
		}
	}
	return found
}

// placed is a passage with where it stands.
func placed(p fulltext.Passage, w archive.Work, chapter, paragraph int, anchor string) fulltext.Passage {
	p.Work, p.Chapter, p.Paragraph, p.Anchor = w.ID, chapter, paragraph, anchor
	p.Language, p.Dir = w.Language, text.Dir(w.Language)
	return p
}

// Generation is another number whenever answers may be other ones, as far as
// this process knows.
func (x *Index) Generation() int64 {
	x.seen.Lock()
	defer x.seen.Unlock()
	if x.seen.view == nil {
		return x.store.Writes()
	}
	return x.seen.version + x.store.Writes()
}
