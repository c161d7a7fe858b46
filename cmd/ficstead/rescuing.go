package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/zipfile"
	"ficstead/internal/intake/autoarchive"
	"ficstead/internal/intake/efiction"
	"ficstead/internal/intake/record"
	"ficstead/internal/rescue"
	"ficstead/internal/store"
)

// oldArchive is the dump of a whole archive, and the files that belong to it.
type oldArchive struct {
	name  string
	open  func() (io.ReadCloser, error)
	files *tree // nil if there are none
	read  opener
}

// opener reads a dump of one kind.
type opener func(dump io.Reader, old oldArchive, c importCommand) (rescue.Source, error)

// kinds of dumps, by what their text begins with.
var kinds = []struct {
	match func(head []byte) bool
	open  opener
}{
	{efiction.Match, openEFiction},
	{record.Match, openRecords},
	{autoarchive.Match, openAutoArchive},
}

func openRecords(dump io.Reader, _ oldArchive, _ importCommand) (rescue.Source, error) {
	return record.Open(dump)
}

func openAutoArchive(dump io.Reader, old oldArchive, c importCommand) (rescue.Source, error) {
	o := autoarchive.Options{Name: c.Name}
	if o.Name == "" {
		o.Name, _, _ = strings.Cut(filepath.Base(old.name), ".")
	}
	var err error
	if o.Tags, err = c.tagRules(); err != nil {
		return nil, err
	}
	if old.files == nil {
		return autoarchive.Open(dump, nil, o)
	}
	return autoarchive.Open(dump, *old.files, o)
}

func openEFiction(dump io.Reader, old oldArchive, c importCommand) (rescue.Source, error) {
	o := efiction.Options{Prefix: c.Prefix}
	var err error
	if o.Tags, err = c.tagRules(); err != nil {
		return nil, err
	}
	if old.files == nil {
		return efiction.Open(dump, nil, o)
	}
	return efiction.Open(dump, *old.files, o)
}

// tagRules reads the list that --map names, if it names one.
func (c importCommand) tagRules() (archive.TagRules, error) {
	if c.Map == "" {
		return nil, nil
	}
	data, err := os.ReadFile(c.Map)
	if err != nil {
		return nil, fmt.Errorf("the list of tags cannot be read: %w", err)
	}
	return archive.ParseTagRules(data)
}

// openerOf tells the kind of a dump by its head, nil if it is none.
func openerOf(head []byte) opener {
	for _, k := range kinds {
		if k.match(head) {
			return k.open
		}
	}
	return nil
}

// findArchive looks whether a path is a dump of an archive, or a folder or ZIP
// with one in its two uppermost levels. Several side by side in the uppermost are
// a question; where they are deeper, the folder is one of many things, and each
// of its files counts for itself.
func findArchive(name string) (*oldArchive, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil // walk says so
	}
	if info.IsDir() {
		return findInFolder(name)
	}
	if !info.Mode().IsRegular() {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, nil // its receipt will say so
	}
	defer f.Close()
	beginning := make([]byte, 4)
	if n, _ := io.ReadFull(f, beginning); zipfile.Is(beginning[:n]) {
		return findInZIP(name)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, nil
	}
	if read := openerOf(head(f)); read != nil {
		return &oldArchive{name: name, read: read, open: func() (io.ReadCloser, error) { return os.Open(name) }}, nil
	}
	return nil, nil
}

// mayBeDump reports whether a file within a folder is worth a look.
func mayBeDump(name string) bool {
	name = strings.ToLower(name)
	for _, ext := range []string{".sql", ".gz", ".sql.txt", ".dump", ".pl", ".jsonl", ".json"} {
		if strings.HasSuffix(name, ext) {
			return true
		}
	}
	return false
}

func findInFolder(dir string) (*oldArchive, error) {
	var paths []string
	for _, pattern := range []string{"*", "*/*"} {
		found, err := filepath.Glob(filepath.Join(escapeGlob(dir), pattern))
		if err != nil {
			return nil, nil
		}
		paths = append(paths, found...)
	}
	var one *oldArchive
	deep := func(p string) bool { return filepath.Dir(p) != filepath.Clean(dir) }
	for _, p := range paths {
		info, err := os.Stat(p)
		isZIP := strings.HasSuffix(strings.ToLower(p), ".sql.zip")
		if err != nil || !info.Mode().IsRegular() || !mayBeDump(p) && !isZIP {
			continue
		}
		found, err := findArchive(p)
		if err != nil || found == nil {
			continue
		}
		switch {
		case one == nil:
			one = found
		case deep(p) || deep(one.name):
			return nil, nil
		default:
			return nil, severalDumps(dir, one.name, p)
		}
	}
	if one == nil {
		return nil, nil
	}
	files, err := folderTree(dir)
	if err != nil {
		return nil, err
	}
	one.files = &files
	return one, nil
}

// escapeGlob makes a pattern that matches name and nothing else.
func escapeGlob(name string) string {
	return strings.NewReplacer(`*`, `[*]`, `?`, `[?]`, `[`, `[[]`).Replace(name)
}

func severalDumps(in, one, other string) error {
	return fmt.Errorf("%s holds several dumps, %s and %s; import one of them, with --stories for the folder of its stories", in, filepath.Base(one), filepath.Base(other))
}

func findInZIP(name string) (*oldArchive, error) {
	data, err := readWhole(name)
	if err != nil {
		return nil, nil
	}
	files, err := zipTree(data)
	if err != nil {
		return nil, nil // its receipt will say what is wrong with it
	}
	var one *oldArchive
	for _, p := range files.list() {
		if strings.Count(p, "/") > 1 || !mayBeDump(p) {
			continue
		}
		text, err := files.readDump(data, p)
		read := openerOf(head(bytes.NewReader(text)))
		if err != nil && len(text) == 0 || read == nil {
			continue
		}
		if one != nil {
			return nil, severalDumps(name, path.Base(one.name), p)
		}
		one = &oldArchive{name: name, read: read, open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }}
	}
	if one != nil && len(files.list()) > 1 {
		one.files = &files
	}
	return one, nil
}

// readDump reads a member that may be larger than a chapter.
func (t tree) readDump(data []byte, name string) ([]byte, error) {
	limits := zipfile.Bounds()
	limits.Entries, limits.Entry, limits.Total, limits.Salvage, limits.Twice = 1_000_000, 2<<30, 8<<30, true, true
	z, err := zipfile.Open(data, limits)
	if err != nil {
		return nil, err
	}
	return z.File(name).Read(0)
}

// rescueWithin brings in a dump that was found among other files, with what
// stands beside it. What is wrong with it is a receipt, and no end of the batch.
// Which of several side by side is the last nobody knows.
func (c importCommand) rescueWithin(r *run, s *store.Store, old oldArchive, counts map[archive.Status]int) error {
	refuse := func(sentence string) error {
		counts[archive.StatusRefused]++
		return c.print(r.out, archive.Receipt{Source: old.name, Status: archive.StatusRefused, Error: sentence})
	}
	if others, _ := filepath.Glob(filepath.Join(escapeGlob(filepath.Dir(old.name)), "*")); len(others) < mostBeside {
		for _, other := range others {
			if other != old.name && dumpAt(other) != nil {
				return refuse(fmt.Sprintf("Several dumps stand side by side, %s and %s: import the right one by itself, with --stories for the folder of its stories.", filepath.Base(old.name), filepath.Base(other)))
			}
		}
	}
	if files, err := folderTree(filepath.Dir(old.name)); err == nil && old.files == nil {
		old.files = &files
	}
	c.Stories, c.within = "", true
	err := c.rescue(r, s, old, counts)
	if err == nil || r.ctx.Err() != nil {
		return err
	}
	return refuse(strings.TrimPrefix(err.Error(), old.name+": "))
}

// mostBeside is how many files may stand beside a dump to be looked at.
const mostBeside = 1000

// rescue brings in a whole archive, prints a receipt for each story, and writes
// the report.
func (c importCommand) rescue(r *run, s *store.Store, old oldArchive, counts map[archive.Status]int) error {
	if c.Stories != "" {
		files, err := openTree(c.Stories)
		if err != nil {
			return err
		}
		old.files = &files
	}
	leaveOut, err := c.leaveOut()
	if err != nil {
		return err
	}
	dump, err := old.open()
	if err != nil {
		return err
	}
	defer dump.Close()
	fmt.Fprintf(r.err, "reading %s\n", old.name)
	source, err := old.read(dump, old, c)
	if several := (efiction.Several{}); errors.As(err, &several) {
		return fmt.Errorf("%s: %w Use --prefix", old.name, err)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", old.name, err)
	}
	bar := newProgress(r.err, "importing", len(source.Keys()))
	defer bar.done()
	var printing error
	report, err := rescue.Bring(r.ctx, s, archive.Viewer{Person: archive.Owner}, source, rescue.Options{
		DryRun: c.DryRun, LeaveOut: leaveOut, Remapped: c.Map != "", BringBack: c.BringBack,
		Tell: func(receipt archive.Receipt, _, _ int) {
			bar.step()
			if receipt.Status == "" {
				return // left out, which the report tells
			}
			counts[receipt.Status]++
			if err := c.print(r.out, receipt); err != nil && printing == nil {
				printing = err
			}
		},
	})
	bar.done()
	if r.ctx.Err() != nil {
		return errors.New("interrupted; import the same archive again to go on")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", old.name, err)
	}
	fmt.Fprint(r.err, report.Summary())
	if c.within && c.Report == "" {
		return printing // it is kept with the archive
	}
	return errors.Join(printing, c.writeReport(r, report, source.Tags()))
}

func (c importCommand) leaveOut() (rescue.LeaveOut, error) {
	if c.LeaveOut == "" {
		return nil, nil
	}
	data, err := os.ReadFile(c.LeaveOut)
	if err != nil {
		return nil, fmt.Errorf("the list of what to leave out cannot be read: %w", err)
	}
	return rescue.ParseLeaveOut(data), nil
}

// writeReport writes the report and the list of tags. A list that somebody edited
// stays as it is.
func (c importCommand) writeReport(r *run, report rescue.Report, tags archive.TagRules) error {
	dir := reportFolder(c.Report, report)
	list := "tags.csv"
	if was, err := os.ReadFile(filepath.Join(dir, list)); err == nil && !bytes.Equal(was, tags.CSV()) {
		list = "tags-as-decided.csv"
		fmt.Fprintf(r.err, "%s stays as you edited it; what was decided now is in %s\n", filepath.Join(dir, "tags.csv"), list)
	}
	err := writeFiles(dir, map[string][]byte{"report.html": report.HTML(), "report.json": report.JSON(), list: tags.CSV()})
	if err == nil {
		fmt.Fprintf(r.err, "report: %s\n", filepath.Join(dir, "report.html"))
	}
	return err
}

// reportFolder is the folder that was named for a report, or one named after the archive.
func reportFolder(named string, report rescue.Report) string {
	if named != "" {
		return named
	}
	_, host, _ := strings.Cut(report.Key, ":")
	return "rescue-" + strings.Trim(strings.NewReplacer(":", "-", "/", "-", `\`, "-").Replace(host), "-.")
}

func writeFiles(dir string, files map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("the report cannot be written: %w", err)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return fmt.Errorf("the report cannot be written: %w", err)
		}
	}
	return nil
}
