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
	Each   bool     `help:"Write a file for each work into the folder --out, instead of one book of all."`
	Out    string   `help:"File to write, or folder to write into; - is standard output." placeholder:"PATH"`
	Bagit  bool     `help:"Write a bag (RFC 8493) of all there is of the works, for libraries or for leaving, into --out: a folder, or a file that ends with .zip or .tar."`
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
	ids, err := c.works(r, s)
	if err != nil {
		return err
	}
	if c.Bagit {
		return c.writeBag(r, s, ids)
	}
	if c.Each {
		return c.writeEach(r, s, ids, write)
	}
	book, err := load(r, s, ids...)
	if err != nil {
		return err
	}
	return c.writeBook(r, book, write)
}

func (c exportCommand) writeBook(r *run, book export.Book, write func(export.Book) ([]byte, error)) error {
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

// writeEach writes a file for each work. The id in its name keeps works of one
// title apart.
func (c exportCommand) writeEach(r *run, s *store.Store, ids []archive.WorkID, write func(export.Book) ([]byte, error)) error {
	if err := os.MkdirAll(c.Out, 0o755); err != nil {
		return fmt.Errorf("--each needs a folder to write into, named with --out: %w", err)
	}
	progress := newProgress(r.err, "exporting", len(ids))
	defer progress.done()
	for _, id := range ids {
		book, err := load(r, s, id)
		if err != nil {
			return err
		}
		data, err := write(book)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(export.FileName(book, c.Format), "."+c.Format)
		path := filepath.Join(c.Out, fmt.Sprintf("%s (%d).%s", name, id.Public(), c.Format))
		if err := writeFile(path, data); err != nil {
			return err
		}
		progress.step()
		if err := r.ctx.Err(); err != nil {
			return err
		}
	}
	progress.done()
	fmt.Fprintf(r.out, "%d works in %s\n", len(ids), c.Out)
	return nil
}

// works are what is asked for: the work of that id, if there is one, else what
// the question finds.
func (c exportCommand) works(r *run, s *store.Store) ([]archive.WorkID, error) {
	text := strings.Join(c.Work, " ")
	if public, err := strconv.ParseInt(text, 10, 64); err == nil {
		id := archive.WorkFromPublic(public)
		err := s.Read(r.ctx, func(tx *store.Tx) error { _, err := tx.Work(id); return err })
		if !errors.Is(err, errs.NotFound) {
			return []archive.WorkID{id}, err
		}
	}
	ids, _, err := ask(r, s, text, 0)
	if err == nil && len(ids) == 0 {
		err = fmt.Errorf("nothing found for %q", text)
	}
	return ids, err
}

func load(r *run, s *store.Store, ids ...archive.WorkID) (book export.Book, err error) {
	err = s.Read(r.ctx, func(tx *store.Tx) error {
		book, err = export.Load(tx, archive.Viewer{Person: archive.Owner}, ids...)
		return err
	})
	return book, err
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
