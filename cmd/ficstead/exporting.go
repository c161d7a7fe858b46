package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/export"
	"ficstead/internal/store"
)

type exportCommand struct {
	Format string   `help:"epub, html, md or txt." default:"epub" enum:"epub,html,md,txt,azw3,pdf"`
	Out    string   `help:"File to write, or folder to write into; - is standard output." placeholder:"PATH"`
	Work   []string `arg:"" optional:"" name:"work-id-or-query" help:"A work's id, or a question as in the search box; none is everything."`
}

// Run writes one work, or a list of works as one book.
func (c exportCommand) Run(r *run) error {
	write, ok := map[string]func(export.Book) ([]byte, error){
		"epub": export.EPUB, "html": export.HTML, "md": export.Markdown, "txt": export.Text,
	}[c.Format]
	if !ok {
		return fmt.Errorf("%s is not written by this version; use --format epub, which every tool converts from", c.Format)
	}
	s, err := r.openExisting(r.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	book, err := c.book(r, s)
	if err != nil {
		return err
	}
	data, err := write(book)
	if err != nil {
		return err
	}
	if c.Out == "-" {
		_, err := r.out.Write(data)
		return err
	}
	path := c.Out
	if info, err := os.Stat(path); path == "" || err == nil && info.IsDir() {
		path = filepath.Join(path, export.FileName(book, c.Format))
	}
	if err := writeFile(path, data); err != nil {
		return err
	}
	fmt.Fprintln(r.out, path)
	return nil
}

// book is what is asked for: the work of that id, if there is one, else what
// the question finds.
func (c exportCommand) book(r *run, s *store.Store) (export.Book, error) {
	owner := archive.Viewer{Person: archive.Owner}
	text := strings.Join(c.Work, " ")
	var book export.Book
	load := func(ids ...archive.WorkID) error {
		return s.Read(r.ctx, func(tx *store.Tx) (err error) {
			book, err = export.Load(tx, owner, ids...)
			return err
		})
	}
	if id, err := strconv.ParseInt(text, 10, 64); err == nil {
		if err := load(archive.WorkFromPublic(id)); !errors.Is(err, errs.NotFound) {
			return book, err
		}
	}
	ids, _, err := ask(r, s, text, 0)
	if err != nil {
		return book, err
	}
	if len(ids) == 0 {
		return book, fmt.Errorf("nothing found for %q", text)
	}
	return book, load(ids...)
}

// writeFile writes all of data or leaves what was there: to a temporary name,
// synced, then renamed.
func writeFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".ficstead-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err := errors.Join(f.Sync(), f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
