package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// TestScrub checks an archive in small steps, is stopped in the middle, goes on
// there, finds a text that was changed, and says so until it is whole again.
func TestScrub(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	s := storetest.OpenAt(t, path)
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		for n := range 130 {
			w := archive.Work{Title: fmt.Sprint("Secret title ", n)}
			text := prose.Parse(fmt.Sprintf("<p>%d %s</p>", n, strings.Repeat("cups of tea ", 20)))
			if err := tx.AddWork(&w, []archive.Chapter{{Text: text}}, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`UPDATE body SET data = x'00' WHERE id = 120`); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	b := &Scrubber{Store: s, Every: Week, Now: func() time.Time { return now }}

	stopped, stop := context.WithCancel(t.Context())
	steps := 0
	b.Now = func() time.Time {
		if steps++; steps == 3 {
			stop()
		}
		return now
	}
	if err := b.Once(stopped); err != nil {
		t.Fatalf("stopped: %v", err)
	}
	half, err := b.State(t.Context())
	if err != nil || half.Began.IsZero() || half.After != 100 || !half.Last.Ended.IsZero() {
		t.Fatalf("after it was stopped: %+v, %v", half, err)
	}
	if err := b.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	state, err := b.State(t.Context())
	if err != nil || state.Last.Sound != 129 || state.Last.Damages != 1 || state.Last.Ended.IsZero() || !state.Began.IsZero() {
		t.Fatalf("after it was done: %+v, %v", state, err)
	}
	if d := state.Last.Found[0]; len(d.Works) != 1 || d.Works[0] != 120 {
		t.Errorf("found %+v", d)
	}
	if err := b.Check(t.Context()); err == nil || strings.Contains(err.Error(), "Secret") {
		t.Errorf("check: %v", err)
	}
	if wait, err := b.due(t.Context()); err != nil || wait != Week {
		t.Errorf("the next is due in %s, %v", wait, err)
	}
	if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.RemoveWork(120) }); err != nil {
		t.Fatal(err)
	}
	if err := b.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := b.Check(t.Context()); err != nil {
		t.Errorf("after it was mended: %v", err)
	}
}
