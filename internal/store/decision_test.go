package store_test

import (
	"reflect"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

func TestDecisions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := add(t, s, specimen(), chapters(1))
		mend := archive.Mend{Rule: "italics", Before: "_a_", After: "a", Applied: true}
		want := archive.Decisions{
			Choices: archive.Choices{mend.ID(): false, "rule:wrap": true}, About: map[string]archive.Mend{mend.ID(): mend},
			Proposals: []archive.Proposal{{Field: "title", Value: "Ä", Confidence: 0.5, Because: "A line."}}, Declined: []string{"x"},
		}
		write(t, s, func(tx *store.Tx) error {
			if d, err := tx.Decisions(w.ID); err != nil || !d.IsZero() {
				t.Errorf("before: %+v, %v", d, err)
			}
			if err := tx.SetDecisions(w.ID, archive.Decisions{Declined: []string{"y"}}); err != nil {
				return err
			}
			return tx.SetDecisions(w.ID, want)
		})
		read(t, s, func(tx *store.Tx) error {
			d, err := tx.Decisions(w.ID)
			if !reflect.DeepEqual(d, want) {
				t.Errorf("got  %+v\nwant %+v", d, want)
			}
			return err
		})
	})
}

// TestReadingAt follows a work through files and a person's choices.
func TestReadingAt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := add(t, s, specimen(), chapters(1))
		chosen := []archive.Chosen{{Proposal: archive.Proposal{Field: "title", Value: "New"}, Was: "Old"}}
		write(t, s, func(tx *store.Tx) error {
			bring := func(data string) error {
				return tx.AddOriginal(store.Original{Work: w.ID, Revision: w.Revision, Kind: "text", Name: data, Data: []byte(data)})
			}
			for _, step := range []func() error{
				func() error { return bring("first") },
				func() error { return tx.ChangeWork(&w, chapters(1), nil) },
				func() error { return tx.SetReading(w, archive.Reading{Origin: 1, Chosen: chosen}) },
				func() error { return tx.ChangeWork(&w, chapters(2), nil) },
				func() error { return bring("second") },
				func() error { return tx.ChangeWork(&w, chapters(1), nil) },
				func() error { return tx.SetReading(w, archive.Reading{Origin: 1}) },
			} {
				if err := step(); err != nil {
					return err
				}
			}
			return nil
		})
		read(t, s, func(tx *store.Tx) error {
			for revision, want := range map[int]archive.Reading{1: {Origin: 1}, 2: {Origin: 1, Chosen: chosen}, 3: {Origin: 3, Chosen: chosen}, 4: {Origin: 1}} {
				if got, err := tx.ReadingAt(w.ID, revision); err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("revision %d: %+v, %v, want %+v", revision, got, err, want)
				}
			}
			return nil
		})
	})
}
