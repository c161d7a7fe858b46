package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"ficstead/bench/rescue/damage"
	"ficstead/bench/rescue/measure"
	"ficstead/bench/rescue/truth"
	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// peer is a program that reads the same files.
type peer struct {
	name    string
	version string // "" if it is not here
	why     string // it is not measured
	works   int    // how many it reads; it may be slow
	read    func(dir string, f damage.File) (string, error)
}

// peers looks for what is installed.
func peers() []peer {
	return []peer{
		{name: "pandoc", version: firstLine("pandoc", "--version"), why: "pandoc is not installed", works: 5, read: byPandoc},
		{name: "Calibre, heuristics", version: firstLine("ebook-convert", "--version"), why: "ebook-convert is not installed", works: 2, read: byCalibre},
	}
}

func firstLine(name string, args ...string) string {
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		return ""
	}
	line, _, _ := strings.Cut(string(out), "\n")
	return line
}

// patience is how long a peer may take for one file.
const patience = time.Minute

func run1(name string, args ...string) error {
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	out, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, bytes.TrimSpace(out[:min(len(out), 200)]))
	}
	return nil
}

func write(dir string, f damage.File) (string, error) {
	path := filepath.Join(dir, f.Name)
	return path, os.WriteFile(path, f.Data, 0o644)
}

func byPandoc(dir string, f damage.File) (string, error) {
	path, err := write(dir, f)
	if err != nil {
		return "", err
	}
	from := "markdown"
	if f.Recipe.HTML {
		from = "html"
	}
	out := filepath.Join(dir, "pandoc.html")
	if err := run1("pandoc", "-f", from, "-t", "html", "--wrap=none", "-o", out, path); err != nil {
		return "", err
	}
	data, err := os.ReadFile(out)
	return string(data), err
}

func byCalibre(dir string, f damage.File) (string, error) {
	path, err := write(dir, f)
	if err != nil {
		return "", err
	}
	out := filepath.Join(dir, "calibre.htmlz")
	if err := run1("ebook-convert", path, out, "--enable-heuristics", "--htmlz-css-type=tag"); err != nil {
		return "", err
	}
	z, err := zip.OpenReader(out)
	if err != nil {
		return "", err
	}
	defer z.Close()
	page, err := z.Open("index.html")
	if err != nil {
		return "", err
	}
	data, err := io.ReadAll(page)
	return string(data), err
}

// peerRow is what a peer made of a recipe, and we of the same works.
type peerRow struct {
	peer, recipe string
	theirs, ours measure.Score
	failed       string
}

// compare reads the recipes' files with a peer.
func compare(p peer, dir string, works []truth.Work) []peerRow {
	var rows []peerRow
	for _, recipe := range damage.Recipes() {
		r := peerRow{peer: p.name, recipe: recipe.Name}
		for _, w := range works[:min(len(works), p.works)] {
			f := recipe.Make(w, seedOf(&w, recipe))
			html, err := p.read(dir, f)
			if err != nil {
				r.failed = err.Error()
				continue
			}
			ours := read(f.Name, f.Data, measure.OfTruth(&f.Truth))
			m := archive.Manuscript{Chapters: []archive.Chapter{{Text: prose.Parse(html)}}}
			r.theirs.Sum(measure.Compare(&ours.truth, ours.before, measure.Look(&ours.truth, measure.OfManuscript(&m)), measure.Para))
			r.ours.Sum(measure.Compare(&ours.truth, ours.before, ours.after, measure.Para))
		}
		rows = append(rows, r)
	}
	return rows
}

func printPeers(out *strings.Builder, all []peer, rows []peerRow) {
	for _, p := range all {
		if p.version == "" {
			fmt.Fprintf(out, "%s: not measured, %s.\n\n", p.name, p.why)
			continue
		}
		fmt.Fprintf(out, "%s (%s), %d works each; ours on the same files in brackets.\n\n", p.name, p.version, p.works)
		fmt.Fprintln(out, "| recipe | characters | joins recall | paragraphs | scenes | italics |\n|---|---|---|---|---|---|")
		for _, r := range rows {
			if r.peer != p.name {
				continue
			}
			t, o := r.theirs, r.ours
			fmt.Fprintf(out, "| %s | %.4f (%.4f) | %.2f (%.2f) | %.3f (%.3f) | %.3f (%.3f) | %.3f (%.3f) |%s\n", r.recipe, t.CharsAfter(), o.CharsAfter(), t.Joins.Recall(), o.Joins.Recall(),
				t.Paras.F1(), o.Paras.F1(), t.Scenes.F1(), o.Scenes.F1(), t.Italics.F1(), o.Italics.F1(), r.failed)
		}
		fmt.Fprintln(out)
	}
}
