package store

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// oneWork keeps a work of one chapter in a new SQLite store.
func oneWork(t *testing.T) (*Store, archive.WorkID) {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "archive.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	work := archive.Work{Keeper: 1, Title: "Tea"}
	text := prose.Parse("<p>" + strings.Repeat("One cup of tea. ", 40) + "</p>")
	err = s.Write(t.Context(), func(tx *Tx) error {
		return tx.AddWork(&work, []archive.Chapter{{Number: 1, Text: text}}, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, work.ID
}

func damageOf(t *testing.T, s *Store) (sound int, found []Damage) {
	t.Helper()
	sound, err := s.Verify(context.Background(), func(d Damage) { found = append(found, d) })
	if err != nil {
		t.Fatal(err)
	}
	return sound, found
}

func TestVerifyFindsOneFlippedBit(t *testing.T) {
	s, id := oneWork(t)
	if sound, found := damageOf(t, s); sound < 1 || len(found) != 0 {
		t.Fatalf("a sound store: %d sound, damage %v", sound, found)
	}
	var data []byte
	if err := s.write.QueryRow(`SELECT data FROM body WHERE id = (SELECT text FROM chapter)`).Scan(&data); err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if _, err := s.write.Exec(`UPDATE body SET data = $1 WHERE id = (SELECT text FROM chapter)`, data); err != nil {
		t.Fatal(err)
	}
	_, found := damageOf(t, s)
	if len(found) != 1 || len(found[0].Works) != 1 || found[0].Works[0] != id {
		t.Errorf("damage %v, want one that names work %d", found, id)
	}
}

func TestBackUpIsAWholeStore(t *testing.T) {
	s, id := oneWork(t)
	copied := filepath.Join(t.TempDir(), "it's a copy.db")
	if err := s.BackUp(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	again, err := Open(t.Context(), copied)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	err = again.Read(t.Context(), func(tx *Tx) error {
		_, err := tx.Chapter(id, 1)
		return err
	})
	if err != nil {
		t.Errorf("the chapter is not in the copy: %v", err)
	}
	if _, found := damageOf(t, again); len(found) != 0 {
		t.Errorf("the copy is damaged: %v", found)
	}
	if err := s.BackUp(t.Context(), copied); err == nil {
		t.Error("a backup was written over another file")
	}
}

func TestLargeContentsAreReadBack(t *testing.T) {
	p := newPacker()
	for _, size := range []int{0, 1, largeContent, largeContent + 1} {
		want := strings.Repeat("tea ", size/4+1)[:size]
		packing, packed := p.pack([]byte(want))
		got, err := p.unpack(packing, packed, int64(size))
		if err != nil || string(got) != want {
			t.Errorf("%d bytes are %d when read back: %v", size, len(got), err)
		}
	}
}
