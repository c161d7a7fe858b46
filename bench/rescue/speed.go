package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ficstead/bench/rescue/damage"
	"ficstead/bench/rescue/truth"
	"ficstead/internal/intake"
)

// spent runs a command on one core and returns its seconds of a processor, user
// and system: the median of several runs.
func spent(times int, name string, args ...string) (float64, error) {
	var all []float64
	for range times {
		c := exec.Command(name, args...)
		c.Env = append(os.Environ(), "GOMAXPROCS=1")
		var fault bytes.Buffer
		c.Stderr = &fault
		if err := c.Run(); err != nil {
			return 0, fmt.Errorf("%s: %w: %s", name, err, fault.String())
		}
		all = append(all, (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds())
	}
	slices.Sort(all)
	return all[len(all)/2], nil
}

// timed is one file that everybody reads.
type timed struct {
	form          string
	words         int
	ours, pandocs float64 // seconds of whole processes
	per           float64 // ours, seconds for 100,000 words
}

const speedWords = 100_000

// speeds measures reading 100,000 words, clean and damaged.
func speeds(dir string) ([]timed, error) {
	w := truth.Generate(truth.Test, 1, speedWords)
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	var all []timed
	for _, f := range []struct {
		form   string
		recipe damage.Recipe
		as     string
	}{
		{"clean page", damage.Recipe{HTML: true, Italics: damage.ItalicsKept, Scenes: damage.ScenesKept}, "html"},
		{"clean text", damage.Recipe{}, "markdown"},
		{"R1", mustFind("R1"), "markdown"}, {"R3", mustFind("R3"), "markdown"}, {"R9", mustFind("R9"), "markdown"},
	} {
		made := f.recipe.Make(w, 1)
		path := filepath.Join(dir, "speed-"+made.Name)
		if err := os.WriteFile(path, made.Data, 0o644); err != nil {
			return nil, err
		}
		t := timed{form: f.form, words: made.Truth.Words()}
		if t.ours, err = spent(5, self, "-read", path); err != nil {
			return nil, err
		}
		t.per = t.ours * 100_000 / float64(t.words)
		if _, err := exec.LookPath("pandoc"); err == nil {
			if t.pandocs, err = spent(3, "pandoc", "-f", f.as, "-t", "html", "-o", filepath.Join(dir, "out.html"), path); err != nil {
				return nil, err
			}
		}
		all = append(all, t)
	}
	return all, nil
}

func mustFind(name string) damage.Recipe {
	r, ok := damage.Find(name)
	if !ok {
		panic("no recipe " + name)
	}
	return r
}

// readOnce reads a file and says nothing: what a process of ours costs.
func readOnce(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	start := time.Now()
	if _, _, err = intake.Read(filepath.Base(path), data, nil); err != nil {
		return err
	}
	fmt.Printf("%.3f s\n", time.Since(start).Seconds())
	return nil
}

func printSpeeds(out *strings.Builder, all []timed) {
	fmt.Fprintln(out, "| 100,000 words as | seconds | pandoc, seconds | ratio |\n|---|---|---|---|")
	for _, t := range all {
		fmt.Fprintf(out, "| %s | %.2f | %.2f | %.2f |\n", t.form, t.per, t.pandocs*100_000/float64(t.words), t.ours/max(t.pandocs, .001))
	}
}
