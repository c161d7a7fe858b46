package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// A fileSystem is one on which an archive is in danger.
type fileSystem struct{ name, danger string }

const (
	badLocks  = "locks"
	vanishing = "vanishes"
	layered   = "layers"
	uncertain = "uncertain"
)

func (c doctorCommand) folder(_ context.Context, r *run) diagnosis {
	info, err := os.Stat(r.data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return says(doubt, r.data+" is not there", "it is made when ficstead serve or import is first run; if there should be an archive, name its folder with --data")
	case err != nil:
		return says(trouble, err.Error(), "run ficstead as the user whom the folder belongs to")
	case !info.IsDir():
		return says(trouble, r.data+" is a file", "name a folder with --data")
	}
	if uid, ok := ownerOf(r.data); ok && uid != os.Geteuid() {
		return says(trouble, fmt.Sprintf("%s belongs to user %d, and this is user %d", r.data, uid, os.Geteuid()), "run ficstead as that user, or give the folder to this one with chown -R")
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode&0o077 != 0 {
		return says(doubt, fmt.Sprintf("%s may be read by others (%s): private works are in it", r.data, mode), "chmod 700 "+r.data)
	}
	for _, path := range r.kept() {
		if uid, ok := ownerOf(path); ok && uid != os.Geteuid() {
			return says(trouble, fmt.Sprintf("%s belongs to user %d", path, uid), "ficstead was run as another user once; give the file to this one with chown")
		}
	}
	return says(fine, r.data, "")
}

func (c doctorCommand) fileSystem(_ context.Context, r *run) diagnosis {
	f, ok := fileSystemOf(r.data)
	if !ok || r.database != "" {
		return diagnosis{}
	}
	switch f.danger {
	case badLocks:
		return says(trouble, f.name+" holds the archive: locks there do not keep two programs apart, which damages SQLite databases", "keep the data folder on a local disk, or use PostgreSQL with --database")
	case vanishing:
		return says(trouble, f.name+" holds the archive: it is in memory and gone when the machine is restarted", "keep the data folder on a disk")
	case layered:
		return says(doubt, f.name+" holds the archive: it goes with the container", "mount a volume at the data folder")
	}
	return says(doubt, f.name+" holds the archive: whether its locks and syncs can be relied on depends on what is behind it", "prefer a local disk")
}

// roomy is how much should be free on a disk for a library to grow.
const roomy = 1 << 30

func (c doctorCommand) disk(_ context.Context, r *run) diagnosis {
	free, all, err := diskSpace(existing(r.data))
	switch {
	case err != nil:
		return says(trouble, err.Error(), "")
	case free < scarce:
		return says(trouble, fmt.Sprintf("%d MB of %d are free", free>>20, all>>20), "make room: nothing more can be kept")
	case free < roomy:
		return says(doubt, fmt.Sprintf("%d MB of %d are free", free>>20, all>>20), "make room soon: an index or a backup being written needs as much again as the archive")
	}
	return says(fine, fmt.Sprintf("%d GB of %d are free", free>>30, all>>30), "")
}

// existing is the nearest folder above path that is there.
func existing(path string) string {
	for {
		if _, err := os.Stat(path); err == nil || path == filepath.Dir(path) {
			return path
		}
		path = filepath.Dir(path)
	}
}

func (c doctorCommand) writing(_ context.Context, r *run) diagnosis {
	if info, err := os.Stat(r.data); err != nil || !info.IsDir() {
		return diagnosis{}
	}
	if err := tryWrite(r.data); err != nil {
		return says(trouble, err.Error(), "the folder must be writable, on a disk that is not full nor mounted read-only")
	}
	return says(fine, "a file was written, synced and removed", "")
}

// earliest is when this was written: no right clock is before it.
var earliest = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

func (c doctorCommand) clock(_ context.Context, r *run) diagnosis {
	const do = "set the clock, for example with systemd-timesyncd or chrony: dates of works and certificates depend on it"
	now := time.Now()
	if now.Before(earliest) {
		return says(trouble, "the clock says "+now.UTC().Format(time.RFC3339), do)
	}
	for _, path := range r.kept() {
		if info, err := os.Stat(path); err == nil && info.ModTime().After(now.Add(time.Hour)) {
			return says(doubt, fmt.Sprintf("%s was written at %s, and now it is %s", path, info.ModTime().UTC().Format(time.RFC3339), now.UTC().Format(time.RFC3339)), do)
		}
	}
	return says(fine, now.UTC().Format(time.RFC3339), "")
}

// fewFiles is how many open files are too few for a server: each reader of a
// slow line holds one.
const fewFiles = 1024

func (c doctorCommand) files(context.Context, *run) diagnosis {
	most := maxFiles()
	switch {
	case most == 0:
		return diagnosis{}
	case most < fewFiles:
		return says(doubt, fmt.Sprintf("only %d files may be open", most), "raise it: ulimit -n 65536, or LimitNOFILE in the systemd unit")
	}
	return says(fine, fmt.Sprintf("%d may be open", most), "")
}
