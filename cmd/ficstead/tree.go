package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/zipfile"
)

// tree is the folder of an old archive's files, or a ZIP of it. It may be read by
// several goroutines.
type tree struct {
	read  func(path string) ([]byte, error)
	list  func() []string                     // all paths, in order
	index func() (byName map[string][]string) // paths by their last part
}

// Read returns a file, or errs.NotFound.
func (t tree) Read(name string) ([]byte, error) {
	name = path.Clean("/" + strings.ReplaceAll(name, `\`, "/"))[1:]
	data, err := t.read(name)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%s: %w", name, errs.NotFound)
	}
	return data, err
}

// Find returns all paths whose last part is name, in order.
func (t tree) Find(name string) []string { return t.index()[name] }

func newTree(read func(string) ([]byte, error), list func() []string) tree {
	once := sync.OnceValue(list)
	return tree{read, once, sync.OnceValue(func() map[string][]string {
		byName := map[string][]string{}
		for _, p := range once() {
			byName[path.Base(p)] = append(byName[path.Base(p)], p)
		}
		return byName
	})}
}

const (
	maxTreeFile  = 64 << 20 // no chapter is longer; its reader says what to do about it
	maxTreeFiles = 2_000_000
	maxTreeZIP   = 4 << 30
)

const treeTooLarge archive.Refusal = "The file is larger than 64 MB, which no chapter is."

// folderTree is the tree of a folder. What leads out of it is not there.
func folderTree(dir string) (tree, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return tree{}, fmt.Errorf("the folder %s cannot be opened: %w", dir, err)
	}
	read := func(name string) ([]byte, error) {
		f, err := root.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
			return nil, fs.ErrNotExist
		}
		data, err := io.ReadAll(io.LimitReader(f, maxTreeFile+1))
		if err == nil && len(data) > maxTreeFile {
			return nil, treeTooLarge
		}
		return data, err
	}
	return newTree(read, func() (files []string) {
		_ = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil && entry != nil && entry.IsDir():
				return fs.SkipDir // what cannot be read is missing, and told as such
			case len(files) >= maxTreeFiles:
				return fs.SkipAll
			case err == nil && entry.Type().IsRegular():
				files = append(files, name)
			}
			return nil
		})
		return files
	}), nil
}

// zipTree is the tree of a ZIP.
func zipTree(data []byte) (tree, error) {
	limits := zipfile.Bounds()
	limits.Entries, limits.Entry, limits.Total = 1_000_000, 2<<30, 8<<30
	limits.Salvage, limits.Twice = true, true
	z, err := zipfile.Open(data, limits)
	if err != nil {
		return tree{}, err
	}
	files := map[string]*zipfile.File{}
	for _, f := range z.Files {
		files[f.Name] = f
	}
	read := func(name string) ([]byte, error) {
		f := files[name]
		if f == nil {
			return nil, fs.ErrNotExist
		}
		data, err := f.Read(maxTreeFile)
		if errors.Is(err, zipfile.ErrBig) {
			return nil, treeTooLarge
		}
		return data, err
	}
	return newTree(read, func() (names []string) {
		for name := range files {
			if !strings.HasPrefix(name, "__MACOSX/") {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		return names
	}), nil
}

// openTree opens what --stories names.
func openTree(name string) (tree, error) {
	info, err := os.Stat(name)
	if err != nil {
		return tree{}, fmt.Errorf("there is no %s; --stories names the folder of the stories, or a ZIP of it", name)
	}
	if info.IsDir() {
		return folderTree(name)
	}
	data, err := readWhole(name)
	if err != nil {
		return tree{}, err
	}
	t, err := zipTree(data)
	if err != nil {
		return tree{}, fmt.Errorf("%s: %w; --stories names the folder of the stories, or a ZIP of it", name, err)
	}
	return t, nil
}

func readWhole(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxTreeZIP+1))
	if err == nil && len(data) > maxTreeZIP {
		err = fmt.Errorf("%s is larger than %d GB; unpack it", name, maxTreeZIP>>30)
	}
	return data, err
}

// headSize is how much of a file tells what it is.
const headSize = 1 << 20

// head is the beginning of a file's text, with gzip and UTF-16 taken off.
func head(src io.Reader) []byte {
	b := bufio.NewReader(src)
	if magic, _ := b.Peek(2); string(magic) == "\x1f\x8b" {
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil
		}
		b = bufio.NewReader(z)
	}
	text, _ := io.ReadAll(io.LimitReader(b, headSize)) // of a damaged one, what there is
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		text = bytes.ReplaceAll(text, []byte{0}, nil) // enough to find names of tables
	}
	return text
}
