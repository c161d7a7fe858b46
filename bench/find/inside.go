package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ficstead/internal/store/textindex"
)

// indexed makes our index of the text, and tells how long that took and how
// large it is.
func (l *library) indexed() (*textindex.Index, time.Duration, int64, error) {
	ctx := context.Background()
	path := filepath.Join(l.dir, "text.db")
	x, err := textindex.Open(ctx, l.s, path)
	if err != nil {
		return nil, 0, 0, err
	}
	start := time.Now()
	if err := x.CatchUp(ctx); err != nil {
		return nil, 0, 0, err
	}
	took := time.Since(start)
	if err := x.Close(); err != nil { // which writes all into one file
		return nil, 0, 0, err
	}
	size, err := sizeOf(path)
	if err != nil {
		return nil, 0, 0, err
	}
	x, err = textindex.Open(ctx, l.s, path)
	return x, took, size, err
}

// sizeOf is the size of a file and those beside it that begin with its name.
func sizeOf(path string) (n int64, err error) {
	entries, err := os.ReadDir(filepath.Dir(path))
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), filepath.Base(path)) {
			info, err := e.Info()
			if err != nil {
				return 0, err
			}
			n += info.Size()
		}
	}
	return n, err
}
