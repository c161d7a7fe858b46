// Command licences lists the modules that Ficstead is built from and their
// licences, and fails if one is not known to allow that.
//
// It writes the texts of all licences (-texts) and a bill of materials in
// CycloneDX 1.5 (-sbom). Both are the same whenever the modules are.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// allowed are the licences under which modules may be part of the program, which
// is itself free: none asks for more than that its text goes along.
var allowed = []string{"MIT", "BSD-3-Clause", "BSD-2-Clause", "Apache-2.0", "ISC", "Unlicense"}

// systems are those that there are releases for: what a module needs differs.
var systems = []string{"linux", "darwin", "windows", "freebsd"}

// A module is one that the program is built from.
type module struct {
	Path, Version, Dir, Sum string
	Main                    bool

	licence string
	files   []string // its licence and what belongs to it, by name
}

func main() {
	log.SetFlags(0)
	root := flag.String("root", "..", "the folder of the program's go.mod")
	texts := flag.String("texts", "", "write the texts of all licences to this file")
	sbom := flag.String("sbom", "", "write a bill of materials to this file")
	version := flag.String("version", "unknown", "of the program, for the bill of materials")
	flag.Parse()
	if err := run(os.Stdout, *root, *texts, *sbom, *version); err != nil {
		log.Fatal("licences: ", err)
	}
}

func run(out io.Writer, root, texts, sbom, version string) error {
	modules, err := list(root)
	if err != nil {
		return err
	}
	var bad []error
	for i := range modules {
		m := &modules[i]
		if err := m.read(); err != nil {
			bad = append(bad, err)
		}
		fmt.Fprintf(out, "%-14s %s %s\n", m.licence, m.Path, m.Version)
	}
	if err := errors.Join(bad...); err != nil {
		return err
	}
	if texts != "" {
		if err := writeTexts(texts, modules); err != nil {
			return err
		}
	}
	if sbom != "" {
		return writeSBOM(sbom, version, modules)
	}
	return nil
}

// list returns the modules of which packages are built in, on any system, by
// path, with the standard library first.
func list(root string) ([]module, error) {
	found := map[string]module{}
	for _, system := range systems {
		c := exec.Command("go", "list", "-deps", "-json=Module", "./cmd/ficstead")
		c.Dir, c.Stderr, c.Env = root, os.Stderr, append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0")
		out, err := c.Output()
		if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		for d := json.NewDecoder(bytes.NewReader(out)); ; {
			var p struct{ Module *module }
			if err := d.Decode(&p); err == io.EOF {
				break
			} else if err != nil {
				return nil, err
			}
			if p.Module != nil && !p.Module.Main {
				found[p.Module.Path] = *p.Module
			}
		}
	}
	all := []module{{Path: "std", Version: runtime.Version(), Dir: runtime.GOROOT()}}
	for _, m := range found {
		all = append(all, m)
	}
	slices.SortFunc(all[1:], func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return all, nil
}

// read finds the licence of a module.
func (m *module) read() error {
	entries, err := os.ReadDir(m.Dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := strings.ToUpper(e.Name())
		if e.IsDir() || strings.Contains(name, "LOGO") || strings.HasSuffix(name, ".GO") {
			continue
		}
		for _, word := range []string{"LICENSE", "LICENCE", "COPYING", "NOTICE", "PATENTS"} {
			if strings.HasPrefix(name, word) {
				m.files = append(m.files, e.Name())
				break
			}
		}
	}
	for _, name := range m.files { // the first that is one: LICENSE is before LICENSE-OTHER
		text, err := os.ReadFile(filepath.Join(m.Dir, name))
		if err != nil {
			return err
		}
		if m.licence = identify(string(text)); m.licence != "" {
			break
		}
	}
	if !slices.Contains(allowed, m.licence) {
		return fmt.Errorf("%s %s: its licence (%q, in %v) is not one of %s", m.Path, m.Version, m.licence, m.files, strings.Join(allowed, ", "))
	}
	return nil
}

// identify tells a licence by sentences that only it has.
func identify(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	has := func(s string) bool { return strings.Contains(text, s) }
	switch {
	case has("GNU GENERAL PUBLIC LICENSE") || has("GNU LESSER") || has("GNU AFFERO") || has("GNU Lesser General"):
		return "GPL or its like"
	case has("Mozilla Public License"):
		return "MPL"
	case has("Apache License") && has("Version 2.0"):
		return "Apache-2.0"
	case has("Permission is hereby granted, free of charge, to any person obtaining a copy"):
		return "MIT"
	case has("Permission to use, copy, modify, and/or distribute this software for any purpose"):
		return "ISC"
	case has("This is free and unencumbered software released into the public domain"):
		return "Unlicense"
	case has("Redistributions of source code must retain the above copyright notice") && (has("Neither the name of") || has("may be used to endorse or promote")):
		return "BSD-3-Clause"
	case has("Redistributions of source code must retain the above copyright notice"):
		return "BSD-2-Clause"
	}
	return ""
}

func writeTexts(path string, modules []module) error {
	var b bytes.Buffer
	b.WriteString("Ficstead is built from these, each under its own licence.\n")
	for _, m := range modules {
		for _, name := range m.files {
			text, err := os.ReadFile(filepath.Join(m.Dir, name))
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, "\n%s\n%s %s (%s): %s\n%s\n\n%s\n", strings.Repeat("=", 80), m.Path, m.Version, m.licence, name, strings.Repeat("=", 80), bytes.TrimSpace(text))
		}
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}
