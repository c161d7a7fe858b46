package monitor

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"

	"ficstead/internal/metrics"
)

// visit is what is known of a request that is being answered.
type visit struct {
	once  sync.Once
	id    string
	route string // its pattern: addresses may hold what people typed
	class string
}

type visitKey struct{}

func visitOf(ctx context.Context) *visit {
	v, _ := ctx.Value(visitKey{}).(*visit)
	return v
}

// Reference names the request of ctx in the log, and to the person who sent it
// if it fails; "" outside of requests. It tells nothing else.
func Reference(ctx context.Context) string {
	v := visitOf(ctx)
	if v == nil {
		return ""
	}
	v.once.Do(func() { v.id = rand.Text()[:12] })
	return v.id
}

// Note says which route answers the request of ctx, and what class that is of.
func Note(ctx context.Context, route, class string) {
	if v := visitOf(ctx); v != nil {
		v.route, v.class = route, class
	}
}

// Observe stands around the whole site: it counts answers and how long they
// take, and gives each that fails a reference. What it logs, for debugging,
// names the route and not the address, and nobody.
func Observe(r *metrics.Registry, h http.Handler) http.Handler {
	requests := r.Counter("ficstead_http_requests_total", "Answers by class of route and status; other is what no route was found for, or was turned away before.", "class", "status")
	took := r.Histogram("ficstead_http_request_seconds", "How long answers took, to the last byte that was written.", metrics.Latencies(), "class")
	inside := r.Gauge("ficstead_http_requests_in_flight", "Requests that are being answered.")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{class: "other"}
		r = r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
		begun, answer := time.Now(), &answer{ResponseWriter: w, ctx: r.Context()}
		inside.Add(1)
		defer func() {
			inside.Add(-1)
			if answer.status == 0 {
				answer.status = http.StatusOK // nothing was written
			}
			requests.Inc(v.class, strconv.Itoa(answer.status))
			took.Took(begun, v.class)
			slog.DebugContext(r.Context(), "answered", "route", v.route, "status", answer.status, "took", time.Since(begun))
		}()
		h.ServeHTTP(answer, r)
	})
}

// RouteOf is the pattern of the route that answers, for the log; "" for none.
func RouteOf(ctx context.Context) string {
	if v := visitOf(ctx); v != nil {
		return v.route
	}
	return ""
}

// answer notes the status, and puts the reference on answers that say that
// something broke.
type answer struct {
	http.ResponseWriter
	ctx    context.Context // of the request it answers
	status int
}

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= 200 {
		a.status = status
		if status >= http.StatusInternalServerError {
			a.Header().Set("X-Request-Id", Reference(a.ctx))
		}
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
