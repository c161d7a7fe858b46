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
	"ficstead/internal/base/bounds"
	"ficstead/internal/find"
	"ficstead/internal/jobs"
	"ficstead/internal/metrics"
	"ficstead/internal/samples"
	"ficstead/internal/store"
	"ficstead/internal/store/textindex"
	"ficstead/internal/web"
	"ficstead/internal/web/api"
	"ficstead/internal/web/guard"
	"ficstead/internal/web/monitor"
	"ficstead/internal/web/overload"
	"ficstead/internal/web/page"
)

type serveCommand struct {
	Listen    string `help:"Address and port to listen on; port 0 takes a free one." default:"${loopback}" env:"FICSTEAD_LISTEN"`
	PublicURL string `name:"public-url" help:"Where the world reaches this server, such as https://fic.example." placeholder:"URL" env:"FICSTEAD_PUBLIC_URL"`
	Samples   bool   `help:"Bring in the sample works."`
	Dev       bool   `help:"For development: the gallery of all pages at /-/gallery."`

	domainFlags
	backupFlags
	operatorFlags
	crowdFlags
	scrubFlags
}

// operatorFlags are about what an operator sees.
type operatorFlags struct {
	LogFormat     string `help:"How the log is written: text or json." enum:"text,json" default:"text" env:"FICSTEAD_LOG_FORMAT"`
	LogLevel      string `help:"From what level on: debug, info, warn or error." enum:"debug,info,warn,error" default:"info" env:"FICSTEAD_LOG_LEVEL"`
	MetricsListen string `help:"Answer /metrics, /readyz and /healthz here too, to whoever can reach it." placeholder:"ADDRESS" env:"FICSTEAD_METRICS_LISTEN"`
	MetricsToken  string `help:"Who sends this as a bearer token may read /metrics; better given in the environment." placeholder:"TOKEN" env:"FICSTEAD_METRICS_TOKEN"`
}

const (
	loopback     = "127.0.0.1:8080" // where the server listens unless it is told to
	followEvery  = time.Second      // how soon works that another process brought in are found
	drainTimeout = 20 * time.Second // for requests that are under way when the server is told to stop
)

// Run serves until it is told to stop, then finishes what is under way. It
// listens before anything else: what takes long is waited for in the open.
func (c serveCommand) Run(r *run) error {
	if err := c.guard(); err != nil {
		return err
	}
	if err := c.crowdFlags.check(); err != nil {
		return err
	}
	slog.SetDefault(newLog(r.err, c.LogFormat, c.LogLevel))
	m := &monitor.Monitor{Metrics: metrics.New(), Token: c.MetricsToken, Public: c.public() != "" || len(c.TrustedProxy) > 0}
	f, err := c.openFront(r, m)
	if err != nil {
		return err
	}
	ended := f.serve()
	defer f.close()
	a, err := c.openArchive(r, f.gate)
	if err != nil && r.ctx.Err() != nil {
		return nil // told to stop before it was ready
	}
	if err != nil {
		return err
	}
	defer a.close()

	ctx, stop := context.WithCancel(r.ctx)
	var background sync.WaitGroup
	defer background.Wait()
	defer stop()
	site := a.work(ctx, &background, m)
	site.PublicURL, site.Development = c.public(), c.Dev
	if err := c.crowdFlags.apply(site); err != nil {
		return err
	}
	site.API = api.New(site)
	observe(m.Metrics, r, a)
	if err := c.backUp(ctx, &background, a.store, m); err != nil {
		return err
	}
	c.scrub(ctx, &background, a.store, m)
	m.Check(r.checks(a.store, a.finder)...)
	f.gate.Open(site.Handler())
	fmt.Fprintf(r.out, "Ficstead is ready at %s\n", f.address())
	if r.database == "" {
		fmt.Fprintf(r.out, "Everything is kept in %s\n", r.data)
	}
	slog.Info("ready", "version", version, "works", a.finder.Len())
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	slog.Info("stopping")
	stop() // the work in the background, and streams that would never end
	f.drain()
	return nil
}

// public is where the world reaches this server, "" if nowhere.
func (c serveCommand) public() string {
	if c.PublicURL == "" && c.Domain != "" {
		return "https://" + c.Domain
	}
	return c.PublicURL
}

// guard refuses to listen beyond this machine: without accounts whoever
// reaches the server is its owner.
func (c serveCommand) guard() error {
	const why = "needs an owner account, and this version has no accounts yet: it serves the person at this machine only"
	if c.Domain != "" {
		if err := c.checkDomain(); err != nil {
			return err
		}
		return errors.New("--domain " + why)
	}
	if c.PublicURL != "" {
		if u, err := url.Parse(c.PublicURL); err != nil || u.Host == "" {
			return fmt.Errorf("--public-url %q is no address; give it as https://fic.example", c.PublicURL)
		}
		return errors.New("--public-url " + why)
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

// opened is what answers are made from.
type opened struct {
	store  *store.Store
	finder *find.Finder
	texts  *textindex.Index // nil: nobody can look inside the text
	worker *jobs.Importer
}

// openArchive opens the archive and its indexes, which may take minutes.
func (c serveCommand) openArchive(r *run, gate *monitor.Gate) (*opened, error) {
	gate.Doing("the database is opened, and brought up to date if it is older than this version")
	s, err := r.open(r.ctx)
	if err != nil {
		return nil, err
	}
	a := &opened{store: s, worker: jobs.New(s)}
	if c.Samples {
		gate.Doing("the sample works are brought in")
		if err := samples.Load(r.ctx, s, archive.Viewer{Person: archive.Owner}); err != nil {
			a.close()
			return nil, err
		}
	}
	gate.Doing("the index is opened, or built if none is kept")
	o := find.Options{Snapshot: r.keptIndex(), Follows: true, Tell: func(err error) { slog.Warn("the index", "error", err) }}
	o.Progress = func(p find.Progress) {
		if p.All > 0 {
			gate.Doing(fmt.Sprintf("the index is built: %d of %d works are read", p.Done, p.All))
		}
	}
	if texts, err := r.openTexts(s); err != nil {
		slog.Warn("nobody can look inside the text", "error", err)
	} else {
		a.texts, o.Inside = texts, texts
	}
	if a.finder, err = find.Open(r.ctx, s, o); err != nil {
		a.close()
		return nil, err
	}
	return a, nil
}

func (a *opened) close() {
	if a.texts != nil {
		a.texts.Close()
	}
	a.store.Close()
}

// work begins the work behind the site, which ends with ctx, and returns the site.
func (a *opened) work(ctx context.Context, background *sync.WaitGroup, m *monitor.Monitor) *web.Site {
	background.Go(func() { a.finder.Follow(ctx, followEvery) })
	if a.texts != nil {
		background.Go(func() {
			a.texts.Follow(ctx, followEvery, func(err error) { slog.Warn("the text index is behind", "error", err) })
		})
	}
	a.worker.Count(m.Metrics)
	background.Go(func() { a.worker.Run(ctx) })
	background.Go(func() { jobs.Sample(ctx, a.store) })
	return &web.Site{Room: page.Room{Store: a.store, Finder: a.finder}, Importer: a.worker, Monitor: m}
}

// newServer bounds what a client may make the server wait for; how long it may
// take for what is long is judged by its pace.
func newServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           guard.Headers(overload.Steady(h)),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    bounds.Header,
		ErrorLog:          slog.NewLogLogger(quiet{slog.Default().Handler()}, slog.LevelDebug),
	}
}
