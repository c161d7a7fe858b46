package overload

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"ficstead/internal/base/errs"
)

// A Gate lets only so many in at a time.
type Gate struct {
	name     string
	inside   chan struct{} // a place for each that is in
	waiting  chan struct{} // a place for each that waits
	patience time.Duration
}

// NewGate makes a gate for as many inside and waiting, none of them for longer
// than patience.
func NewGate(name string, inside, waiting int, patience time.Duration) *Gate {
	return &Gate{name, make(chan struct{}, inside), make(chan struct{}, waiting), patience}
}

// Enter waits for a place; leave gives it back, and may be called more than once.
// Where too many wait, or for too long, the error is errs.Busy.
func (g *Gate) Enter(ctx context.Context) (leave func(), err error) {
	select {
	case g.inside <- struct{}{}:
		return g.leave(), nil
	default:
	}
	select {
	case g.waiting <- struct{}{}:
		defer func() { <-g.waiting }()
	default:
		return nil, fmt.Errorf("%d wait at the gate of %s: %w", cap(g.waiting), g.name, errs.Busy)
	}
	late := time.NewTimer(g.patience)
	defer late.Stop()
	select {
	case g.inside <- struct{}{}:
		return g.leave(), nil
	case <-late.C:
		return nil, fmt.Errorf("no place at the gate of %s within %v: %w", g.name, g.patience, errs.Busy)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (g *Gate) leave() func() {
	var left atomic.Bool
	return func() {
		if !left.Swap(true) {
			<-g.inside
		}
	}
}

// Inside is how many are in.
func (g *Gate) Inside() int { return len(g.inside) }

// A leaver gives its place at a gate back when the answer is made: who takes it
// slowly keeps nobody waiting.
type leaver struct {
	http.ResponseWriter
	leave func()
}

// Leaving calls leave as soon as the answer begins.
func Leaving(w http.ResponseWriter, leave func()) http.ResponseWriter { return leaver{w, leave} }

func (l leaver) WriteHeader(status int) {
	if status >= http.StatusOK {
		l.leave()
	}
	l.ResponseWriter.WriteHeader(status)
}

func (l leaver) Write(p []byte) (int, error) {
	l.leave()
	return l.ResponseWriter.Write(p)
}

func (l leaver) Unwrap() http.ResponseWriter { return l.ResponseWriter }
