// Package storetest opens empty stores for tests.
package storetest

import (
	"crypto/rand"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/store"
)

// Open returns an empty SQLite store that lives as long as the test.
func Open(t testing.TB) *store.Store {
	t.Helper()
	return OpenAt(t, filepath.Join(t.TempDir(), "archive.db"))
}

// OpenAt returns the store at an address, open as long as the test lives.
func OpenAt(t testing.TB, address string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// Each runs f on an empty store of every kind. PostgreSQL is left out, aloud,
// where TEST_POSTGRES names no server, and never in CI.
func Each(t *testing.T, f func(*testing.T, *store.Store)) {
	EachAddress(t, func(t *testing.T, address string) { f(t, OpenAt(t, address)) })
}

// EachAddress runs f with the address of an empty database of every kind, for
// tests that open it themselves, twice or more.
func EachAddress(t *testing.T, f func(t *testing.T, address string)) {
	t.Run("sqlite", func(t *testing.T) { f(t, filepath.Join(t.TempDir(), "archive.db")) })
	t.Run("postgres", func(t *testing.T) {
		server := os.Getenv("TEST_POSTGRES")
		if server == "" && os.Getenv("CI") != "" {
			t.Fatal("TEST_POSTGRES is not set")
		}
		if server == "" {
			t.Skip("TEST_POSTGRES is not set")
		}
		f(t, newSchema(t, server))
	})
}

// newSchema makes a schema of this test's own, so that tests run side by side
// and touch nothing else on the server, and returns its address.
func newSchema(t testing.TB, server string) string {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	name := "test_" + strings.ToLower(rand.Text())
	if _, err := db.Exec(`CREATE SCHEMA ` + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Exec(`DROP SCHEMA ` + name + ` CASCADE`) })
	query := u.Query()
	query.Set("search_path", name)
	query.Set("synchronous_commit", "off") // no test cuts the power, and this is ten times faster
	u.RawQuery = query.Encode()
	return u.String()
}

// EachWork calls f for all works, in order of ID, until it fails.
func EachWork(tx *store.Tx, f func(archive.Work) error) error {
	last, err := tx.LastWork()
	for id := archive.WorkID(1); err == nil && id <= last; id++ {
		var w archive.Work
		if w, err = tx.Work(id); errors.Is(err, errs.NotFound) {
			err = nil
			continue
		}
		if err == nil {
			err = f(w)
		}
	}
	return err
}
