package check_test

import (
	"database/sql"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/store/check"
	"ficstead/internal/store/storetest"
)

// raw opens a database of the store's without the store around it, to break it.
func raw(t testing.TB, address string) *sql.DB {
	t.Helper()
	driver := "sqlite"
	if strings.HasPrefix(address, "postgres") {
		driver = "pgx"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func damageOf(t *testing.T, s *store.Store) (sound int, found []check.Damage) {
	t.Helper()
	sound, err := check.Store(t.Context(), s, func(d check.Damage) { found = append(found, d) })
	if err != nil {
		t.Fatal(err)
	}
	return sound, found
}

func TestOneFlippedBit(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		s := storetest.OpenAt(t, address)
		work := archive.Work{Keeper: 1, Title: "Tea"}
		text := prose.Parse("<p>" + strings.Repeat("One cup of tea. ", 40) + "</p>")
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddWork(&work, []archive.Chapter{{Number: 1, Text: text}}, nil)
		})
		if err != nil {
			t.Fatal(err)
		}
		if sound, found := damageOf(t, s); sound < 1 || len(found) != 0 {
			t.Fatalf("a sound store: %d sound, damage %v", sound, found)
		}
		db := raw(t, address)
		var data []byte
		if err := db.QueryRow(`SELECT data FROM body WHERE id = (SELECT text FROM chapter)`).Scan(&data); err != nil {
			t.Fatal(err)
		}
		data[len(data)/2] ^= 1
		if _, err := db.Exec(`UPDATE body SET data = $1 WHERE id = (SELECT text FROM chapter)`, data); err != nil {
			t.Fatal(err)
		}
		_, found := damageOf(t, s)
		if len(found) != 1 || len(found[0].Works) != 1 || found[0].Works[0] != work.ID {
			t.Errorf("damage %v, want one that names work %d", found, work.ID)
		}
	})
}
