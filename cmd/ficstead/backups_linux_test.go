package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFullDisk backs up and restores onto disks that have no room: nothing is left
// there, and it is said why.
func TestFullDisk(t *testing.T) {
	data, disk := t.TempDir(), t.TempDir()
	want(t, exitRefused, data, "import", pile(t))
	file := filepath.Join(t.TempDir(), "all")
	want(t, 0, data, "backup", file)
	if err := syscall.Mount("none", disk, "tmpfs", 0, "size=8k"); err != nil {
		t.Skipf("SKIPPED: no file system can be mounted here: %v", err)
	}
	defer syscall.Unmount(disk, 0)
	if err := os.WriteFile(filepath.Join(disk, "fills it"), make([]byte, 64<<10), 0o600); err == nil {
		t.Fatal("it is not full")
	}
	for _, c := range []struct {
		data string
		args []string
	}{
		{data, []string{"backup", filepath.Join(disk, "all")}},
		{filepath.Join(disk, "restored"), []string{"restore", file}},
	} {
		code, _, errs := call(t, c.data, c.args...)
		if code != exitFailed || !strings.Contains(errs, "nothing was") || !strings.Contains(errs, "full") && !strings.Contains(errs, "no space") {
			t.Errorf("%v: exit %d, %s", c.args, code, errs)
		}
	}
	filepath.WalkDir(disk, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != "fills it" {
			t.Errorf("left %s", path)
		}
		return err
	})
}

// TestReadOnlyFolder backs up into a folder that cannot be written to.
func TestReadOnlyFolder(t *testing.T) {
	data, disk := t.TempDir(), t.TempDir()
	want(t, exitRefused, data, "import", pile(t))
	if err := syscall.Mount("none", disk, "tmpfs", syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("SKIPPED: no file system can be mounted here: %v", err)
	}
	defer syscall.Unmount(disk, 0)
	if code, _, errs := call(t, data, "backup", filepath.Join(disk, "all")); code != exitFailed || !strings.Contains(errs, "read-only") {
		t.Errorf("exit %d, %s", code, errs)
	}
}
