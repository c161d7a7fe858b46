package mapped

import (
	"bufio"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
)

// Writer writes a file. Only one may write to a path at a time. After an error
// all that follows fails too.
type Writer struct {
	path     string
	file     *os.File
	out      *bufio.Writer
	at       uint64
	sum      uint32 // of the section being written
	header   header
	sections []section
	names    map[string]bool
	err      error
}

// Create begins a file. Until Commit it stands beside path, with .new behind its
// name; what a crash left there is written over. version is that of what the
// sections hold, generation any number.
func Create(path string, version uint32, generation uint64) (*Writer, error) {
	f, err := os.OpenFile(path+".new", os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	w := &Writer{
		path: path, file: f, out: bufio.NewWriterSize(f, 1<<20),
		header: header{version: version, generation: generation}, names: map[string]bool{},
	}
	w.put(make([]byte, headerLen))
	return w, nil
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
		w.err = os.Rename(w.path+".new", w.path)
	}
	if w.err != nil {
		return errors.Join(w.err, os.Remove(w.path+".new"))
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
	_ = os.Remove(w.path + ".new")
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
