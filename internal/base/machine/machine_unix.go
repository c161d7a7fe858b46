//go:build unix

package machine

import (
	"golang.org/x/sys/unix"
)

// DiskSpace is how many bytes are free, for others than root, and how many there
// are on the disk that holds path.
func DiskSpace(path string) (free, all uint64, err error) {
	var s unix.Statfs_t
	if err := unix.Statfs(path, &s); err != nil {
		return 0, 0, err
	}
	size := uint64(s.Bsize)
	return uint64(s.Bavail) * size, uint64(s.Blocks) * size, nil
}

// MaxFiles is how many files the program may have open, 0 if that is unknown.
func MaxFiles() uint64 {
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &limit) != nil {
		return 0
	}
	return uint64(limit.Cur)
}

// OwnerOf is who owns a file.
func OwnerOf(path string) (uid int, ok bool) {
	var s unix.Stat_t
	err := unix.Stat(path, &s)
	return int(s.Uid), err == nil
}
