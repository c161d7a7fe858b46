package main

import (
	"fmt"
	"os"
	"sync"

	"ficstead/torture/site"
)

// tally counts what was done and what came of it.
type tally struct {
	mu                     sync.Mutex
	cycles, acked          int
	lost, doubled, unsound int
	first                  string // the first finding
	quiet                  bool   // findings are wanted, and not said one by one
}

func (t *tally) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return fmt.Sprintf("%d cycles, %d acknowledged, %d lost, %d doubled, %d unsound", t.cycles, t.acked, t.lost, t.doubled, t.unsound)
}

func (t *tally) broken() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.lost + t.doubled + t.unsound
}

func (t *tally) add(o *tally) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cycles += o.cycles
	t.acked += o.acked
	t.lost += o.lost
	t.doubled += o.doubled
	t.unsound += o.unsound
}

func (t *tally) cycle(acked int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cycles++
	t.acked += acked
}

// tell counts findings and says them, each with where it was.
func (t *tally) tell(where string, found ...site.Finding) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, f := range found {
		if t.first == "" {
			t.first = f.String()
		}
		switch f.Kind {
		case site.Lost:
			t.lost++
		case site.Doubled:
			t.doubled++
		default:
			t.unsound++
		}
		if !t.quiet && t.lost+t.doubled+t.unsound <= mostTold {
			fmt.Fprintf(os.Stderr, "%s: %s\n", where, f)
		}
	}
}

// mostTold is how many findings are said: after that it is known.
const mostTold = 20
