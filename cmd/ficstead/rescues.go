package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/catalogue"
	"ficstead/internal/rescue"
	"ficstead/internal/store"
)

// rescueCommand is about archives that were imported whole.
type rescueCommand struct {
	List   rescueListCommand   `cmd:"" help:"List the archives that were imported whole."`
	Open   rescueOpenCommand   `cmd:"" help:"Show all works of an archive to everybody, except those that were never approved there."`
	Close  rescueCloseCommand  `cmd:"" help:"Show them again only to people who are signed in."`
	Report rescueReportCommand `cmd:"" help:"Write the report of an archive's last import again."`
}

type rescueListCommand struct {
	JSON bool `name:"json" help:"Print one archive a line as JSON."`
}

// rescueJSON is a rescued archive as scripts read it.
type rescueJSON struct {
	Rescue     int64              `json:"rescue"`
	Key        string             `json:"key"`
	Kind       string             `json:"kind"`
	Name       string             `json:"name"`
	URL        string             `json:"url"`
	Visibility string             `json:"visibility"`
	Counts     store.RescueCounts `json:"counts"`
}

// Run prints a line for each archive.
func (c rescueListCommand) Run(r *run) error {
	return r.rescues(func(tx *store.Tx, one store.Rescue) error {
		counts, err := tx.CountRescued(one.ID)
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(r.out).Encode(rescueJSON{one.ID.Public(), one.Key, one.Kind, one.Site.Name, one.Site.URL, one.Visibility.String(), counts})
		}
		_, err = fmt.Fprintf(r.out, "%d  %s (%s), %s: %d works, %d of them never approved; %d reviews\n",
			one.ID.Public(), one.Site.Name, one.Key, one.Visibility, counts.Works, counts.Pending, counts.Reviews)
		return err
	})
}

// rescues calls f for each rescued archive.
func (r *run) rescues(f func(*store.Tx, store.Rescue) error) error {
	s, err := r.openExisting(r.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	return s.Read(r.ctx, func(tx *store.Tx) error {
		all, err := tx.Rescues()
		for _, one := range all {
			if err == nil {
				err = f(tx, one)
			}
		}
		return err
	})
}

// rescueNamed finds an archive by its number, its address or its name.
func (r *run) rescueNamed(name string) (found store.Rescue, err error) {
	var known []string
	n := 0
	err = r.rescues(func(_ *store.Tx, one store.Rescue) error {
		_, host, _ := strings.Cut(one.Key, ":")
		known = append(known, fmt.Sprintf("%d (%s)", one.ID.Public(), host))
		for _, is := range []string{strconv.FormatInt(one.ID.Public(), 10), one.Key, host, one.Site.Name} {
			if strings.EqualFold(is, name) {
				found, n = one, n+1
				return nil
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return found, err
	case len(known) == 0:
		return found, fmt.Errorf("no archive was imported whole into this one")
	case n != 1:
		return found, fmt.Errorf("%q names %d archives; name one by its number: %s", name, n, strings.Join(known, ", "))
	}
	return found, nil
}

// show says who may see the works of an archive.
func (r *run) show(name string, v archive.Visibility) error {
	one, err := r.rescueNamed(name)
	if err != nil {
		return err
	}
	s, err := r.openExisting(r.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	n, err := catalogue.OpenRescue(r.ctx, s, archive.Viewer{Person: archive.Owner}, one.ID, v)
	if err == nil {
		fmt.Fprintf(r.out, "%d works of %s are %s now\n", n, one.Key, v)
	}
	return err
}

type rescueOpenCommand struct {
	Archive string `arg:"" help:"Its number, its address, or its name."`
}

// Run opens the works of an archive.
func (c rescueOpenCommand) Run(r *run) error { return r.show(c.Archive, archive.Public) }

type rescueCloseCommand struct {
	Archive string `arg:"" help:"Its number, its address, or its name."`
}

// Run closes them again.
func (c rescueCloseCommand) Run(r *run) error { return r.show(c.Archive, archive.Restricted) }

type rescueReportCommand struct {
	Archive string `arg:"" help:"Its number, its address, or its name."`
	Out     string `help:"The folder to write it into (default: rescue-SITE)." placeholder:"DIR"`
}

// Run writes the report that the last import ended with.
func (c rescueReportCommand) Run(r *run) error {
	one, err := r.rescueNamed(c.Archive)
	if err != nil {
		return err
	}
	var said []byte
	err = r.rescues(func(tx *store.Tx, other store.Rescue) (err error) {
		if other.ID == one.ID {
			said, err = tx.RescueReport(one.ID)
		}
		return err
	})
	if err != nil {
		return err
	}
	if len(said) == 0 {
		return fmt.Errorf("no import of %s came to its end yet; import it again", one.Key)
	}
	report, err := rescue.ParseReport(said)
	if err != nil {
		return err
	}
	dir := reportFolder(c.Out, report)
	if err := writeFiles(dir, map[string][]byte{"report.html": report.HTML(), "report.json": said}); err != nil {
		return err
	}
	fmt.Fprintln(r.out, filepath.Join(dir, "report.html"))
	return nil
}
