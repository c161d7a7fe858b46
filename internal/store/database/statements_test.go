package database

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
)

func openKept(t testing.TB) *sql.DB {
	t.Helper()
	connector, err := openKeeping("file:" + filepath.Join(t.TempDir(), "kept.db"))
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, statement := range []string{`CREATE TABLE n (n INTEGER PRIMARY KEY)`, `INSERT INTO n VALUES (1), (2), (3)`} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// TestStatementWithinItself asks the same question while its answer is being read.
func TestStatementWithinItself(t *testing.T) {
	const above = `SELECT n FROM n WHERE n > $1 ORDER BY n`
	tx, err := openKept(t).Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	var pairs string
	for range 2 {
		outer, err := tx.Query(above, 0)
		if err != nil {
			t.Fatal(err)
		}
		for outer.Next() {
			var a, b int
			if err := outer.Scan(&a); err != nil {
				t.Fatal(err)
			}
			if tx.QueryRow(above, a).Scan(&b) == nil {
				pairs += fmt.Sprint(a, b, " ")
			}
		}
		outer.Close()
	}
	if want := "1 2 2 3 1 2 2 3 "; pairs != want {
		t.Errorf("%q, want %q", pairs, want)
	}
}

// TestStatementsAreForgotten asks more questions than are kept, then fails, is
// called off, and changes the table under those that are kept.
func TestStatementsAreForgotten(t *testing.T) {
	db := openKept(t)
	ask := func(query string, args ...any) (n int) {
		t.Helper()
		if err := db.QueryRow(query, args...).Scan(&n); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		return n
	}
	for i := range 2 * mostKept {
		if n := ask(fmt.Sprintf(`SELECT n + %d FROM n WHERE n = $1`, i), 2); n != i+2 {
			t.Fatalf("%d, want %d", n, i+2)
		}
	}
	for range 2 {
		if _, err := db.Exec(`INSERT INTO n VALUES ($1)`, 1); err == nil {
			t.Error("a key was added twice")
		}
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := db.QueryContext(over, `SELECT n FROM n WHERE n = $1`, 1); err == nil {
		t.Error("what was called off was answered")
	}
	if _, err := db.Exec(`INSERT INTO n VALUES ($1)`, 4); err != nil {
		t.Error(err)
	}
	const all = `SELECT * FROM n WHERE n = $1`
	ask(all, 4)
	if _, err := db.Exec(`ALTER TABLE n ADD COLUMN m INTEGER NOT NULL DEFAULT 7`); err != nil {
		t.Fatal(err)
	}
	var n, m int
	if err := db.QueryRow(all, 4).Scan(&n, &m); err != nil || n != 4 || m != 7 {
		t.Errorf("%d %d %v", n, m, err)
	}
}

func BenchmarkStatement(b *testing.B) {
	db := openKept(b)
	b.ReportAllocs()
	for b.Loop() {
		var n int
		if err := db.QueryRow(`SELECT n FROM n WHERE n = $1`, 2).Scan(&n); err != nil {
			b.Fatal(err)
		}
	}
}
