package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/klauspost/compress/zstd"

	"ficstead/internal/base/errs"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/store/check"
)

type checkCommand struct{}

// Run verifies every stored content and names each damage.
func (checkCommand) Run(r *run) error {
	s, err := r.openExisting(r.ctx)
	if errors.Is(err, store.Damaged) {
		fmt.Fprintf(r.out, "damaged: %s\n", legible(err.Error()))
		return exit(exitDamaged)
	}
	if err != nil {
		return err
	}
	defer s.Close()
	damages := 0
	sound, err := check.Store(r.ctx, s, func(d check.Damage) {
		damages++
		fmt.Fprintf(r.out, "damaged: %s\n", legible(d.What))
		for _, work := range d.Works {
			fmt.Fprintf(r.out, "  needed by work %d: restore it from a backup, or bring its file in again\n", work.Public())
		}
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(r.out, "%d contents sound, %d damaged\n", sound, damages)
	indexed, err := r.checkIndex(s)
	if err != nil {
		return err
	}
	if damages > 0 || !indexed {
		return exit(exitDamaged)
	}
	return nil
}

// checkIndex compares the kept index with the store, and reports whether it is true.
func (r *run) checkIndex(s *store.Store) (bool, error) {
	odd, err := find.Check(r.ctx, s, r.keptIndex())
	if errors.Is(err, errs.Damaged) {
		fmt.Fprintf(r.out, "damaged: %s\n  it is made anew at the next start, or by ficstead reindex\n", legible(err.Error()))
		return false, nil
	}
	for _, id := range odd {
		fmt.Fprintf(r.out, "damaged: the index does not have work %d as it is\n", id.Public())
	}
	if len(odd) > 0 {
		fmt.Fprintln(r.out, "  ficstead reindex makes the index anew")
	}
	return len(odd) == 0, err
}

// legible is what a damaged database says, without bytes that are no text.
func legible(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) && r != '\n' {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

type backupCommand struct {
	Out string `arg:"" help:"The file to write; it must not exist yet."`
}

// Run writes the whole archive into one compressed file while a server may be
// running. The file appears under its name only when it is whole.
func (c backupCommand) Run(r *run) error {
	if _, err := os.Stat(c.Out); err == nil {
		return fmt.Errorf("%s exists; choose another name, so that no backup is lost", c.Out)
	}
	s, err := r.openExisting(r.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	dir, err := os.MkdirTemp(filepath.Dir(c.Out), ".ficstead-backup-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	copied, packed := filepath.Join(dir, databaseFile), filepath.Join(dir, "packed")
	if err := s.BackUp(r.ctx, copied); err != nil {
		return err
	}
	if err := soundCopy(r.ctx, copied); err != nil {
		return err
	}
	if err := transform(packed, copied, pack); err != nil {
		return err
	}
	if err := os.Rename(packed, c.Out); err != nil {
		return err
	}
	fmt.Fprintln(r.out, c.Out)
	return nil
}

// soundCopy opens a copy of the archive and verifies all that is in it.
func soundCopy(ctx context.Context, path string) error {
	s, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	defer s.Close()
	var damages []error
	_, err = check.Store(ctx, s, func(d check.Damage) { damages = append(damages, errors.New(d.What)) })
	return errors.Join(append(damages, err)...)
}

type restoreCommand struct {
	In string `arg:"" help:"A file that backup wrote."`
}

// Run reads a backup into a data folder that holds no archive yet.
func (c restoreCommand) Run(r *run) error {
	if r.database != "" {
		return errors.New("restore a PostgreSQL archive with psql or pg_restore")
	}
	if err := os.MkdirAll(r.data, 0o700); err != nil {
		return err
	}
	path := filepath.Join(r.data, databaseFile)
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s holds an archive already; restore into an empty folder with --data", r.data)
	}
	dir, err := os.MkdirTemp(r.data, ".restore-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	unpacked := filepath.Join(dir, databaseFile)
	if err := transform(unpacked, c.In, unpack); err != nil {
		return fmt.Errorf("%s: not a backup, or a damaged one: %w", c.In, err)
	}
	if err := soundCopy(r.ctx, unpacked); err != nil {
		return fmt.Errorf("%s: the backup is damaged: %w", c.In, err)
	}
	// What was indexed here before is of another archive.
	if err := os.RemoveAll(filepath.Join(r.data, indexFolder)); err != nil {
		return err
	}
	if err := os.Rename(unpacked, path); err != nil {
		return err
	}
	fmt.Fprintln(r.out, r.data)
	return nil
}

// transform writes what convert makes of the file at from, synced to disk.
func transform(to, from string, convert func(io.Writer, io.Reader) error) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(convert(out, in), out.Sync(), out.Close())
}

func pack(to io.Writer, from io.Reader) error {
	w, err := zstd.NewWriter(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, from)
	return errors.Join(err, w.Close())
}

func unpack(to io.Writer, from io.Reader) error {
	r, err := zstd.NewReader(from)
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(to, r)
	return err
}
