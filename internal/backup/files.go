package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"ficstead/internal/base/errs"
	"ficstead/internal/store"
)

// Save backs up into a file at path, which must not exist yet. It is written
// beside that, synced, read back from its beginning to its end, and only then
// given its name: what has the name is whole.
//
// Something is written first. SQLite lets who reads right after all was moved out
// of its log hold up every later move, and each writer would look through the whole
// log to find that out.
func Save(ctx context.Context, s *store.Store, path, program string, tell Progress) (Summary, error) {
	err := s.Write(ctx, func(tx *store.Tx) error { return tx.SetSetting("backup.begun", tx.Now().Format(time.RFC3339)) })
	if err != nil {
		return Summary{}, err
	}
	return save(ctx, s, path, program, tell)
}

// save does what Save does, and only reads the archive.
func save(ctx context.Context, s *store.Store, path, program string, tell Progress) (sum Summary, err error) {
	err = appear(path, func(f *os.File) error {
		if sum, err = Write(ctx, s, f, program, tell); err != nil {
			return err
		}
		if err := f.Sync(); err != nil {
			return err
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		read, err := Verify(until{ctx, f}, nil)
		if err == nil && read.Sum != sum.Sum {
			err = errs.Damaged
		}
		if err != nil {
			return fmt.Errorf("the backup cannot be read again, so that it was not kept: %w", err)
		}
		return nil
	})
	return sum, err
}

// until reads until a context ends.
type until struct {
	ctx context.Context
	r   io.Reader
}

func (u until) Read(b []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(b)
}

// appear makes a file at path that is whole or not there. It is written under
// another name, which ends in .partial and is gone afterwards.
func appear(path string, write func(*os.File) error) error {
	if _, err := os.Lstat(path); err == nil {
		return taken(path)
	}
	folder, name := filepath.Split(path)
	f, err := os.CreateTemp(filepath.Join(folder, "."), "."+name+".*.partial")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return Place(f.Name(), path)
}

func taken(path string) error {
	return fmt.Errorf("%s exists; choose another name, so that nothing is lost: %w", path, errs.Conflict)
}

// Place gives a file that was synced the name path, durably and only if nothing
// has that name.
func Place(file, path string) error {
	err := os.Link(file, path)
	switch {
	case errors.Is(err, fs.ErrExist):
		return taken(path)
	case err != nil: // there are file systems without links
		if _, err := os.Lstat(path); err == nil {
			return taken(path)
		}
		err = os.Rename(file, path)
	default:
		err = os.Remove(file)
	}
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// syncFolder makes the names in a folder durable, where folders can be synced.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := folder.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrPermission) && !errors.Is(err, fs.ErrInvalid) {
		return err
	}
	return nil
}

// Sync makes what was written to a file durable.
func Sync(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
