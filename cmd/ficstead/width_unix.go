//go:build unix

package main

import (
	"os"
	"syscall"
	"unsafe"
)

// terminalWidth is how many characters a line of a terminal has; usual if f is none.
func terminalWidth(f *os.File, usual int) int {
	var size struct{ rows, columns, x, y uint16 }
	_, _, failed := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), syscall.TIOCGWINSZ, uintptr(unsafe.Pointer(&size)))
	if failed != 0 || size.columns == 0 {
		return usual
	}
	return int(size.columns)
}
