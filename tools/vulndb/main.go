// Command vulndb makes a database for govulncheck of a folder of reports in OSV's
// format, such as data/osv in a copy of github.com/golang/vulndb, for machines
// that cannot ask vuln.go.dev. Name it to govulncheck as GOVULNDB=file:///folder.
//
//	go run -C tools ./vulndb REPORTS FOLDER
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

type report struct {
	ID        string    `json:"id"`
	Modified  time.Time `json:"modified"`
	Withdrawn string    `json:"withdrawn"`
	Aliases   []string  `json:"aliases"`
	Affected  []struct {
		Package struct{ Name string }
		Ranges  []struct {
			Type   string
			Events []struct{ Introduced, Fixed string }
		}
	} `json:"affected"`
}

type vuln struct {
	ID       string    `json:"id"`
	Modified time.Time `json:"modified"`
	Fixed    string    `json:"fixed,omitempty"`
	Aliases  []string  `json:"aliases,omitempty"`
}

type moduleVulns struct {
	Path  string `json:"path"`
	Vulns []vuln `json:"vulns"`
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: vulndb REPORTS FOLDER")
	}
	n, err := run(os.Args[1], os.Args[2])
	if err != nil {
		log.Fatal("vulndb: ", err)
	}
	fmt.Printf("%d reports\n", n)
}

func run(from, to string) (n int, err error) {
	paths, err := filepath.Glob(filepath.Join(from, "*.json"))
	if err != nil {
		return 0, err
	}
	var all []vuln
	var newest time.Time
	modules := map[string][]vuln{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return n, err
		}
		var r report
		if err := json.Unmarshal(text, &r); err != nil {
			return n, fmt.Errorf("%s: %w", path, err)
		}
		if r.Withdrawn != "" || r.ID != filepath.Base(r.ID) || r.ID == "" {
			continue
		}
		if err := write(filepath.Join(to, "ID", r.ID+".json"), json.RawMessage(text)); err != nil {
			return n, err
		}
		n++
		if r.Modified.After(newest) {
			newest = r.Modified
		}
		all = append(all, vuln{ID: r.ID, Modified: r.Modified, Aliases: r.Aliases})
		for path, fixed := range r.modules() {
			modules[path] = append(modules[path], vuln{ID: r.ID, Modified: r.Modified, Fixed: fixed})
		}
	}
	if n == 0 {
		return 0, fmt.Errorf("no reports in %s", from)
	}
	list := []moduleVulns{}
	for path, vulns := range modules {
		list = append(list, moduleVulns{path, vulns})
	}
	slices.SortFunc(list, func(a, b moduleVulns) int { return strings.Compare(a.Path, b.Path) })
	for name, v := range map[string]any{"db": map[string]time.Time{"modified": newest}, "modules": list, "vulns": all} {
		if err := write(filepath.Join(to, "index", name+".json"), v); err != nil {
			return n, err
		}
	}
	return n, nil
}

// modules are those a report is about, and the last version that mends each.
func (r report) modules() map[string]string {
	all := map[string]string{}
	for _, a := range r.Affected {
		fixed := all[a.Package.Name]
		for _, ranged := range a.Ranges {
			for _, e := range ranged.Events {
				if e.Fixed != "" {
					fixed = e.Fixed
				}
			}
		}
		all[a.Package.Name] = fixed
	}
	return all
}

func write(path string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o644)
}
