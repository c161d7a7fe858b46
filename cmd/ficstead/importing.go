package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/intake"
	"ficstead/internal/store"
)

type importCommand struct {
	DryRun bool     `help:"Read and repair, but store nothing."`
	JSON   bool     `name:"json" help:"Print one receipt a line as JSON."`
	Paths  []string `arg:"" name:"path" help:"Files, folders, ZIPs, and dumps of whole archives (eFiction, Automated Archive)."`

	Stories   string `help:"Of a dump: the folder of its stories, or a ZIP of it." placeholder:"DIR"`
	Name      string `help:"Of a dump that does not say the name of its archive (Automated Archive): that name." placeholder:"NAME"`
	Prefix    string `help:"Of a dump that holds several archives: what the names of the tables begin with." placeholder:"PREFIX"`
	Map       string `help:"Of a dump: the list that says which tags its categories, characters and classes become (tags.csv beside the report)." placeholder:"FILE"`
	LeaveOut  string `help:"Of a dump: a list of what not to bring in: numbers of stories, pennames, e-mail addresses, one a line." placeholder:"FILE"`
	BringBack bool   `help:"Of a dump: bring in again what was removed here."`
	Report    string `help:"Of a dump: the folder to write the report into (default: rescue-SITE)." placeholder:"DIR"`

	within bool // the dump is one file among others
}

// Run brings in every file below the paths and prints a receipt for each.
// Files that are here already are the same work, so a batch that was
// interrupted is continued by bringing it in again. Dumps of whole archives are
// known by what is in them.
func (c importCommand) Run(r *run) error {
	archives, rest, err := c.sort()
	if err != nil {
		return err
	}
	bags, rest, err := sortBags(rest)
	if err != nil {
		return err
	}
	var paths []string
	if len(rest) > 0 || len(archives)+len(bags) == 0 {
		if paths, err = walk(rest); err != nil {
			return err
		}
	}
	s, shut, err := c.open(r)
	if err != nil {
		return err
	}
	defer shut()
	counts := map[archive.Status]int{}
	for _, bag := range bags {
		if err := c.bringBag(r, s, bag, counts); err != nil {
			return err
		}
	}
	for _, old := range archives {
		if err := c.rescue(r, s, old, counts); err != nil {
			return err
		}
	}
	if len(paths) > 0 {
		if err := c.bring(r, s, paths, counts); err != nil {
			return err
		}
	}
	if counts[archive.StatusRefused] > 0 {
		return exit(exitRefused)
	}
	return nil
}

// open opens the store. A dry run where there is none yet leaves none behind.
func (c importCommand) open(r *run) (s *store.Store, shut func(), err error) {
	_, missing := os.Stat(filepath.Join(r.data, databaseFile))
	if !c.DryRun || r.database != "" || missing == nil {
		s, err = r.open(r.ctx)
		return s, func() { s.Close() }, err
	}
	dir, err := os.MkdirTemp("", "ficstead-dry-run-")
	if err != nil {
		return nil, nil, err
	}
	if s, err = store.Open(r.ctx, filepath.Join(dir, databaseFile)); err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, func() { s.Close(); os.RemoveAll(dir) }, nil
}

// sort tells dumps of whole archives from all else.
func (c importCommand) sort() (archives []oldArchive, rest []string, err error) {
	for _, path := range c.Paths {
		old, err := findArchive(path)
		switch {
		case err != nil:
			return nil, nil, err
		case old != nil:
			archives = append(archives, *old)
		default:
			rest = append(rest, path)
		}
	}
	if c.Stories != "" && len(archives) != 1 {
		return nil, nil, fmt.Errorf("--stories belongs to one dump of an archive, and %d were named", len(archives))
	}
	return archives, rest, nil
}

// bring brings in files.
func (c importCommand) bring(r *run, s *store.Store, paths []string, counts map[archive.Status]int) error {
	owner := archive.Viewer{Person: archive.Owner}
	progress := newProgress(r.err, "importing", len(paths))
	defer progress.done()
	for _, path := range paths {
		if old := dumpAt(path); old != nil {
			if err := c.rescueWithin(r, s, *old, counts); err != nil {
				return err
			}
			progress.step()
			continue
		}
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
	return nil
}

// dumpAt is the dump of an archive at path, nil if there is none.
func dumpAt(path string) *oldArchive {
	if !mayBeDump(path) {
		return nil
	}
	old, err := findArchive(path)
	if err != nil {
		return nil // the file's receipt says what is wrong
	}
	return old
}

// fileAt is the file at path, read when it is its turn.
func fileAt(path string) intake.File {
	return intake.File{Name: path, Data: func() ([]byte, error) {
		if err := noFile(path); err != nil {
			return nil, err
		}
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		// One byte more than is taken in, so that intake sees that it is too large.
		return io.ReadAll(io.LimitReader(f, intake.MaxFile+1))
	}, Beside: func(src string) []byte { return pictureBeside(path, src) }}
}

// noFile says what path is that can be no story. Reading a pipe could wait for ever.
func noFile(path string) error {
	info, err := os.Stat(path)
	if err == nil && info.Mode().IsRegular() {
		return nil
	}
	named, lerr := os.Lstat(path)
	isLink := lerr == nil && named.Mode()&fs.ModeSymlink != 0
	switch {
	case err == nil && isLink && info.IsDir():
		return archive.Refusal("This is a link to a folder, which is not followed. Name the folder itself.")
	case err == nil && info.IsDir():
		return archive.Refusal("This is a folder that cannot be read here. Check that you may read it, or name the files in it.")
	case err == nil:
		return archive.Refusal("This is no file: a pipe or a device. Bring in files, folders and ZIPs.")
	case isLink:
		return archive.Refusal("This is a link that leads nowhere, or to itself. Bring in the file that it should lead to.")
	}
	return nil // opening it says what is wrong
}

// pictureBeside is a picture that a browser saved with the page at path. Nothing
// outside of the page's folder is looked at.
func pictureBeside(path, src string) []byte {
	name, err := url.PathUnescape(src)
	if err != nil || !filepath.IsLocal(name) {
		return nil
	}
	f, err := os.OpenInRoot(filepath.Dir(path), filepath.FromSlash(name))
	if err != nil {
		return nil
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(f, intake.MaxFile))
	if err != nil {
		return nil
	}
	return data
}

// walk lists the files below paths in order. Within a folder, hidden ones are left
// out. What is no file, such as a link that leads nowhere, has its receipt.
func walk(paths []string) ([]string, error) {
	var files []string
	for _, root := range paths {
		if _, err := os.Lstat(root); err != nil {
			return nil, fmt.Errorf("there is no %s; nothing was brought in", root)
		}
		if info, err := os.Stat(root); err == nil && info.IsDir() && !os.IsPathSeparator(root[len(root)-1]) {
			root += string(filepath.Separator) // which follows a link
		}
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			hidden := path != root && strings.HasPrefix(entry.Name(), ".")
			switch {
			case err != nil:
				files = append(files, path) // its receipt says why
				return fs.SkipDir
			case hidden && entry.IsDir():
				return fs.SkipDir
			case path != root && intake.IsCompanion(filepath.ToSlash(strings.TrimPrefix(path, root))):
			case !hidden && !entry.IsDir():
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
