package store_test

import (
	"errors"
	"reflect"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

func TestWork(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		want, cs := specimen(), chapters(3)
		write(t, s, func(tx *store.Tx) error { return tx.AddWork(&want, cs, someMends()) })
		if want.ID != 1 || want.Revision != 1 || want.Words != 9 || len(want.Chapters) != 3 {
			t.Errorf("AddWork made ID %d, revision %d, %d words, %d chapters", want.ID, want.Revision, want.Words, len(want.Chapters))
		}
		read(t, s, func(tx *store.Tx) error {
			got, err := tx.Work(want.ID)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
			if err != nil {
				return err
			}
			gotChapters, err := tx.Chapters(want.ID)
			if !reflect.DeepEqual(gotChapters, cs) {
				t.Errorf("chapters: got  %+v\nwant %+v", gotChapters, cs)
			}
			if err != nil {
				return err
			}
			c, err := tx.Chapter(want.ID, 2)
			if !reflect.DeepEqual(c, cs[1]) {
				t.Errorf("chapter 2: got  %+v\nwant %+v", c, cs[1])
			}
			if err != nil {
				return err
			}
			mends, err := tx.Mends(want.ID)
			if !reflect.DeepEqual(mends, someMends()) {
				t.Errorf("mends: %+v", mends)
			}
			return err
		})
		again := want
		err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddWork(&again, cs, nil) })
		if !errors.Is(err, errs.Conflict) {
			t.Errorf("same source key again: %v, want a conflict", err)
		}
	})
}

// TestEmptyWork keeps a work of which nothing is known.
func TestEmptyWork(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var want archive.Work
		write(t, s, func(tx *store.Tx) error { return tx.AddWork(&want, nil, nil) })
		read(t, s, func(tx *store.Tx) error {
			got, err := tx.Work(want.ID)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
			return err
		})
	})
}
