package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/jobs"
	"ficstead/internal/samples"
	"ficstead/internal/store"
	"ficstead/internal/store/textindex"
	"ficstead/internal/web"
	"ficstead/internal/web/api"
	"ficstead/internal/web/page"
)

type serveCommand struct {
	Listen    string `help:"Address and port to listen on; port 0 takes a free one." default:"127.0.0.1:8080" env:"FICSTEAD_LISTEN"`
	PublicURL string `name:"public-url" help:"Where the world reaches this server, such as https://fic.example." placeholder:"URL" env:"FICSTEAD_PUBLIC_URL"`
	Samples   bool   `help:"Bring in the sample works."`
	Dev       bool   `help:"For development: the gallery of all pages at /-/gallery."`
}

const (
	followEvery  = time.Second      // how soon works that another process brought in are found
	drainTimeout = 20 * time.Second // for requests that are under way when the server is told to stop
)

// Run serves until it is told to stop, then finishes what is under way.
func (c serveCommand) Run(r *run) error {
	if err := c.guard(); err != nil {
		return err
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(r.err, nil)))
	s, err := r.open(r.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if c.Samples {
		if err := samples.Load(r.ctx, s, archive.Viewer{Person: archive.Owner}); err != nil {
			return err
		}
	}
	o := find.Options{Snapshot: r.keptIndex(), Follows: true, Tell: func(err error) { slog.Warn("the index", "error", err) }}
	texts, err := r.openTexts(s)
	if err != nil {
		slog.Warn("nobody can look inside the text", "error", err)
	} else {
		defer texts.Close()
		o.Inside = texts
	}
	finder, err := find.Open(r.ctx, s, o)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("%w; is Ficstead running already? --listen takes another port", err)
	}
	fmt.Fprintf(r.out, "Ficstead is ready at http://%s/\n", listener.Addr())
	if r.database == "" {
		fmt.Fprintf(r.out, "Everything is kept in %s\n", r.data)
	}
	return c.serve(r.ctx, listener, s, finder, texts)
}

// guard refuses to listen beyond this machine: without accounts whoever
// reaches the server is its owner.
func (c serveCommand) guard() error {
	if c.PublicURL != "" {
		if u, err := url.Parse(c.PublicURL); err != nil || u.Host == "" {
			return fmt.Errorf("--public-url %q is no address; give it as https://fic.example", c.PublicURL)
		}
		return errors.New("--public-url needs an owner account, and this version has no accounts yet: it serves the person at this machine only")
	}
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return fmt.Errorf("--listen %q: give an address and a port, such as 127.0.0.1:8080", c.Listen)
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("--listen %s reaches beyond this machine, which needs an owner account, and this version has no accounts yet; use 127.0.0.1 and a tunnel, such as ssh -L", c.Listen)
}

// serve answers requests and does the work behind them until ctx ends.
func (c serveCommand) serve(ctx context.Context, listener net.Listener, s *store.Store, finder *find.Finder, texts *textindex.Index) error {
	var background sync.WaitGroup
	defer background.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	worker := jobs.New(s)
	background.Go(func() { finder.Follow(ctx, followEvery) })
	if texts != nil {
		background.Go(func() {
			texts.Follow(ctx, followEvery, func(err error) { slog.Warn("the text index is behind", "error", err) })
		})
	}
	background.Go(func() { worker.Run(ctx) })
	background.Go(func() { jobs.Sample(ctx, s) })

	site := &web.Site{Room: page.Room{Store: s, Finder: finder}, Importer: worker, PublicURL: c.PublicURL, Development: c.Dev}
	site.API = api.New(site)
	server := &http.Server{
		Handler:           site.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       10 * time.Minute, // a large upload on a slow line
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	served := make(chan error, 1)
	background.Go(func() { served <- server.Serve(listener) })
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.Background(), drainTimeout)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		slog.Warn("requests were cut off", "after", drainTimeout)
		return server.Close()
	}
	return nil
}
