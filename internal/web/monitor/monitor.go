package monitor

import (
	"context"
	"crypto/subtle"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"ficstead/internal/metrics"
)

const (
	patience = 5 * time.Second // for all checks together: who asks waits no longer
	fresh    = 2 * time.Second // checks write to the disk, and strangers may ask for them
)

// A Check finds out whether something is as it should be, and else says in one
// sentence what is wrong and what to do.
type Check struct {
	Name  string // one word
	Ask   func(context.Context) error
	Warns bool // pages can be answered all the same: told, but no reason to be taken out of service
}

// Monitor answers operators. Its fields are set once, before the first request.
type Monitor struct {
	Metrics *metrics.Registry
	Token   string // "Authorization: Bearer" with it makes a request private; "" is none
	Public  bool   // others reach this server, through a proxy perhaps

	mu      sync.Mutex
	checks  []Check
	asked   time.Time
	verdict Verdict
}

// Check has more checked from now on.
func (m *Monitor) Check(more ...Check) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.checks, m.asked = append(m.checks, more...), time.Time{}
}

// A Verdict is what the checks found.
type Verdict struct {
	Ready bool
	Lines []Line // one a check, in their order
}

// A Line is what one check found; a nil Err is good.
type Line struct {
	Check
	Err error
}

// Verdict asks all checks, unless they were asked a moment ago.
func (m *Monitor) Verdict(ctx context.Context) Verdict {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.asked.IsZero() && time.Since(m.asked) < fresh {
		return m.verdict
	}
	// One visitor asks for all, and may have left before the answer.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	v := Verdict{Ready: true}
	for _, c := range m.checks {
		err := c.Ask(ctx)
		v.Ready = v.Ready && (err == nil || c.Warns)
		v.Lines = append(v.Lines, Line{c, err})
	}
	m.asked, m.verdict = time.Now(), v
	return v
}

// ShowHealth says that the program runs, and nothing else.
func (m *Monitor) ShowHealth(w http.ResponseWriter, r *http.Request) error {
	return plain(w, http.StatusOK, "ok\n")
}

// ShowReadiness says whether pages are answered and changes kept, and to an
// operator each check.
func (m *Monitor) ShowReadiness(w http.ResponseWriter, r *http.Request) error {
	v := m.Verdict(r.Context())
	status, body := http.StatusOK, "ready\n"
	if !v.Ready {
		status, body = http.StatusServiceUnavailable, "not ready\n"
		w.Header().Set("Retry-After", "5")
	}
	if m.Private(r) {
		for _, line := range v.Lines {
			body += line.String() + "\n"
		}
	}
	return plain(w, status, body)
}

func (l Line) String() string {
	switch {
	case l.Err == nil:
		return "ok: " + l.Name
	case l.Warns:
		return fmt.Sprintf("warning: %s: %v", l.Name, l.Err)
	}
	return fmt.Sprintf("failed: %s: %v", l.Name, l.Err)
}

// ShowMetrics answers with all counts, to operators only.
func (m *Monitor) ShowMetrics(w http.ResponseWriter, r *http.Request) error {
	if !m.Private(r) || m.Metrics == nil {
		return plain(w, http.StatusNotFound, "not found\n")
	}
	for _, line := range m.Verdict(r.Context()).Lines {
		good := 0.0
		if line.Err == nil {
			good = 1
		}
		m.Metrics.Gauge("ficstead_check_ok", "1 for each check of /readyz that is satisfied.", "check").Set(good, line.Name)
	}
	w.Header().Set("Content-Type", metrics.ContentType)
	w.Header().Set("Cache-Control", "no-store")
	return m.Metrics.Write(w)
}

func plain(w http.ResponseWriter, status int, body string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body)) // who has left needs no answer
	return nil
}

// Private reports whether an operator asks: with the token, or from this machine
// while nobody else reaches the server. Behind a proxy everybody comes from this
// machine, so that then only the token counts, or a listener of its own.
func (m *Monitor) Private(r *http.Request) bool {
	if r.Context().Value(privateKey{}) != nil {
		return true
	}
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok && m.Token != "" {
		return subtle.ConstantTimeCompare([]byte(token), []byte(m.Token)) == 1
	}
	if m.Public || forwarded(r.Header) {
		return false
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && from.Addr().Unmap().IsLoopback() && loopbackHost(r.Host)
}

// forwarded recognises what proxies say of themselves.
func forwarded(h http.Header) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"} {
		if len(h[name]) > 0 {
			return true
		}
	}
	return false
}

func loopbackHost(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	address, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && address.IsLoopback()
}

type privateKey struct{}

// Handler is for a listener that only operators reach.
func (m *Monitor) Handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, show := range map[string]func(http.ResponseWriter, *http.Request) error{
		"GET /healthz": m.ShowHealth, "GET /readyz": m.ShowReadiness, "GET /metrics": m.ShowMetrics,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			_ = show(w, r.WithContext(context.WithValue(r.Context(), privateKey{}, true))) // who has left needs no answer
		})
	}
	return mux
}
