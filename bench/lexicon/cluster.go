package main

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"ficstead/internal/base/lexicon"
)

// Words are put into kinds by the company they keep: the exchange algorithm
// moves each word to the kind that makes the pairs of the text likeliest.
const (
	kindCount  = 1 << lexicon.KindBits
	vocabulary = 16_000 // words common enough to say something about
	exchanges  = 8
)

type neighbour struct {
	word  int
	count float64
}

type clustering struct {
	kind        []int
	before      [][]neighbour // of each word
	after       [][]neighbour
	pairs       [kindCount][kindCount]float64
	left, right [kindCount]float64
	self        []float64
}

// cluster returns how much likelier a kind is after another, in bits, and the
// kind of each word. A word that was not seen is of the kind of most words that
// end like it.
func cluster(text *counts, words map[string]lexicon.Class) (kinds [kindCount][kindCount]float64, of func(string) int) {
	order := slices.SortedFunc(maps.Keys(text.words), func(a, b string) int {
		return cmp.Or(cmp.Compare(text.words[b], text.words[a]), cmp.Compare(a, b))
	})
	order = slices.DeleteFunc(order, func(w string) bool { return words[w] < lexicon.Name })
	order = order[:min(len(order), vocabulary)]
	number := map[string]int{}
	for i, w := range order {
		number[w] = i
	}
	c := newClustering(len(order), text, number)
	for round := range exchanges {
		moved := c.exchange()
		fmt.Printf("exchange %d: %d words moved, %.4f bits\n", round, moved, c.information())
	}
	return c.company(), c.guesser(order, number)
}

func newClustering(n int, text *counts, number map[string]int) *clustering {
	c := &clustering{kind: make([]int, n), before: make([][]neighbour, n), after: make([][]neighbour, n), self: make([]float64, n)}
	for i := range c.kind {
		c.kind[i] = i % kindCount
	}
	for p, count := range text.pairs {
		a, ok := number[p.a]
		b, also := number[p.b]
		if !ok || !also {
			continue
		}
		if a == b {
			c.self[a] = count
		} else {
			c.after[a] = append(c.after[a], neighbour{b, count})
			c.before[b] = append(c.before[b], neighbour{a, count})
		}
		c.pairs[c.kind[a]][c.kind[b]] += count
		c.left[c.kind[a]] += count
		c.right[c.kind[b]] += count
	}
	return c
}

func nlogn(x float64) float64 {
	if x < 0.5 {
		return 0
	}
	return x * math.Log2(x)
}

// exchange moves each word once to where it fits best, and counts those that moved.
func (c *clustering) exchange() int {
	moved := 0
	for w := range c.kind {
		was := c.kind[w]
		var before, after [kindCount]float64
		for _, n := range c.before[w] {
			before[c.kind[n.word]] += n.count
		}
		for _, n := range c.after[w] {
			after[c.kind[n.word]] += n.count
		}
		c.put(w, was, -1, &before, &after)
		best, most := was, math.Inf(-1)
		for k := range kindCount {
			if gain := c.gain(k, &before, &after, c.self[w]); gain > most+1e-9 {
				best, most = k, gain
			}
		}
		c.put(w, best, 1, &before, &after)
		c.kind[w] = best
		if best != was {
			moved++
		}
	}
	return moved
}

// put adds a word to a kind, or takes it out.
func (c *clustering) put(w, k int, sign float64, before, after *[kindCount]float64) {
	for g := range kindCount {
		c.pairs[g][k] += sign * before[g]
		c.pairs[k][g] += sign * after[g]
		c.left[g] += sign * before[g]
		c.right[g] += sign * after[g]
		c.right[k] += sign * before[g]
		c.left[k] += sign * after[g]
	}
	c.pairs[k][k] += sign * c.self[w]
	c.left[k] += sign * c.self[w]
	c.right[k] += sign * c.self[w]
}

// gain is what the likelihood gains by a word in kind k.
func (c *clustering) gain(k int, before, after *[kindCount]float64, self float64) float64 {
	gain, in, out := 0.0, self, self
	for g := range kindCount {
		in += before[g]
		out += after[g]
		if g == k {
			continue
		}
		if before[g] > 0 {
			gain += nlogn(c.pairs[g][k]+before[g]) - nlogn(c.pairs[g][k])
		}
		if after[g] > 0 {
			gain += nlogn(c.pairs[k][g]+after[g]) - nlogn(c.pairs[k][g])
		}
	}
	if both := before[k] + after[k] + self; both > 0 {
		gain += nlogn(c.pairs[k][k]+both) - nlogn(c.pairs[k][k])
	}
	return gain - nlogn(c.left[k]+out) + nlogn(c.left[k]) - nlogn(c.right[k]+in) + nlogn(c.right[k])
}

func (c *clustering) total() (sum float64) {
	for _, n := range c.left {
		sum += n
	}
	return sum
}

// information is how much a kind tells of the next.
func (c *clustering) information() float64 {
	company, total, sum := c.company(), c.total(), 0.0
	for a := range kindCount {
		for b := range kindCount {
			sum += c.pairs[a][b] / total * company[a][b]
		}
	}
	return sum
}

// company is how much likelier each kind is after each other than anywhere.
func (c *clustering) company() (bits [kindCount][kindCount]float64) {
	total := c.total()
	for a := range kindCount {
		for b := range kindCount {
			expected := c.left[a] * c.right[b] / total
			bits[a][b] = math.Log2((c.pairs[a][b] + 0.5) / (expected + 0.5))
		}
	}
	return bits
}

// guesser returns the kind of a word, or that of most words with its ending.
func (c *clustering) guesser(order []string, number map[string]int) func(string) int {
	endings := map[string]*[kindCount]int{}
	for i, w := range order {
		for n := 1; n <= min(4, len(w)); n++ {
			end := w[len(w)-n:]
			if endings[end] == nil {
				endings[end] = new([kindCount]int)
			}
			endings[end][c.kind[i]]++
		}
	}
	return func(w string) int {
		if i, ok := number[w]; ok {
			return c.kind[i]
		}
		for n := min(4, len(w)); n > 0; n-- {
			if all := endings[w[len(w)-n:]]; all != nil {
				return slices.Index(all[:], slices.Max(all[:]))
			}
		}
		return 0
	}
}
