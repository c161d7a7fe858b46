package metrics

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"strings"
	"sync"
	"testing"
)

func written(t testing.TB, r *Registry) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWrite(t *testing.T) {
	r := New()
	requests := r.Counter("requests_total", "Answers.", "class", "status")
	requests.Inc("page", "200")
	requests.Add(2, "page", "200")
	requests.Inc("api", "404")
	requests.Add(-1, "api", "404") // counters do not shrink
	r.Gauge("works", "Works that are kept.").Set(7)
	r.Counter("nothing_total", "What has not\nhappened \\ yet.")
	took := r.Histogram("took_seconds", "How long.", []float64{0.1, 1}, "class")
	for _, v := range []float64{0.1, 0.5, 2, math.NaN()} {
		took.Observe(v, "page")
	}
	r.Watch(func(s *Sample) { s.Gauge("age_seconds", "Of it.", 1.5, "of", "a\"b\\c\nd\xff") })

	want := `# HELP age_seconds Of it.
# TYPE age_seconds gauge
age_seconds{of="a\"b\\c\nd�"} 1.5
# HELP nothing_total What has not\nhappened \\ yet.
# TYPE nothing_total counter
nothing_total 0
# HELP requests_total Answers.
# TYPE requests_total counter
requests_total{class="api",status="404"} 1
requests_total{class="page",status="200"} 3
# HELP took_seconds How long.
# TYPE took_seconds histogram
took_seconds_bucket{class="page",le="0.1"} 1
took_seconds_bucket{class="page",le="1"} 2
took_seconds_bucket{class="page",le="+Inf"} 3
took_seconds_sum{class="page"} 2.6
took_seconds_count{class="page"} 3
# HELP works Works that are kept.
# TYPE works gauge
works 7
`
	if got := written(t, r); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := written(t, r); got != want {
		t.Errorf("a second reader got\n%s", got)
	}
}

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 1e15: "1000000000000000", 1e300: "1e+300", 0.25: "0.25", -3: "-3", math.Inf(1): "+Inf", math.Inf(-1): "-Inf"} {
		if got := number(v); got != want {
			t.Errorf("number(%v) = %q, want %q", v, got, want)
		}
	}
}

// However many values strangers bring, the series are bounded and none is lost.
func TestSeriesAreBounded(t *testing.T) {
	r := New()
	c := r.Counter("asked_total", "", "word")
	for i := range 10 * maxSeries {
		c.Inc(fmt.Sprint("w", i))
	}
	lines := strings.Split(strings.TrimSpace(written(t, r)), "\n")[2:]
	if len(lines) != maxSeries+1 {
		t.Errorf("%d series, want %d", len(lines), maxSeries+1)
	}
	if want := fmt.Sprintf("asked_total{word=%q} %d", other, 9*maxSeries); !strings.Contains(written(t, r), want) {
		t.Errorf("no %s", want)
	}
}

func TestNilCountsNothing(t *testing.T) {
	var r *Registry
	r.Counter("a_total", "").Inc()
	r.Gauge("a", "").Set(1)
	r.Gauge("a", "").Add(1)
	r.Histogram("h", "", nil).Observe(1)
	r.Watch(nil)
}

func TestMistakesAreTold(t *testing.T) {
	for name, mistake := range map[string]func(*Registry){
		"another kind":      func(r *Registry) { r.Counter("a_total", ""); r.Gauge("a_total", "") },
		"other labels":      func(r *Registry) { r.Counter("a_total", "", "x").Inc() },
		"a name with space": func(r *Registry) { r.Counter("a b", "") },
		"bounds that fall":  func(r *Registry) { r.Histogram("h", "", []float64{2, 1}) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("nothing was said")
				}
			}()
			mistake(New())
		})
	}
}

func TestManyAtOnce(t *testing.T) {
	r := New()
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for range 1000 {
				r.Counter("n_total", "", "who").Inc(fmt.Sprint(i % 2))
				r.Histogram("h", "", Latencies()).Observe(0.01)
				r.Gauge("g", "").Add(1)
			}
			_ = written(t, r)
		})
	}
	wait.Wait()
	got := written(t, r)
	for _, want := range []string{`n_total{who="0"} 4000`, `n_total{who="1"} 4000`, "h_count 8000", "\ng 8000"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

// Whatever the labels hold, each line stays one that Prometheus reads.
func FuzzLine(f *testing.F) {
	for _, seed := range []string{"page", "a\"b", "\\", "\n", "\xff\xfe", `\n`, "}"} {
		f.Add(seed)
	}
	sound := regexp.MustCompile(`^n_total\{word="(?:[^"\\\n]|\\["\\n])*"\} 1$`)
	f.Fuzz(func(t *testing.T, value string) {
		r := New()
		r.Counter("n_total", "", "word").Inc(value)
		last := strings.Split(strings.TrimSuffix(written(t, r), "\n"), "\n")[2]
		if !sound.MatchString(last) {
			t.Errorf("%q is written as %q", value, last)
		}
	})
}

func BenchmarkInc(b *testing.B) {
	c := New().Counter("n_total", "", "class", "status")
	b.ReportAllocs()
	for b.Loop() {
		c.Inc("page", "200")
	}
}
