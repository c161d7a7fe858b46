package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"ficstead/internal/backup"
	"ficstead/internal/store"
	"ficstead/internal/store/check"
	"ficstead/internal/store/migrations"
	"ficstead/internal/web/words"
)

type backupCommand struct {
	File   string `arg:"" help:"The file to write, which must not exist yet; or to read."`
	Verify bool   `help:"Read FILE, a backup, to its end, and say what is in it." xor:"what"`
	Drill  bool   `help:"Verify FILE, and restore it into a temporary folder, which is compared and removed." xor:"what"`
}

// Run writes the whole archive into one compressed file while a server may be
// running. The file appears under its name only when it is whole.
func (c backupCommand) Run(r *run) error {
	switch {
	case c.Verify:
		return c.verify(r)
	case c.Drill:
		return c.drill(r)
	}
	s, err := r.openExisting(r.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	tell, done := r.rows("backing up")
	defer done()
	sum, err := backup.Save(r.ctx, s, c.File, version, tell)
	if err != nil {
		return fmt.Errorf("nothing was backed up: %w", err)
	}
	done()
	fmt.Fprintf(r.out, "%s: %s\n", c.File, holds(sum))
	return nil
}

// verify reads a backup to its end.
func (c backupCommand) verify(r *run) error {
	in, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer in.Close()
	if copied, err := isCopy(in); err != nil {
		return err
	} else if copied {
		return fmt.Errorf("%s is a copy of a database, as older versions made it: restore it into an empty folder, and check that", c.File)
	}
	tell, done := r.rows("verifying")
	defer done()
	sum, err := backup.Verify(in, tell)
	done()
	if err != nil {
		fmt.Fprintf(r.out, "%s: %v\n", c.File, err)
		return exit(exitDamaged)
	}
	fmt.Fprintf(r.out, "%s: whole and unchanged\nwritten %s by version %s, tables as of %s\n%s\n", c.File,
		sum.Written.Format("2006-01-02 15:04 MST"), sum.Program, migrations.Number(sum.Migrations[len(sum.Migrations)-1]), holds(sum))
	return nil
}

// drill restores a backup as in need, and throws away what came of it.
func (c backupCommand) drill(r *run) error {
	dir, err := os.MkdirTemp("", "ficstead-drill-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	there := &run{ctx: r.ctx, out: io.Discard, err: r.err, data: filepath.Join(dir, "data")}
	if err := (restoreCommand{In: c.File}).Run(there); err != nil {
		return err
	}
	damages, err := damagesOf(r.ctx, filepath.Join(there.data, databaseFile))
	if err != nil {
		return err
	}
	for _, d := range damages {
		fmt.Fprintf(r.out, "damaged: %s\n", legible(d.What))
	}
	if len(damages) > 0 {
		return exit(exitDamaged)
	}
	fmt.Fprintf(r.out, "%s: restored into a temporary folder and compared: no difference\n", c.File)
	return nil
}

// holds says what is in a backup.
func holds(s backup.Summary) string {
	return fmt.Sprintf("%s, %s, %s; %s of content in a file of %s", counted(s, "work", "works"), counted(s, "revision", "revisions"),
		counted(s, "original", "originals"), words.Bytes(s.Contents), words.Bytes(s.Size))
}

func counted(s backup.Summary, table, many string) string {
	return words.Counted(int(s.Rows(table)), table, many)
}

type restoreCommand struct {
	In string `arg:"" help:"A file that backup wrote."`
}

// Run makes an archive of a backup where there is none.
func (c restoreCommand) Run(r *run) error {
	in, err := os.Open(c.In)
	if err != nil {
		return err
	}
	defer in.Close()
	copied, err := isCopy(in)
	if err == nil {
		err = os.MkdirAll(r.data, 0o700)
	}
	switch {
	case err != nil:
	case r.database != "":
		err = c.intoDatabase(r, in, copied)
	default:
		err = c.intoFolder(r, in, copied)
	}
	if err != nil {
		return fmt.Errorf("%s: nothing was restored: %w", c.In, err)
	}
	return nil
}

// intoDatabase restores into an empty PostgreSQL database, in one transaction.
func (c restoreCommand) intoDatabase(r *run, in io.Reader, copied bool) error {
	if copied {
		return errors.New("it is a copy of a SQLite file: restore it without --database, back that up, and restore the backup")
	}
	if err := r.namesDatabase(); err != nil {
		return err
	}
	tell, done := r.rows("restoring")
	defer done()
	sum, err := backup.Restore(r.ctx, in, r.database, tell)
	if err != nil {
		return err
	}
	done()
	fmt.Fprintf(r.out, "restored into the database: %s\n", holds(sum))
	// What was indexed here before is of another archive.
	return os.RemoveAll(filepath.Join(r.data, indexFolder))
}

// intoFolder restores into a data folder that holds no archive yet. Until all is
// there and compared, it has a name that nothing takes for an archive.
func (c restoreCommand) intoFolder(r *run, in io.Reader, copied bool) error {
	path := filepath.Join(r.data, databaseFile)
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s holds an archive already; restore into an empty folder with --data", r.data)
	}
	r.clearRestored()
	dir, err := os.MkdirTemp(r.data, restoring)
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, databaseFile)
	says, err := r.fill(file, in, copied)
	if err != nil {
		return err
	}
	if err := backup.Sync(file); err != nil {
		return err
	}
	if err := os.RemoveAll(filepath.Join(r.data, indexFolder)); err != nil {
		return err
	}
	if err := backup.Place(file, path); err != nil {
		return err
	}
	fmt.Fprintf(r.out, "restored into %s: %s\n", r.data, says)
	return nil
}

// restoring is what the name of a folder begins with while a restore is under way.
const restoring = ".restore-"

// clearRestored removes what restores left that were killed. One that still runs
// will find that, and restore nothing.
func (r *run) clearRestored() {
	left, _ := filepath.Glob(filepath.Join(r.data, restoring+"*")) // none is no harm
	for _, dir := range left {
		os.RemoveAll(dir)
	}
}

// fill makes a SQLite file of a backup, and says what is in it.
func (r *run) fill(file string, in io.Reader, copied bool) (string, error) {
	if copied {
		if err := unpack(file, in); err != nil {
			return "", fmt.Errorf("it is damaged: %w", err)
		}
		// Better a copy with damage than none.
		damages, err := damagesOf(r.ctx, file)
		for _, d := range damages {
			fmt.Fprintf(r.err, "damaged: %s\n", legible(d.What))
		}
		if len(damages) == 0 {
			return "a copy of a database, and sound", err
		}
		return "a copy of a database, damaged in " + words.Counted(len(damages), "place", "places"), err
	}
	tell, done := r.rows("restoring")
	defer done()
	sum, err := backup.Restore(r.ctx, in, file, tell)
	return holds(sum), err
}

// damagesOf opens an archive and checks all that is in it.
func damagesOf(ctx context.Context, path string) (damages []check.Damage, err error) {
	s, err := store.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	_, err = check.Store(ctx, s, func(d check.Damage) { damages = append(damages, d) })
	return damages, err
}

// rows returns what tells how far a long task is, and what ends the telling.
func (r *run) rows(what string) (tell backup.Progress, done func()) {
	p := newProgress(r.err, what, 0)
	return p.row, p.done
}

// isCopy reports whether a file is a copy of a SQLite database, compressed or not:
// such were the backups of older versions, and are the copies before upgrades.
func isCopy(in io.ReadSeeker) (bool, error) {
	begin := make([]byte, len(sqliteBegin))
	n, err := io.ReadFull(in, begin)
	if err == nil && string(begin) == sqliteBegin {
		_, err := in.Seek(0, io.SeekStart)
		return true, err
	}
	if n == 0 && err != nil {
		if err == io.EOF {
			err = errors.New("the file is empty")
		}
		return false, err
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return false, err
	}
	packed, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(oldWindow))
	if err != nil {
		return false, err
	}
	defer packed.Close()
	_, err = io.ReadFull(packed, begin)
	_, again := in.Seek(0, io.SeekStart)
	return err == nil && string(begin) == sqliteBegin, again // what else it is will be found by reading it
}

const (
	sqliteBegin = "SQLite format 3\x00"
	oldWindow   = 64 << 20 // bytes: above what older versions wrote with
)

// unpack writes the database that a copy is to a file.
func unpack(path string, in io.Reader) error {
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	b := bufio.NewReader(in)
	if begin, err := b.Peek(len(sqliteBegin)); err == nil && string(begin) == sqliteBegin {
		_, err = io.Copy(out, b)
		return errors.Join(err, out.Close())
	}
	packed, err := zstd.NewReader(b, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(oldWindow))
	if err != nil {
		return errors.Join(err, out.Close())
	}
	defer packed.Close()
	_, err = io.Copy(out, packed)
	return errors.Join(err, out.Close())
}
