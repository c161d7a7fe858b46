// Command load asks a server for everything at once, as many readers do, and then
// for five times as much as it can answer:
//
//	go run ./bench/fill -works 100000 -data /tmp/large
//	go run ./bench/load -data /tmp/large
//
// It works on a copy of the folder, and writes bench/load.md. Who asks is chosen
// by a seeded curve of popularity: a few works are read by very many.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

type options struct {
	data    string
	seed    uint64
	seconds int
	slow    int
	soak    bool
	out     string
}

func main() {
	log.SetFlags(0)
	var o options
	flag.StringVar(&o.data, "data", "", "the folder that bench/fill wrote")
	flag.Uint64Var(&o.seed, "seed", 42, "of the requests")
	flag.IntVar(&o.seconds, "seconds", 60, "how long each part takes")
	flag.IntVar(&o.slow, "slow", 2000, "how many connections send next to nothing")
	flag.BoolVar(&o.soak, "soak", true, "also let 24 hours of an accelerated clock pass")
	flag.StringVar(&o.out, "out", "bench/load.md", "the file that is written")
	flag.Parse()
	if err := o.run(); err != nil {
		log.Fatal(err)
	}
}

func (o *options) run() error {
	dir, err := os.MkdirTemp("", "load-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	data := filepath.Join(dir, "data")
	if out, err := exec.Command("cp", "-r", o.data, data).CombinedOutput(); err != nil {
		return fmt.Errorf("copy %s: %w: %s", o.data, err, out)
	}
	mix, err := newMix(data, o.seed, 8000)
	if err != nil {
		return err
	}
	program := filepath.Join(dir, "ficstead")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/ficstead").CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w: %s", err, out)
	}
	s, err := start(program, data)
	if err != nil {
		return err
	}
	defer s.stop()
	report := &strings.Builder{}
	fmt.Fprintf(report, "# Load\n\nMade by `make load`: %d works, seed %d, %d seconds a part. %s, %d cores of %s; the clients run on the same machine. Load average at the start: %s.\n\n",
		mix.works, o.seed, o.seconds, time.Now().UTC().Format(time.DateOnly), runtime.NumCPU(), processor(), average())
	o.measure(report, s, mix)
	if o.soak {
		if err := soak(report, dir, o.seed); err != nil {
			return err
		}
	}
	fmt.Print(report.String())
	return os.WriteFile(o.out, []byte(report.String()), 0o644)
}

// measure runs all parts, one after the other, and tells what came of each.
func (o *options) measure(report *strings.Builder, s *server, mix *mix) {
	part := time.Duration(o.seconds) * time.Second
	s.closed(mix, 8, min(part, 10*time.Second)) // connections, caches, the index of the text
	before := s.standing()
	fmt.Fprintf(report, "| part | asked a second | answered | 503 and 429 | failed | p50 | p95 | p99, ms | memory, MB |\n|---|---|---|---|---|---|---|---|---|\n")
	tell := func(name string, r *result) {
		fmt.Fprintf(report, "| %s | %.0f | %d | %d | %d | %s | %s | %s | %d |\n", name, r.rate(), r.answered(), r.away, r.failed, ms(r.quantile(.5)), ms(r.quantile(.95)), ms(r.quantile(.99)), s.memory())
	}
	full := s.closed(mix, 16, part)
	tell("as much as it can, 16 clients", full)
	half := s.open(mix, full.rate()/2, part, nil)
	tell("half of that, steadily", half)
	for _, kind := range kinds {
		tell("… of it "+kind.name, half.of(kind.name))
	}
	pages := &result{}
	flood := s.open(mix, full.rate()*5, part, pages)
	tell("five times as much", flood)
	tell("… chapters asked for meanwhile, 10 a second", pages)
	slow := s.beside(mix, o.slow, part/2)
	tell(fmt.Sprintf("chapters beside %d connections that send next to nothing", o.slow), slow)
	after := s.rest(30 * time.Second)
	fmt.Fprintf(report, "\nThe clients ask in an open loop where a rate is named: a time counts from when the request should have been sent. Load average at the end: %s.\n\n", average())
	fmt.Fprintf(report, "| | memory, MB | open files | goroutines |\n|---|---|---|---|\n| warm | %d | %d | %s |\n| half a minute after all that | %d | %d | %s |\n\n", before.memory, before.files, before.goroutines, after.memory, after.files, after.goroutines)
}

func (r *result) quantile(q float64) time.Duration {
	if len(r.took) == 0 {
		return 0
	}
	slices.Sort(r.took)
	return r.took[min(len(r.took)-1, int(q*float64(len(r.took))))]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d)/float64(time.Millisecond)) }

func average() string {
	b, _ := os.ReadFile("/proc/loadavg")
	return strings.Join(strings.Fields(string(b))[:min(3, len(strings.Fields(string(b))))], ", ")
}

func processor() string {
	b, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(b)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}
