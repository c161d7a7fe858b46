package index

import "math"

// Loved is how well a work is loved for its size, to put works in order by and
// never to be shown: the lower bound of Wilson's interval (95 %) for the share
// of its readers who left kudos, in millionths. Readers of a work of several
// chapters count once for each, less with every further one, since many open
// only the first.
func Loved(kudos, hits, chapters int64) int64 {
	const z = 1.96
	k := float64(max(kudos, 0))
	n := float64(max(hits, 0)) / (1 + math.Log(float64(max(chapters, 1))))
	if n = max(n, k); n == 0 {
		return 0
	}
	p := k / n
	low := (p + z*z/(2*n) - z*math.Sqrt((p*(1-p)+z*z/(4*n))/n)) / (1 + z*z/n)
	return int64(max(low, 0) * 1e6)
}
