// Command find measures finding: our index and the engines that others would
// use, on the same archive and the same requests, in turn; and writes the
// scoreboard bench/find.md.
//
// It wants PostgreSQL, and Java with Lucene (Debian: postgresql, liblucene8-java,
// default-jdk-headless); an engine that is not there is named as not measured.
// Totals and facets of all engines must agree, or it fails.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"strings"
	"time"
)

// options are the flags.
type options struct {
	seed      uint64
	few       int // works, against engines that are slow to build
	many      int // against the others
	alone     int // of ours alone
	pages     int // that are served, where -data names none
	requests  int
	turn      int // requests, until it is another engine's turn
	text      int // MB of it, of ours alone
	less      int // MB, against PostgreSQL
	inquiries int // of each kind
	chapters  int // of which lines are remembered
	budget    time.Duration
	peers     string
	parts     string
	memory    string
	data      string
	out       string
	dir       string
}

func main() {
	log.SetFlags(0)
	var o options
	flag.Uint64Var(&o.seed, "seed", 42, "the seed of archives and requests")
	flag.IntVar(&o.few, "few", 200_000, "works, against SQLite and Bleve")
	flag.IntVar(&o.many, "many", 1_000_000, "works, against PostgreSQL and Lucene")
	flag.IntVar(&o.alone, "alone", 10_000_000, "works, of ours alone")
	flag.IntVar(&o.pages, "pages", 1_000_000, "works, of an archive that is served, made if -data names none")
	flag.IntVar(&o.requests, "requests", 5000, "requests at most")
	flag.IntVar(&o.turn, "turn", 50, "requests that an engine answers in its turn")
	flag.IntVar(&o.text, "text", 1000, "megabytes of text, of ours alone")
	flag.IntVar(&o.less, "less", 200, "megabytes of text, against PostgreSQL")
	flag.IntVar(&o.inquiries, "inquiries", 60, "questions inside the text, of each kind")
	flag.IntVar(&o.chapters, "chapters", 100_000, "chapters of which lines are remembered")
	flag.DurationVar(&o.budget, "budget", time.Minute, "time that an engine may take for its answers")
	flag.StringVar(&o.peers, "peers", "sqlite,bleve,postgres,lucene", "engines to compare with")
	flag.StringVar(&o.parts, "parts", "alone,many,few,pages,text,recall", "what to measure; all of it is written to the scoreboard, less is printed")
	flag.StringVar(&o.memory, "memory", "2GB", "shared buffers of PostgreSQL")
	flag.StringVar(&o.data, "data", "", "the folder of an archive that bench/fill made, for pages over HTTP; made anew if empty")
	flag.StringVar(&o.out, "out", "bench/find.md", "the scoreboard")
	flag.Parse()
	o.turn = max(1, o.turn)
	if err := o.run(); err != nil {
		log.Fatal(err)
	}
}

func (o *options) has(part string) bool { return strings.Contains(","+o.parts+",", ","+part+",") }

func (o *options) run() error {
	var err error
	if o.dir, err = os.MkdirTemp("", "ficstead-find"); err != nil {
		return err
	}
	defer os.RemoveAll(o.dir)
	b := &board{machine: machine(), turn: o.turn}
	all := true
	for _, part := range []struct {
		name    string
		measure func(*board) error
	}{{"alone", o.measureAlone}, {"many", o.compareMany}, {"few", o.compareFew}, {"pages", o.measurePages}, {"text", o.measureText}, {"recall", o.measureRecall}} {
		if !o.has(part.name) {
			all = false
			continue
		}
		progress(part.name)
		if err := part.measure(b); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	if !all {
		fmt.Print(b)
		return b.verdict()
	}
	if err := os.WriteFile(o.out, []byte(b.String()), 0o644); err != nil {
		return err
	}
	return b.verdict()
}

func progress(what string) { fmt.Fprintln(os.Stderr, time.Now().Format("15:04:05"), what) }
