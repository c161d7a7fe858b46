package synthetic

import "math"

// dice is SplitMix64: a stream of numbers for every (seed, number), without set-up.
type dice struct{ state uint64 }

const golden = 0x9e3779b97f4a7c15

// mix makes of a number one that looks like chance.
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func newDice(seed, stream uint64) dice { return dice{mix(seed*golden + mix(stream+1))} }

func (d *dice) next() uint64 {
	d.state += golden
	return mix(d.state)
}

// unit is in [0, 1).
func (d *dice) unit() float64 { return float64(d.next()>>11) / (1 << 53) }

// below is in [0, n).
func (d *dice) below(n int) int { return int(d.next() >> 32 * uint64(n) >> 32) }

func (d *dice) often(percent int) bool { return d.below(100) < percent }

// normal is of mean 0 and variance 1.
func (d *dice) normal() float64 {
	return math.Sqrt(-2*math.Log(1-d.unit())) * math.Cos(2*math.Pi*d.unit())
}

// step draws a step of a staircase: the first bound that a draw is not above.
func (d *dice) step(bounds ...float64) int {
	u := d.unit()
	for i, b := range bounds {
		if u <= b {
			return i
		}
	}
	return len(bounds)
}

// zipf draws from things of which the k-th has a share of about 1/(k+1+flat).
type zipf struct {
	n    int
	flat float64 // how much the first ones are alike
	log  float64
}

func newZipf(n int, flat float64) zipf {
	return zipf{n, flat, math.Log((float64(n) + 1 + flat) / (1 + flat))}
}

// at is the thing at a share u of all draws, counted from the most frequent.
func (z zipf) at(u float64) int {
	k := int((1+z.flat)*math.Exp(u*z.log) - 1 - z.flat)
	return max(0, min(k, z.n-1))
}

func (z zipf) draw(d *dice) int { return z.at(d.unit()) }

// share is how large a part of all draws thing k gets.
func (z zipf) share(k int) float64 {
	return math.Log((float64(k)+2+z.flat)/(float64(k)+1+z.flat)) / z.log
}
