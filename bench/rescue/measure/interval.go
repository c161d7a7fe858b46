package measure

import (
	"math/rand/v2"
	"slices"
)

// rounds is how often works are drawn again.
const rounds = 1000

// Interval is what a figure is on all works, and between which values it lies
// with 95 % on works drawn again from them.
type Interval struct{ Value, Low, High float64 }

// Bootstrap draws works again and again. The same scores give the same interval.
func Bootstrap(scores []Score, figure func(Score) float64) Interval {
	sum := func(pick func(i int) int) float64 {
		var s Score
		for i := range scores {
			s.Sum(scores[pick(i)])
		}
		return figure(s)
	}
	is := Interval{Value: sum(func(i int) int { return i })}
	r := rand.New(rand.NewPCG(uint64(len(scores)), 3))
	drawn := make([]float64, rounds)
	for k := range drawn {
		drawn[k] = sum(func(int) int { return r.IntN(len(scores)) })
	}
	slices.Sort(drawn)
	is.Low, is.High = drawn[rounds*25/1000], drawn[rounds*975/1000-1]
	return is
}
