package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"ficstead/internal/store"
	"ficstead/internal/store/migrations"
	"ficstead/internal/store/storetest"
)

// TestBackupCommands backs up, verifies, drills and restores.
func TestBackupCommands(t *testing.T) {
	data, elsewhere := t.TempDir(), t.TempDir()
	want(t, exitRefused, data, "import", pile(t))
	file := filepath.Join(elsewhere, "all.ficstead")
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"backup", file}, "2 works, 2 revisions, 2 originals"},
		{[]string{"backup", "--verify", file}, "whole and unchanged"},
		{[]string{"backup", "--drill", file}, "no difference"},
	} {
		if out := want(t, 0, data, c.args...); !strings.Contains(out, c.says) {
			t.Errorf("%v: %q", c.args, out)
		}
	}
	entries, err := os.ReadDir(elsewhere)
	if err != nil || len(entries) != 1 {
		t.Errorf("beside the backup: %v, %v", entries, err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, spoilt := range map[string][]byte{"cut off": whole[:len(whole)-100], "empty": nil, "no backup": []byte(strings.Repeat("a story ", 30))} {
		bad, restored := written(t, "bad", spoilt), filepath.Join(t.TempDir(), "restored")
		if code, out, errs := call(t, data, "backup", "--verify", bad); code == 0 {
			t.Errorf("%s: verified: %s%s", name, out, errs)
		}
		for _, args := range [][]string{{"restore", bad}, {"backup", "--drill", bad}} {
			code, _, errs := call(t, restored, args...)
			if code != exitFailed || !strings.Contains(errs, "nothing was restored") {
				t.Errorf("%s: %v: exit %d, %s", name, args, code, errs)
			}
		}
		if left, _ := os.ReadDir(restored); len(left) > 0 {
			t.Errorf("%s: left %v", name, left)
		}
		want(t, 0, restored, "restore", file) // into the same folder, once there is a sound one
	}
}

// TestRestoreAfterAKill runs again where a restore was killed.
func TestRestoreAfterAKill(t *testing.T) {
	data := t.TempDir()
	want(t, exitRefused, data, "import", pile(t))
	file := filepath.Join(t.TempDir(), "all")
	want(t, 0, data, "backup", file)
	restored := t.TempDir()
	left := filepath.Join(restored, restoring+"123")
	if err := os.MkdirAll(left, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(left, databaseFile), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	want(t, exitFailed, restored, "check") // it does not look like an archive
	want(t, 0, restored, "restore", file)
	if _, err := os.Stat(left); err == nil {
		t.Error("what the killed restore left is still there")
	}
	want(t, 0, restored, "check")
}

// TestRestoreCopies restores what older versions called a backup, and the copies
// that were made before an upgrade.
func TestRestoreCopies(t *testing.T) {
	data := t.TempDir()
	want(t, exitRefused, data, "import", pile(t))
	s, err := store.Open(t.Context(), filepath.Join(data, databaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	plain := filepath.Join(t.TempDir(), "before-0011.db")
	if err := s.CopyTo(t.Context(), plain); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w, err := zstd.NewWriter(&packed)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(b)
	w.Close()
	old := written(t, "old.db.zst", packed.Bytes())
	for _, file := range []string{plain, old} {
		restored := filepath.Join(t.TempDir(), "restored")
		want(t, 0, restored, "restore", file)
		if got, before := want(t, 0, restored, "export", "--format", "html", "--out", "-"), want(t, 0, data, "export", "--format", "html", "--out", "-"); got != before {
			t.Errorf("%s: the restored archive differs", file)
		}
		want(t, exitFailed, data, "backup", "--verify", file)
		want(t, 0, data, "backup", "--drill", file)
	}
	cut := written(t, "cut.db.zst", packed.Bytes()[:packed.Len()-50])
	want(t, exitFailed, filepath.Join(t.TempDir(), "restored"), "restore", cut)
}

// TestUpgradeCopies copies an archive of an older version before it is changed.
func TestUpgradeCopies(t *testing.T) {
	data := t.TempDir()
	storetest.Old(t, filepath.Join(data, databaseFile), len(migrations.All())-2)
	_, _, errs := call(t, data, "find", "lamp")
	name := "before-" + migrations.Number(migrations.All()[len(migrations.All())-2].Name) + ".db"
	if !strings.Contains(errs, name) {
		t.Errorf("said %q", errs)
	}
	if _, _, errs := call(t, data, "find", "lamp"); strings.Contains(errs, "before-") {
		t.Errorf("the second time, said %q", errs)
	}
	want(t, 0, filepath.Join(t.TempDir(), "restored"), "restore", filepath.Join(data, name))
}

// TestBackupsOfDatabases go from SQLite into PostgreSQL and back.
func TestBackupsOfDatabases(t *testing.T) {
	data := t.TempDir()
	want(t, exitRefused, data, "import", pile(t))
	dir := t.TempDir()
	want(t, 0, data, "backup", filepath.Join(dir, "one"))
	before := want(t, 0, data, "export", "--format", "epub", "--out", "-")
	storetest.EachAddress(t, func(t *testing.T, address string) {
		if !strings.HasPrefix(address, "postgres") {
			return
		}
		database := []string{"--database", address}
		want(t, 0, t.TempDir(), append([]string{"restore", filepath.Join(dir, "one")}, database...)...)
		want(t, exitFailed, t.TempDir(), append([]string{"restore", filepath.Join(dir, "one")}, database...)...)
		if got := want(t, 0, t.TempDir(), append([]string{"export", "--format", "epub", "--out", "-"}, database...)...); got != before {
			t.Error("the archive in PostgreSQL exports another book")
		}
		want(t, 0, t.TempDir(), append([]string{"backup", filepath.Join(dir, "two")}, database...)...)
		again := filepath.Join(t.TempDir(), "again")
		want(t, 0, again, "restore", filepath.Join(dir, "two"))
		if got := want(t, 0, again, "export", "--format", "epub", "--out", "-"); got != before {
			t.Error("the archive that came back exports another book")
		}
	})
	code, _, errs := call(t, t.TempDir(), "restore", filepath.Join(dir, "one"), "--database", "mysql://nobody")
	if code != exitFailed || !strings.Contains(errs, "only postgres://") {
		t.Errorf("exit %d, %s", code, errs)
	}
}

// TestRestoreBesideAServer refuses to restore where a server has begun meanwhile.
func TestRestoreBesideAServer(t *testing.T) {
	data := t.TempDir()
	want(t, exitRefused, data, "import", pile(t))
	file := filepath.Join(t.TempDir(), "all")
	want(t, 0, data, "backup", file)
	in, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	other := t.TempDir()
	r := &run{ctx: t.Context(), out: io.Discard, err: io.Discard, data: other}
	starts := readsFirst{in, func() { storetest.OpenAt(t, filepath.Join(other, databaseFile)) }}
	if err := (restoreCommand{}).intoFolder(r, &starts, false); err == nil || !strings.Contains(err.Error(), "exists") {
		t.Errorf("restored over an archive that was begun meanwhile: %v", err)
	}
	want(t, 0, other, "check")
}

// readsFirst does something once, before it is read.
type readsFirst struct {
	io.Reader
	first func()
}

func (f *readsFirst) Read(b []byte) (int, error) {
	if f.first != nil {
		f.first()
		f.first = nil
	}
	return f.Reader.Read(b)
}
