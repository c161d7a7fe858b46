// Command measure reads a dump and its folder as the program does, without keeping
// anything, and says how long each step took and what was held.
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"time"

	"ficstead/internal/base/errs"
	"ficstead/internal/intake/efiction"
	"ficstead/internal/intake/sqldump"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: measure FOLDER, as the command write makes it")
		os.Exit(2)
	}
	if err := measure(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func measure(folder string) error {
	dump := filepath.Join(folder, "dump.sql")
	if err := rows(dump); err != nil {
		return err
	}
	files, err := open(filepath.Join(folder, "stories"))
	if err != nil {
		return err
	}
	f, err := os.Open(dump)
	if err != nil {
		return err
	}
	defer f.Close()
	start := time.Now()
	d, err := efiction.Open(f, files, efiction.Options{})
	if err != nil {
		return err
	}
	held := heap()
	fmt.Printf("tables: %v, %d MB held\n", time.Since(start).Round(time.Millisecond), held>>20)
	start = time.Now()
	stories, chapters, words := 0, 0, 0
	var most uint64
	for s, err := range d.Stories {
		if err != nil {
			return err
		}
		stories++
		for _, c := range s.Manuscript.Chapters {
			chapters++
			words += c.Words
		}
		if stories%500 == 0 {
			most = max(most, heap())
		}
	}
	took := time.Since(start)
	fmt.Printf("stories: %v, one core: %d stories, %d chapters, %d words, %.1f s for 100,000 words; %d MB held at most\n",
		took.Round(time.Millisecond), stories, chapters, words, took.Seconds()*1e5/float64(words), most>>20)
	return nil
}

// rows measures the reading of rows alone.
func rows(dump string) error {
	f, err := os.Open(dump)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	start := time.Now()
	r, err := sqldump.NewReader(f)
	if err != nil {
		return err
	}
	n := 0
	for range r.Rows() {
		n++
	}
	took := time.Since(start)
	fmt.Printf("rows: %d in %v, %.0f MB/s\n", n, took.Round(time.Millisecond), float64(info.Size())/1e6/took.Seconds())
	return r.Err()
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// tree is a folder on the disk.
type tree struct {
	root   fs.FS
	byName map[string][]string
}

func open(folder string) (*tree, error) {
	t := &tree{root: os.DirFS(folder), byName: map[string][]string{}}
	return t, fs.WalkDir(t.root, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			t.byName[path.Base(p)] = append(t.byName[path.Base(p)], p)
		}
		return err
	})
}

func (t *tree) Read(p string) ([]byte, error) {
	data, err := fs.ReadFile(t.root, p)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil, fmt.Errorf("%s: %w", p, errs.NotFound)
	}
	return data, err
}

func (t *tree) Find(name string) []string { return t.byName[name] }
