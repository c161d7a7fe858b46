package main

import (
	"encoding/json"
	"fmt"

	"ficstead/internal/doctor"
)

type doctorCommand struct {
	JSON      bool   `help:"One JSON object a check."`
	Listen    string `help:"Where the server listens, if it runs." default:"${loopback}" env:"FICSTEAD_LISTEN"`
	PublicURL string `name:"public-url" help:"Where the world reaches the server: the way through the proxy is tried." placeholder:"URL" env:"FICSTEAD_PUBLIC_URL"`
	BackupTo  string `help:"The folder that the server backs up into." placeholder:"DIR" env:"FICSTEAD_BACKUP_TO"`
}

// Run looks at the machine and the archive, and says what is wrong and what to do.
func (c doctorCommand) Run(r *run) error {
	p := doctor.Patient{
		Data: r.data, Database: r.database, Files: r.kept(),
		Listen: c.Listen, PublicURL: c.PublicURL, BackupTo: c.BackupTo, Open: r.openExisting,
	}
	said := map[string]int{}
	err := p.Examine(r.ctx, func(d doctor.Diagnosis) error {
		said[d.Level]++
		return c.print(r, d)
	})
	switch {
	case err != nil:
		return err
	case said[doctor.Trouble] > 0:
		return exit(exitDamaged)
	case said[doctor.Doubt] > 0:
		return exit(exitRefused)
	}
	return nil
}

func (c doctorCommand) print(r *run, d doctor.Diagnosis) error {
	if c.JSON {
		return json.NewEncoder(r.out).Encode(d)
	}
	_, err := fmt.Fprintf(r.out, "%-8s %s: %s\n", d.Level, d.Check, legible(d.Message))
	if err == nil && d.Do != "" {
		_, err = fmt.Fprintf(r.out, "         → %s\n", d.Do)
	}
	return err
}
