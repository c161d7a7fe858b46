package main

import (
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// board collects what was measured, by sections, and the table of goals.
type board struct {
	machine  string
	turn     int                // requests in a turn
	results  map[string]reached // by the key of a goal
	sections strings.Builder
	disagree []string // engines whose answers differ from ours
}

// reached is what was measured for a goal.
type reached struct {
	figure string
	met    bool
}

func (b *board) reach(key, figure string, met bool) {
	if b.results == nil {
		b.results = map[string]reached{}
	}
	b.results[key] = reached{figure, met}
}

func (b *board) section(title, text string) { fmt.Fprintf(&b.sections, "\n## %s\n\n%s", title, text) }

const intro = `# Finding, measured

Written by ` + "`make bench-find`" + `. Archives, questions and prose are made by ` + "`bench/synthetic`" + `, the same ones for a seed on every machine:
tags by Zipf's law, about 24 a work, half a million to five million of them; synonyms, metatags and fandoms over their characters.
The stream of requests is 40 % pages of one fandom or relationship, 30 % tags taken in and left out, 20 % ranges in all orders, 10 % broad
ones; each is answered with the total, the ten most frequent tags of seven kinds, the languages, and a page of 20. Engines take turns,
some requests in each, whoever begins changing; each is in a process of its own or in this one. Totals and counts of every answer are
compared, and a difference fails the run. By turns of one request a quick engine would be measured with caches that a slow one has just
filled, which no server has; those are told beside. “Cold” is without the cache of answers; files were read before, by 500 other requests. Machines differ and are noisy: read the ratios.
`

func (b *board) String() string {
	var out strings.Builder
	out.WriteString(intro)
	fmt.Fprintf(&out, "\nMachine: %s\n\n## Goals\n\n", b.machine)
	b.printGoals(&out)
	out.WriteString(b.sections.String())
	return out.String()
}

// verdict fails if engines do not agree.
func (b *board) verdict() error {
	if len(b.disagree) > 0 {
		return fmt.Errorf("answers differ: %s", strings.Join(b.disagree, "; "))
	}
	return nil
}

func (b *board) printGoals(out *strings.Builder) {
	fmt.Fprintln(out, "| what | prototype | goal | reached | |\n|---|---|---|---|---|")
	var unmet []string
	for _, g := range goals {
		r, ok := b.results[g.key]
		switch {
		case !ok:
			fmt.Fprintf(out, "| %s | %s | %s | not measured | |\n", g.what, g.prototype, g.want)
			continue
		case r.met:
			fmt.Fprintf(out, "| %s | %s | %s | %s | met |\n", g.what, g.prototype, g.want, r.figure)
			continue
		}
		fmt.Fprintf(out, "| %s | %s | %s | %s | **not met** |\n", g.what, g.prototype, g.want, r.figure)
		unmet = append(unmet, fmt.Sprintf("- **%s**: %s instead of %s. %s", g.what, r.figure, g.want, g.why))
	}
	if len(unmet) > 0 {
		fmt.Fprintf(out, "\n### Not met\n\n%s\n", strings.Join(unmet, "\n"))
	}
}

// machine describes where this runs.
func machine() string {
	first := func(file, pattern string) string {
		text, err := os.ReadFile(file)
		if err != nil {
			return ""
		}
		if found := regexp.MustCompile(pattern).FindSubmatch(text); found != nil {
			return strings.TrimSpace(string(found[1]))
		}
		return ""
	}
	kb, _ := strconv.Atoi(first("/proc/meminfo", `MemTotal:\s*(\d+)`))
	return fmt.Sprintf("%d × %s (cache %s), %d GB of memory, Linux %s, %s; load %s when it began. %s.", runtime.NumCPU(), first("/proc/cpuinfo", `model name\s*:\s*(.*)`),
		first("/proc/cpuinfo", `cache size\s*:\s*(.*)`), (kb+512<<10)>>20, first("/proc/sys/kernel/osrelease", `([\d.]+)`), runtime.Version(), first("/proc/loadavg", `^(\S+)`), time.Now().Format("2 January 2006"))
}

// ms prints a duration in milliseconds with three digits that count.
func ms(d time.Duration) string {
	return strconv.FormatFloat(round3(float64(d)/float64(time.Millisecond)), 'f', -1, 64)
}

// round3 keeps three digits.
func round3(f float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 3, 64), 64)
	if err != nil {
		return f
	}
	return r
}

func number(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

func ratio(f float64) string { return number(int(f+.5)) + " ×" }
