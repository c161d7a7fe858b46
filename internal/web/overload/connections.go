package overload

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Connections are those that are open. When there are as many as there may be,
// some that ask for nothing are closed: of the addresses with the most of them,
// those that have asked for nothing the longest. So a client that opens thousands
// and sends nothing, or one byte now and then, takes only its own.
//
// Attach puts them before a server.
type Connections struct {
	Most   int    // open at once
	Header string // of answers that the server makes by itself, such as 400: lines that end in CRLF

	mu   sync.Mutex
	open map[*connection]struct{}
}

// A connection counts the requests that are being answered on it.
type connection struct {
	net.Conn
	all     *Connections
	address netip.Addr
	busy    atomic.Int32
	quiet   atomic.Int64 // nanoseconds since 1970 from which it has asked for nothing
	closed  sync.Once
}

type listener struct {
	net.Listener
	all *Connections
}

// Attach returns what server is to serve instead of l, and tells the connections
// what it does with them. Its handler must be set already.
func (c *Connections) Attach(server *http.Server, l net.Listener) net.Listener {
	server.ConnState, server.ConnContext = c.state, c.context
	server.Handler = answering(server.Handler)
	server.DisableGeneralOptionsHandler = true // it would answer without our headers
	return listener{l, c}
}

func (l listener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return l.all.add(conn), nil
}

func (c *Connections) add(conn net.Conn) *connection {
	made := &connection{Conn: conn, all: c}
	if from, err := netip.ParseAddrPort(conn.RemoteAddr().String()); err == nil {
		made.address = from.Addr().Unmap()
	}
	made.rest()
	c.mu.Lock()
	var closed []*connection
	if len(c.open) >= c.Most {
		closed = c.quietest()
	}
	if c.open == nil {
		c.open = map[*connection]struct{}{}
	}
	for _, one := range closed {
		delete(c.open, one)
	}
	c.open[made] = struct{}{}
	c.mu.Unlock()
	for _, one := range closed {
		one.Close()
	}
	return made
}

// batch is which part of all connections is closed at once, so that a flood does
// not make us look for each.
const batch = 16

// quietest are the connections to be closed. The caller holds mu.
func (c *Connections) quietest() []*connection {
	var idle []*connection
	of := map[netip.Addr]int{}
	for one := range c.open {
		if one.busy.Load() == 0 {
			idle = append(idle, one)
			of[one.address]++
		}
	}
	slices.SortFunc(idle, func(a, b *connection) int {
		return cmp.Or(cmp.Compare(of[b.address], of[a.address]), cmp.Compare(a.quiet.Load(), b.quiet.Load()))
	})
	return idle[:min(len(idle), max(1, c.Most/batch))]
}

// Open is how many connections are open.
func (c *Connections) Open() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.open)
}

func (c *connection) rest() { c.quiet.Store(time.Now().UnixNano()) }

func (c *connection) Close() error {
	c.closed.Do(func() {
		c.all.mu.Lock()
		delete(c.all.open, c)
		c.all.mu.Unlock()
	})
	return c.Conn.Close()
}

// CloseWrite is what a server does before it closes.
func (c *connection) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// Write adds Header to what the server answers by itself, while no handler does.
func (c *connection) Write(p []byte) (int, error) {
	line := bytes.Index(p, []byte("\r\n")) + 2
	if c.busy.Load() > 0 || line < 2 || !bytes.HasPrefix(p, []byte("HTTP/1.")) {
		return c.Conn.Write(p)
	}
	if _, err := c.Conn.Write(slices.Concat(p[:line], []byte(c.all.Header), p[line:])); err != nil {
		return 0, err
	}
	return len(p), nil
}

// state is the ConnState of the server.
func (c *Connections) state(conn net.Conn, state http.ConnState) {
	if own := unwrap(conn); own != nil && state == http.StateIdle {
		own.busy.Store(0)
		own.rest()
		_ = conn.SetWriteDeadline(time.Time{}) // that of the last answer
	}
}

type connectionKey struct{}

// context is the ConnContext of the server.
func (c *Connections) context(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey{}, unwrap(conn))
}

func unwrap(conn net.Conn) *connection {
	if secret, ok := conn.(*tls.Conn); ok {
		conn = secret.NetConn()
	}
	own, _ := conn.(*connection)
	return own
}

// answering tells the connection that a request of its own is being answered.
// The connection is busy until the server has sent all of it.
func answering(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		own, _ := r.Context().Value(connectionKey{}).(*connection)
		if own != nil {
			own.busy.Add(1)
			if r.ProtoMajor > 1 { // its streams end one by one
				defer func() { own.rest(); own.busy.Add(-1) }()
			}
		}
		h.ServeHTTP(w, r)
	})
}
