package main

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"ficstead/bench/find/peer"
	"ficstead/bench/synthetic"
)

// ourContenders are our index, with and without the answers that it stores.
func ourContenders(a *synthetic.Archive, dir string) ([]*contender, error) {
	progress("building ours")
	o, took := build(a)
	settle()
	return []*contender{{Loaded: peer.Loaded{Name: withStored, Works: a.Works, Took: took}, asker: o}}, nil
}

// measureAlone measures ours on more works than others could be built for.
func (o *options) measureAlone(b *board) error {
	a := synthetic.New(o.seed, o.alone)
	list, err := ourContenders(a, o.dir)
	if err != nil {
		return err
	}
	var out strings.Builder
	if err := run(list, a.Requests(o.requests), 10*o.budget); err != nil {
		return err
	}
	c := list[0]
	p50, p95, p99, longest := quantile(c.all, .5), quantile(c.all, .95), quantile(c.all, .99), slices.Max(c.all)
	b.reach(streamGoal, strings.Join([]string{ms(p50), ms(p95), ms(p99), ms(longest)}, " / "),
		p50 <= 50*time.Microsecond && p95 <= time.Millisecond && p99 <= 3*time.Millisecond && longest <= 15*time.Millisecond)
	rate := float64(a.Works) / c.Loaded.Took.Seconds()
	b.reach(buildGoal, number(int(rate))+" works/s", rate >= 500_000)
	fmt.Fprintf(&out, "%s requests; %s tags.\n\n| stream, ms | mean | p50 | p95 | p99 | max |\n|---|---|---|---|---|---|\n", number(len(c.all)), number(a.TagCount()))
	row := func(name string, list []time.Duration) {
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s | %s |\n", name, ms(mean(list)), ms(quantile(list, .5)), ms(quantile(list, .95)), ms(quantile(list, .99)), ms(quantile(list, 1)))
	}
	row("all", c.all)
	for kind, name := range synthetic.KindNames {
		row(name, c.took[kind])
	}
	if err := o.measureWorst(b, a, list[0], &out); err != nil {
		return err
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Fprintf(&out, "\nHeap: %d B a work.\n", int(m.HeapAlloc)/a.Works)
	b.section("Ours alone, "+number(o.alone)+" works", out.String())
	return nil
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
