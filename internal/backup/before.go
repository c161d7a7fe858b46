package backup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"ficstead/internal/store"
	"ficstead/internal/store/migrations"
)

// Before returns what keeps a copy of an archive in a folder before its tables are
// brought up to date: of SQLite the file as it is, which the older program starts
// on as soon as it is put in its place; of PostgreSQL a backup. It says what it did.
func Before(folder, program string, say func(string)) store.Before {
	return func(ctx context.Context, s *store.Store, next string) error {
		number := migrations.Number(next)
		path, err := keepBefore(ctx, s, folder, number, program)
		if err == nil {
			err = stillBefore(ctx, s, next, path)
		}
		if err != nil {
			return fmt.Errorf("the archive was left as it is, because no copy of it could be made in %s first: %w", folder, err)
		}
		say("This version keeps the archive in another form. It was copied as it was to " + path + " before.")
		return pruneBefore(folder)
	}
}

// keepBefore makes the copy, under a name that nothing has.
func keepBefore(ctx context.Context, s *store.Store, folder, number, program string) (string, error) {
	extension := ".db"
	if !s.Copies() {
		extension = ".ficstead"
	}
	path := filepath.Join(folder, "before-"+number+extension)
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); err != nil {
			break
		}
		path = filepath.Join(folder, fmt.Sprintf("before-%s-%d%s", number, n, extension))
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	if !s.Copies() {
		_, err := save(ctx, s, path, program, nil)
		return path, err
	}
	return path, appear(path, func(f *os.File) error { return s.CopyTo(ctx, f.Name()) })
}

// stillBefore takes a copy back that another process has overtaken.
func stillBefore(ctx context.Context, s *store.Store, next, path string) error {
	var done []string
	err := s.Read(ctx, func(tx *store.Tx) (err error) { done, err = tx.Tables().Migrations(); return err })
	if err == nil && slices.Contains(done, next) {
		err = os.Remove(path)
	}
	return err
}

// kept is how many copies are kept: of the last upgrades.
const kept = 3

var beforeName = regexp.MustCompile(`^before-(\d{4})(-\d+)?\.(db|ficstead)$`)

// pruneBefore removes the copies of upgrades long ago. They are in order of the
// numbers in their names.
func pruneBefore(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	var names []string
	for _, e := range entries {
		if beforeName.MatchString(e.Name()) && e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	slices.SortFunc(names, compareBefore)
	for len(names) > kept {
		if err := os.Remove(filepath.Join(folder, names[0])); err != nil {
			return err
		}
		names = names[1:]
	}
	return nil
}

// compareBefore puts "before-0011-2.db" behind "before-0011.db".
func compareBefore(a, b string) int {
	x, y := beforeName.FindStringSubmatch(a), beforeName.FindStringSubmatch(b)
	if c := strings.Compare(x[1], y[1]); c != 0 {
		return c
	}
	if c := len(x[2]) - len(y[2]); c != 0 {
		return c
	}
	return strings.Compare(x[2], y[2])
}
