package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"ficstead/bench/find/peer"
	"ficstead/bench/synthetic"
	"ficstead/internal/archive"
	"ficstead/internal/index"
)

// measureAlone measures ours on more works than others could be built for.
func (o *options) measureAlone(b *board) error {
	a := synthetic.New(o.seed, o.alone)
	requests := a.Requests(o.requests)
	before := heap()
	progress("building ours")
	made := build(a)
	path := filepath.Join(o.dir, "alone")
	size, writing, err := made.keep(path)
	if err != nil {
		return err
	}
	var out strings.Builder
	workRate := float64(a.Works) / made.took().Seconds()
	byCPU := float64(a.Works) * float64(runtime.NumCPU()) / made.cpu.Seconds()
	b.reach(buildGoal, fmt.Sprintf("%s works/s (%s by the processors' time)", number(int(workRate)), number(int(byCPU))), workRate >= 500_000)
	fmt.Fprintf(&out, "%s tags in order: %.1f s. Adding works: %.1f s; building, with what is counted beforehand: %.1f s; both %.1f s of processors. The file: %s MB, %d B a work, written in %.1f s.\n\n",
		number(a.TagCount()), made.tags.Seconds(), made.adding.Seconds(), made.finishing.Seconds(), made.cpu.Seconds(), number(int(size/megabyte)), int(size)/a.Works, writing.Seconds())
	made = built{}
	debug.FreeOSMemory()

	start := time.Now()
	kept, err := index.OpenFile(path)
	if err != nil {
		return err
	}
	our := &contender{Loaded: peer.Loaded{Name: withStored, Works: a.Works}, asker: &ours{kept.Snapshot}}
	if _, err := our.Ask(&synthetic.Request{Page: 1}); err != nil {
		return err
	}
	started := time.Since(start)
	b.reach(startGoal, ms(started)+" ms", started < 100*time.Millisecond)
	progress("asking")
	if err := warm([]*contender{our}, a, o.requests); err != nil {
		return err
	}
	if err := run([]*contender{our}, requests, o.turn, 10*o.budget); err != nil {
		return err
	}
	o.printStream(b, our, &out)
	if err := o.measureWorst(b, a, our, &out); err != nil {
		return err
	}
	runtime.GC()
	used, mapped := heap()-before, resident(path)
	perWork := float64(used+mapped) / float64(a.Works)
	b.reach(memoryGoal, fmt.Sprintf("%.0f B", perWork), perWork <= 150)
	fmt.Fprintf(&out, "\nAfter all of these: %d B a work of heap and %d B of touched pages of the file. From opening it to the first answer: %s ms (its pages in the system's cache).\n",
		used/a.Works, mapped/a.Works, ms(started))
	scan := facetScan(a, &ours{kept.Plain()})
	b.reach(scanGoal, fmt.Sprintf("%.1f ns", scan), scan <= 10)
	fmt.Fprintf(&out, "\nCounting the facets of all complete works of the largest fandom one by one: %.1f ns a work.\n", scan)
	b.section("Ours alone, "+number(o.alone)+" works", out.String())
	return nil
}

func (o *options) printStream(b *board, c *contender, out *strings.Builder) {
	p50, p95, p99, longest := quantile(c.all, .5), quantile(c.all, .95), quantile(c.all, .99), slices.Max(c.all)
	b.reach(streamGoal, strings.Join([]string{ms(p50), ms(p95), ms(p99), ms(longest)}, " / "),
		p50 <= 50*time.Microsecond && p95 <= time.Millisecond && p99 <= 3*time.Millisecond && longest <= 15*time.Millisecond)
	fmt.Fprintf(out, "%s requests.\n\n| stream, ms | mean | p50 | p95 | p99 | max |\n|---|---|---|---|---|---|\n", number(len(c.all)))
	row := func(name string, list []time.Duration) {
		fmt.Fprintf(out, "| %s | %s | %s | %s | %s | %s |\n", name, ms(mean(list)), ms(quantile(list, .5)), ms(quantile(list, .95)), ms(quantile(list, .99)), ms(quantile(list, 1)))
	}
	row("all", c.all)
	for kind, name := range synthetic.KindNames {
		row(name, c.took[kind])
	}
}

// rounds is how often each of the worst requests is asked.
const rounds = 5

func (o *options) measureWorst(b *board, a *synthetic.Archive, c *contender, out *strings.Builder) error {
	fmt.Fprintln(out, "\n| the worst, ms | works found | first time | median of 5 |\n|---|---|---|---|")
	slowest := time.Duration(0)
	for _, bad := range a.Worst() {
		var took []time.Duration
		var total int
		for range rounds {
			answer, err := c.Ask(&bad.Request)
			if err != nil {
				return fmt.Errorf("%s: %w", bad.Name, err)
			}
			took, total = append(took, answer.Took), answer.Total
		}
		middle := quantile(took, .5)
		slowest = max(slowest, middle)
		fmt.Fprintf(out, "| %s | %s | %s | %s |\n", bad.Name, number(total), ms(took[0]), ms(middle))
	}
	b.reach(worstGoal, ms(slowest), slowest <= 15*time.Millisecond)
	return nil
}

// facetScan is how many nanoseconds a work takes to be counted, where works lie
// together and nothing was counted before: the least of some rounds.
func facetScan(a *synthetic.Archive, o *ours) float64 {
	q := synthetic.Request{Include: []archive.TagID{a.Most(archive.Fandom, 0)}, Complete: synthetic.Yes}
	least := 0.0
	for range 3 * rounds {
		n, took := o.counting(&q)
		if each := float64(took.Nanoseconds()) / float64(max(1, n)); least == 0 || each < least {
			least = each
		}
	}
	return least
}

func heap() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// resident is how much of a mapped file is in memory, by what this process touched.
func resident(path string) (bytes int) {
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		return 0
	}
	defer f.Close()
	ours := false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		switch {
		case len(fields) >= 5 && strings.Contains(fields[0], "-"):
			ours = fields[len(fields)-1] == path
		case ours && len(fields) >= 2 && fields[0] == "Rss:":
			kb, _ := strconv.Atoi(fields[1])
			bytes += kb * 1024
		}
	}
	return bytes
}
