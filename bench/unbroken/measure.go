package main

import (
	"fmt"
	"slices"
	"strings"

	"ficstead/internal/base/unbroken"
)

// count counts paragraphs found, made and there.
type count struct{ hit, made, there int }

func (c count) String() string {
	p, r := float64(c.hit)/float64(max(c.made, 1)), float64(c.hit)/float64(max(c.there, 1))
	return fmt.Sprintf("P %.3f R %.3f F1 %.3f of %d", p, r, 2*p*r/max(p+r, 1e-9), c.there)
}

func (c *count) add(d count) { c.hit += d.hit; c.made += d.made; c.there += d.there }

// measure prints how well paragraphs are found on each ground and in each work.
func measure(net *unbroken.Net, works []work, bias float64) {
	grounds := map[string]*count{}
	at := func(name string) *count {
		if grounds[name] == nil {
			grounds[name] = &count{}
		}
		return grounds[name]
	}
	for _, w := range works {
		for _, p := range w.pieces {
			c := compare(net, p, bias)
			at(w.ground).add(c)
			if w.ground != "generated" && w.ground != "Standard Ebooks" {
				at("  " + w.ground + ", " + w.name).add(c)
			}
			if rich(p) {
				at("rich in dialogue, " + w.ground).add(c)
				if w.ground != "generated" {
					at("rich in dialogue, not generated").add(c)
				}
			}
		}
	}
	var names []string
	for name := range grounds {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Printf("%-60s %v\n", name, *grounds[name])
	}
}

func compare(net *unbroken.Net, p piece, bias float64) (c count) {
	for _, at := range net.Split(p.text, bias) {
		c.made++
		if p.begins[at] {
			c.hit++
		}
	}
	c.there = len(p.begins)
	return c
}

// rich reports whether speech is in half of the paragraphs.
func rich(p piece) bool {
	speech := strings.Count(p.text, `"`)/2 + strings.Count(p.text, "“") + strings.Count(p.text, " ‘")
	return 2*speech >= len(p.begins)
}
