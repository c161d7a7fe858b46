package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

type doctorCommand struct {
	JSON      bool   `help:"One JSON object a check."`
	Listen    string `help:"Where the server listens, if it runs." default:"${loopback}" env:"FICSTEAD_LISTEN"`
	PublicURL string `name:"public-url" help:"Where the world reaches the server: the way through the proxy is tried." placeholder:"URL" env:"FICSTEAD_PUBLIC_URL"`
	BackupTo  string `help:"The folder that the server backs up into." placeholder:"DIR" env:"FICSTEAD_BACKUP_TO"`
}

// The levels of diagnoses.
const (
	fine    = "ok"
	doubt   = "warning"
	trouble = "failed"
)

// A diagnosis is what one check says.
type diagnosis struct {
	Check   string `json:"check"`
	Level   string `json:"level"`
	Message string `json:"message"`
	Do      string `json:"do,omitempty"` // what to do about it
}

func says(level, message, do string) diagnosis {
	return diagnosis{Level: level, Message: message, Do: do}
}

// patience is how long one check may take: a database that is not there, or a
// server that does not answer, is soon told.
const patience = 10 * time.Second

// Run looks at the machine and the archive, changes nothing but a file that it
// writes and removes, and says what is wrong and what to do.
func (c doctorCommand) Run(r *run) error {
	checks := []struct {
		name string
		ask  func(context.Context, *run) diagnosis
	}{
		{"program", c.program}, {"folder", c.folder}, {"file system", c.fileSystem}, {"disk", c.disk}, {"writing", c.writing},
		{"clock", c.clock}, {"open files", c.files}, {"database", c.database}, {"durability", c.durability}, {"tables", c.tables},
		{"index", c.index}, {"stored", c.stored}, {"backup", c.backup}, {"server", c.server}, {"proxy", c.proxy},
	}
	worst := map[string]int{}
	for _, check := range checks {
		ctx, cancel := context.WithTimeout(r.ctx, patience)
		f := check.ask(ctx, r)
		cancel()
		if f.Level == "" {
			continue // does not apply
		}
		f.Check = check.name
		worst[f.Level]++
		if err := c.print(r, f); err != nil {
			return err
		}
	}
	switch {
	case worst[trouble] > 0:
		return exit(exitDamaged)
	case worst[doubt] > 0:
		return exit(exitRefused)
	}
	return nil
}

func (c doctorCommand) print(r *run, f diagnosis) error {
	if c.JSON {
		return json.NewEncoder(r.out).Encode(f)
	}
	_, err := fmt.Fprintf(r.out, "%-8s %s: %s\n", f.Level, f.Check, legible(f.Message))
	if err == nil && f.Do != "" {
		_, err = fmt.Fprintf(r.out, "         → %s\n", f.Do)
	}
	return err
}

func (c doctorCommand) program(context.Context, *run) diagnosis {
	return says(fine, fmt.Sprintf("ficstead %s, commit %s", version, commit), "")
}
