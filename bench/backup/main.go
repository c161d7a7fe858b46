// Command backup measures what backing up does to those who write meanwhile: how
// long their longest write took, beside what it takes without a backup. It adds
// works to the archive it is given, so give it a copy.
//
//	go run ./bench/backup -data COPY
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/backup"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
)

func main() {
	data := flag.String("data", "", "folder of a copy of an archive")
	database := flag.String("database", "", "or the address of a PostgreSQL database")
	words := flag.Int("words", 3000, "words of each work that is added meanwhile")
	flag.Parse()
	if err := run(*data, *database, *words); err != nil {
		fmt.Fprintln(os.Stderr, "backup:", err)
		os.Exit(1)
	}
}

func run(data, database string, words int) error {
	if database == "" {
		database = filepath.Join(data, "ficstead.db")
	}
	dir, err := os.MkdirTemp("", "bench-backup-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	s, err := store.Open(ctx, database)
	if err != nil {
		return err
	}
	defer s.Close()
	for more := true; more; { // what an upgrade left to be done is not to be measured
		if more, err = s.SealRest(ctx, 1000); err != nil {
			return err
		}
	}
	file := filepath.Join(dir, "all.ficstead")
	var sum backup.Summary
	began := time.Now()
	during, err := writing(ctx, s, words, func() (err error) { sum, err = backup.Save(ctx, s, file, "bench", nil); return err })
	if err != nil {
		return err
	}
	took := time.Since(began)
	fmt.Printf("backup: %d works, %d MB in %s, %s\n", sum.Rows("work"), sum.Size>>20, took.Round(time.Millisecond), peak())
	alone, err := writing(ctx, s, words, func() error { time.Sleep(took); return nil })
	if err != nil {
		return err
	}
	tell("writes meanwhile", during)
	tell("writes without a backup, for as long", alone)
	return restore(ctx, file, filepath.Join(dir, "ficstead.db"))
}

// writing adds works until f ends, and then some more, for what a backup leaves to
// be done is done by the next who write. It returns how long each took.
func writing(ctx context.Context, s *store.Store, words int, f func() error) (took []time.Duration, err error) {
	const after = 50
	done := make(chan struct{})
	var wrong error
	var writer sync.WaitGroup
	writer.Go(func() {
		for left := after; left > 0 && wrong == nil; {
			select {
			case <-done:
				left--
			default:
			}
			text := prose.Parse("<p>" + strings.Repeat(fmt.Sprintf("Cup %d of %d. ", len(took), time.Now().UnixNano()), words/4) + "</p>")
			began := time.Now()
			wrong = s.Write(ctx, func(tx *store.Tx) error {
				w := archive.Work{Keeper: archive.Owner, Title: "Cups", Tags: []archive.Tag{{Kind: archive.Freeform, Name: "Tea"}}}
				return tx.AddWork(&w, []archive.Chapter{{Number: 1, Text: text}}, nil)
			})
			took = append(took, time.Since(began))
		}
	})
	err = f()
	close(done)
	writer.Wait()
	return took, errors.Join(err, wrong)
}

func restore(ctx context.Context, file, path string) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	began := time.Now()
	if _, err := backup.Restore(ctx, in, path, nil); err != nil {
		return err
	}
	fmt.Printf("restore into SQLite, compared: %s, %s\n", time.Since(began).Round(time.Millisecond), peak())
	return nil
}

// tell prints how long the writes took that took longest.
func tell(what string, took []time.Duration) {
	slices.Sort(took)
	at := func(share float64) time.Duration {
		return took[int(share*float64(len(took)-1))].Round(10 * time.Microsecond)
	}
	fmt.Printf("%s: %d, median %s, 99%% %s, longest %s\n", what, len(took), at(0.5), at(0.99), at(1))
}

// peak is the most memory that this process has had, where the system tells.
func peak() string {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "memory unknown"
	}
	for line := range bytes.Lines(status) {
		if rest, ok := bytes.CutPrefix(line, []byte("VmHWM:")); ok {
			return "at most " + string(bytes.TrimSpace(rest)) + " of memory"
		}
	}
	return "memory unknown"
}
