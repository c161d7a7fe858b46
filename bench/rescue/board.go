package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ficstead/bench/copies"
	"ficstead/bench/multiverse"
	"ficstead/bench/rescue/truth"
	"ficstead/internal/store"
)

// board measures everything and writes the scoreboard.
func (o *options) board() error {
	dir, err := os.MkdirTemp("", "ficstead-rescue")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	progress := func(what string) { fmt.Fprintln(os.Stderr, time.Now().Format("15:04:05"), what) }
	progress("speed")
	fast, err := speeds(dir)
	if err != nil {
		return err
	}
	progress("repair")
	rows := o.repairs(o.works())
	progress("harm")
	harms := o.harms(o.cleanWorks(truth.Development, truth.Test))
	progress("copies and tags")
	more := []result{harmResult(harms, false), harmResult(harms, true)}
	more = append(more, o.copies(), tags(dir), speedResult(fast))

	var out strings.Builder
	fmt.Fprint(&out, intro)
	fmt.Fprint(&out, o.grounds())
	fmt.Fprint(&out, "\n## Goals\n\n")
	printGoals(&out, rows, more)
	fmt.Fprint(&out, "\n## Recipes and single damages\n\nBefore → after. F1 of places and spans, exact to the character.\n\n")
	printScores(&out, rows)
	fmt.Fprint(&out, "\n## Words, by ground\n\nMade-up sentences put words together that no author does, so what knows words by their company is worse there.\n")
	printGrounds(&out, rows)
	fmt.Fprint(&out, "\n## A second copy\n\nRepaired alone → healed from a clean page of the same work, all proposals accepted.\n\n")
	printSeconds(&out, o.seconds(o.works()))
	fmt.Fprint(&out, "\n## Harm\n\nWhat was right in clean text and is not any more. “True repairs” are edits in saved pages and books that are damage mended: of each kind in each file some were read, and the kind was judged by them; headings that became titles of chapters are told by comparing. The parts of books that were found harmed were told to those who write the rules.\n")
	printHarm(&out, harms)
	fmt.Fprint(&out, "\n## Speed\n\nWhole processes on one core, user and system.\n\n")
	printSpeeds(&out, fast)
	if o.peers {
		progress("peers")
		o.printPeers(&out, dir)
	}
	return os.WriteFile(o.out, []byte(out.String()), 0o644)
}

const intro = `# Rescue, measured

Written by ` + "`make bench-rescue`" + `. Stories whose right form is known are damaged by seeded operators, read as users' files
are read, and compared. Text and truth are reduced to the characters that are not white space and aligned once; spaces,
paragraphs, scene breaks and the ends of italics are places between them, so that an error on one axis cannot hide on
another. “Before” is the file read without repair. Intervals are of 1,000 draws over works.

All figures of repair are of the test part: works, names, markers and seeds that the rules were not tuned on. What was
found to harm clean text, in either part, was told to those who write the rules: harm is what is left after that, and
text that nobody has seen may have more. Mends that are proposals are scored as if all were accepted, and say so.
`

// grounds says what was read.
func (o *options) grounds() string {
	count := map[string][2]int{}
	var names []string
	add := func(w truth.Work, words int) {
		if _, ok := count[w.Ground]; !ok {
			names = append(names, w.Ground)
		}
		n := count[w.Ground]
		count[w.Ground] = [2]int{n[0] + 1, n[1] + words}
	}
	for _, w := range o.works() {
		add(w, w.Words())
	}
	var parts []string
	for _, name := range names {
		parts = append(parts, fmt.Sprintf("%s (%d works, %d words)", name, count[name][0], count[name][1]))
	}
	return "\nDamaged: " + strings.Join(parts, ", ") + ".\n"
}

func (o *options) printPeers(out *strings.Builder, dir string) {
	fmt.Fprint(out, "\n## Peers\n\nThey do not claim to repair all of this; it is what their readers get.\n\n")
	var works []truth.Work
	for _, w := range o.works() { // some of each ground, none too long
		if len(works) < 6 && (w.Ground != "generated" || len(works) < 3) {
			works = append(works, w)
		}
	}
	all := peers()
	var rows []peerRow
	for _, p := range all {
		if p.version != "" {
			rows = append(rows, compare(p, dir, works)...)
		}
	}
	printPeers(out, all, rows)
	ftfy, err := compareFtfy(dir, works)
	printFtfy(out, ftfy, err)
}

// harmResult is the first goal, of all text or of fan fiction alone.
func harmResult(rows []harmRow, modern bool) result {
	var sum harmRow
	for _, r := range rows {
		fan := r.ground == "AO3" || r.ground == "FanFiction.net" || r.ground == "passages" || r.ground == "generated"
		if r.form == primary(r.ground) && (!modern || fan) {
			sum.add(r)
		}
	}
	n := len(sum.harms)
	per := float64(n) * 10000 / float64(max(1, sum.words))
	r := result{axis: fmt.Sprintf("silent edits per 10,000 clean words, %d words", sum.words), floor: ".60", want: "≤ .01",
		reached: fmt.Sprintf("%.4f (%d)", per, n), interval: fmt.Sprintf("at most %.4f", atMost(n)*10000/float64(max(1, sum.words))), met: per <= .01,
		why: "`go run ./bench/rescue -harm -list` prints each place with its rule; each becomes a specimen of that rule. Old books have what fan fiction has not: tables, sums, letters with signatures, names left out with a dash."}
	if modern {
		r.axis, r.want, r.met = fmt.Sprintf("the same, on fan fiction (found and made), %d words", sum.words), "0", n == 0
	}
	return r
}

func (o *options) copies() result {
	r := result{axis: "duplicates found; false merges", floor: "–", want: "98 %; 0 in 1 million pairs"}
	if _, err := os.Stat(filepath.Join(o.corpus, "groundtruth")); err != nil {
		r.open, r.reached = true, "not measured: no corpus"
		return r
	}
	c, err := copies.Measure(o.corpus, 1500)
	if err != nil {
		r.reached, r.open = "not measured: "+err.Error(), true
		return r
	}
	r.reached = fmt.Sprintf("%.1f %% of %d; %d in %d", 100*float64(c.Found)/float64(max(1, c.Copies)), c.Copies, c.Merged, c.Pairs)
	r.met = c.Found*100 >= c.Copies*98 && c.Merged == 0
	return r
}

// tags measures what is proposed for works whose tags are hidden, in an archive of 20,000.
func tags(dir string) result {
	r := result{axis: "right fandom first; main pair in the first three; tags hidden", floor: "–", want: "95 %; 85 %"}
	ctx := context.Background()
	s, err := store.Open(ctx, filepath.Join(dir, "tags.db"))
	if err != nil {
		r.reached, r.open = "not measured: "+err.Error(), true
		return r
	}
	defer s.Close()
	m, err := multiverse.Measure(ctx, s, 20000, 1000, 77)
	if err != nil {
		r.reached, r.open = "not measured: "+err.Error(), true
		return r
	}
	part := func(n int) float64 { return 100 * float64(n) / float64(max(1, m.Hidden)) }
	r.reached = fmt.Sprintf("%.1f %%; %.1f %% of %d", part(m.Fandom), part(m.Pair), m.Hidden)
	r.met = part(m.Fandom) >= 95 && part(m.Pair) >= 85
	return r
}

func speedResult(all []timed) result {
	slowest := timed{}
	for _, t := range all {
		if t.per > slowest.per {
			slowest = t
		}
	}
	return result{axis: "seconds for 100,000 words, one core, the slowest form", floor: "–", want: "0.3", reached: fmt.Sprintf("%.2f (%s)", slowest.per, slowest.form), met: slowest.per <= .3,
		why: "The table of speeds has each form. Starting the process and its word list is in it."}
}
