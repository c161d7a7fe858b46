package overload

import (
	"errors"
	"io"
	"net"
	"net/http"
	"time"
)

const (
	// stall is how long a client may take nothing of its answer, or send nothing
	// of its request, before it is left: longer than a train takes through a tunnel
	// is not worth a connection.
	stall = 30 * time.Second

	// piece is how much of an answer a client must take within stall. 2 KB a second
	// is less than the slowest telephone.
	piece = 64 << 10

	// grace is how long a body may take before its pace counts, and least that pace
	// in bytes a second.
	grace = time.Minute
	least = 1 << 10
)

// ErrSlow is what reading the body of a request says that arrives too slowly.
var ErrSlow = errors.New("the request arrives too slowly")

// Steady lets requests and answers take as long as they need while they move on,
// and ends them when they do not. It belongs around all other handlers, and the
// server's own ReadTimeout and WriteTimeout stay zero: they would cut off long
// uploads and downloads that are well.
func Steady(h http.Handler) http.Handler { return steady(h, stall, grace, time.Now) }

func steady(h http.Handler, stall, grace time.Duration, now func() time.Time) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := &steadyWriter{ResponseWriter: w, control: http.NewResponseController(w), stall: stall, now: now}
		if r.Body != nil && r.Body != http.NoBody {
			body := &steadyBody{ReadCloser: r.Body, control: s.control, stall: stall, grace: grace, now: now, start: now()}
			body.move()
			r.Body = body
		}
		s.move()
		defer s.move() // what the server still holds is sent after this
		h.ServeHTTP(s, r)
	})
}

type steadyWriter struct {
	http.ResponseWriter
	control *http.ResponseController
	stall   time.Duration
	now     func() time.Time
}

// move gives the client time for the next piece. Where nothing listens on a
// connection, as in tests, there are no deadlines.
func (s *steadyWriter) move() { _ = s.control.SetWriteDeadline(s.now().Add(s.stall)) }

func (s *steadyWriter) Write(p []byte) (n int, err error) {
	for {
		s.move()
		end := min(len(p), piece)
		m, err := s.ResponseWriter.Write(p[:end])
		if n += m; err != nil || end == len(p) {
			return n, err
		}
		p = p[end:]
	}
}

func (s *steadyWriter) FlushError() error {
	s.move()
	return s.control.Flush()
}

func (s *steadyWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// A steadyBody is a request's body that must arrive at a pace.
type steadyBody struct {
	io.ReadCloser
	control      *http.ResponseController
	stall, grace time.Duration
	now          func() time.Time
	start        time.Time
	bytes        int64
}

func (b *steadyBody) move() { _ = b.control.SetReadDeadline(b.now().Add(b.stall)) }

func (b *steadyBody) Read(p []byte) (int, error) {
	b.move()
	n, err := b.ReadCloser.Read(p)
	b.bytes += int64(n)
	took := b.now().Sub(b.start)
	switch {
	case errors.Is(err, io.EOF):
		_ = b.control.SetReadDeadline(time.Time{}) // it is ours to take time now
	case isTimeout(err), err == nil && took > b.grace && b.bytes < int64(took.Seconds())*least:
		return n, ErrSlow
	}
	return n, err
}

func isTimeout(err error) bool {
	late, ok := errors.AsType[net.Error](err)
	return ok && late.Timeout()
}
