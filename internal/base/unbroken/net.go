package unbroken

import (
	_ "embed"
	"math"
	"sync"
)

// Hidden is how many units stand between the cues and the answer.
const Hidden = 24

// Net weighs cues: each has a row that is added up, what is above zero counts.
type Net struct {
	In   [][Hidden]float32 // a row for each cue
	Bias [Hidden]float32
	Out  [Hidden]float32
	Rest float32
}

// NewNet returns a net that knows nothing.
func NewNet() *Net { return &Net{In: make([][Hidden]float32, offsets[fields])} }

type sum = [Hidden]float32

func (n *Net) add(to *sum, cues []cue) {
	for _, c := range cues {
		row := &n.In[c]
		for k := range to {
			to[k] += row[k]
		}
	}
}

// odds are those, in logarithms, that a paragraph begins.
func (n *Net) odds(fixed *sum, cues []cue) float64 {
	all := *fixed
	n.add(&all, cues)
	out := n.Rest
	for k, v := range all {
		if v > 0 {
			out += v * n.Out[k]
		}
	}
	return float64(out)
}

// The weights are kept as whole numbers of these parts of one.
const (
	parts    = 32
	outParts = 32
)

// Bytes packs the net.
func (n *Net) Bytes() []byte {
	var b []byte
	put := func(v float32, parts float64) {
		b = append(b, byte(int8(max(-127, min(127, math.Round(float64(v)*parts))))))
	}
	for _, row := range n.In {
		for _, v := range row {
			put(v, parts)
		}
	}
	for _, v := range n.Bias {
		put(v, parts)
	}
	for _, v := range n.Out {
		put(v, outParts)
	}
	put(n.Rest, outParts)
	return b
}

func unpack(b []byte) *Net {
	n := NewNet()
	if len(b) != (len(n.In)+2)*Hidden+1 {
		return n
	}
	at := 0
	next := func(parts float32) float32 {
		at++
		return float32(int8(b[at-1])) / parts
	}
	for i := range n.In {
		for k := range n.In[i] {
			n.In[i][k] = next(parts)
		}
	}
	for k := range n.Bias {
		n.Bias[k] = next(parts)
	}
	for k := range n.Out {
		n.Out[k] = next(outParts)
	}
	n.Rest = next(outParts)
	return n
}

//go:embed weights.bin
var weights []byte

// Learnt is the net that the program uses.
var Learnt = sync.OnceValue(func() *Net { return unpack(weights) })
