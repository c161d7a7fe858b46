package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ficstead/bench/find/peer"
	"ficstead/bench/synthetic"
)

// compareMany compares with the engines that stand a million works.
func (o *options) compareMany(b *board) error {
	means, err := o.comparedWith(b, o.many, "postgres", "lucene")
	for name, mean := range means {
		if strings.Contains(name, "GIN") {
			r := float64(mean) / float64(means[withStored])
			b.reach(postgresGoal, ratio(r), r >= 3000)
		}
		if strings.HasPrefix(name, "Lucene") {
			with, without := float64(mean)/float64(means[withStored]), float64(mean)/float64(max(1, means[withoutStored]))
			b.reach(luceneGoal, ratio(with)+" / "+ratio(without), with >= 150 && without >= 25)
		}
	}
	return err
}

// compareFew compares with those that take minutes to build for some 100,000.
func (o *options) compareFew(b *board) error {
	means, err := o.comparedWith(b, o.few, "sqlite", "bleve")
	for name, mean := range means {
		if strings.HasPrefix(name, "Bleve") {
			r := float64(mean) / float64(means[withStored])
			b.reach(bleveGoal, ratio(r), r >= 1500)
		}
	}
	return err
}

// shareOfSingle is which share of the time engines also take turns request by request.
const shareOfSingle = 4

// comparedWith asks ours and others of so many works, and returns the mean time
// of each by its name.
func (o *options) comparedWith(b *board, works int, others ...string) (map[string]time.Duration, error) {
	a := synthetic.New(o.seed, works)
	list, stop, missing, err := o.contenders(a, others...)
	defer stop()
	if err != nil {
		return nil, err
	}
	if err := warm(list, a, o.requests); err != nil {
		return nil, err
	}
	requests := a.Requests(o.requests)
	if err := run(list, requests, o.turn, o.budget); err != nil {
		return nil, err
	}
	single := again(list)
	if err := run(single, requests, 1, o.budget/shareOfSingle); err != nil {
		return nil, err
	}
	b.compared(number(works)+" works", a, list, single, missing)
	return meansOf(list), nil
}

func meansOf(list []*contender) map[string]time.Duration {
	means := map[string]time.Duration{}
	for _, c := range list {
		means[c.Name] = mean(c.all)
	}
	return means
}

// The names of ours.
const (
	withStored    = "Ficstead"
	withoutStored = "Ficstead, without stored answers"
)

// contenders builds ours, and those engines that are asked for and installed.
func (o *options) contenders(a *synthetic.Archive, names ...string) (list []*contender, stop func(), missing []string, err error) {
	var stops []func()
	stop = func() {
		for _, s := range stops {
			s()
		}
	}
	dir, err := os.MkdirTemp(o.dir, "peers")
	if err != nil {
		return nil, stop, nil, err
	}
	stops = append(stops, func() { os.RemoveAll(dir) })
	list, err = ourContenders(a, dir)
	for _, name := range names {
		if err != nil || !strings.Contains(","+o.peers+",", ","+name+",") {
			continue
		}
		progress("building " + name)
		var more []*contender
		var end func()
		more, end, err = o.start(name, a, dir)
		if end != nil {
			stops = append(stops, end)
		}
		if errors.Is(err, noPostgres) || errors.Is(err, noLucene) {
			missing, err = append(missing, err.Error()), nil
		}
		list = append(list, more...)
	}
	return list, stop, missing, err
}

func (o *options) start(name string, a *synthetic.Archive, dir string) (list []*contender, stop func(), err error) {
	switch name {
	case "postgres":
		c, err := startCluster(dir, o.memory)
		if err != nil {
			return nil, nil, err
		}
		array, join, loaded, err := loadPostgres(c, a)
		return []*contender{{Loaded: loaded[0], asker: array}, {Loaded: loaded[1], asker: join}}, c.stop, err
	case "sqlite":
		l := &lite{}
		loaded, err := l.Load(a, dir)
		return []*contender{{Loaded: loaded, asker: l}}, func() { l.db.Close() }, err
	}
	var r *peer.Remote
	if name == "lucene" {
		r, err = startLucene(a, dir)
	} else {
		r, err = startBleve(a, dir)
	}
	if err != nil {
		return nil, nil, err
	}
	return []*contender{{Loaded: r.Loaded, asker: r}}, func() { r.Close() }, nil
}

// startBleve builds and starts the peer that is a module of its own.
func startBleve(a *synthetic.Archive, dir string) (*peer.Remote, error) {
	program := filepath.Join(dir, "bleve-peer")
	if out, err := exec.Command("go", "-C", "bench/find/bleve", "build", "-o", program, ".").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build Bleve's peer: %w: %s", err, out)
	}
	cmd := exec.Command(program, "-works", fmt.Sprint(a.Works), "-seed", fmt.Sprint(a.Seed), "-dir", dir)
	return peer.Start(cmd, a, nil)
}

// compared writes a section about contenders; single is the same ones by turns of one request.
func (b *board) compared(title string, a *synthetic.Archive, list, single []*contender, missing []string) {
	var out strings.Builder
	first := list[0]
	fmt.Fprintf(&out, "%s requests, %d in a turn; %s tags. Ratios are to %s.\n\n", number(len(first.all)), b.turn, number(a.TagCount()), first.Name)
	fmt.Fprintln(&out, "| engine | mean | p50 | p95 | p99 | max, ms | ratio of means | of p50 | of p95 | build, works/s | bytes a work | answers unlike ours |\n|---|---|---|---|---|---|---|---|---|---|---|---|")
	for _, c := range list {
		over := func(f func(*contender) time.Duration) string {
			return ratio1(float64(f(c)) / float64(max(1, f(first))))
		}
		q := func(share float64) func(*contender) time.Duration {
			return func(c *contender) time.Duration { return quantile(c.all, share) }
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", c.Name, ms(mean(c.all)), ms(quantile(c.all, .5)), ms(quantile(c.all, .95)),
			ms(quantile(c.all, .99)), ms(slices.Max(c.all)), over(func(c *contender) time.Duration { return mean(c.all) }), over(q(.5)), over(q(.95)),
			perSecond(&c.Loaded), perWork(&c.Loaded), unlike(c, first))
	}
	for _, c := range slices.Concat(list, single) {
		if c.diff > 0 {
			b.disagree = append(b.disagree, fmt.Sprintf("%s in %d of %d, %s", c.Name, c.diff, len(c.all), title))
		}
	}
	fmt.Fprintf(&out, "\n| p50 / p95, ms |")
	for _, name := range synthetic.KindNames {
		fmt.Fprintf(&out, " %s |", name)
	}
	fmt.Fprintf(&out, "\n|---|---|---|---|---|\n")
	for _, c := range list {
		fmt.Fprintf(&out, "| %s |", c.Name)
		for kind := range synthetic.KindCount {
			fmt.Fprintf(&out, " %s / %s |", ms(quantile(c.took[kind], .5)), ms(quantile(c.took[kind], .95)))
		}
		fmt.Fprintln(&out)
	}
	fmt.Fprintf(&out, "\nBy turns of a single request, each after another engine has filled the processor's caches, %s requests:\n\n| engine | mean | p50 | p95, ms | ratio of means |\n|---|---|---|---|---|\n", number(len(single[0].all)))
	for _, c := range single {
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s |\n", c.Name, ms(mean(c.all)), ms(quantile(c.all, .5)), ms(quantile(c.all, .95)), ratio1(float64(mean(c.all))/float64(max(1, mean(single[0].all)))))
	}
	for _, m := range missing {
		fmt.Fprintf(&out, "\nNot measured: %s.\n", m)
	}
	b.section(title, out.String())
}

func perSecond(l *peer.Loaded) string {
	if l.Took == 0 {
		return "–"
	}
	return number(int(float64(l.Works) / l.Took.Seconds()))
}

func perWork(l *peer.Loaded) string {
	if l.Bytes == 0 {
		return "–"
	}
	return number(int(l.Bytes) / max(1, l.Works))
}

func unlike(c, first *contender) string {
	if c == first {
		return "–"
	}
	return fmt.Sprintf("%d of %d", c.diff, len(c.all))
}

func ratio1(f float64) string {
	if f < 10 {
		return fmt.Sprintf("%.2g", f)
	}
	return number(int(f + .5))
}
