package main

import (
	"fmt"
	"log"
	"slices"
	"time"

	"ficstead/bench/find/peer"
	"ficstead/bench/synthetic"
)

// asker answers questions, and says how long it took.
type asker interface {
	Ask(q *synthetic.Request) (peer.Answer, error)
}

// contender is an engine in a comparison.
type contender struct {
	peer.Loaded
	asker
	took [synthetic.KindCount][]time.Duration
	all  []time.Duration
	sum  time.Duration
	diff int // answers unlike ours
}

// warmRequests are asked of every engine before it is measured, so that what it
// reads of its files is in memory, as it is where it has run for a while.
const warmRequests, warmTime = 500, 15 * time.Second

// warm asks the last of n and some more requests.
func warm(list []*contender, a *synthetic.Archive, n int) error {
	for _, c := range list {
		start := time.Now()
		for _, q := range a.Requests(n + warmRequests)[n:] {
			if time.Since(start) > warmTime {
				break
			}
			if _, err := c.Ask(&q); err != nil {
				return fmt.Errorf("%s: %w", c.Name, err)
			}
		}
	}
	return nil
}

// run asks all contenders the same requests in turn, until one has used up its
// budget of time. The first is ours; what others answer otherwise is counted.
func run(list []*contender, requests []synthetic.Request, budget time.Duration) error {
	for i := range requests {
		q := &requests[i]
		answers := make([]peer.Answer, len(list))
		for k := range list {
			k = (k + i) % len(list) // whoever comes behind another finds the processor's caches full of its works
			var err error
			if answers[k], err = list[k].timed(q); err != nil {
				return fmt.Errorf("%s: %w", list[k].Name, err)
			}
		}
		for k, c := range list {
			if same(answers[k], answers[0]) {
				continue
			}
			if c.diff++; c.diff <= 3 {
				log.Printf("%s answers otherwise: %+v\n\t%v\n\t%v", c.Name, *q, answers[k], answers[0])
			}
		}
		for _, c := range list {
			if c.sum > budget {
				return nil
			}
		}
	}
	return nil
}

// timed asks. An engine in this process is timed here.
func (c *contender) timed(q *synthetic.Request) (peer.Answer, error) {
	start := time.Now()
	answer, err := c.Ask(q)
	if answer.Took == 0 {
		answer.Took = time.Since(start)
	}
	c.took[q.Kind] = append(c.took[q.Kind], answer.Took)
	c.all = append(c.all, answer.Took)
	c.sum += answer.Took
	return answer, err
}

// same compares totals and counts. Equal counts may be of other tags: engines put
// those in an order of their own.
func same(a, b peer.Answer) bool {
	if a.Total != b.Total {
		return false
	}
	for g := range a.Facets {
		if !slices.Equal(a.Facets[g], b.Facets[g]) {
			return false
		}
	}
	return true
}

// quantile is the value that a share of a list is not above.
func quantile(list []time.Duration, share float64) time.Duration {
	if len(list) == 0 {
		return 0
	}
	return slices.Sorted(slices.Values(list))[int(share*float64(len(list)-1)+.5)]
}

func mean(list []time.Duration) time.Duration {
	var sum time.Duration
	for _, d := range list {
		sum += d
	}
	return sum / time.Duration(max(1, len(list)))
}
