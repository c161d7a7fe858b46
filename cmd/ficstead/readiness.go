package main

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"ficstead/internal/base/machine"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/web/monitor"
)

// lagging is how long the index may stand still while there is something to follow.
const lagging = time.Minute

// checks are what must hold beside what the site checks itself.
func (r *run) checks(s *store.Store, finder *find.Finder) []monitor.Check {
	checks := []monitor.Check{
		{Name: "disk", Ask: func(context.Context) error { return diskRoom(r.data) }},
		{Name: "writing", Ask: func(ctx context.Context) error { return r.mayWrite(ctx, s) }},
		{Name: "following", Ask: (&follower{finder: finder, store: s}).check},
	}
	return checks
}

// diskRoom says if hardly anything is free where the archive is kept.
func diskRoom(folder string) error {
	free, _, err := machine.DiskSpace(folder)
	if err == nil && free < machine.Scarce {
		return fmt.Errorf("only %d MB are free on the disk of %s; make room, or nothing more can be kept", free>>20, folder)
	}
	return err
}

// mayWrite tries whether a change would be kept, without making one.
func (r *run) mayWrite(ctx context.Context, s *store.Store) error {
	if r.database != "" {
		return s.Write(ctx, func(*store.Tx) error { return nil })
	}
	return machine.TryWrite(r.data)
}

// A follower notices that the index stands still while the store goes on.
type follower struct {
	finder *find.Finder
	store  *store.Store

	mu    sync.Mutex
	at    int64
	since time.Time
}

// lag is how many changes the index has not seen yet.
func (f *follower) lag(ctx context.Context) (behind int64, err error) {
	at := f.finder.Generation() // before the store is asked: a change in between counts as behind
	err = f.store.Read(ctx, func(tx *store.Tx) error {
		last, err := tx.LastChange()
		behind = max(0, last-at)
		return err
	})
	return behind, err
}

func (f *follower) check(ctx context.Context) error {
	behind, err := f.lag(ctx)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if at := f.finder.Generation(); behind == 0 || at != f.at || f.since.IsZero() {
		f.at, f.since = at, time.Now()
		return nil
	}
	if stood := time.Since(f.since); stood > lagging {
		return fmt.Errorf("the index is %d changes behind and has not moved for %s; the log says why", behind, stood.Round(time.Second))
	}
	return nil
}

// kept are the files of an archive and what they are called in counts.
func (r *run) kept() map[string]string {
	index := filepath.Join(r.data, indexFolder)
	files := map[string]string{"index": filepath.Join(index, "snapshot"), "text": filepath.Join(index, "text.db")}
	if r.database == "" {
		path := filepath.Join(r.data, databaseFile)
		files["database"], files["log"] = path, path+"-wal"
	}
	return files
}
