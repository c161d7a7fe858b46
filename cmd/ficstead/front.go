package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"

	"ficstead/internal/web/monitor"
)

// A front is all that listens, and the gate behind it.
type front struct {
	gate    *monitor.Gate
	domain  string // that answers by TLS, "" for none
	servers []listening
	server  *http.Server // of the site
}

type listening struct {
	*http.Server
	net.Listener
}

// openFront takes the addresses, so that it is known at once if one is taken.
func (c serveCommand) openFront(r *run, m *monitor.Monitor) (*front, error) {
	f := &front{gate: monitor.NewGate(m), domain: c.Domain}
	f.server = newServer(f.gate)
	connections := c.connections(m.Metrics)
	add := func(flag, address string, server *http.Server) error {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			f.close()
			return fmt.Errorf("%w; is Ficstead running already? %s takes another address", err, flag)
		}
		slog.Info("listening", "address", listener.Addr().String(), "flag", flag)
		f.servers = append(f.servers, listening{server, connections.Attach(server, listener)})
		return nil
	}
	if c.Domain != "" && c.Listen == loopback {
		c.Listen = ":443"
	}
	if err := add("--listen", c.Listen, f.server); err != nil {
		return nil, err
	}
	if c.Domain != "" {
		plain := c.secure(f.server, r.data)
		if err := add("--listen-http", c.ListenHTTP, newServer(plain)); err != nil {
			return nil, err
		}
	}
	if c.MetricsListen != "" {
		if err := add("--metrics-listen", c.MetricsListen, newServer(m.Handler())); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// address is where people reach the site.
func (f *front) address() string {
	if f.domain != "" {
		return "https://" + f.domain + "/"
	}
	return "http://" + f.servers[0].Listener.Addr().String() + "/"
}

// serve answers on all addresses; the channel tells why one of them ended.
func (f *front) serve() <-chan error {
	ended := make(chan error, len(f.servers))
	for _, l := range f.servers {
		go func() {
			if l.TLSConfig != nil {
				ended <- l.ServeTLS(l.Listener, "", "")
				return
			}
			ended <- l.Serve(l.Listener)
		}()
	}
	return ended
}

// drain takes no more requests and lets those that are under way end.
func (f *front) drain() {
	ctx, cancel := context.WithTimeout(context.Background(), drainTimeout)
	defer cancel()
	for _, l := range f.servers {
		if err := l.Shutdown(ctx); err != nil && !errors.Is(err, http.ErrServerClosed) {
			slog.Warn("requests were cut off", "after", drainTimeout)
			f.close()
			return
		}
	}
}

func (f *front) close() {
	for _, l := range f.servers {
		_ = l.Server.Close() // nothing is to be lost by it
		_ = l.Listener.Close()
	}
}
