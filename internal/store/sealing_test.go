package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/store/seal"
	"ficstead/internal/store/storetest"
)

// TestEveryChangeIsSealed wants every statement that changes a sealed table to
// say that the row must be sealed again.
func TestEveryChangeIsSealed(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	update := regexp.MustCompile(`UPDATE (\w+)\s+SET (\w+)`)
	insert := regexp.MustCompile(`INSERT INTO (\w+)[^` + "`" + `]*?DO UPDATE\s+SET (\w+)`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, m := range append(update.FindAllStringSubmatch(string(text), -1), insert.FindAllStringSubmatch(string(text), -1)...) {
			sealed := slices.ContainsFunc(seal.Tables(), func(t seal.Table) bool { return t.Name == m[1] })
			if sealed && m[2] != "seal" {
				t.Errorf("%s: %s is changed and keeps its old seal", file, m[1])
			}
		}
	}
}

// TestSealedTables compares the list with the tables: each has all its columns, and
// those that are not in it are known to be derived, or have sums of their own.
func TestSealedTables(t *testing.T) {
	derived := []string{"body", "change", "hold", "import", "import_item", "migration", "shingle", "work_creator", "work_series", "work_tag"}
	db := rawSQLite(t)
	rows, err := db.Query(`SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c
		WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns := map[string][]string{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		if column != "seal" {
			columns[table] = append(columns[table], column)
		}
	}
	for _, table := range seal.Tables() {
		if !slices.Equal(columns[table.Name], table.Columns) {
			t.Errorf("%s: has %v, and %v is sealed", table.Name, columns[table.Name], table.Columns)
		}
		delete(columns, table.Name)
	}
	for table := range columns {
		if !slices.Contains(derived, table) {
			t.Errorf("the rows of %s are not sealed", table)
		}
	}
}

// TestChangedRowsAreNotServed changes a word of each row that pages show, behind
// the store's back.
func TestChangedRowsAreNotServed(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		s := storetest.OpenAt(t, address)
		w := add(t, s, specimen(), chapters(3))
		write(t, s, func(tx *store.Tx) error {
			return errors.Join(tx.SetWhy(w.ID, "better"), tx.AddOriginal(store.Original{Work: w.ID, Revision: 1, Kind: "text", Name: "tale.txt", Data: []byte("x")}),
				tx.AddAttachment(w.ID, archive.Attachment{Sum: sum("p"), MediaType: "image/png", Data: []byte("p")}))
		})
		ask := map[string]func(tx *store.Tx) error{
			"work":         func(tx *store.Tx) error { _, err := tx.Work(w.ID); return err },
			"works":        func(tx *store.Tx) error { _, err := tx.Works([]archive.WorkID{w.ID}); return err },
			"listed":       func(tx *store.Tx) error { _, err := tx.Listed([]archive.WorkID{w.ID}); return err },
			"chapter":      func(tx *store.Tx) error { _, err := tx.Chapter(w.ID, 2); return err },
			"chapters":     func(tx *store.Tx) error { _, err := tx.Chapters(w.ID); return err },
			"revisions":    func(tx *store.Tx) error { _, err := tx.Revisions(w.ID); return err },
			"original":     func(tx *store.Tx) error { _, err := tx.Original(w.ID, sum("x")); return err },
			"originals":    func(tx *store.Tx) error { _, err := tx.Originals(w.ID); return err },
			"attachment":   func(tx *store.Tx) error { _, err := tx.Attachment(w.ID, sum("p")); return err },
			"series":       func(tx *store.Tx) error { _, err := tx.Series(w.Series[0].Series.ID); return err },
			"creator":      func(tx *store.Tx) error { _, err := tx.Creator(w.Creators[0].ID); return err },
			"tag":          func(tx *store.Tx) error { _, err := tx.Tag(w.Tags[0].ID); return err },
			"chapters at":  func(tx *store.Tx) error { _, err := tx.ChaptersAt(w.ID, 1); return err },
			"work and all": func(tx *store.Tx) error { _, err := tx.WorkAt(w.ID, 1); return err },
		}
		db := raw(t, address)
		for _, test := range []struct{ change, back, seen string }{
			{`UPDATE work SET title = title || 'x'`, `UPDATE work SET title = substr(title, 1, length(title) - 1)`, "work works listed"},
			{`UPDATE work SET words = words + 1`, `UPDATE work SET words = words - 1`, "work works listed"},
			{`UPDATE work_names SET chapters = 2`, `UPDATE work_names SET chapters = 3`, "work works listed chapters"},
			{`UPDATE tag SET name = name || 'x'`, `UPDATE tag SET name = substr(name, 1, length(name) - 1)`, "work works tag"},
			{`UPDATE creator SET account = account || 'x'`, `UPDATE creator SET account = substr(account, 1, length(account) - 1)`, "work works creator"},
			{`UPDATE series SET title = title || 'x'`, `UPDATE series SET title = substr(title, 1, length(title) - 1)`, "work works series"},
			{`UPDATE chapter SET title = title || 'x'`, `UPDATE chapter SET title = substr(title, 1, length(title) - 1)`, "work works chapter chapters"},
			{`UPDATE chapter SET until = 1 WHERE number = 3`, `UPDATE chapter SET until = 0 WHERE number = 3`, "work works chapters"},
			{`UPDATE revision SET why = 'worse'`, `UPDATE revision SET why = 'better'`, "revisions"},
			{`UPDATE original SET name = 'tail.txt'`, `UPDATE original SET name = 'tale.txt'`, "original originals"},
			{`UPDATE attachment SET media_type = 'text/html'`, `UPDATE attachment SET media_type = 'image/png'`, "attachment"},
		} {
			if _, err := db.Exec(test.change); err != nil {
				t.Fatal(err)
			}
			for _, what := range strings.Fields(test.seen) {
				if err := s.Read(t.Context(), ask[what]); !errors.Is(err, store.Damaged) {
					t.Errorf("%s: %s is served: %v", test.change, what, err)
				}
			}
			if _, err := db.Exec(test.back); err != nil {
				t.Fatal(err)
			}
			for what, f := range ask {
				if err := s.Read(t.Context(), f); err != nil {
					t.Errorf("after %s: %s: %v", test.back, what, err)
				}
			}
		}
		if _, err := db.Exec(`UPDATE work SET title = 'x'`); err != nil {
			t.Fatal(err)
		}
		write(t, s, func(tx *store.Tx) error { return tx.RemoveWork(w.ID) }) // what is damaged can be removed
	})
}

// TestSealRest seals what was written before rows were.
func TestSealRest(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		s := storetest.OpenAt(t, address)
		for range 5 {
			add(t, s, archive.Work{}, chapters(4))
		}
		db := raw(t, address)
		for _, table := range []string{"work", "chapter", "revision", "work_names"} {
			if n := number(t, db, `SELECT count(*) FROM `+table+` WHERE seal = 0`); n != 0 {
				t.Errorf("%s: %d rows were not sealed when they were written", table, n)
			}
			if _, err := db.Exec(`UPDATE ` + table + ` SET seal = -1`); err != nil {
				t.Fatal(err)
			}
		}
		add(t, s, archive.Work{}, chapters(4)) // leaves those as they are
		if n := number(t, db, `SELECT count(*) FROM chapter WHERE seal = -1`); n != 20 {
			t.Errorf("a write left %d of 20 older rows", n)
		}
		for rounds := 0; ; rounds++ {
			more, err := s.SealRest(t.Context(), 7)
			if err != nil || rounds > 20 {
				t.Fatal(fmt.Errorf("round %d: %w", rounds, err))
			}
			if !more {
				break
			}
		}
		for _, table := range []string{"work", "chapter", "revision", "work_names"} {
			if n := number(t, db, `SELECT count(*) FROM `+table+` WHERE seal = 0 OR seal = -1`); n != 0 {
				t.Errorf("%s: %d rows are left", table, n)
			}
		}
	})
}

// TestOlderRowsAreMarked brings an archive up to date that is older than seals:
// what was there is marked as older, and can be read.
func TestOlderRowsAreMarked(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		storetest.Old(t, address, 10)
		s := storetest.OpenAt(t, address)
		db, marked := raw(t, address), int64(0)
		for _, table := range seal.Tables() {
			if n := number(t, db, `SELECT count(*) FROM `+table.Name+` WHERE seal <> -1`); n != 0 {
				t.Errorf("%s: %d rows are not marked", table.Name, n)
			}
			marked += number(t, db, `SELECT count(*) FROM `+table.Name)
		}
		if err := s.Read(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Work(1)
			n, e := tx.Unsealed()
			if int64(n) != marked || n == 0 {
				t.Errorf("%d rows are told as unsealed, and %d are", n, marked)
			}
			return errors.Join(err, e)
		}); err != nil {
			t.Error(err)
		}
	})
}

// TestMarkedRowsAreFound wants what is to be sealed found by an index, however many
// rows are not.
func TestMarkedRowsAreFound(t *testing.T) {
	db := rawSQLite(t)
	for _, table := range seal.Tables() {
		for _, mark := range []int64{seal.Written, seal.Older} {
			var a, b, c, plan string
			err := db.QueryRow(fmt.Sprintf(`EXPLAIN QUERY PLAN SELECT * FROM %s WHERE seal = %d ORDER BY %s LIMIT 1`,
				table.Name, mark, strings.Join(table.Key, ", "))).Scan(&a, &b, &c, &plan)
			if err != nil || !strings.Contains(plan, "SEARCH "+table.Name+" USING INDEX "+table.Name+"_unsealed (seal=?)") {
				t.Errorf("%s: %s %v", table.Name, plan, err)
			}
		}
	}
}
