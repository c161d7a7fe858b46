package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"ficstead/internal/backup"
	"ficstead/internal/metrics"
	"ficstead/internal/store"
	"ficstead/internal/web/monitor"
)

// backupFlags are about backups that the server makes of its own accord.
type backupFlags struct {
	BackupTo    string        `help:"Back up into this folder, again and again." placeholder:"DIR" env:"FICSTEAD_BACKUP_TO"`
	BackupEvery time.Duration `help:"How often, such as 24h." default:"24h" env:"FICSTEAD_BACKUP_EVERY"`
	BackupKeep  int           `help:"How many of the newest backups are kept, besides one a week for eight weeks." default:"7" env:"FICSTEAD_BACKUP_KEEP"`
}

// backUp begins backing up into the folder that was named, until ctx ends, and
// lets operators see how that goes.
func (f backupFlags) backUp(ctx context.Context, background *sync.WaitGroup, s *store.Store, m *monitor.Monitor) error {
	if f.BackupTo == "" {
		return nil
	}
	c := &backup.Schedule{Store: s, Folder: f.BackupTo, Every: f.BackupEvery, Keep: f.BackupKeep, Program: version, Tell: tellBackup}
	if err := c.Sensible(); err != nil {
		return err
	}
	m.Check(monitor.Check{Name: "backup", Ask: c.Check, Warns: true})
	m.Metrics.Watch(func(to *metrics.Sample) { countBackups(to, c.Status()) })
	background.Go(func() { c.Run(ctx) })
	return nil
}

// tellBackup logs what an attempt came to.
func tellBackup(s backup.Status) {
	if s.Failed != nil {
		slog.Error("the backup failed", "error", s.Failed, "newest", s.Last)
		return
	}
	slog.Info("backed up", "bytes", s.Size, "took", s.Took.Round(time.Millisecond))
}

func countBackups(to *metrics.Sample, s backup.Status) {
	last := 0.0
	if !s.Last.IsZero() {
		last = float64(s.Last.Unix())
	}
	to.Gauge("ficstead_backup_last_timestamp_seconds", "When the newest backup was begun; 0 if there is none.", last)
	to.Gauge("ficstead_backup_last_size_bytes", "Size of the newest backup.", float64(s.Size))
	to.Counter("ficstead_backup_attempts_total", "Backups tried since the start.", float64(s.Attempts))
	to.Counter("ficstead_backup_failures_total", "Backups failed since the start.", float64(s.Failures))
}
