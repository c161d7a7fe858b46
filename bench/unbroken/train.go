package main

import (
	"fmt"
	"math"
	"math/rand/v2"

	"ficstead/internal/base/unbroken"
)

// lesson is an example with its weight.
type lesson struct {
	unbroken.Example
	weight float32
}

// train learns by gradient descent (Adam), the same way each time.
func train(works, rest []work, rounds int) *unbroken.Net {
	var lessons []lesson
	lost, begins := 0, 0
	for _, w := range works {
		for _, p := range w.pieces {
			examples, n := unbroken.Examples(p.text, p.begins)
			lost += n
			begins += len(p.begins)
			for _, e := range examples {
				lessons = append(lessons, lesson{e, w.weight})
			}
		}
	}
	fmt.Printf("%d works, %d places, %d paragraphs, %.1f %% of them where no sentence meets another\n", len(works), len(lessons), begins, 100*float64(lost)/float64(begins))
	r := rand.New(rand.NewPCG(1, 2))
	t := newTrainer(r)
	for round := range rounds {
		r.Shuffle(len(lessons), func(i, j int) { lessons[i], lessons[j] = lessons[j], lessons[i] })
		t.rate = rate * math.Pow(0.7, float64(round))
		sum := 0.0
		for i := range lessons {
			sum += t.learn(&lessons[i], r)
		}
		t.average(round)
		fmt.Printf("round %d: %.4f, held out %.4f\n", round+1, sum/float64(len(lessons)), loss(t.mean(), rest))
	}
	return t.mean()
}

// loss is how wrong the net is about works.
func loss(net *unbroken.Net, works []work) float64 {
	sum, n := 0.0, 0
	for _, w := range works {
		for _, p := range w.pieces {
			examples, _ := unbroken.Examples(p.text, p.begins)
			for i := range examples {
				odds := net.Odds(&examples[i])
				if !examples[i].Begins {
					odds = -odds
				}
				sum += math.Log1p(math.Exp(-odds))
				n++
			}
		}
	}
	return sum / float64(max(n, 1))
}

const (
	hidden = unbroken.Hidden
	rate   = 0.002
	drop   = 0.2  // of what is seen, each time anew, so that nothing is relied upon alone
	decay  = 5e-4 // of weights that nothing speaks for
)

// trainer holds a net and how steep it was.
type trainer struct {
	net       *unbroken.Net
	in        [][hidden]moment
	bias, out [hidden]moment
	rest      moment
	rate      float64
	seen      []int // rows of the example at hand
	past      *unbroken.Net
	rounds    float32 // how many are in past
}

// average adds the net to those of the rounds before, but for the first ones.
func (t *trainer) average(round int) {
	if round < 2 {
		return
	}
	t.rounds++
	mix := func(a *float32, b float32) { *a += (b - *a) / t.rounds }
	for i := range t.past.In {
		for k := range hidden {
			mix(&t.past.In[i][k], t.net.In[i][k])
		}
	}
	for k := range hidden {
		mix(&t.past.Bias[k], t.net.Bias[k])
		mix(&t.past.Out[k], t.net.Out[k])
	}
	mix(&t.past.Rest, t.net.Rest)
}

func (t *trainer) mean() *unbroken.Net {
	if t.rounds == 0 {
		return t.net
	}
	return t.past
}

// moment is the running mean of a slope and of its square.
type moment struct{ m, v float32 }

func newTrainer(r *rand.Rand) *trainer {
	t := &trainer{net: unbroken.NewNet(), past: unbroken.NewNet()}
	t.in = make([][hidden]moment, len(t.net.In))
	for i := range t.net.In {
		for k := range t.net.In[i] {
			t.net.In[i][k] = float32(r.NormFloat64() * 0.2)
		}
	}
	for k := range t.net.Out {
		t.net.Out[k] = float32(r.NormFloat64() * 0.4)
	}
	return t
}

// learn sees one example and returns how wrong the net was.
func (t *trainer) learn(l *lesson, r *rand.Rand) float64 {
	z := t.net.Bias
	t.seen = t.seen[:0]
	l.Rows(func(row int) {
		if r.Float64() >= drop {
			t.seen = append(t.seen, row)
		}
	})
	scale := float32(1 / (1 - drop))
	for _, row := range t.seen {
		for k, v := range t.net.In[row] {
			z[k] += v * scale
		}
	}
	odds := t.net.Rest
	for k, v := range z {
		odds += max(v, 0) * t.net.Out[k]
	}
	p := 1 / (1 + math.Exp(-float64(odds)))
	want := 0.0
	if l.Begins {
		want = 1
	}
	slope := float32(p-want) * l.weight
	var down [hidden]float32
	for k, v := range z {
		if v > 0 {
			down[k] = slope * t.net.Out[k]
		}
		t.step(&t.net.Out[k], &t.out[k], slope*max(v, 0))
		t.step(&t.net.Bias[k], &t.bias[k], down[k])
	}
	t.step(&t.net.Rest, &t.rest, slope)
	for _, row := range t.seen {
		for k := range down {
			t.step(&t.net.In[row][k], &t.in[row][k], down[k]*scale+decay*t.net.In[row][k])
		}
	}
	return -math.Log(max(1e-9, 1-math.Abs(p-want)))
}

func (t *trainer) step(w *float32, m *moment, g float32) {
	m.m = 0.9*m.m + 0.1*g
	m.v = 0.999*m.v + 0.001*g*g
	*w -= float32(t.rate) * (m.m / (float32(math.Sqrt(float64(m.v))) + 1e-3))
	*w = max(-3.9, min(3.9, *w))
}
