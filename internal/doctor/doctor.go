// Package doctor looks at the machine and the archive, and says what is wrong and
// what to do. It changes nothing but a file that it writes and removes.
package doctor

import (
	"context"
	"time"

	"ficstead/internal/store"
)

// A Patient is what is looked at.
type Patient struct {
	Data      string            // the data folder
	Database  string            // the address of a PostgreSQL database, "" for SQLite in the folder
	Files     map[string]string // in the folder: database, log, index, text
	Listen    string            // where the server listens, if it runs
	PublicURL string            // where the world reaches it, "" if nowhere
	BackupTo  string            // where backups are, "" if none are made

	Open func(context.Context) (*store.Store, error)
}

// The levels of diagnoses.
const (
	Fine    = "ok"
	Doubt   = "warning"
	Trouble = "failed"
)

// A Diagnosis is what one check says.
type Diagnosis struct {
	Check   string `json:"check"`
	Level   string `json:"level"`
	Message string `json:"message"`
	Do      string `json:"do,omitempty"` // what to do about it
}

func says(level, message, do string) Diagnosis {
	return Diagnosis{Level: level, Message: message, Do: do}
}

// patience is how long one check may take: a database that is not there, or a
// server that does not answer, is soon told.
const patience = 10 * time.Second

// Examine looks at everything that applies, and tells each in turn.
func (p Patient) Examine(ctx context.Context, tell func(Diagnosis) error) error {
	checks := []struct {
		name string
		ask  func(context.Context) Diagnosis
	}{
		{"folder", p.folder}, {"file system", p.fileSystem}, {"disk", p.disk}, {"writing", p.writing},
		{"clock", p.clock}, {"open files", p.files}, {"database", p.database}, {"durability", p.durability}, {"tables", p.tables},
		{"index", p.index}, {"stored", p.stored}, {"backup", p.backup}, {"server", p.server}, {"proxy", p.proxy},
	}
	for _, check := range checks {
		asked, cancel := context.WithTimeout(ctx, patience)
		d := check.ask(asked)
		cancel()
		if d.Level == "" {
			continue // does not apply
		}
		d.Check = check.name
		if err := tell(d); err != nil {
			return err
		}
	}
	return nil
}
