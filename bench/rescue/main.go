// Command rescue measures how well damaged stories are repaired, and how little
// good ones are harmed, and writes the scoreboard bench/rescue.md.
//
// It damages works whose right form is known, reads the files as users' files
// are read, and compares. Nothing of the program may import it.
package main

import (
	"flag"
	"fmt"
	"log"
	"strings"

	"ficstead/bench/rescue/truth"
)

// options are the flags.
type options struct {
	part    truth.Part
	seeds   int
	first   uint64
	only    string
	quick   bool
	harm    bool
	list    bool
	show    int
	corpus  string
	out     string
	workers int
	peers   bool
	read    string
}

func main() {
	log.SetFlags(0)
	var o options
	part := flag.String("part", "", "dev (to tune on) or test (for the scoreboard); dev with -quick, else test")
	flag.IntVar(&o.seeds, "seeds", 0, "how many generated works")
	flag.Uint64Var(&o.first, "seed", 1, "the first seed")
	flag.StringVar(&o.only, "only", "", "recipes and probes to run, by name, semicolons between; \"R\" for all recipes")
	flag.BoolVar(&o.quick, "quick", false, "a small part, printed and not written, for tuning")
	flag.BoolVar(&o.harm, "harm", false, "only what is done to clean text")
	flag.BoolVar(&o.list, "list", false, "with -harm: print each place")
	flag.IntVar(&o.show, "show", 0, "print so many errors of each recipe")
	flag.StringVar(&o.corpus, "corpus", "../shared/corpus", "the folder of stories that are read at run time; skipped if it is not there")
	flag.StringVar(&o.out, "out", "bench/rescue.md", "the scoreboard")
	flag.IntVar(&o.workers, "workers", 2, "works at once")
	flag.StringVar(&o.read, "read", "", "read this one file, and do nothing else: what a process of ours costs")
	flag.BoolVar(&o.peers, "peers", true, "measure the peers that are installed")
	flag.Parse()
	o.part = truth.Part(*part)
	if o.part == "" {
		o.part = truth.Test
		if o.quick {
			o.part = truth.Development
		}
	}
	if o.seeds == 0 {
		o.seeds = 10
		if o.quick {
			o.seeds = 5
		}
	}
	if err := run(o); err != nil {
		log.Fatal(err)
	}
}

func run(o options) error {
	if o.read != "" {
		return readOnce(o.read)
	}
	if !o.quick && !o.harm && o.only == "" && o.part == truth.Test {
		return o.board()
	}
	var tables strings.Builder
	if !o.harm {
		rows := o.repairs(o.works())
		printScores(&tables, rows)
		printGrounds(&tables, rows)
		if o.only == "" {
			printGoals(&tables, rows, nil)
		}
	}
	printHarm(&tables, o.harms(o.cleanWorks(o.part)))
	fmt.Print(tables.String())
	return nil
}
