package main

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/intake"
)

type importCommand struct {
	DryRun bool     `help:"Read and repair, but store nothing."`
	JSON   bool     `name:"json" help:"Print one receipt a line as JSON."`
	Paths  []string `arg:"" name:"path" help:"Files, folders and ZIPs."`
}

// Run brings in every file below the paths and prints a receipt for each.
// Files that are here already are the same work, so a batch that was
// interrupted is continued by bringing it in again.
func (c importCommand) Run(r *run) error {
	paths, err := walk(c.Paths)
	if err != nil {
		return err
	}
	s, err := r.open(r.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	owner := archive.Viewer{Person: archive.Owner}
	progress := newProgress(r.err, "importing", len(paths))
	defer progress.done()
	counts := map[archive.Status]int{}
	for _, path := range paths {
		for _, receipt := range intake.Bring(r.ctx, s, owner, fileAt(path), c.DryRun) {
			counts[receipt.Status]++
			if err := c.print(r.out, receipt); err != nil {
				return err
			}
		}
		progress.step()
		if err := r.ctx.Err(); err != nil {
			progress.done()
			return fmt.Errorf("interrupted; import the same paths again to go on")
		}
	}
	progress.done()
	fmt.Fprintf(r.err, "%d new, %d updated, %d same, %d duplicate, %d refused\n", counts[archive.StatusNew],
		counts[archive.StatusUpdated], counts[archive.StatusSame], counts[archive.StatusDuplicate], counts[archive.StatusRefused])
	if counts[archive.StatusRefused] > 0 {
		return exit(exitRefused)
	}
	return nil
}

// fileAt is the file at path, read when it is its turn.
func fileAt(path string) intake.File {
	return intake.File{Name: path, Data: func() ([]byte, error) {
		if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
			return nil, fmt.Errorf("%s is not a file", path) // reading a pipe could wait for ever
		}
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		// One byte more than is taken in, so that intake sees that it is too large.
		return io.ReadAll(io.LimitReader(f, intake.MaxFile+1))
	}}
}

// walk lists the files below paths in order. Within a folder, hidden ones and
// what is no file are left out.
func walk(paths []string) ([]string, error) {
	var files []string
	for _, root := range paths {
		if _, err := os.Stat(root); err != nil {
			return nil, fmt.Errorf("there is no %s; nothing was brought in", root)
		}
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			hidden := path != root && strings.HasPrefix(entry.Name(), ".")
			switch {
			case err != nil:
				return err
			case hidden && entry.IsDir():
				return fs.SkipDir
			case path == root && !entry.IsDir(), !hidden && isFile(path, entry):
				files = append(files, path)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("there are no files in %s", strings.Join(paths, ", "))
	}
	return files, nil
}

// isFile reports whether path is a file, or a link to one.
func isFile(path string, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink == 0 {
		return entry.Type().IsRegular()
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// receiptJSON is a receipt as scripts read it.
type receiptJSON struct {
	Source   string              `json:"source"`
	Kind     string              `json:"kind"`
	Status   archive.Status      `json:"status"`
	Work     int64               `json:"work"`
	Title    string              `json:"title"`
	Mends    []archive.MendCount `json:"mends"`
	Warnings []string            `json:"warnings"`
	Error    string              `json:"error"`
}

func (c importCommand) print(out io.Writer, receipt archive.Receipt) error {
	counts := archive.CountMends(receipt.Mends)
	if c.JSON {
		return json.NewEncoder(out).Encode(receiptJSON{
			Source: receipt.Source, Kind: receipt.Kind, Status: receipt.Status, Work: receipt.Work.Public(),
			Title: receipt.Title, Mends: orEmpty(counts), Warnings: orEmpty(receipt.Warnings), Error: receipt.Error,
		})
	}
	line := fmt.Sprintf("%-9s %s", receipt.Status, receipt.Source)
	if receipt.Error != "" {
		line += "\n          " + receipt.Error
	} else {
		line += fmt.Sprintf("\n          %s (work %d)", receipt.Title, receipt.Work.Public())
	}
	for _, count := range counts {
		line += fmt.Sprintf("\n          mended: %s ×%d", count.Rule, count.Count)
	}
	for _, warning := range receipt.Warnings {
		line += "\n          note: " + warning
	}
	_, err := fmt.Fprintln(out, line)
	return err
}

// orEmpty makes JSON say [] where there is nothing.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
