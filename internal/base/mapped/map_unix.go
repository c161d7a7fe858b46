//go:build unix

package mapped

import (
	"fmt"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// maps says that files are mapped here.
const maps = true

// mapFile maps a file into memory, which outlives f.
func mapFile(f *os.File, size int) (data []byte, unmap func(), err error) {
	data, err = syscall.Mmap(int(f.Fd()), 0, size, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, nil, fmt.Errorf("map %s: %w", f.Name(), err)
	}
	return data, func() { _ = syscall.Munmap(data) }, nil
}

// letGo lets go of the memory of mapped bytes, which begin where a page does. They are read again when they are
// looked at.
func letGo(mapped []byte) { _ = unix.Madvise(mapped, unix.MADV_DONTNEED) }

// hold locks a file until it is closed. It fails if somebody else holds it.
func hold(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
