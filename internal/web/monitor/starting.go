package monitor

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"ficstead/internal/web/guard"
)

// Gate answers until the site is there: the program listens before it is ready,
// so that people and machines are told to wait and not that nobody is there.
type Gate struct {
	monitor *Monitor
	phase   atomic.Pointer[phase]
	site    atomic.Pointer[http.Handler]
	waiting http.Handler
}

type phase struct {
	doing string
	since time.Time
}

// NewGate returns one that is closed.
func NewGate(m *Monitor) *Gate {
	g := &Gate{monitor: m}
	g.Doing("Ficstead is being started")
	g.waiting = guard.Headers(http.HandlerFunc(g.wait))
	return g
}

// Doing says what there is to wait for now, to operators.
func (g *Gate) Doing(what string) { g.phase.Store(&phase{what, time.Now()}) }

// Open lets the site answer from now on.
func (g *Gate) Open(site http.Handler) { g.site.Store(&site) }

// ServeHTTP implements http.Handler.
func (g *Gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if site := g.site.Load(); site != nil {
		(*site).ServeHTTP(w, r)
		return
	}
	g.waiting.ServeHTTP(w, r)
}

const waitPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="5">
<title>Getting ready</title>
</head>
<body>
<main>
<h1>Getting ready</h1>
<p>This library has just been started and is putting its index in order. That takes a moment, or some minutes if it is large. Nothing is lost. This page tries again by itself.</p>
</main>
</body>
</html>
`

// wait says that there is nothing yet, to each in their own way.
func (g *Gate) wait(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/healthz":
		_ = g.monitor.ShowHealth(w, r) // never fails
		return
	case r.URL.Path == "/metrics":
		_ = g.monitor.ShowMetrics(w, r) // who has left needs no answer
		return
	}
	w.Header().Set("Retry-After", "5")
	switch {
	case r.URL.Path == "/readyz":
		body := "not ready\n"
		if now := g.phase.Load(); g.monitor.Private(r) {
			body += fmt.Sprintf("starting: %s, since %d s\n", now.doing, int(time.Since(now.since).Seconds()))
		}
		_ = plain(w, http.StatusServiceUnavailable, body)
	case strings.HasPrefix(r.URL.Path, "/api/"):
		w.Header().Set("Content-Type", "application/problem+json")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write([]byte(`{"status":503,"title":"Service Unavailable","detail":"The library is getting ready; Retry-After says when to ask again."}` + "\n"))
	default:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write([]byte(waitPage))
	}
}
