//go:build unix

package mapped

import (
	"fmt"
	"os"
	"syscall"
)

// mapFile maps a file into memory, which outlives f.
func mapFile(f *os.File, size int) (data []byte, unmap func(), err error) {
	data, err = syscall.Mmap(int(f.Fd()), 0, size, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, nil, fmt.Errorf("map %s: %w", f.Name(), err)
	}
	return data, func() { _ = syscall.Munmap(data) }, nil
}
