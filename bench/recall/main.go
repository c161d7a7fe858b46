// Command recall measures looking inside the text: how fast chapters are indexed
// and how large the index is, how long questions take, how often the chapter of a
// half-remembered line is among the first ten, and what SQLite's FTS5 needs for
// the same text in the same run.
//
//	go run ./bench/recall -chapters 20000 -data /tmp/recall
//
// The archive is made once and kept in the folder. Times are of this process's
// processors, so that what else runs on the machine matters little.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"

	"ficstead/bench/synthetic"
	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/store/textindex"
)

// bench is an archive being measured.
type bench struct {
	ctx      context.Context
	made     *synthetic.Archive
	store    *store.Store
	texts    *textindex.Index
	address  string
	chapters int
	size     int // bytes of each
}

func main() {
	log.SetFlags(0)
	chapters := flag.Int("chapters", 20_000, "chapters of the archive")
	size := flag.Int("bytes", 10_000, "bytes of each")
	trials := flag.Int("trials", 1000, "lines to be recalled")
	data := flag.String("data", "", "folder of the archive")
	database := flag.String("postgres", "", "PostgreSQL database instead")
	peer := flag.Bool("fts5", false, "measure FTS5 also")
	keep := flag.Bool("keep", false, "leave the index as it is, and ask at once for lines")
	flag.Parse()
	if err := os.MkdirAll(*data, 0o700); err != nil {
		log.Fatal(err)
	}
	b := &bench{ctx: context.Background(), made: synthetic.New(7, *chapters/perWork), chapters: *chapters, size: *size}
	fmt.Printf("%d chapters of %d bytes, %s, %d processors\n", *chapters, *size, runtime.Version(), runtime.NumCPU())
	for _, step := range []func() error{
		func() error { return b.open(*data, *database) },
		func() error { return b.index(*keep) },
		func() error {
			if *keep {
				return nil
			}
			return b.questions()
		},
		func() error { return b.recall(*trials) },
		func() error {
			if *peer {
				return b.fts5()
			}
			return nil
		},
	} {
		if err := step(); err != nil {
			log.Fatal(err)
		}
	}
}

// perWork is how many chapters a work has.
const perWork = 5

// open opens the archive, and makes it if it is not there.
func (b *bench) open(data, database string) (err error) {
	address := filepath.Join(data, "ficstead.db")
	b.address = filepath.Join(data, "text.db")
	if database != "" {
		address, b.address = database, database
	}
	if b.store, err = store.Open(b.ctx, address); err != nil {
		return err
	}
	have := 0
	if err := b.store.Read(b.ctx, func(tx *store.Tx) (err error) { have, err = tx.CountWorks(); return err }); err != nil {
		return err
	}
	for i := have; i < b.chapters/perWork; {
		err := b.store.Write(b.ctx, func(tx *store.Tx) error {
			for range 100 {
				if i == b.chapters/perWork {
					break
				}
				if err := b.add(tx, i); err != nil {
					return err
				}
				i++
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) add(tx *store.Tx, i int) error {
	made := b.made.Work(i)
	w := archive.Work{Keeper: archive.Owner, Visibility: archive.Public, Title: b.made.Title(i), Language: made.Language}
	var cs []archive.Chapter
	for n := 1; n <= perWork; n++ {
		cs = append(cs, archive.Chapter{Text: prose.FromText(string(b.text(i, n)))})
	}
	return tx.AddWork(&w, cs, nil)
}

func (b *bench) text(i, n int) []byte { return b.made.AppendChapter(nil, i, n, b.size) }

// index indexes all of the text.
func (b *bench) index(keep bool) (err error) {
	if keep {
		b.texts, err = textindex.Open(b.ctx, b.store, b.address)
		return err
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		os.Remove(b.address + suffix)
	}
	if b.texts, err = textindex.Open(b.ctx, b.store, b.address); err != nil {
		return err
	}
	text := 0
	for i := range b.chapters / perWork {
		for n := 1; n <= perWork; n++ {
			text += len(b.text(i, n))
		}
	}
	begun, start := time.Now(), used()
	if err := b.texts.CatchUp(b.ctx); err != nil {
		return err
	}
	took, wall := used()-start, time.Since(begun)
	size := int64(0)
	if info, err := os.Stat(b.address); err == nil {
		size = info.Size()
	}
	fmt.Printf("index: %d MB of text, %.1f MB/s of one processor (%.1f MB/s of wall time), %.3f of the text\n",
		text/1e6, mbs(text, took), mbs(text, wall), float64(size)/float64(text))
	return nil
}

func mbs(bytes int, d time.Duration) float64 { return float64(bytes) / 1e6 / d.Seconds() }

// used is the processor time of this process so far.
func used() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// spread are how long many questions took.
type spread []time.Duration

func (s spread) at(share float64) time.Duration {
	slices.Sort(s)
	return s[min(int(share*float64(len(s))), len(s)-1)].Round(10 * time.Microsecond)
}

func (s spread) String() string {
	return fmt.Sprintf("p50 %v, p95 %v, most %v", s.at(.5), s.at(.95), s.at(1))
}
