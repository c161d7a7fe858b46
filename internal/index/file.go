package index

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"ficstead/internal/base/errs"
	"ficstead/internal/base/mapped"
	"ficstead/internal/index/segment"
	"ficstead/internal/index/tally"
	"ficstead/internal/index/vocabulary"
)

// fileVersion is that of what the sections of a file hold. Files of another one
// are made anew.
const fileVersion = 2

// Label says of what a kept index is.
type Label struct {
	Store      string // the identity of the store
	Generation int64  // the number of the last change that is in it
}

// labelSection has the identity of the store.
const labelSection = "store"

// WriteFile keeps the index in a file, which takes its name when it is whole.
// Only an index without later changes, fresh or rebuilt, can be kept.
func (s *Snapshot) WriteFile(path string, l Label) error {
	if len(s.parts) > 1 || s.dead != nil {
		return errors.New("keep index: it has later changes")
	}
	w, err := mapped.Create(path, fileVersion, uint64(l.Generation))
	if err != nil {
		return fmt.Errorf("keep index: %w", err)
	}
	defer w.Abort()
	for _, write := range []func(*mapped.Writer) error{
		func(w *mapped.Writer) error { return w.Section(labelSection, []byte(l.Store)) },
		s.words.WriteTo, s.byName.write, s.parts[0].WriteTo, s.table.WriteTo, (*mapped.Writer).Commit,
	} {
		if err := write(w); err != nil {
			return fmt.Errorf("keep index: %w", err)
		}
	}
	return nil
}

// File is an index that was kept in a file. Its arrays are used where they
// stand, and looked at when they are first needed.
type File struct {
	*Snapshot
	Label
	file *mapped.File
}

// OpenFile opens a kept index. What is no such file, or of another version, is
// errs.Damaged, and can be made anew.
func OpenFile(path string) (file *File, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() { // its arrays fit each other in length; what they hold is not compared with its sums yet
		if p := recover(); p != nil {
			file, err = nil, fmt.Errorf("kept index: %v: %w", p, errs.Damaged)
		}
	}()
	f, err := mapped.Open(path)
	if err != nil {
		return nil, fmt.Errorf("kept index: %w", err)
	}
	if f.Version() != fileVersion {
		return nil, fmt.Errorf("kept index: version %d: %w", f.Version(), errs.Damaged)
	}
	label, _ := f.Section(labelSection)
	kept := &File{Label: Label{string(label), int64(f.Generation())}, file: f}
	words, err := vocabulary.Open(f)
	if err != nil {
		return nil, fmt.Errorf("kept index: %w", err)
	}
	base, err := segment.Open(f)
	if err != nil {
		return nil, fmt.Errorf("kept index: %w", err)
	}
	table, err := tally.Open(f, base)
	if err != nil {
		return nil, fmt.Errorf("kept index: %w", err)
	}
	kept.Snapshot = &Snapshot{words: words, parts: []*segment.Segment{base}, numbers: base.Numbering(), byName: openNames(f, base.Numbering()), table: table}
	kept.showBase()
	return kept, nil
}

// Size is the number of bytes of the file.
func (f *File) Size() int { return f.file.Size() }

// Verify compares all of the file with its sums, which takes a while.
func (f *File) Verify(ctx context.Context) error {
	if err := f.file.VerifyAll(ctx); err != nil {
		return fmt.Errorf("kept index: %w", err)
	}
	return nil
}
