package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/alecthomas/kong"

	"ficstead/internal/backup"
	"ficstead/internal/store"
)

// defaultData is the XDG data folder, or its like elsewhere.
func defaultData() string {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "ficstead")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "ficstead-data"
	}
	return filepath.Join(home, ".local", "share", "ficstead")
}

// configFile makes the settings of config.toml in the data folder the values
// of flags that are named neither on the command line nor in the environment.
// It is read before the flags are, so the folder is looked up here too.
func configFile(args []string) (kong.Option, error) {
	data := dataFolder(args)
	settings := map[string]any{}
	path := filepath.Join(data, "config.toml")
	if info, err := os.Stat(data); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("%s is a file; --data names a folder", data)
	}
	if _, err := toml.DecodeFile(path, &settings); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var resolve kong.ResolverFunc = func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		for _, env := range flag.Envs {
			if _, ok := os.LookupEnv(env); ok {
				return nil, nil
			}
		}
		return settings[flag.Name], nil
	}
	return kong.Resolvers(resolve), nil
}

func dataFolder(args []string) string {
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--data="); ok {
			return value
		}
		if arg == "--data" && i+1 < len(args) {
			return args[i+1]
		}
	}
	if dir := os.Getenv("FICSTEAD_DATA"); dir != "" {
		return dir
	}
	return defaultData()
}

// databaseFile is the SQLite database within the data folder.
const databaseFile = "ficstead.db"

// keptIndex is the path of the file that the index is kept in, within the data
// folder. It is "" if its folder cannot be made: then the index is not kept.
func (r *run) keptIndex() string {
	dir := filepath.Join(r.data, "index")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return ""
	}
	return filepath.Join(dir, "snapshot")
}

// open opens the store, making the data folder if it is not there.
func (r *run) open(ctx context.Context) (*store.Store, error) {
	if r.database != "" {
		return r.openDatabase(ctx)
	}
	// Nobody but its owner may read the folder: saved stories are private.
	if err := os.MkdirAll(r.data, 0o700); err != nil {
		return nil, fmt.Errorf("the data folder cannot be made (%w); choose another with --data", err)
	}
	return r.openFile(ctx)
}

// openExisting opens a store that must be there: a misspelt folder must not
// look like an empty library.
func (r *run) openExisting(ctx context.Context) (*store.Store, error) {
	if r.database != "" {
		return r.openDatabase(ctx)
	}
	file, err := os.Stat(filepath.Join(r.data, databaseFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no archive in %s; name its folder with --data", r.data)
	}
	if err == nil && file.Size() == 0 { // SQLite would begin a new archive in it
		return nil, fmt.Errorf("the archive in %s must be restored from a backup: its file is empty: %w", r.data, store.Damaged)
	}
	return r.openFile(ctx)
}

func (r *run) openFile(ctx context.Context) (*store.Store, error) {
	s, err := store.Upgrade(ctx, filepath.Join(r.data, databaseFile), r.before())
	if errors.Is(err, store.Damaged) {
		return nil, fmt.Errorf("the archive in %s must be restored from a backup: %w", r.data, err)
	}
	if err != nil {
		return nil, fmt.Errorf("the archive in %s cannot be opened; it must be readable and writable (%w)", r.data, err)
	}
	return s, nil
}

func (r *run) openDatabase(ctx context.Context) (*store.Store, error) {
	if err := r.namesDatabase(); err != nil {
		return nil, err
	}
	return store.Upgrade(ctx, r.database, r.before())
}

func (r *run) namesDatabase() error {
	if !strings.HasPrefix(r.database, "postgres://") && !strings.HasPrefix(r.database, "postgresql://") {
		return fmt.Errorf("--database %q: only postgres:// is known; leave it out for SQLite in the data folder", r.database)
	}
	return nil
}

// before is what copies an archive before its tables are brought up to date.
func (r *run) before() store.Before {
	return backup.Before(r.data, version, func(line string) { fmt.Fprintln(r.err, line) })
}
