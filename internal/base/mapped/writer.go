package mapped

import (
	"bufio"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Writer writes a file. Any number may write to one path at a time: the last to
// Commit wins. After an error all that follows fails too.
type Writer struct {
	path     string
	file     *os.File // stands beside path until Commit
	out      *bufio.Writer
	at       uint64
	sum      uint32 // of the section being written
	header   header
	sections []section
	names    map[string]bool
	err      error
}

// Create begins a file. Until Commit it stands beside path under a longer name;
// what crashes left there of others is removed. version is that of what the
// sections hold, generation any number.
func Create(path string, version uint32, generation uint64) (*Writer, error) {
	removeStale(path)
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+temporary)
	if err != nil {
		return nil, err
	}
	_ = hold(f) // where that fails leftovers wait for their day
	w := &Writer{
		path: path, file: f, out: bufio.NewWriterSize(f, 1<<20),
		header: header{version: version, generation: generation}, names: map[string]bool{},
	}
	w.put(make([]byte, headerLen))
	return w, nil
}

// temporary is what stands behind the name of a file while it is written.
const temporary = ".*.new"

// A file that was left over is removed once it is this old: at once after a
// moment where it is known that nobody writes it, else after a day.
const (
	aMoment = time.Minute
	aDay    = 24 * time.Hour
)

// removeStale removes what writers of path left that are no more. Whatever
// cannot be removed stays.
func removeStale(path string) {
	left, _ := filepath.Glob(filepath.Join(literal(filepath.Dir(path)), literal(filepath.Base(path))+temporary))
	for _, name := range left {
		info, err := os.Lstat(name)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		if age := time.Since(info.ModTime()); age > aDay || age > aMoment && isLeft(name) {
			_ = os.Remove(name)
		}
	}
}

// isLeft reports whether it is known that nobody holds a file.
func isLeft(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	return hold(f) == nil
}

// literal is a pattern that only s fits.
func literal(s string) string {
	return strings.NewReplacer("*", "[*]", "?", "[?]", "[", "[[]").Replace(s)
}

// Section writes a section of these bytes.
func (w *Writer) Section(name string, b []byte) error {
	return w.Stream(name, func(to io.Writer) error {
		_, err := to.Write(b)
		return err
	})
}

// Stream writes a section of what f writes.
func (w *Writer) Stream(name string, f func(to io.Writer) error) error {
	switch {
	case w.err != nil:
		return w.err
	case name == "" || len(name) > nameLen || w.names[name] || len(w.sections) == maxEntries:
		w.err = fmt.Errorf("section %q: its name is used, or empty or too long", name)
		return w.err
	}
	w.names[name] = true
	w.pad()
	w.sum = 0
	from := w.at
	if err := f(streamed{w}); err != nil && w.err == nil {
		w.err = err
	}
	w.sections = append(w.sections, section{name, from, w.at - from, w.sum})
	return w.err
}

// streamed is where the contents of a section are written to.
type streamed struct{ w *Writer }

func (s streamed) Write(b []byte) (int, error) {
	s.w.sum = crc32.Update(s.w.sum, castagnoli, b)
	s.w.put(b)
	return len(b), s.w.err
}

func (w *Writer) put(b []byte) {
	if w.err == nil {
		_, w.err = w.out.Write(b)
		w.at += uint64(len(b))
	}
}

func (w *Writer) pad() {
	w.put(make([]byte, -w.at%align))
}

// Commit ends the file, waits until it is on the disk, and gives it its name.
func (w *Writer) Commit() error {
	w.finish()
	if w.err == nil {
		w.err = w.out.Flush()
	}
	if w.err == nil {
		_, w.err = w.file.WriteAt(w.header.bytes(), 0)
	}
	if w.err == nil {
		w.err = w.file.Sync()
	}
	if err := w.file.Close(); w.err == nil {
		w.err = err
	}
	if w.err == nil {
		w.err = os.Rename(w.file.Name(), w.path)
	}
	if w.err != nil {
		return errors.Join(w.err, os.Remove(w.file.Name()))
	}
	w.err = os.ErrClosed
	return syncFolder(filepath.Dir(w.path))
}

// finish writes the table and fills in the header.
func (w *Writer) finish() {
	w.pad()
	w.header.table = w.at
	var table []byte
	for _, s := range w.sections {
		table = s.append(table)
	}
	w.put(table)
	w.header.sections = uint32(len(w.sections))
	w.header.tableSum = crc32.Checksum(table, castagnoli)
	w.header.size = w.at
}

// Abort gives the file up. It does nothing after Commit.
func (w *Writer) Abort() {
	if errors.Is(w.err, os.ErrClosed) {
		return
	}
	w.err = os.ErrClosed
	_ = w.file.Close()
	_ = os.Remove(w.file.Name())
}

// syncFolder makes a new name in a folder last. Systems that cannot do that for
// folders need not.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, os.ErrInvalid) {
		return err
	}
	return nil
}
