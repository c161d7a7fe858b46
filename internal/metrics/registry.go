package metrics

import (
	"bufio"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// ContentType is the media type of what Write writes.
const ContentType = "text/plain; version=0.0.4; charset=utf-8"

const (
	maxSeries = 500     // of one family: more would be somebody's words in labels
	other     = "other" // the value of every label of the series beyond it
)

// Registry holds families by name.
type Registry struct {
	mu       sync.Mutex
	families map[string]*family
	watches  []func(*Sample)
}

// New makes an empty registry.
func New() *Registry { return &Registry{families: map[string]*family{}} }

// A family is all series of one name.
type family struct {
	name, help, kind string
	labels           []string
	bounds           []float64

	mu     sync.RWMutex
	series map[string]*series // by the values of their labels
}

// family makes one, or finds it. Two of a name that are not alike are a bug.
func (r *Registry) family(kind, name, help string, bounds []float64, labels []string) *family {
	r.mu.Lock()
	defer r.mu.Unlock()
	if f := r.families[name]; f != nil {
		if f.kind != kind || !slices.Equal(f.labels, labels) || !slices.Equal(f.bounds, bounds) {
			panic("metrics: " + name + " is there already, and is another")
		}
		return f
	}
	for _, n := range append([]string{name}, labels...) {
		if !isName(n) {
			panic("metrics: " + n + " is no name")
		}
	}
	f := &family{name: name, help: help, kind: kind, labels: labels, bounds: bounds, series: map[string]*series{}}
	r.families[name] = f
	if len(labels) == 0 {
		f.at(nil) // nothing happened yet is a value too
	}
	return f
}

func isName(s string) bool {
	for i, c := range []byte(s) {
		if c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9' || i == 0) {
			return false
		}
	}
	return s != ""
}

// at finds the series with these values of its labels, or makes it.
func (f *family) at(values []string) *series {
	if len(values) != len(f.labels) {
		panic("metrics: " + f.name + " has other labels")
	}
	key := strings.Join(values, "\xff") // in no valid text
	f.mu.RLock()
	s := f.series[key]
	f.mu.RUnlock()
	if s != nil {
		return s
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.series) >= maxSeries && f.series[key] == nil {
		values = slices.Repeat([]string{other}, len(values))
		key = strings.Join(values, "\xff")
	}
	if f.series[key] == nil {
		f.series[key] = &series{labels: pairs(f.labels, values), counts: newCounts(f.bounds)}
	}
	return f.series[key]
}

// Write writes all families by name, with what watches tell.
func (r *Registry) Write(w io.Writer) error {
	r.mu.Lock()
	families := maps.Clone(r.families)
	watches := slices.Clone(r.watches)
	r.mu.Unlock()

	told := Sample{&Registry{families: families}}
	for _, watch := range watches {
		watch(&told)
	}
	b := bufio.NewWriter(w)
	for _, name := range slices.Sorted(maps.Keys(families)) {
		families[name].write(b)
	}
	return b.Flush()
}

func (f *family) write(b *bufio.Writer) {
	f.mu.RLock()
	all := maps.Clone(f.series)
	f.mu.RUnlock()
	b.WriteString("# HELP " + f.name + " " + escape(f.help, false) + "\n# TYPE " + f.name + " " + f.kind + "\n")
	for _, key := range slices.Sorted(maps.Keys(all)) {
		s := all[key]
		if f.kind == "histogram" {
			s.writeHistogram(b, f)
			continue
		}
		line(b, f.name, s.labels, "", s.value())
	}
}

// writeHistogram writes how many values were at most each bound.
func (s *series) writeHistogram(b *bufio.Writer, f *family) {
	var sum float64
	for i := range s.counts {
		le := "+Inf"
		if i < len(f.bounds) {
			le = number(f.bounds[i])
		}
		sum += float64(s.counts[i].Load())
		line(b, f.name+"_bucket", s.labels, `le="`+le+`"`, sum)
	}
	line(b, f.name+"_sum", s.labels, "", s.value())
	line(b, f.name+"_count", s.labels, "", sum)
}

func line(b *bufio.Writer, name, labels, more string, value float64) {
	b.WriteString(name)
	if labels != "" && more != "" {
		labels += ","
	}
	if labels += more; labels != "" {
		b.WriteString("{" + labels + "}")
	}
	b.WriteString(" " + number(value) + "\n")
}

func number(v float64) string {
	switch {
	case math.IsInf(v, 1):
		return "+Inf"
	case math.IsInf(v, -1):
		return "-Inf"
	case v == math.Trunc(v) && math.Abs(v) < 1<<53:
		return strconv.FormatInt(int64(v), 10)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

func pairs(names, values []string) string {
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = name + `="` + escape(values[i], true) + `"`
	}
	return strings.Join(parts, ",")
}

// escape keeps a text on its line, and within its quotes if it has some.
func escape(s string, quoted bool) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, `\`, `\\`)
	s = strings.ReplaceAll(s, "\n", `\n`)
	if quoted {
		s = strings.ReplaceAll(s, `"`, `\"`)
	}
	return s
}
