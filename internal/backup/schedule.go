package backup

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"ficstead/internal/base/errs"
	"ficstead/internal/store"
)

// Schedule backs an archive up into a folder, again and again, and removes what
// is superseded.
type Schedule struct {
	Store   *store.Store
	Folder  string
	Every   time.Duration
	Keep    int // how many are kept besides one a week
	Program string
	Tell    func(Status) // of every backup, made or failed

	mu     sync.Mutex
	status Status
	name   string // what its files begin with
}

// Status is how it stands with the backups.
type Status struct {
	Last     time.Time // of the newest backup; zero if there is none
	Size     int64     // its bytes
	Took     time.Duration
	Failed   error // why the last attempt failed, nil if it did not
	Attempts int   // since the start of the program
	Failures int
}

const (
	lookEvery  = time.Minute      // how often the clock is asked: machines sleep, and clocks are set
	retryAfter = 15 * time.Minute // a full disk, or one that is not there yet
	stale      = 24 * time.Hour   // after which what a killed backup left is removed
	extension  = ".ficstead"
	stamp      = "20060102T150405Z"
)

// Run backs up whenever it is time, until ctx ends.
func (c *Schedule) Run(ctx context.Context) {
	var failed time.Time
	for {
		if now := time.Now(); now.Sub(failed) >= min(retryAfter, c.Every) || now.Before(failed) {
			failed = time.Time{}
			if err := c.once(ctx, now); err != nil && ctx.Err() == nil {
				failed = now
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(min(lookEvery, c.Every)):
		}
	}
}

// once backs up if it is time.
func (c *Schedule) once(ctx context.Context, now time.Time) error {
	made, err := c.made(ctx)
	if err == nil {
		newest := time.Time{}
		if len(made) > 0 {
			newest = made[len(made)-1]
		}
		// A time to come was written while the clock was wrong.
		if since := now.Sub(newest); since >= 0 && since < c.Every {
			c.found(newest)
			return nil
		}
	}
	var sum Summary
	if err == nil {
		sum, err = Save(ctx, c.Store, c.path(now), c.Program, nil)
	}
	if ctx.Err() != nil {
		return err
	}
	if err == nil {
		err = c.prune(append(made, now.UTC().Truncate(time.Second)))
	}
	c.note(now, sum.Size, err)
	return err
}

// made returns when the backups in the folder were made, the oldest first. Only
// those of this archive count.
func (c *Schedule) made(ctx context.Context) (times []time.Time, err error) {
	if c.name == "" {
		if c.name, err = nameOf(ctx, c.Store); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(c.Folder, 0o700); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(c.Folder)
	for _, e := range entries {
		if at, ok := c.timeOf(e.Name()); ok && e.Type().IsRegular() {
			times = append(times, at)
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	return times, err
}

// path is where the backup of a moment is.
func (c *Schedule) path(at time.Time) string {
	return filepath.Join(c.Folder, c.name+at.UTC().Format(stamp)+extension)
}

// timeOf reads what path spells: it knows the names that it gave, and no other.
func (c *Schedule) timeOf(name string) (time.Time, bool) {
	at, err := time.Parse(stamp, strings.TrimSuffix(strings.TrimPrefix(name, c.name), extension))
	return at, err == nil && filepath.Join(c.Folder, name) == c.path(at)
}

// found notes a backup that was there at the start.
func (c *Schedule) found(newest time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.status.Last.IsZero() {
		c.status.Last = newest
		if info, err := os.Stat(c.path(newest)); err == nil {
			c.status.Size = info.Size()
		}
	}
}

// note notes what an attempt came to, and tells it.
func (c *Schedule) note(began time.Time, size int64, err error) {
	c.mu.Lock()
	c.status.Attempts++
	c.status.Failed = err
	if err != nil {
		c.status.Failures++
	} else {
		c.status.Last, c.status.Size, c.status.Took = began, size, time.Since(began)
	}
	status := c.status
	c.mu.Unlock()
	if c.Tell != nil {
		c.Tell(status)
	}
}

// Status returns how it stands. It may be asked at any time.
func (c *Schedule) Status() Status {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.status
}

// Check is an error if no recent backup is there, and says why.
func (c *Schedule) Check(context.Context) error {
	s := c.Status()
	if s.Failed != nil {
		return fmt.Errorf("the last backup failed: %w", s.Failed)
	}
	// The first is made at the start, and takes its time.
	if age := time.Since(s.Last); !s.Last.IsZero() && age > 2*c.Every+time.Hour {
		return fmt.Errorf("the newest backup is %s old, and there should be one every %s", age.Round(time.Minute), c.Every)
	}
	return nil
}

// prune removes what is superseded, and what killed backups left.
func (c *Schedule) prune(made []time.Time) error {
	var wrong []error
	for _, at := range superseded(made, c.Keep) {
		wrong = append(wrong, os.Remove(c.path(at)))
	}
	left, err := filepath.Glob(filepath.Join(escape(c.Folder), "."+c.name+"*.partial"))
	for _, path := range left {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > stale {
			wrong = append(wrong, os.Remove(path))
		}
	}
	return errors.Join(append(wrong, err)...)
}

// escape spells a path for Glob.
func escape(path string) string {
	if filepath.Separator == '\\' {
		return path // where nothing can be escaped
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// weeks is for how many weeks before the newest backup one of each is kept.
const weeks = 8

// superseded returns which backups need not be kept: all but the newest keep, and
// the first of every week of the last weeks. Made is in order.
func superseded(made []time.Time, keep int) (old []time.Time) {
	seen := map[string]bool{}
	for i, at := range made {
		year, week := at.ISOWeek()
		key := fmt.Sprint(year, week)
		first := !seen[key]
		seen[key] = true
		recent := made[len(made)-1].Sub(at) <= weeks*7*24*time.Hour
		if i < len(made)-max(keep, 1) && !(first && recent) {
			old = append(old, at)
		}
	}
	return old
}

// nameKey is the setting with what the names of this archive's backups begin with,
// so that two archives may share a folder. A restored archive has another.
const nameKey = "backup.name"

func nameOf(ctx context.Context, s *store.Store) (name string, err error) {
	err = s.Read(ctx, func(tx *store.Tx) error { name, err = tx.Setting(nameKey); return err })
	if err != nil || name != "" {
		return name, err
	}
	err = s.Write(ctx, func(tx *store.Tx) error {
		if name, err = tx.Setting(nameKey); err != nil || name != "" {
			return err
		}
		name = "ficstead-" + strings.ToLower(rand.Text()[:6]) + "-"
		return tx.SetSetting(nameKey, name)
	})
	return name, err
}

// Sensible refuses what makes no sense.
func (c *Schedule) Sensible() error {
	if c.Every < time.Minute {
		return fmt.Errorf("a backup every %s is too often; a minute is the least: %w", c.Every, errs.Invalid)
	}
	if c.Keep < 1 {
		return fmt.Errorf("--backup-keep %d keeps nothing; 1 is the least: %w", c.Keep, errs.Invalid)
	}
	return nil
}
