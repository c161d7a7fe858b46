package store

import "testing"

// Pragma reads a setting of a SQLite connection, for tests outside the package.
func Pragma(t *testing.T, s *Store, writing bool, name string) (value string) {
	t.Helper()
	db := s.read
	if writing {
		db = s.write
	}
	if err := db.QueryRow(`PRAGMA ` + name).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}
