package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/zstd"

	"ficstead/torture/site"
	"ficstead/torture/tale"
	"ficstead/torture/trace"
)

// oldArchives are databases that earlier versions of the program wrote, packed with
// zstd; each is named after its newest migration. To add one, build that version
// and run: torture -age BINARY torture/testdata/schema-NNNN.db.zst
//
//go:embed testdata/*.db.zst
var oldArchives embed.FS

// unmended is the old archive whose program did not mend these stories.
const unmended = "schema-0006.db.zst"

// oldStories is what an old archive holds.
func oldStories(archive string) *tale.Shelf {
	shelf := tale.NewShelf()
	for n := range 9 {
		name := fmt.Sprintf("ck%d", n)
		s := tale.State{}.Brought(1)
		if n < 4 {
			s = s.Brought(2)
		}
		for i := range s.Revisions {
			s.Revisions[i].Undone = archive == unmended
		}
		shelf.Done(name, s, 0)
	}
	return shelf
}

// age has a program make an old archive.
func age(binary, to string) error {
	dir, err := os.MkdirTemp("", "ficstead-age-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	a := site.Archive{Binary: binary, Dir: filepath.Join(dir, "data")}
	shelf := oldStories(filepath.Base(to))
	for v := 1; v <= 2; v++ {
		files := filepath.Join(dir, strconv.Itoa(v))
		if err := os.Mkdir(files, 0o755); err != nil {
			return err
		}
		for _, name := range shelf.Names() {
			if v <= newest(shelf.Tale(name).May[0]) {
				if err := os.WriteFile(filepath.Join(files, name+".json"), tale.Record(name, v), 0o644); err != nil {
					return err
				}
			}
		}
		if said, err := a.Run("import", files); err != nil {
			return fmt.Errorf("%w: %s", err, said)
		}
	}
	data, err := os.ReadFile(filepath.Join(a.Dir, "ficstead.db"))
	if err != nil {
		return err
	}
	packer, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression))
	if err != nil {
		return err
	}
	return os.WriteFile(to, packer.EncodeAll(data, nil), 0o644)
}

// bringBack writes an old archive into a folder.
func bringBack(name, dir string) error {
	f, err := oldArchives.Open("testdata/" + name)
	if err != nil {
		return err
	}
	defer f.Close()
	in, err := zstd.NewReader(f)
	if err != nil {
		return err
	}
	defer in.Close()
	data, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	return errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, "ficstead.db"), data, 0o600))
}

// killMigrations kills the program while it brings old archives up to date: before
// each of its changes to the disk in turn, spread over as many as were asked for.
func killMigrations(ctx context.Context, o options, sum *tally) error {
	if o.migrations == 0 {
		return nil
	}
	if why := trace.Can(); why != "" {
		return o.skip("kills of migrations", why)
	}
	old, err := oldArchives.ReadDir("testdata")
	if err != nil {
		return err
	}
	for _, entry := range old {
		m := migration{o: o, old: entry.Name(), sum: sum, dir: filepath.Join(o.dir, strings.TrimSuffix(entry.Name(), ".db.zst"))}
		if err := m.all(ctx, o.migrations/len(old)); err != nil {
			return err
		}
	}
	return nil
}

// A migration is that of one old archive.
type migration struct {
	o        options
	old, dir string
	sum      *tally
}

func (m migration) all(ctx context.Context, kills int) error {
	changes, err := m.count()
	if err != nil {
		return err
	}
	first := rand.New(rand.NewPCG(m.o.seed, 11)).IntN(max(1, changes/max(1, kills)))
	var all sync.WaitGroup
	var next atomic.Int64
	errs := make([]error, m.o.workers)
	for i := range m.o.workers {
		all.Go(func() {
			for n := int(next.Add(1)) - 1; n < kills && errs[i] == nil && ctx.Err() == nil && m.sum.broken() == 0; n = int(next.Add(1)) - 1 {
				errs[i] = m.kill(ctx, 1+(first+n*changes/kills)%changes)
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// count is how many changes to the disk the whole of it is.
func (m migration) count() (changes int, err error) {
	dir := filepath.Join(m.dir, "whole", "data")
	if err := bringBack(m.old, dir); err != nil {
		return 0, err
	}
	count := filepath.Join(m.dir, "count")
	a := site.Archive{Binary: m.o.binary, Dir: dir, Under: trace.Under(trace.Plan{Root: dir, Count: count})}
	if _, err := a.Run("find"); err != nil {
		return 0, err
	}
	data, err := os.ReadFile(count)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(string(data))
}

// kill kills the program before its nth change, and wants all stories to be there.
func (m migration) kill(ctx context.Context, n int) error {
	dir := filepath.Join(m.dir, strconv.Itoa(n), "data")
	if err := bringBack(m.old, dir); err != nil {
		return err
	}
	a := site.Archive{Binary: m.o.binary, Dir: dir, Under: trace.Under(trace.Plan{Root: dir, Kill: n})}
	a.Run("find") // it is killed
	a.Under = nil
	shelf := oldStories(m.old)
	acked := shelf.Acked()
	found := look(ctx, a, shelf)
	if said, err := a.Run("check"); err != nil {
		found = append(found, site.Finding{Kind: site.Unsound, What: fmt.Sprintf("check: %v%s", err, said)})
	}
	m.sum.tell(fmt.Sprintf("%s, killed before change %d", m.old, n), found...)
	m.sum.cycle(acked)
	if len(found) == 0 {
		return os.RemoveAll(filepath.Dir(dir))
	}
	return nil
}
