package metrics

import (
	"math"
	"sort"
	"sync/atomic"
	"time"
)

// series is one value, or one histogram.
type series struct {
	labels string          // as they are written
	bits   atomic.Uint64   // of a float64: the value, or the sum of a histogram
	counts []atomic.Uint64 // of a histogram: one a bound, and one above all
}

func newCounts(bounds []float64) []atomic.Uint64 {
	if bounds == nil {
		return nil
	}
	return make([]atomic.Uint64, len(bounds)+1)
}

func (s *series) value() float64 { return math.Float64frombits(s.bits.Load()) }

func (s *series) set(v float64) { s.bits.Store(math.Float64bits(v)) }

func (s *series) add(v float64) {
	for {
		old := s.bits.Load()
		if s.bits.CompareAndSwap(old, math.Float64bits(math.Float64frombits(old)+v)) {
			return
		}
	}
}

// Counter only grows; its name ends in _total.
type Counter struct{ f *family }

// Counter makes a counter, parted by labels.
func (r *Registry) Counter(name, help string, labels ...string) *Counter {
	if r == nil {
		return nil
	}
	return &Counter{r.family("counter", name, help, nil, labels)}
}

// Inc counts one more with these values of the labels.
func (c *Counter) Inc(values ...string) { c.Add(1, values...) }

// Add counts n more, which is not negative.
func (c *Counter) Add(n float64, values ...string) {
	if c != nil && n >= 0 {
		c.f.at(values).add(n)
	}
}

// Gauge is what it is now.
type Gauge struct{ f *family }

// Gauge makes a gauge, parted by labels.
func (r *Registry) Gauge(name, help string, labels ...string) *Gauge {
	if r == nil {
		return nil
	}
	return &Gauge{r.family("gauge", name, help, nil, labels)}
}

// Set says what it is now.
func (g *Gauge) Set(v float64, values ...string) {
	if g != nil {
		g.f.at(values).set(v)
	}
}

// Add changes it by v, which may be negative.
func (g *Gauge) Add(v float64, values ...string) {
	if g != nil {
		g.f.at(values).add(v)
	}
}

// Histogram counts values by the bounds they are within.
type Histogram struct{ f *family }

// Latencies are bounds for how long an answer takes, in seconds.
func Latencies() []float64 {
	return []float64{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}
}

// Histogram makes a histogram with these bounds, which rise, parted by labels.
func (r *Registry) Histogram(name, help string, bounds []float64, labels ...string) *Histogram {
	if r == nil {
		return nil
	}
	if len(bounds) == 0 || !sort.Float64sAreSorted(bounds) {
		panic("metrics: the bounds of " + name + " do not rise")
	}
	return &Histogram{r.family("histogram", name, help, bounds, labels)}
}

// Observe counts v.
func (h *Histogram) Observe(v float64, values ...string) {
	if h == nil || math.IsNaN(v) {
		return
	}
	s := h.f.at(values)
	s.counts[sort.SearchFloat64s(h.f.bounds, v)].Add(1)
	s.add(v)
}

// Took counts how long it is since then, in seconds.
func (h *Histogram) Took(since time.Time, values ...string) {
	if h != nil {
		h.Observe(time.Since(since).Seconds(), values...)
	}
}

// Sample takes what watches tell to one reader.
type Sample struct{ r *Registry }

// Watch has f asked for values that are known elsewhere whenever somebody reads.
// It must be quick and may be called by many at once. Its names are its own.
func (r *Registry) Watch(f func(*Sample)) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.watches = append(r.watches, f)
}

// Gauge tells what something is now. Labels are names and values in turn.
func (s *Sample) Gauge(name, help string, v float64, labels ...string) {
	s.tell("gauge", name, help, v, labels)
}

// Counter tells what something has grown to.
func (s *Sample) Counter(name, help string, v float64, labels ...string) {
	s.tell("counter", name, help, v, labels)
}

func (s *Sample) tell(kind, name, help string, v float64, labels []string) {
	var names, values []string
	for i := 0; i+1 < len(labels); i += 2 {
		names, values = append(names, labels[i]), append(values, labels[i+1])
	}
	s.r.family(kind, name, help, nil, names).at(values).set(v)
}
