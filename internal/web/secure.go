package web

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"

	"ficstead/internal/web/guard"
	"ficstead/internal/web/monitor"
)

// protect wraps every answer of the site, of the API and of the errors in
// between. The order matters: even a refusal bears the headers.
func (s *Site) protect(h http.Handler) http.Handler {
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(s.refuseOrigin))
	h = guard.Origins(s.PublicURL, s.Proxies, guard.Hosts(s.PublicURL, s.refuseHost, origin.Handler(h)))
	return monitor.Observe(s.Monitor.Metrics, guard.Headers(s.recovering(h)))
}

// recovering turns a panic into a log entry and an error page.
func (s *Site) recovering(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch p := recover(); p {
			case nil:
			case http.ErrAbortHandler:
				panic(p)
			default:
				slog.ErrorContext(r.Context(), "request panicked", "method", r.Method, "route", monitor.RouteOf(r.Context()), "panic", p, "stack", string(debug.Stack()))
				s.ShowError(w, r, http.StatusInternalServerError, nil)
			}
		}()
		h.ServeHTTP(w, r)
	})
}

func (s *Site) refuseHost(w http.ResponseWriter, r *http.Request) {
	s.refuse(w, r, http.StatusMisdirectedRequest, told{
		Heading: "This is not the address of this library",
		Message: "It answers at localhost, and at its public address if it has one. If you reach it by another name on purpose, start it with --public-url and that address.",
	})
}

func (s *Site) refuseOrigin(w http.ResponseWriter, r *http.Request) {
	s.refuse(w, r, http.StatusForbidden, told{
		Heading: "That came from another site",
		Message: "A page elsewhere tried to change something here. Nothing was changed. If it was you, open this library first and do it from its own pages.",
	})
}

func isAPI(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }

// refuse shows an error page, or tells the same to a program.
func (s *Site) refuse(w http.ResponseWriter, r *http.Request, status int, t told) {
	if !isAPI(r) {
		s.ShowError(w, r, status, t)
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"status": status, "title": t.Heading, "detail": t.Message}) // who has left needs no answer
}
