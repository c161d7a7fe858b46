// Command torture kills Ficstead, cuts its power, fills its disk and breaks its
// files, again and again, and wants everything that it has acknowledged to be
// there afterwards: once, whole, and found.
//
// It knows the program from outside only: its command line and its website. See
// README.md beside it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"ficstead/torture/trace"
)

// options are what was asked for.
type options struct {
	binary     string
	dir        string // of all that is made, removed at the end unless something was found
	seed       uint64
	cycles     int
	pgCycles   int
	cuts       int
	migrations int
	faults     bool
	self       bool
	workers    int
	database   string // a PostgreSQL server, "" if there is none
	strict     bool   // what cannot be tried here is a failure
	verbose    bool
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == trace.Command {
		os.Exit(trace.Main(os.Args[2:]))
	}
	o := options{database: os.Getenv("TEST_POSTGRES"), strict: os.Getenv("CI") != ""}
	flag.StringVar(&o.binary, "ficstead", "", "the program (default: it is built)")
	flag.Uint64Var(&o.seed, "seed", 0, "of all that is random (default: the clock)")
	flag.IntVar(&o.cycles, "cycles", 200, "kills on SQLite")
	flag.IntVar(&o.pgCycles, "pg-cycles", 50, "kills on PostgreSQL, where TEST_POSTGRES names a server")
	flag.IntVar(&o.cuts, "cuts", 100, "power cuts")
	flag.IntVar(&o.migrations, "migrations", 40, "kills while an older archive is brought up to date")
	flag.BoolVar(&o.faults, "faults", true, "full disks, broken disks, read-only folders, few descriptors, jumping clocks")
	flag.BoolVar(&o.self, "self", false, "plant faults in the program and see that they are caught, instead")
	flag.IntVar(&o.workers, "workers", 4, "archives at once")
	flag.BoolVar(&o.verbose, "v", false, "tell each cycle")
	aged := flag.Bool("age", false, "have the program that is named first write an old archive into the file that is named second, instead")
	flag.Parse()
	if *aged {
		if err := age(flag.Arg(0), flag.Arg(1)); err != nil {
			fmt.Fprintln(os.Stderr, "torture:", err)
			os.Exit(1)
		}
		return
	}
	if o.seed == 0 {
		o.seed = uint64(time.Now().UnixNano())
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "torture:", err)
		os.Exit(1)
	}
}

// run does all that was asked for, and fails if any promise was broken.
func run(ctx context.Context, o options) (err error) {
	if o.dir, err = os.MkdirTemp("", "ficstead-torture-"); err != nil {
		return err
	}
	found := false
	defer func() {
		if !found {
			os.RemoveAll(o.dir)
		}
	}()
	if o.binary == "" {
		o.binary = filepath.Join(o.dir, "ficstead")
		if err := build(o.binary, ""); err != nil {
			return err
		}
	}
	if o.binary, err = filepath.Abs(o.binary); err != nil {
		return err
	}
	fmt.Printf("torture: seed %d\n", o.seed)
	if o.self {
		return selfTest(ctx, o)
	}
	total := &tally{}
	for _, part := range []struct {
		name string
		do   func(context.Context, options, *tally) error
	}{
		{"kills on SQLite", killSQLite},
		{"kills on PostgreSQL", killPostgres},
		{"kills of migrations", killMigrations},
		{"power cuts", cutPower},
		{"faults of the machine", breakMachine},
	} {
		began, sum := time.Now(), &tally{}
		err := part.do(ctx, o, sum)
		if err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
		if sum.cycles > 0 {
			fmt.Printf("torture: %s: %s (%.1f s)\n", part.name, sum, time.Since(began).Seconds())
		}
		total.add(sum)
	}
	fmt.Printf("torture: all: %s\n", total)
	if found = total.broken() > 0; found {
		return fmt.Errorf("%d promises were broken; what is left is in %s, and -seed %d does the same again", total.broken(), o.dir, o.seed)
	}
	return ctx.Err()
}

// build builds the program, with an overlay of planted faults if one is named.
func build(to, overlay string) error {
	args := []string{"build", "-o", to}
	if overlay != "" {
		args = append(args, "-overlay", overlay)
	}
	cmd := exec.Command("go", append(args, "ficstead/cmd/ficstead")...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w: %s", err, strings.TrimSpace(string(out)))
	}
	return nil
}

// skip says aloud what cannot be tried on this machine, which in CI is a failure.
func (o options) skip(what, why string) error {
	if o.strict {
		return fmt.Errorf("%s cannot be tried: %s", what, why)
	}
	fmt.Printf("SKIPPED: %s (%s)\n", what, why)
	return nil
}
