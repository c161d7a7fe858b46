package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"ficstead/internal/base/machine"
)

func (p Patient) folder(_ context.Context) Diagnosis {
	info, err := os.Stat(p.Data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return says(Doubt, p.Data+" is not there", "it is made when ficstead serve or import is first run; if there should be an archive, name its folder with --data")
	case err != nil:
		return says(Trouble, err.Error(), "run ficstead as the user whom the folder belongs to")
	case !info.IsDir():
		return says(Trouble, p.Data+" is a file", "name a folder with --data")
	}
	if uid, ok := machine.OwnerOf(p.Data); ok && uid != os.Geteuid() {
		return says(Trouble, fmt.Sprintf("%s belongs to user %d, and this is user %d", p.Data, uid, os.Geteuid()), "run ficstead as that user, or give the folder to this one with chown -R")
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode&0o077 != 0 {
		return says(Doubt, fmt.Sprintf("%s may be read by others (%s): private works are in it", p.Data, mode), "chmod 700 "+p.Data)
	}
	for _, path := range p.Files {
		if uid, ok := machine.OwnerOf(path); ok && uid != os.Geteuid() {
			return says(Trouble, fmt.Sprintf("%s belongs to user %d", path, uid), "ficstead was run as another user once; give the file to this one with chown")
		}
	}
	return says(Fine, p.Data, "")
}

func (p Patient) fileSystem(_ context.Context) Diagnosis {
	f, ok := machine.FileSystemOf(p.Data)
	if !ok || p.Database != "" {
		return Diagnosis{}
	}
	switch f.Danger {
	case machine.BadLocks:
		return says(Trouble, f.Name+" holds the archive: locks there do not keep two programs apart, which damages SQLite databases", "keep the data folder on a local disk, or use PostgreSQL with --database")
	case machine.Vanishing:
		return says(Trouble, f.Name+" holds the archive: it is in memory and gone when the machine is restarted", "keep the data folder on a disk")
	case machine.Layered:
		return says(Doubt, f.Name+" holds the archive: it goes with the container", "mount a volume at the data folder")
	}
	return says(Doubt, f.Name+" holds the archive: whether its locks and syncs can be relied on depends on what is behind it", "prefer a local disk")
}

// roomy is how much should be free on a disk for a library to grow.
const roomy = 1 << 30

func (p Patient) disk(_ context.Context) Diagnosis {
	free, all, err := machine.DiskSpace(existing(p.Data))
	switch {
	case err != nil:
		return says(Trouble, err.Error(), "")
	case free < machine.Scarce:
		return says(Trouble, fmt.Sprintf("%d MB of %d are free", free>>20, all>>20), "make room: nothing more can be kept")
	case free < roomy:
		return says(Doubt, fmt.Sprintf("%d MB of %d are free", free>>20, all>>20), "make room soon: an index or a backup being written needs as much again as the archive")
	}
	return says(Fine, fmt.Sprintf("%d GB of %d are free", free>>30, all>>30), "")
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

func (p Patient) writing(_ context.Context) Diagnosis {
	if info, err := os.Stat(p.Data); err != nil || !info.IsDir() {
		return Diagnosis{}
	}
	if err := machine.TryWrite(p.Data); err != nil {
		return says(Trouble, err.Error(), "the folder must be writable, on a disk that is not full nor mounted read-only")
	}
	return says(Fine, "a file was written, synced and removed", "")
}

// earliest is when this was written: no right clock is before it.
var earliest = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

func (p Patient) clock(_ context.Context) Diagnosis {
	const do = "set the clock, for example with systemd-timesyncd or chrony: dates of works and certificates depend on it"
	now := time.Now()
	if now.Before(earliest) {
		return says(Trouble, "the clock says "+now.UTC().Format(time.RFC3339), do)
	}
	for _, path := range p.Files {
		if info, err := os.Stat(path); err == nil && info.ModTime().After(now.Add(time.Hour)) {
			return says(Doubt, fmt.Sprintf("%s was written at %s, and now it is %s", path, info.ModTime().UTC().Format(time.RFC3339), now.UTC().Format(time.RFC3339)), do)
		}
	}
	return says(Fine, now.UTC().Format(time.RFC3339), "")
}

// fewFiles is how many open files are too few for a server: each reader of a
// slow line holds one.
const fewFiles = 1024

func (p Patient) files(context.Context) Diagnosis {
	most := machine.MaxFiles()
	switch {
	case most == 0:
		return Diagnosis{}
	case most < fewFiles:
		return says(Doubt, fmt.Sprintf("only %d files may be open", most), "raise it: ulimit -n 65536, or LimitNOFILE in the systemd unit")
	}
	return says(Fine, fmt.Sprintf("%d may be open", most), "")
}
