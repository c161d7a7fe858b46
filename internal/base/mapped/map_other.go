//go:build !unix

package mapped

import (
	"errors"
	"io"
	"os"
	"unsafe"
)

// maps says that files are read into memory here.
const maps = false

func letGo([]byte) {}

// mapFile reads a file, to where arrays of 8 bytes may begin.
func mapFile(f *os.File, size int) (data []byte, unmap func(), err error) {
	room := make([]uint64, (size+7)/8)
	data = unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(room))), size)
	_, err = io.ReadFull(f, data)
	return data, func() {}, err
}

// hold fails: files are not locked here.
func hold(*os.File) error { return errors.ErrUnsupported }
