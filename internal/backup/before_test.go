package backup_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ficstead/internal/backup"
	"ficstead/internal/store"
	"ficstead/internal/store/migrations"
	"ficstead/internal/store/storetest"
)

// TestBefore copies an archive before it is brought up to date, once, and what was
// copied can be brought up to date as well.
func TestBefore(t *testing.T) {
	last := len(migrations.All())
	next := migrations.Number(migrations.All()[last-1].Name)
	storetest.EachAddress(t, func(t *testing.T, address string) {
		storetest.Old(t, address, last-1)
		folder, said := t.TempDir(), ""
		upgrade := func() *store.Store {
			s, err := store.Upgrade(t.Context(), address, backup.Before(folder, "test", func(line string) { said += line }))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			return s
		}
		s := upgrade()
		name := files(t, folder)
		if !strings.HasPrefix(name, "before-"+next+".") || !strings.Contains(said, filepath.Join(folder, name)) {
			t.Fatalf("in the folder: %s; said %q", name, said)
		}
		upgrade() // nothing is to be changed any more
		if got := files(t, folder); got != name {
			t.Errorf("opened again: %s", got)
		}
		copied := filepath.Join(folder, name)
		if strings.HasSuffix(name, ".ficstead") {
			if sum := verified(t, copied); len(sum.Migrations) != last-1 {
				t.Errorf("copied after %d migrations", len(sum.Migrations))
			}
			file, err := os.ReadFile(copied)
			if err != nil {
				t.Fatal(err)
			}
			restored(t, file, filepath.Join(t.TempDir(), "archive.db"))
			return
		}
		same(t, exportsOf(t, storetest.OpenAt(t, copied)), exportsOf(t, s))
	})
}

// TestBeforeFails leaves the archive as it is.
func TestBeforeFails(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		storetest.Old(t, address, 3)
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := store.Upgrade(t.Context(), address, backup.Before(file, "test", func(string) { t.Error("said that there is a copy") }))
		if err == nil || !strings.Contains(err.Error(), "was left as it is") {
			t.Errorf("%v", err)
		}
		if n := ranMigrations(t, address); n != 3 {
			t.Errorf("%d migrations were run", n)
		}
	})
}

// ranMigrations is how many migrations were run at address.
func ranMigrations(t testing.TB, address string) (n int) {
	t.Helper()
	enough := errors.New("enough")
	_, err := store.Upgrade(t.Context(), address, func(ctx context.Context, s *store.Store, _ string) error {
		return errors.Join(enough, s.Read(ctx, func(tx *store.Tx) error {
			done, err := tx.Tables().Migrations()
			n = len(done)
			return err
		}))
	})
	if !errors.Is(err, enough) {
		t.Fatal(err)
	}
	return n
}

// TestBeforeKeeps keeps the copies of the last upgrades, and what is nobody's copy.
func TestBeforeKeeps(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"before-0002.db", "before-0003-10.db", "before-0003-2.db", "before-0003.ficstead", "before-the-wedding.db", "before-0001.db.bak"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	address := filepath.Join(t.TempDir(), "archive.db")
	storetest.Old(t, address, 3)
	s, err := store.Upgrade(t.Context(), address, backup.Before(folder, "test", func(string) {}))
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if got, want := files(t, folder), "before-0001.db.bak before-0003-10.db before-0003-2.db before-0004.db before-the-wedding.db"; got != want {
		t.Errorf("kept %s, want %s", got, want)
	}
}
