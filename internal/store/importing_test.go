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

// TestImport brings a batch through, with a file that a work holds as well.
func TestImport(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		s := storetest.OpenAt(t, address)
		db := raw(t, address)
		i := store.Import{Owner: archive.Owner}
		names := []string{"kept.html", "empty.txt", "refused.zip", "refused again.zip"}
		contents := map[string]string{"kept.html": "kept", "empty.txt": "", "refused.zip": "refused", "refused again.zip": "refused"}
		write(t, s, func(tx *store.Tx) error {
			if err := tx.AddImport(&i); err != nil {
				return err
			}
			for _, name := range names {
				if _, err := tx.AddImportItem(i.ID, name, []byte(contents[name])); err != nil {
					return err
				}
			}
			return nil
		})
		if n := number(t, db, `SELECT count(*) FROM body`); n != 3 {
			t.Errorf("%d bodies, want the empty one and one for each content", n)
		}
		receipts := []archive.Receipt{{
			Source: "kept.html", Kind: "ao3-html", Status: archive.StatusNew, Work: 1, Title: "Kept",
			Mends: someMends(), Warnings: []string{"A sentence."},
		}, {Source: "kept.html!b", Status: archive.StatusRefused, Error: "No."}}
		for n := range names {
			var item store.ImportItem
			read(t, s, func(tx *store.Tx) error {
				items, err := tx.PendingItems(1)
				if err != nil || len(items) != 1 {
					t.Fatalf("pending: %+v, %v", items, err)
				}
				item = items[0]
				data, err := tx.ItemData(item.ID)
				if item.Name != names[n] || string(data) != contents[names[n]] || item.Size != int64(len(data)) {
					t.Errorf("item %d: %+v with %q", n, item, data)
				}
				return err
			})
			write(t, s, func(tx *store.Tx) error {
				if n > 0 {
					return tx.FinishItem(item.ID, receipts[1:])
				}
				w := archive.Work{Keeper: archive.Owner}
				if err := tx.AddWork(&w, nil, nil); err != nil {
					return err
				}
				if err := tx.AddOriginal(store.Original{Work: w.ID, Revision: 1, Kind: "text", Name: "kept.html", Data: []byte("kept")}); err != nil {
					return err
				}
				return tx.FinishItem(item.ID, receipts)
			})
			err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.FinishItem(item.ID, nil) })
			if !errors.Is(err, errs.Conflict) {
				t.Errorf("finishing twice: %v", err)
			}
		}
		if n := number(t, db, `SELECT count(*) FROM body`); n != 2 {
			t.Errorf("%d bodies are left, want the empty one and the work's", n)
		}
		read(t, s, func(tx *store.Tx) error {
			items, err := tx.ImportItems(i.ID)
			if len(items) != 4 || !items[0].Done || items[0].Finished.IsZero() || !reflect.DeepEqual(items[0].Receipts, receipts) {
				t.Errorf("items: %+v", items)
			}
			if err != nil {
				return err
			}
			want := i
			want.Items, want.Done = 4, 4
			if got, err := tx.Imports(archive.Owner, 5); err != nil || !reflect.DeepEqual(got, []store.Import{want}) {
				t.Errorf("imports: %+v, %v, want %+v", got, err, want)
			}
			if got, err := tx.Imports(archive.Owner+1, 5); len(got) != 0 || err != nil {
				t.Errorf("another person's imports: %+v, %v", got, err)
			}
			pending, err := tx.PendingItems(5)
			if len(pending) != 0 {
				t.Errorf("pending: %+v", pending)
			}
			return err
		})
	})
}

func TestSettings(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for _, want := range []string{"", "dark", "light", ""} {
			if want != "" {
				write(t, s, func(tx *store.Tx) error { return tx.SetSetting("theme", want) })
			}
			read(t, s, func(tx *store.Tx) error {
				if want == "" {
					got, err := tx.Setting("never set")
					if got != "" {
						t.Errorf("never set: %q", got)
					}
					return err
				}
				got, err := tx.Setting("theme")
				if got != want {
					t.Errorf("got %q, want %q", got, want)
				}
				return err
			})
		}
	})
}
