package backup_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/backup"
	"ficstead/internal/export"
	"ficstead/internal/find"
	"ficstead/internal/samples"
	"ficstead/internal/store"
	"ficstead/internal/store/check"
	"ficstead/internal/store/migrations"
	"ficstead/internal/store/storetest"
)

var owner = archive.Viewer{Person: archive.Owner}

// written backs s up, which must not fail.
func written(t testing.TB, s *store.Store) ([]byte, backup.Summary) {
	t.Helper()
	var b bytes.Buffer
	sum, err := backup.Write(t.Context(), s, &b, "test", nil)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), sum
}

// restored makes an archive of a backup at an empty address, and opens it.
func restored(t testing.TB, file []byte, address string) *store.Store {
	t.Helper()
	if _, err := backup.Restore(t.Context(), bytes.NewReader(file), address, nil); err != nil {
		t.Fatal(err)
	}
	return storetest.OpenAt(t, address)
}

// sound fails the test unless check finds nothing.
func sound(t testing.TB, s *store.Store) {
	t.Helper()
	n, err := check.Store(t.Context(), s, func(d check.Damage) { t.Errorf("after restoring: %s", d.What) })
	if err != nil || n == 0 {
		t.Errorf("check: %d sound, %v", n, err)
	}
}

// exports are all works as books and pages, in one transaction.
func exports(t testing.TB, tx *store.Tx) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	var ids []archive.WorkID
	if err := storetest.EachWork(tx, func(w archive.Work) error { ids = append(ids, w.ID); return nil }); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		book, err := export.Load(tx, owner, id)
		if err != nil {
			t.Fatal(err)
		}
		for name, form := range map[string]func(export.Book) ([]byte, error){"epub": export.EPUB, "html": export.HTML} {
			if all[fmt.Sprintf("%d.%s", id, name)], err = form(book); err != nil {
				t.Fatal(err)
			}
		}
	}
	return all
}

func exportsOf(t testing.TB, s *store.Store) (all map[string][]byte) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) error { all = exports(t, tx); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func same(t testing.TB, got, want map[string][]byte) {
	t.Helper()
	if len(got) != len(want) || len(want) == 0 {
		t.Errorf("%d exports, want %d", len(got), len(want))
	}
	for name := range want {
		if !bytes.Equal(got[name], want[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

// answers are what questions find, and in which order.
func answers(t testing.TB, s *store.Store) (all []string) {
	t.Helper()
	finder, err := find.Open(t.Context(), s, find.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{"", "lighthouse", "fandom:lighthouse", "words:>500", "-rating:explicit", "sort:words"} {
		a, err := finder.Works(t.Context(), owner, find.Question{Query: q})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprint(q, a.Total, a.IDs))
	}
	return all
}

// TestRestore goes from each database to each.
func TestRestore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if err := samples.Load(t.Context(), s, owner); err != nil {
			t.Fatal(err)
		}
		remove(t, s)
		file, sum := written(t, s)
		if sum.Rows("work") < 20 || sum.Rows("body") < 50 || sum.Contents < 10_000 || sum.Size != int64(len(file)) {
			t.Errorf("summary: %+v", sum)
		}
		read, err := backup.Verify(bytes.NewReader(file), nil)
		if err != nil || fmt.Sprint(read) != fmt.Sprint(sum) {
			t.Errorf("verified: %+v, %v, want %+v", read, err, sum)
		}
		books, found := exportsOf(t, s), answers(t, s)
		storetest.EachAddress(t, func(t *testing.T, address string) {
			other := restored(t, file, address)
			same(t, exportsOf(t, other), books)
			if got := answers(t, other); fmt.Sprint(got) != fmt.Sprint(found) {
				t.Errorf("found %v, want %v", got, found)
			}
			sound(t, other)
			_, copied := written(t, other)
			if copied.Sum != sum.Sum {
				t.Error("a backup of the restored archive has another sum")
			}
			goesOn(t, s, other)
		})
	})
}

// remove removes the newest work, whose number must never come again.
func remove(t testing.TB, s *store.Store) {
	t.Helper()
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		var last archive.WorkID
		if err := storetest.EachWork(tx, func(w archive.Work) error { last = w.ID; return nil }); err != nil {
			return err
		}
		return tx.RemoveWork(last)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// goesOn fails the test unless both archives give a new work the same number.
func goesOn(t testing.TB, a, b *store.Store) {
	t.Helper()
	var ids []archive.WorkID
	undone := errors.New("undone")
	for _, s := range []*store.Store{a, b} {
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			w := archive.Work{Keeper: archive.Owner, Title: "New"}
			if err := tx.AddWork(&w, nil, nil); err != nil {
				return err
			}
			ids = append(ids, w.ID)
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
	}
	// PostgreSQL does not give again what was given to a transaction that failed.
	if ids[1] > ids[0] || ids[1] < ids[0]-4 {
		t.Errorf("the next works are %v", ids)
	}
}

// TestRestoreOld restores backups of all that the tables ever were, with rows in
// every table, into the other database.
func TestRestoreOld(t *testing.T) {
	for n := 1; n <= len(migrations.All()); n++ {
		t.Run(migrations.Number(migrations.All()[n-1].Name), func(t *testing.T) {
			kinds := map[string]string{}
			storetest.EachAddress(t, func(t *testing.T, address string) {
				storetest.Old(t, address, n)
				var file bytes.Buffer
				sum := dumpOld(t, address, &file)
				if len(sum.Migrations) != n {
					t.Fatalf("backed up after %d migrations", len(sum.Migrations))
				}
				for _, c := range sum.Tables {
					if c.Rows == 0 {
						t.Errorf("no row in %s", c.Table)
					}
				}
				kinds[filepath.Base(t.Name())] = file.String()
			})
			storetest.EachAddress(t, func(t *testing.T, address string) {
				file := kinds["sqlite"]
				if filepath.Base(t.Name()) == "sqlite" && kinds["postgres"] != "" {
					file = kinds["postgres"]
				}
				upgraded := filepath.Join(t.TempDir(), "archive.db")
				storetest.Old(t, upgraded, n)
				s, other := storetest.OpenAt(t, upgraded), restored(t, []byte(file), address)
				if n >= 3 { // before, nothing was written that tells the index what changed
					sound(t, other)
				}
				same(t, exportsOf(t, other), exportsOf(t, s))
				_, got := written(t, other)
				if _, want := written(t, s); got.Sum != want.Sum {
					t.Error("restored and brought up to date it is not what bringing up to date makes of it")
				}
			})
		})
	}
}

// dumpOld backs up what stands at address before it is brought up to date.
func dumpOld(t testing.TB, address string, w io.Writer) (sum backup.Summary) {
	t.Helper()
	enough := errors.New("enough")
	_, err := store.Upgrade(t.Context(), address, func(ctx context.Context, s *store.Store, _ string) (err error) {
		if sum, err = backup.Write(ctx, s, w, "test", nil); err == nil {
			err = enough
		}
		return err
	})
	if err == nil { // nothing was to be changed
		s := storetest.OpenAt(t, address)
		if sum, err = backup.Write(t.Context(), s, w, "test", nil); err != nil {
			t.Fatal(err)
		}
		return sum
	}
	if !errors.Is(err, enough) {
		t.Fatal(err)
	}
	return sum
}

// TestRestoreRefuses restores into nothing but empty databases.
func TestRestoreRefuses(t *testing.T) {
	file, _ := written(t, storetest.Open(t))
	storetest.EachAddress(t, func(t *testing.T, address string) {
		s := restored(t, file, address)
		_, before := written(t, s)
		if _, err := backup.Restore(t.Context(), bytes.NewReader(file), address, nil); err == nil {
			t.Error("restored over an archive")
		}
		if _, after := written(t, s); after.Sum != before.Sum {
			t.Error("the archive that was there was changed")
		}
	})
	if _, err := backup.Restore(t.Context(), bytes.NewReader(file), filepath.Join(t.TempDir(), "no", "folder.db"), nil); err == nil {
		t.Error("restored into a folder that is not there")
	}
}
