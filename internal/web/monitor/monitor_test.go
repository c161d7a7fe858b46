package monitor

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ficstead/internal/metrics"
)

// ask sends a request to h as somebody from an address.
func ask(t *testing.T, h http.Handler, path, from, host string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest("GET", path, nil)
	r.RemoteAddr, r.Host = from, host
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const (
	here   = "127.0.0.1:5000"
	there  = "192.0.2.7:5000"
	local  = "localhost:8080"
	public = "fic.example"
)

func TestPrivate(t *testing.T) {
	const token = "a-long-token"
	for name, c := range map[string]struct {
		public     bool
		from, host string
		header     []string
		want       bool
	}{
		"this machine":                        {false, here, local, nil, true},
		"this machine, IPv6":                  {false, "[::1]:5000", "[::1]:8080", nil, true},
		"this machine as an IPv4 within IPv6": {false, "[::ffff:127.0.0.1]:5000", "127.0.0.1", nil, true},
		"another machine":                     {false, there, local, nil, false},
		"another name":                        {false, here, public, nil, false},
		"a name that looks like this machine": {false, here, "localhost.evil.example", nil, false},
		"through a proxy":                     {false, here, local, []string{"X-Forwarded-For", "192.0.2.7"}, false},
		"through another proxy":               {false, here, local, []string{"Via", "1.1 proxy"}, false},
		"this machine, of a public server":    {true, here, local, nil, false},
		"the token":                           {true, there, public, []string{"Authorization", "Bearer " + token}, true},
		"a wrong token":                       {false, here, local, []string{"Authorization", "Bearer nearly"}, false},
		"an empty token":                      {true, there, public, []string{"Authorization", "Bearer "}, false},
		"no address":                          {false, "", local, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest("GET", "/metrics", nil)
			r.RemoteAddr, r.Host = c.from, c.host
			for i := 0; i+1 < len(c.header); i += 2 {
				r.Header.Set(c.header[i], c.header[i+1])
			}
			if got := (&Monitor{Public: c.public, Token: token}).Private(r); got != c.want {
				t.Errorf("private: %v", got)
			}
		})
	}
	r := httptest.NewRequest("GET", "/metrics", nil)
	r.Header.Set("Authorization", "Bearer ")
	if (&Monitor{Public: true}).Private(r) {
		t.Error("an empty token is one where none is set")
	}
}

func TestReadiness(t *testing.T) {
	var broken, worn error
	m := &Monitor{}
	m.Check(
		Check{Name: "database", Ask: func(context.Context) error { return broken }},
		Check{Name: "backup", Ask: func(context.Context) error { return worn }, Warns: true},
	)
	show := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _ = m.ShowReadiness(w, r) })
	for _, c := range []struct {
		broken, worn   error
		status         int
		private, other string
	}{
		{nil, nil, 200, "ready\nok: database\nok: backup\n", "ready\n"},
		{nil, errors.New("old"), 200, "ready\nok: database\nwarning: backup: old\n", "ready\n"},
		{errors.New("gone"), nil, 503, "not ready\nfailed: database: gone\nok: backup\n", "not ready\n"},
	} {
		broken, worn = c.broken, c.worn
		m.Check() // what was found a moment ago is forgotten
		for from, want := range map[string]string{here: c.private, there: c.other} {
			r := ask(t, show, "/readyz", from, local)
			if got := body(t, r); r.StatusCode != c.status || got != want {
				t.Errorf("%v, %v from %s: %d %q, want %d %q", c.broken, c.worn, from, r.StatusCode, got, c.status, want)
			}
		}
	}
}

// Strangers may ask as often as they like: the checks run once in a while.
func TestChecksAreNotForStrangersToRun(t *testing.T) {
	ran := 0
	m := &Monitor{}
	m.Check(Check{Name: "disk", Ask: func(context.Context) error { ran++; return nil }})
	for range 100 {
		m.Verdict(t.Context())
	}
	if ran != 1 {
		t.Errorf("the check ran %d times", ran)
	}
}

// Who asked may have left; the answer is for all, and must not be that.
func TestVerdictOutlivesWhoAsked(t *testing.T) {
	m := &Monitor{}
	m.Check(Check{Name: "database", Ask: func(ctx context.Context) error { return ctx.Err() }})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if v := m.Verdict(ctx); !v.Ready {
		t.Errorf("not ready: %v", v.Lines)
	}
}

func TestMetricsAreForOperators(t *testing.T) {
	m := &Monitor{Metrics: metrics.New(), Public: true}
	m.Metrics.Counter("ficstead_things_total", "").Inc()
	m.Check(Check{Name: "backup", Ask: func(context.Context) error { return errors.New("old") }, Warns: true})
	site := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _ = m.ShowMetrics(w, r) })
	if r := ask(t, site, "/metrics", here, local); r.StatusCode != 404 || strings.Contains(body(t, r), "things") {
		t.Error("anybody may see the counts")
	}
	r := ask(t, m.Handler(), "/metrics", there, "10.0.0.1:9090")
	got := body(t, r)
	for _, want := range []string{"ficstead_things_total 1\n", `ficstead_check_ok{check="backup"} 0`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
}

func TestGate(t *testing.T) {
	g := NewGate(&Monitor{Metrics: metrics.New()})
	g.Doing("the index is being built")
	for path, want := range map[string]struct {
		status int
		text   string
	}{
		"/healthz":      {200, "ok"},
		"/readyz":       {503, "starting: the index is being built, since 0 s"},
		"/works":        {503, "<h1>Getting ready</h1>"},
		"/api/v1/works": {503, `"status":503`},
		"/metrics":      {200, ""},
	} {
		r := ask(t, g, path, here, local)
		if got := body(t, r); r.StatusCode != want.status || !strings.Contains(got, want.text) {
			t.Errorf("%s: %d %q", path, r.StatusCode, got)
		}
		if want.status == 503 && r.Header.Get("Retry-After") == "" || r.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: headers %v", path, r.Header)
		}
	}
	if got := body(t, ask(t, g, "/readyz", there, local)); got != "not ready\n" {
		t.Errorf("a stranger is told %q", got)
	}
	g.Open(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	if r := ask(t, g, "/works", here, local); r.StatusCode != http.StatusTeapot {
		t.Errorf("the open gate answers %d", r.StatusCode)
	}
}

// What is counted and logged of a request is its route, never its address, who
// sent it or what they asked.
func TestObserve(t *testing.T) {
	var logged strings.Builder
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer slog.SetDefault(old)

	r, mux := metrics.New(), http.NewServeMux()
	var reference string
	mux.Handle("GET /works/{work}", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		Note(r.Context(), "GET /works/{work}", "pages")
		if r.PathValue("work") == "broken" {
			reference = Reference(r.Context())
			w.WriteHeader(http.StatusInternalServerError)
		}
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
	}))
	h := Observe(r, mux)
	if got := ask(t, h, "/works/secret-title?q=secret-query", "192.0.2.7:1", local); got.Header.Get("X-Request-Id") != "" {
		t.Error("a good answer bears a reference")
	}
	bad := ask(t, h, "/works/broken", "192.0.2.7:1", local)
	if got := bad.Header.Get("X-Request-Id"); len(got) != 12 || got != reference {
		t.Errorf("reference %q, and the handler was told %q", got, reference)
	}
	ask(t, h, "/nowhere", "192.0.2.7:1", local)
	var b strings.Builder
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`ficstead_http_requests_total{class="pages",status="200"} 1`, `ficstead_http_requests_total{class="pages",status="500"} 1`,
		`ficstead_http_requests_total{class="other",status="404"} 1`, `ficstead_http_request_seconds_count{class="pages"} 2`, "in_flight 0",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s", want)
		}
	}
	for _, text := range []string{logged.String(), b.String()} {
		for _, secret := range []string{"secret", "192.0.2.7", "nowhere"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s in\n%s", secret, text)
			}
		}
	}
	if !strings.Contains(logged.String(), "GET /works/{work}") {
		t.Errorf("logged %q", logged.String())
	}
}
