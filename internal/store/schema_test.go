package store_test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ficstead/internal/store/storetest"
)

var update = flag.Bool("update", false, "rewrite docs/schema.sql")

// landed are the migrations that stand in somebody's archive, with the SHA-256
// of their text. Add a line for a new one; never change one.
var landed = map[string]string{
	"0001_work.sql":           "daefac58107c6ffe1ab40e523d2e9d124f8395ac1728de707683b2ecd8cc2793",
	"0002_names.sql":          "2420076fac4bfca155d76d5cac1179b96822f9d46a1bbedf2c0136588b5a9c2c",
	"0003_around.sql":         "d628f8caed3cdf88f0a9b16ab9dae5d99768349dcd8792bc65877925b412a959",
	"0004_review.sql":         "2b6b0374fc5cb1f9cac037b44ba949ca37881490bbfdeab7d80d17dbda858ab4",
	"0005_rescue.sql":         "e96f053d3ab90cefb2dbf1765bf91c0ea5e2c96d981773cb10d72002ce1c138b",
	"0006_likeness.sql":       "896bebf186282f992192d8d01acb70848a651bd2711b72ce04cf961e1e817c54",
	"0007_rescued_news.sql":   "720ca03de03c3e367d892340db12c13b2ec2a4229422852d43cf2892f6055387",
	"0008_tag_links.sql":      "1eb5febc2b44829be8e327e1a929575e16fd90113c0d910f37bdbb710b189036",
	"0009_no_text_search.sql": "ee74e6e86f874ad2ea8959e32db8d712a2d07c573e06fe69b8dc351044804bb8",
	"0010_work_names.sql":     "1146e057cd0106c9e8fdea6709b3701fcfc7c0e9a95b8f59ed4622df393abde2",
	"0011_seals.sql":          "161dedb99fa7a8154eaae867383948b82c5a0ca353057203226941635bd0fbc4",
}

func TestMigrationsStay(t *testing.T) {
	files, err := filepath.Glob("migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(landed) {
		t.Errorf("%d migrations, and %d are listed", len(files), len(landed))
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(text)
		if got, want := hex.EncodeToString(sum[:]), landed[filepath.Base(file)]; got != want {
			t.Errorf("%s has the sum %s, want %s: add a migration instead of changing one", file, got, want)
		}
	}
}

// TestSchema compares the whole schema, as SQLite tells it, with the copy that
// people read.
func TestSchema(t *testing.T) {
	const file = "../../docs/schema.sql"
	var b strings.Builder
	b.WriteString("-- The tables of an archive as SQLite has them, made by all migrations together.\n" +
		"-- Written by go test ./internal/store -run TestSchema -update\n")
	for _, text := range schema(t) {
		b.WriteString("\n" + text + ";\n")
	}
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("docs/schema.sql is not what the migrations make; run this test with -update")
	}
}

func schema(t *testing.T) (texts []string) {
	t.Helper()
	db := rawSQLite(t)
	rows, err := db.Query(`SELECT sql FROM sqlite_master WHERE sql <> '' AND name NOT LIKE 'sqlite_%' ORDER BY rowid`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	return texts
}

// rawSQLite opens the file of an empty archive without the store around it.
func rawSQLite(t *testing.T) *sql.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "archive.db")
	storetest.OpenAt(t, path)
	return raw(t, path)
}

// TestForeignKeysAreIndexed finds references that would be looked for row by
// row whenever what they refer to is removed.
func TestForeignKeysAreIndexed(t *testing.T) {
	db := rawSQLite(t)
	rows, err := db.Query(`
		SELECT t.name, f."table", group_concat(f."from") FROM sqlite_master t, pragma_foreign_key_list(t.name) f
		WHERE t.type = 'table' AND f."table" <> 'tag' GROUP BY t.name, f.id`) // tags are never removed
	if err != nil {
		t.Fatal(err)
	}
	var keys [][3]string
	for rows.Next() {
		var key [3]string
		if err := rows.Scan(&key[0], &key[1], &key[2]); err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key)
	}
	if len(keys) < 10 {
		t.Fatalf("found %d references only", len(keys))
	}
	for _, key := range keys {
		where := strings.ReplaceAll(key[2], ",", " = 1 AND ") + " = 1"
		var a, b, c, plan string
		if err := db.QueryRow(`EXPLAIN QUERY PLAN SELECT 1 FROM `+key[0]+` WHERE `+where).Scan(&a, &b, &c, &plan); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(plan, "SCAN") {
			t.Errorf("%s (%s) refers to %s without an index: %s", key[0], key[2], key[1], plan)
		}
	}
}
