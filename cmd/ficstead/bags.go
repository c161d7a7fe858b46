package main

import (
	"archive/tar"
	"archive/zip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/bagit"
	"ficstead/internal/export"
	"ficstead/internal/intake"
	"ficstead/internal/store"
)

// A packed is what a bag is written into, by names with slashes.
type packed interface {
	put(name string, data []byte) error
	close() error
}

// writeBag writes a bag of works: into a ZIP or a TAR if --out is called so, else
// into a new folder. Only one work is in memory at a time.
func (c exportCommand) writeBag(r *run, s *store.Store, ids []archive.WorkID) (err error) {
	if c.Out == "" || c.Out == "-" {
		return errors.New("--bagit needs a folder, or a file that ends with .zip or .tar, named with --out")
	}
	if _, err := os.Stat(c.Out); err == nil {
		return fmt.Errorf("%s exists; choose another name, so that nothing is lost", c.Out)
	}
	temporary := c.Out + ".partial"
	if err := os.RemoveAll(temporary); err != nil {
		return err
	}
	defer os.RemoveAll(temporary)
	to, err := newPacked(temporary, c.Out)
	if err != nil {
		return err
	}
	if err := errors.Join(c.fillBag(r, s, ids, bagit.NewWriter(to.put)), to.close()); err != nil {
		return err
	}
	if err := os.Rename(temporary, c.Out); err != nil {
		return err
	}
	fmt.Fprintf(r.out, "%d works in %s\n", len(ids), c.Out)
	return nil
}

func (c exportCommand) fillBag(r *run, s *store.Store, ids []archive.WorkID, bag *bagit.Writer) error {
	progress := newProgress(r.err, "exporting", len(ids))
	defer progress.done()
	last := time.Time{} // of all changes: the bag is dated by what is in it
	for _, id := range ids {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		var files []export.File
		err := s.Read(r.ctx, func(tx *store.Tx) error {
			w, err := tx.Work(id)
			if err != nil {
				return err
			}
			if w.Changed.After(last) {
				last = w.Changed
			}
			files, err = export.Parcel(tx, archive.Viewer{Person: archive.Owner}, id)
			return err
		})
		if err != nil {
			return err
		}
		for _, f := range files {
			if err := bag.Add(export.ParcelName(id)+"/"+f.Name, f.Data); err != nil {
				return err
			}
		}
		progress.step()
	}
	return bag.Close(bagit.Field{Label: "Bag-Software-Agent", Value: "Ficstead"},
		bagit.Field{Label: "Bagging-Date", Value: last.UTC().Format(time.DateOnly)},
		bagit.Field{Label: "External-Description", Value: fmt.Sprintf("Works of fan fiction: %d, a folder for each, with EPUB, HTML, the files they were read from, and their description", len(ids))})
}

// newPacked begins a ZIP, a TAR or a folder, by how it is to be called in the end.
func newPacked(path, called string) (packed, error) {
	ext := strings.ToLower(filepath.Ext(called))
	if ext != ".zip" && ext != ".tar" {
		return inFolder(path), os.Mkdir(path, 0o755)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	folder := strings.TrimSuffix(filepath.Base(called), filepath.Ext(called)) + "/"
	if ext == ".zip" {
		return inZIP{f, zip.NewWriter(f), folder}, nil
	}
	return inTAR{f, tar.NewWriter(f), folder}, nil
}

type inFolder string

func (dir inFolder) put(name string, data []byte) error {
	path := filepath.Join(string(dir), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

func (inFolder) close() error { return nil }

type inZIP struct {
	file   *os.File
	zip    *zip.Writer
	folder string
}

func (z inZIP) put(name string, data []byte) error {
	w, err := z.zip.CreateHeader(&zip.FileHeader{Name: z.folder + name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

func (z inZIP) close() error { return errors.Join(z.zip.Close(), z.file.Sync(), z.file.Close()) }

type inTAR struct {
	file   *os.File
	tar    *tar.Writer
	folder string
}

func (t inTAR) put(name string, data []byte) error {
	err := t.tar.WriteHeader(&tar.Header{Name: t.folder + name, Mode: 0o644, Size: int64(len(data)), ModTime: time.Unix(0, 0)})
	if err != nil {
		return err
	}
	_, err = t.tar.Write(data)
	return err
}

func (t inTAR) close() error { return errors.Join(t.tar.Close(), t.file.Sync(), t.file.Close()) }

// bagAt is the bag that path names, if it is a folder with one, or a ZIP with one
// that is too large to be read like other files.
func bagAt(path string) (bagit.Files, bool, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, false, nil // its receipt says why
	}
	if info.IsDir() {
		if _, err := os.Stat(filepath.Join(path, "bagit.txt")); err != nil {
			return nil, false, nil
		}
	} else if info.Size() <= intake.MaxFile || !strings.EqualFold(filepath.Ext(path), ".zip") {
		return nil, false, nil
	}
	t, err := openTree(path)
	if err != nil {
		return nil, false, err
	}
	b := bagTree{tree: t}
	for _, name := range t.list() {
		if strings.HasSuffix("/"+name, "/bagit.txt") && strings.Count(name, "/") <= 1 {
			b.folder = strings.TrimSuffix(name, "bagit.txt")
			return b, true, nil
		}
	}
	return nil, false, nil
}

// bagTree is a bag below a folder of a tree.
type bagTree struct {
	tree   tree
	folder string // "" or with a slash at its end
}

func (b bagTree) Names() (names []string) {
	for _, name := range b.tree.list() {
		if name, ok := strings.CutPrefix(name, b.folder); ok {
			names = append(names, name)
		}
	}
	return names
}

func (b bagTree) Read(name string) ([]byte, error) { return b.tree.Read(b.folder + name) }

// sortBags tells bags from all else.
func sortBags(paths []string) (bags []bag, rest []string, err error) {
	for _, path := range paths {
		files, ok, err := bagAt(path)
		switch {
		case err != nil:
			return nil, nil, err
		case ok:
			bags = append(bags, bag{path, files})
		default:
			rest = append(rest, path)
		}
	}
	return bags, rest, nil
}

// bag is a bag at a path.
type bag struct {
	path  string
	files bagit.Files
}

// bringBag brings in the works of a bag.
func (c importCommand) bringBag(r *run, s *store.Store, b bag, counts map[archive.Status]int) error {
	for _, receipt := range intake.BringBag(r.ctx, s, archive.Viewer{Person: archive.Owner}, b.path, b.files, c.DryRun) {
		counts[receipt.Status]++
		if err := c.print(r.out, receipt); err != nil {
			return err
		}
	}
	return nil
}
