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

// run asks all contenders the same requests by turns, so many in a turn, until one
// has used up its budget of time. The first is ours; what others answer otherwise
// is counted.
func run(list []*contender, requests []synthetic.Request, inTurn int, budget time.Duration) error {
	for turn := 0; turn*inTurn < len(requests); turn++ {
		some := requests[turn*inTurn : min((turn+1)*inTurn, len(requests))]
		answers := make([][]peer.Answer, len(list))
		for k := range list {
			k = (k + turn) % len(list) // whoever comes behind another finds the processor's caches full of its works
			var err error
			if answers[k], err = list[k].turn(some); err != nil {
				return fmt.Errorf("%s: %w", list[k].Name, err)
			}
		}
		compare(list, some, answers)
		for _, c := range list {
			if c.sum > budget {
				return nil
			}
		}
	}
	return nil
}

// turn asks some requests, one after the other.
func (c *contender) turn(requests []synthetic.Request) (answers []peer.Answer, err error) {
	for i := range requests {
		answer, err := c.timed(&requests[i])
		if err != nil {
			return nil, err
		}
		answers = append(answers, answer)
	}
	return answers, nil
}

// compare counts the answers of each that are unlike ours.
func compare(list []*contender, requests []synthetic.Request, answers [][]peer.Answer) {
	for k, c := range list {
		for i := range requests {
			if same(answers[k][i], answers[0][i]) {
				continue
			}
			if c.diff++; c.diff <= 3 {
				log.Printf("%s answers otherwise: %+v\n\t%v\n\t%v", c.Name, requests[i], answers[k][i], answers[0][i])
			}
		}
	}
}

// again returns the same engines with nothing measured yet.
func again(list []*contender) (fresh []*contender) {
	for _, c := range list {
		fresh = append(fresh, &contender{Loaded: c.Loaded, asker: c.asker})
	}
	return fresh
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
