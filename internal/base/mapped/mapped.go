package mapped

import (
	"context"
	"fmt"
	"hash/crc32"
	"math"
	"os"
	"runtime"
	"time"
)

// File is a file of sections that was opened. It is safe for any number of readers.
type File struct {
	data     []byte
	mapped   bool // and not read into memory
	header   header
	sections map[string]section
}

// grace is how long mapped bytes stay after nothing holds the File any more: a
// reader may still be looking at what it took out of it.
const grace = time.Minute

// Open opens a file, and makes sure that its header and table are whole.
func Open(path string) (*File, error) {
	data, unmap, err := load(path)
	if err != nil {
		return nil, err
	}
	f, err := Parse(data)
	if err != nil {
		unmap()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	f.mapped = maps
	runtime.AddCleanup(f, func(unmap func()) { unmapLater(unmap, time.Now().Add(grace)) }, unmap)
	return f, nil
}

// unmapLater calls unmap once it is later than at, when the garbage is collected
// next. So it needs no goroutine that waits.
func unmapLater(unmap func(), at time.Time) {
	if time.Now().After(at) {
		unmap()
		return
	}
	marker := new(*byte)
	runtime.AddCleanup(marker, func(at time.Time) { unmapLater(unmap, at) }, at)
}

// Parse opens what is in memory already. It keeps data.
func Parse(data []byte) (*File, error) {
	h, err := parseHeader(data)
	if err != nil {
		return nil, err
	}
	sections, err := parseTable(data, h)
	if err != nil {
		return nil, err
	}
	return &File{data: data, header: h, sections: sections}, nil
}

// load returns the bytes of a file, and how to let go of them.
func load(path string) (data []byte, unmap func(), err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, nil, err
	case info.Size() < headerLen || info.Size() > math.MaxInt-align:
		return nil, nil, fmt.Errorf("%s: %w", path, damaged("its size is %d", info.Size()))
	}
	return mapFile(f, int(info.Size()))
}

// Version is the version of what the sections hold, as it was given to Create.
func (f *File) Version() uint32 { return f.header.version }

// Generation is the number that was given to Create.
func (f *File) Generation() uint64 { return f.header.generation }

// Size is the number of bytes of the file.
func (f *File) Size() int { return len(f.data) }

// Section returns the bytes of a section, which callers must not change. Its sum
// is not looked at.
func (f *File) Section(name string) (b []byte, ok bool) {
	s, ok := f.sections[name]
	if !ok {
		return nil, false
	}
	return f.data[s.from : s.from+s.size : s.from+s.size], true
}

// Names lists the sections, in no order.
func (f *File) Names() []string {
	names := make([]string, 0, len(f.sections))
	for name := range f.sections {
		names = append(names, name)
	}
	return names
}

// Verify compares a section with its sum.
func (f *File) Verify(name string) error {
	b, ok := f.Section(name)
	defer runtime.KeepAlive(f)
	if !ok {
		return damaged("section %q is missing", name)
	}
	if crc32.Checksum(b, castagnoli) != f.sections[name].sum {
		return damaged("the sum of section %q is wrong", name)
	}
	return nil
}

// atOnce is how many bytes VerifyAll reads before it lets go of them.
const atOnce = 4 << 20

// VerifyAll compares all sections with their sums. That reads the whole file, but
// leaves no more of it in this process than there was: what is needed comes back by
// itself.
func (f *File) VerifyAll(ctx context.Context) error {
	defer runtime.KeepAlive(f)
	for name, s := range f.sections {
		sum := uint32(0)
		for from := s.from; from < s.from+s.size; from += atOnce {
			if err := ctx.Err(); err != nil {
				return err
			}
			to := min(from+atOnce, s.from+s.size)
			sum = crc32.Update(sum, castagnoli, f.data[from:to])
			if f.mapped {
				letGo(f.data[from/page*page : to])
			}
		}
		if sum != s.sum {
			return damaged("the sum of section %q is wrong", name)
		}
	}
	return nil
}

// page is at least as long as the pages of memory are.
const page = 1 << 16
