package store_test

import (
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"modernc.org/sqlite"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/store/check"
	"ficstead/internal/store/migrations"
	"ficstead/internal/store/storetest"
	rows "ficstead/internal/store/tables"
)

var comments = regexp.MustCompile(`--[^\n]*`)

// statements are the statements of a migration.
func statements(m migrations.Migration) (list []string) {
	for _, s := range strings.Split(comments.ReplaceAllString(m.Text, ""), ";") {
		if strings.TrimSpace(s) != "" {
			list = append(list, s)
		}
	}
	return list
}

// brokenAt are the migrations up to the nth, which does something else after k
// of its statements.
func brokenAt(n, k int, instead string) []migrations.Migration {
	list := slices.Clone(migrations.All()[:n])
	list[n-1].Text = strings.Join(append(statements(list[n-1])[:k:k], instead), ";")
	return list
}

// contentOf is a sum of all that is in the tables, and which migrations were run.
func contentOf(t testing.TB, s *store.Store) string {
	t.Helper()
	sum := sha256.New()
	read(t, s, func(tx *store.Tx) error {
		done, err := tx.Tables().Migrations()
		if err != nil {
			return err
		}
		fmt.Fprintln(sum, done)
		all, err := tx.Tables().All()
		for _, table := range all {
			last, lastErr := tx.Tables().Last(table)
			fmt.Fprintln(sum, table, last)
			err = errors.Join(err, lastErr, tx.Tables().Rows(table, func(values []rows.Value) error {
				fmt.Fprintln(sum, values)
				return nil
			}))
		}
		return err
	})
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// oldContent is contentOf of an archive as the first n migrations made it: the
// program of that time starts on it.
func oldContent(t testing.TB, address string, n int) string {
	t.Helper()
	s, err := store.OpenWith(t.Context(), address, migrations.All()[:n], nil)
	if err != nil {
		t.Fatalf("the old version does not start: %v", err)
	}
	defer s.Close()
	return contentOf(t, s)
}

// newStarts fails the test unless the present program starts on what is left, and
// finds everything as it was.
func newStarts(t testing.TB, address string) {
	t.Helper()
	s := storetest.OpenAt(t, address)
	_, err := check.Store(t.Context(), s, func(d check.Damage) {
		if !strings.Contains(d.What, "log of changes") { // the first two versions had none
			t.Error(d.What)
		}
	})
	if err != nil {
		t.Error(err)
	}
	read(t, s, func(tx *store.Tx) error {
		w, err := tx.Work(1)
		if err != nil || w.Title != "The Lamp’s “light” 茶" {
			t.Errorf("the work is %q, %v", w.Title, err)
		}
		c, err := tx.Chapter(archive.WorkID(1), 1)
		if err != nil || c.Text.HTML() != "<p>The lamp was lit.</p>" {
			t.Errorf("its text is %q, %v", c.Text.HTML(), err)
		}
		return nil
	})
}

// TestMigrationsFail lets each migration fail after each of its statements, on an
// archive of the version before: nothing is changed, and both versions start.
func TestMigrationsFail(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		storetest.Old(t, address, 1)
		for n := 2; n <= len(migrations.All()); n++ {
			before := oldContent(t, address, n-1)
			for k := range len(statements(migrations.All()[n-1])) + 1 {
				s, err := store.OpenWith(t.Context(), address, brokenAt(n, k, `SELECT nothing FROM nowhere`), nil)
				if err == nil {
					s.Close()
					t.Fatalf("migration %d did not fail after %d statements", n, k)
				}
			}
			if oldContent(t, address, n-1) != before {
				t.Fatalf("migration %d failed, and changed something", n)
			}
			oldContent(t, address, n) // it does not fail any more
		}
		newStarts(t, address)
	})
}

// killed names, in the environment, what the test binary is to be killed in.
const killed = "FICSTEAD_TEST_MIGRATE"

func TestMain(m *testing.M) {
	if what := os.Getenv(killed); what != "" {
		fmt.Println("was not killed:", migrateAndDie(what))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// migrateAndDie brings up to date what stands at the address that the environment
// names, with a migration that does not live to its end.
func migrateAndDie(what string) error {
	fields := strings.SplitN(what, " ", 3)
	n, err := strconv.Atoi(fields[0])
	if err != nil {
		return err
	}
	k, err := strconv.Atoi(fields[1])
	if err != nil {
		return err
	}
	last := `SELECT pg_advisory_xact_lock(4711)` // the parent has it
	if !strings.HasPrefix(fields[2], "postgres") {
		last = `SELECT die()`
		err := sqlite.RegisterScalarFunction("die", 0, func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
			self, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = self.Kill()
			}
			return nil, err
		})
		if err != nil {
			return err
		}
	}
	_, err = store.OpenWith(context.Background(), fields[2], brokenAt(n, k, last), nil)
	return err
}

// TestMigrationsKilled kills the process in the middle of migrations.
func TestMigrationsKilled(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		storetest.Old(t, address, 1)
		for n := 2; n <= len(migrations.All()); n++ {
			before := oldContent(t, address, n-1)
			last := len(statements(migrations.All()[n-1]))
			for _, k := range []int{last / 2, last} {
				killIn(t, address, n, k)
				if oldContent(t, address, n-1) != before {
					t.Fatalf("migration %d was killed after %d statements, and changed something", n, k)
				}
			}
			oldContent(t, address, n)
		}
		newStarts(t, address)
	})
}

// killIn kills a process that has run k statements of the nth migration.
func killIn(t testing.TB, address string, n, k int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), fmt.Sprintf("%s=%d %d %s", killed, n, k, address))
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(address, "postgres") {
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		said, _ := io.ReadAll(out)
		if err := child.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
			t.Fatalf("the process was not killed: %v, %s", err, said)
		}
		return
	}
	db := raw(t, address)
	db.SetMaxOpenConns(2)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec(`SELECT pg_advisory_xact_lock(4711)`); err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for number(t, db, `SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND NOT granted`) == 0 {
		if t.Context().Err() != nil {
			return
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	child.Wait()
}
