// Command bench measures Ficstead against peers in the same run, on the same
// files and on one core, and writes the ratios to bench/road.md.
//
// It wants pandoc, Calibre's ebook-convert, nginx and wrk on the PATH; a peer
// that is missing is named in the scoreboard as not measured.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// rounds is how often each pair is run, in turn; the median ratio is quoted.
const rounds = 5

// board collects the lines of the scoreboard.
type board struct{ lines []string }

func (b *board) add(what, figure, goal string) {
	line := fmt.Sprintf("| %s | %s | %s |", what, figure, goal)
	b.lines = append(b.lines, line)
	fmt.Println(line)
}

func main() {
	log.SetFlags(0)
	binary := flag.String("ficstead", "./ficstead", "the program to measure")
	out := flag.String("out", "bench/road.md", "the scoreboard")
	flag.Parse()
	dir, err := os.MkdirTemp("", "ficstead-bench")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	b := &bench{dir: dir}
	if b.ficstead, err = filepath.Abs(*binary); err != nil {
		log.Fatal(err)
	}
	if err := b.run(); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(*out, []byte(b.board.String()), 0o644); err != nil {
		log.Fatal(err)
	}
}

func (b *board) String() string {
	return "# The road, measured\n\nWritten by `make bench`: whole processes on one core, the same files, in turn; medians of " +
		fmt.Sprint(rounds) + " rounds. Machines differ and are noisy: read the ratios.\n\n" +
		"| what | measured | goal |\n|---|---|---|\n" + strings.Join(b.lines, "\n") + "\n"
}

type bench struct {
	board
	dir, ficstead string
	files         []string // works as AO3-shaped HTML
}

func (b *bench) run() error {
	var err error
	if b.files, err = writeWorks(filepath.Join(b.dir, "works")); err != nil {
		return err
	}
	for _, step := range []func() error{b.importing, b.building, b.serving} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// importing compares bringing all files into a new archive with pandoc making
// an EPUB of each.
func (b *bench) importing() error {
	if !have("pandoc") {
		b.add("import with repair", "not measured: no pandoc", "≥ 50 × pandoc")
		return nil
	}
	var ratios []float64
	for round := range rounds {
		data := filepath.Join(b.dir, fmt.Sprintf("import%d", round))
		ours, err := timed(append([]string{b.ficstead, "import", "--data", data}, b.files...)...)
		if err != nil {
			return err
		}
		var theirs time.Duration
		for _, file := range b.files {
			t, err := timed("pandoc", "-f", "html", "-t", "epub", "-o", filepath.Join(b.dir, "pandoc.epub"), file)
			if err != nil {
				return err
			}
			theirs += t
		}
		ratios = append(ratios, theirs.Seconds()/ours.Seconds())
	}
	b.add(fmt.Sprintf("import with repair of %d AO3-shaped HTML files, against `pandoc -f html -t epub`", len(b.files)),
		fmt.Sprintf("%.0f × faster", median(ratios)), "≥ 50 ×")
	return nil
}

// building compares writing the EPUB of a work that is kept with Calibre
// making one of the same HTML.
func (b *bench) building() error {
	if !have("ebook-convert") {
		b.add("EPUB building", "not measured: no ebook-convert", "≥ 50 × Calibre")
		return nil
	}
	data := filepath.Join(b.dir, "import0")
	work, err := firstWork(b.ficstead, data)
	if err != nil {
		return err
	}
	source := filepath.Join(b.dir, "source.html")
	if err := b.quiet(b.ficstead, "export", "--data", data, "--format", "html", "--out", source, work); err != nil {
		return err
	}
	var ratios []float64
	for range rounds {
		ours, err := timed(b.ficstead, "export", "--data", data, "--format", "epub", "--out", filepath.Join(b.dir, "ours.epub"), work)
		if err != nil {
			return err
		}
		theirs, err := timed("ebook-convert", source, filepath.Join(b.dir, "theirs.epub"))
		if err != nil {
			return err
		}
		ratios = append(ratios, theirs.Seconds()/ours.Seconds())
	}
	b.add("EPUB of one work, whole process with start-up, against Calibre's `ebook-convert`",
		fmt.Sprintf("%.0f × faster", median(ratios)), "≥ 50 ×")
	return nil
}

func firstWork(ficstead, data string) (string, error) {
	out, err := exec.Command(ficstead, "find", "--data", data, "--limit", "1", "sort:words").Output()
	if err != nil {
		return "", fmt.Errorf("find: %w", err)
	}
	id, _, ok := strings.Cut(string(out), " ")
	if !ok {
		return "", fmt.Errorf("find printed %q", out)
	}
	return id, nil
}

func have(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}

// timed runs a command on the first processor and returns its wall time.
func timed(args ...string) (time.Duration, error) {
	began := time.Now()
	err := (&bench{}).quiet(append([]string{"taskset", "-c", "0"}, args...)...)
	return time.Since(began), err
}

func (b *bench) quiet(args ...string) error {
	cmd := exec.Command(args[0], args[1:]...)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(args[:min(3, len(args))], " "), err, said.String())
	}
	return nil
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}
