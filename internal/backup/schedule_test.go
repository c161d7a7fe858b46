package backup

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ficstead/internal/base/errs"
	"ficstead/internal/store/storetest"
)

// TestSuperseded keeps the newest, and one of each of the last weeks.
func TestSuperseded(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 3, 2+n, 4, 0, 0, 0, time.UTC) } // day 0 is a Monday
	for _, c := range []struct{ days, keep, want int }{
		{0, 7, 0}, {1, 7, 1}, {7, 7, 7}, {8, 7, 8}, {9, 7, 8}, {21, 7, 9}, {400, 7, 7 + 8}, {400, 1, 1 + 8}, {400, 100, 100},
	} {
		var made []time.Time
		for n := range c.days {
			made = append(made, day(n))
			gone := superseded(made, c.keep)
			for _, old := range gone {
				for i := range made {
					if made[i].Equal(old) {
						made = append(made[:i], made[i+1:]...)
						break
					}
				}
			}
			if again := superseded(made, c.keep); len(made) > 0 && len(again) > 0 {
				t.Fatalf("day %d: a second look removes %v", n, again)
			}
			if !made[len(made)-1].Equal(day(n)) {
				t.Fatalf("day %d: the newest is gone", n)
			}
		}
		if len(made) != c.want {
			t.Errorf("after %d days with %d kept there are %d, want %d: %v", c.days, c.keep, len(made), c.want, made)
		}
	}
}

func inFolder(t testing.TB, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestSchedule backs up when it is time, and removes nothing of others.
func TestSchedule(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "[a] folder*")
	told := 0
	c := &Schedule{Store: storetest.Open(t), Folder: folder, Every: 24 * time.Hour, Keep: 2, Program: "test", Tell: func(Status) { told++ }}
	begin := time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)
	at := func(hours int) {
		t.Helper()
		if err := c.once(t.Context(), begin.Add(time.Duration(hours)*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	at(0)
	if got := inFolder(t, folder); len(got) != 1 || got[0] != c.name+"20260302T040000Z.ficstead" {
		t.Fatalf("in the folder: %v", got)
	}
	others := []string{"ficstead-abcdef-20260101T040000Z.ficstead", c.name + "20260101T040000Z.ficstead.bak", c.name + "2026.ficstead", "." + c.name + "x.1.partial", "ficstead.db"}
	for _, name := range others {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, c.name+"20250101T040000Z.ficstead"), 0o700); err != nil {
		t.Fatal(err)
	}
	at(23)
	if told != 1 {
		t.Errorf("backed up %d times on the first day", told)
	}
	for day := 1; day < 30; day++ {
		at(24 * day)
	}
	if got := inFolder(t, folder); told != 30 || len(got) != len(others)+1+2+4 { // two, of which one is a Monday, and four Mondays
		t.Errorf("after a month, %d backups: %v", told, got)
	}
	for _, name := range others {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Error(err)
		}
	}
	if s := c.Status(); s.Failed != nil || s.Size == 0 || !s.Last.Equal(begin.Add(29*24*time.Hour)) {
		t.Errorf("status %+v", s)
	}
	// The clock had been wrong, and is set back.
	at(24 * 20)
	if told != 31 {
		t.Error("a backup from the future kept another from being made")
	}
}

// TestScheduleFails tells of it, and removes nothing.
func TestScheduleFails(t *testing.T) {
	folder := t.TempDir()
	c := &Schedule{Store: storetest.Open(t), Folder: folder, Every: time.Hour, Keep: 1, Program: "test"}
	if err := c.Check(t.Context()); err != nil {
		t.Errorf("before the first: %v", err)
	}
	now := time.Now()
	if err := c.once(t.Context(), now.Add(-5*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := c.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "is 5h0m0s old") {
		t.Errorf("five hours later: %v", err)
	}
	made := inFolder(t, folder)
	c.Folder = filepath.Join(folder, made[0]) // a file
	if err := c.once(t.Context(), now); err == nil {
		t.Error("backed up into a file")
	}
	if err := c.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "the last backup failed") {
		t.Errorf("after a failure: %v", err)
	}
	if got := inFolder(t, folder); fmt.Sprint(got) != fmt.Sprint(made) {
		t.Errorf("after a failure: %v, want %v", got, made)
	}
	c.Folder = folder
	if err := errors.Join(c.once(t.Context(), now), c.Check(t.Context())); err != nil {
		t.Error(err)
	}
}

func TestSensible(t *testing.T) {
	for _, c := range []*Schedule{{Every: time.Second, Keep: 1}, {Every: time.Hour}, {Every: -time.Hour, Keep: 1}} {
		if err := c.Sensible(); !errors.Is(err, errs.Invalid) {
			t.Errorf("every %s, keep %d: %v", c.Every, c.Keep, err)
		}
	}
}
