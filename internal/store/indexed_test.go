package store_test

import (
	"reflect"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
)

// indexed is what an index asks for of a work.
type indexed struct {
	archive.Work
	summary, notes string
	chapters       int
}

func indexedOf(w archive.Work) indexed {
	x := indexed{listed(w), w.Summary.Text(), w.Notes.Text() + "\n\n" + w.EndNotes.Text(), len(w.Chapters)}
	x.Summary, x.Chapters, x.Recipient, x.Revision, x.ChaptersPlanned = prose.Doc{}, nil, nil, 0, 0
	x.Changed, x.NoTextSearch = archive.Work{}.Changed, false
	return x
}

// mustBeIndexed compares what an index is told of works with the works themselves.
func mustBeIndexed(t *testing.T, tx *store.Tx, works []archive.Work) {
	t.Helper()
	for _, w := range works {
		n := 0
		err := tx.EachIndexed(w.ID, w.ID+1, func(got *archive.Work, summary, notes string, chapters int) error {
			n++
			w := w
			w.Tags, w.Creators, w.Series = append(got.Tags[:0:0], w.Tags...), append(got.Creators[:0:0], w.Creators...), append(got.Series[:0:0], w.Series...)
			w.Chapters = append(w.Chapters[:0:0], w.Chapters...)
			if want, got := indexedOf(w), (indexed{*got, summary, notes, chapters}); !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
			return nil
		})
		if err != nil || n != 1 {
			t.Errorf("work %d is told of %d times: %v", w.ID, n, err)
		}
	}
	if last, err := tx.LastWork(); err != nil || len(works) > 0 && last < works[len(works)-1].ID {
		t.Errorf("last is %d: %v", last, err)
	}
}
