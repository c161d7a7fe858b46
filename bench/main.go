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
	return "# The road, measured\n\nWritten by `make bench`: seconds of a processor (user and system) of whole processes on one core, the same " +
		"files, in turn; medians of " + fmt.Sprint(rounds) + " rounds. Machines differ and are noisy: read the ratios.\n\n" +
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
// an EPUB of some of them: a file costs it always the same.
func (b *bench) importing() error {
	if !have("pandoc") {
		b.add("import with repair", "not measured: no pandoc", "≥ 50 × pandoc")
		return nil
	}
	const some = 20
	var p pair
	for round := range rounds {
		ours, err := cpu(append([]string{b.ficstead, "import", "--data", b.data(round)}, b.files...)...)
		if err != nil {
			return err
		}
		theirs := 0.0
		for _, file := range b.files[:some] {
			t, err := cpu("pandoc", "-f", "html", "-t", "epub", "-o", filepath.Join(b.dir, "pandoc.epub"), file)
			if err != nil {
				return err
			}
			theirs += t
		}
		p.add(ours/float64(len(b.files)), theirs/some)
	}
	b.add(fmt.Sprintf("import with repair of an AO3-shaped HTML file of %d words (%d of them in one process), against `pandoc -f html -t epub`",
		chaptersPerWork*wordsPerChapter, len(b.files)), p.String(), "≥ 50 ×")
	return nil
}

// data is the folder of the archive that a round made.
func (b *bench) data(round int) string { return filepath.Join(b.dir, fmt.Sprintf("import%d", round)) }

// building compares writing the EPUB of a work that is kept with Calibre
// making one of the same HTML.
func (b *bench) building() error {
	if !have("ebook-convert") {
		b.add("EPUB building", "not measured: no ebook-convert", "≥ 50 × Calibre")
		return nil
	}
	data := b.data(0)
	if err := quiet(append([]string{b.ficstead, "import", "--data", data}, b.files...)...); err != nil { // nothing, if they are there
		return err
	}
	work, err := firstWork(b.ficstead, data)
	if err != nil {
		return err
	}
	source := filepath.Join(b.dir, "source.html")
	if err := quiet(b.ficstead, "export", "--data", data, "--format", "html", "--out", source, work); err != nil {
		return err
	}
	var p, start pair
	for range rounds {
		ours, err := cpu(b.ficstead, "export", "--data", data, "--format", "epub", "--out", filepath.Join(b.dir, "ours.epub"), work)
		if err != nil {
			return err
		}
		idle, err := cpu(b.ficstead, "version")
		if err != nil {
			return err
		}
		theirs, err := cpu("ebook-convert", source, filepath.Join(b.dir, "theirs.epub"))
		if err != nil {
			return err
		}
		p.add(ours, theirs)
		start.add(idle, theirs)
	}
	b.add("EPUB of one work that is kept, whole process, against Calibre's `ebook-convert` of the same work's HTML",
		p.String()+fmt.Sprintf("; a process that does nothing takes %s", milliseconds(start.ours)), "≥ 50 ×")
	return nil
}

// pair is what a thing cost us and a peer, in seconds of a processor, by round.
type pair struct{ ours, theirs []float64 }

func (p *pair) add(ours, theirs float64) {
	p.ours, p.theirs = append(p.ours, ours), append(p.theirs, theirs)
}

// String tells the median of the rounds' ratios, and both medians.
func (p *pair) String() string {
	var ratios []float64
	for i := range p.ours {
		ratios = append(ratios, p.theirs[i]/p.ours[i])
	}
	return fmt.Sprintf("%.0f × faster (%s against %s)", median(ratios), milliseconds(p.ours), milliseconds(p.theirs))
}

func milliseconds(seconds []float64) string { return fmt.Sprintf("%.3g ms", median(seconds)*1000) }

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

// cpu runs a command on the first processor and returns the seconds that it and
// its children used of it. The time on the wall would measure who else is there.
func cpu(args ...string) (float64, error) {
	state, err := wait(append([]string{"taskset", "-c", "0"}, args...)...)
	if err != nil {
		return 0, err
	}
	return (state.UserTime() + state.SystemTime()).Seconds(), nil
}

func quiet(args ...string) error {
	_, err := wait(args...)
	return err
}

// wait runs a command to its end; what it said is told only if it failed.
func wait(args ...string) (*os.ProcessState, error) {
	cmd := exec.Command(args[0], args[1:]...)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", strings.Join(args[:min(6, len(args))], " "), err, said.String())
	}
	return cmd.ProcessState, nil
}

func median(values []float64) float64 { return slices.Sorted(slices.Values(values))[len(values)/2] }
