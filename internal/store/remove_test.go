package store_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"reflect"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

func sum(content string) string {
	s := sha256.Sum256([]byte(content))
	return hex.EncodeToString(s[:])
}

// tables are all that RemoveWork empties. Tags stay, and so does the log.
var tables = []string{"work", "chapter", "revision", "hold", "original", "attachment", "work_tag", "work_creator", "work_series", "creator", "series", "decision", "reading"}

// TestRemoveWork removes works that share everything, one after the other.
func TestRemoveWork(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		s := storetest.OpenAt(t, address)
		db := raw(t, address)
		one := specimen()
		two := specimen()
		two.Keeper = 7
		one, two = add(t, s, one, chapters(3)), add(t, s, two, chapters(3))
		picture := archive.Attachment{Sum: sum("picture"), MediaType: "image/png", Data: []byte("picture")}
		for _, w := range []archive.Work{one, two} {
			write(t, s, func(tx *store.Tx) error {
				if err := tx.AddOriginal(store.Original{Work: w.ID, Revision: 1, Kind: "text", Name: "file.html", Data: []byte("the file")}); err != nil {
					return err
				}
				if err := tx.ChangeWork(&w, chapters(2), someMends()); err != nil {
					return err
				}
				return tx.AddAttachment(w.ID, picture)
			})
		}
		write(t, s, func(tx *store.Tx) error { return tx.RemoveWork(one.ID) })
		read(t, s, func(tx *store.Tx) error {
			if _, err := tx.Work(one.ID); !errors.Is(err, errs.NotFound) {
				t.Errorf("the removed work: %v", err)
			}
			if got, err := tx.WorkAt(two.ID, 1); err != nil || len(got.Creators) != 2 || len(got.Series) != 2 {
				t.Errorf("the other work: %v, %+v", err, got)
			}
			if got, err := tx.ChaptersAt(two.ID, 1); err != nil || !reflect.DeepEqual(got, chapters(3)) {
				t.Errorf("the other work's chapters: %v", err)
			}
			if got, err := tx.Attachment(two.ID, picture.Sum); err != nil || !reflect.DeepEqual(got, picture) {
				t.Errorf("the other work's picture: %v", err)
			}
			o, err := tx.Original(two.ID, sum("the file"))
			if string(o.Data) != "the file" || o.Work != two.ID {
				t.Errorf("the other work's file: %+v", o)
			}
			return err
		})
		write(t, s, func(tx *store.Tx) error { return tx.RemoveWork(two.ID) })
		for _, table := range tables {
			if n := number(t, db, `SELECT count(*) FROM `+table); n != 0 {
				t.Errorf("%d rows are left in %s", n, table)
			}
		}
		if n := number(t, db, `SELECT count(*) FROM body`); n != 1 {
			t.Errorf("%d bodies are left, want the empty one", n)
		}
		three := add(t, s, specimen(), nil)
		if three.ID <= two.ID {
			t.Errorf("a new work got the number %d, which was a removed one's", three.ID)
		}
	})
}

// TestOriginals reads files and pictures back as they came.
func TestOriginals(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := add(t, s, specimen(), chapters(1))
		files := map[string]string{"empty.txt": "", "bytes": "\x00\xff\xfe\r\n", "long.txt": string(make([]byte, 3<<20))}
		for name, data := range files {
			write(t, s, func(tx *store.Tx) error {
				return tx.AddOriginal(store.Original{Work: w.ID, Revision: 1, Kind: "text", Name: name, Data: []byte(data)})
			})
		}
		delete(files, "empty.txt") // has the sum of nothing, and cannot be asked for
		read(t, s, func(tx *store.Tx) error {
			list, err := tx.Originals(w.ID)
			if len(list) != 3 {
				t.Errorf("%d originals, want 3", len(list))
			}
			if err != nil {
				return err
			}
			for name, data := range files {
				o, err := tx.Original(w.ID, sum(data))
				if err != nil {
					return err
				}
				if string(o.Data) != data || o.Name != name || o.Kind != "text" || o.Revision != 1 || o.Withdrawn || o.Size != int64(len(data)) || o.Added.IsZero() {
					t.Errorf("%s came back as %s, %d bytes, added %v", name, o.Name, o.Size, o.Added)
				}
				if got, err := tx.WorkByOriginal(w.Keeper, sum(data)); err != nil || got.ID != w.ID {
					t.Errorf("work by %s: %v", name, err)
				}
				if _, err := tx.WorkByOriginal(w.Keeper+1, sum(data)); !errors.Is(err, errs.NotFound) {
					t.Errorf("another keeper's work by %s: %v", name, err)
				}
			}
			return nil
		})
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddAttachment(w.ID, archive.Attachment{Sum: sum("a"), MediaType: "image/png", Data: []byte("b")})
		})
		if !errors.Is(err, errs.Invalid) {
			t.Errorf("a picture with a wrong sum: %v", err)
		}
	})
}
