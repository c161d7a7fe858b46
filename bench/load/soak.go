package main

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/jobs"
	"ficstead/internal/store"
	"ficstead/internal/web"
	"ficstead/internal/web/api"
	"ficstead/internal/web/budget"
	"ficstead/internal/web/page"
)

// soak lets a day pass on a clock of its own: every minute of it a hundred
// requests from as many addresses, every quarter of an hour an upload and its
// removal, and what the server does in the background. What is held at the end of
// the first hour is compared with the end of the day.
func soak(report *strings.Builder, dir string, seed uint64) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	s, err := store.Open(ctx, filepath.Join(dir, "soak.db"))
	if err != nil {
		return err
	}
	defer s.Close()
	finder, err := find.Open(ctx, s, find.Options{Follows: true})
	if err != nil {
		return err
	}
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	site := &web.Site{Room: page.Room{Store: s, Finder: finder, Clock: func() time.Time { return now }}, Importer: jobs.New(s), Budgets: budget.New(budget.Visitors, budget.Accounts)}
	site.Person = func(r *http.Request) archive.Viewer {
		if r.Method == http.MethodPost || strings.HasPrefix(r.URL.Path, "/import") {
			return archive.Viewer{Person: archive.Owner}
		}
		return archive.Viewer{}
	}
	site.API = api.New(site)
	d := &daily{handler: site.Handler()}
	var background sync.WaitGroup
	background.Go(func() { site.Importer.Run(ctx) })
	background.Go(func() { finder.Follow(ctx, time.Second) })
	var first, last held
	for minute := range 24 * 60 {
		now = now.Add(time.Minute)
		for i := range 100 {
			d.get(uint32(minute*100+i), [...]string{"/", "/works", "/works?q=tide", "/fandoms", "/api/v1/works", "/help", "/nowhere", "/works.atom", "/opds", "/remember?line=the+tide"}[i%10])
		}
		if minute%15 == 0 {
			if err := d.bringAndDiscard(minute); err != nil {
				return err
			}
			if err := finder.CatchUp(ctx); err != nil {
				return err
			}
		}
		if minute == 60 {
			if first, err = hold(ctx, s); err != nil {
				return err
			}
		}
	}
	if last, err = hold(ctx, s); err != nil {
		return err
	}
	stop()
	background.Wait()
	fmt.Fprintf(report, "## A day\n\n%d requests from as many addresses and %d uploads with their removal, in 24 hours of an accelerated clock; %d answers were errors of ours.\n\n| | goroutines | open files | heap, MB | works | imports |\n|---|---|---|---|---|---|\n| after an hour | %s |\n| after the day | %s |\n\nImports stay on record; all else is as it was.\n", d.asked, d.uploads, d.failed, first, last)
	return nil
}

type held struct {
	goroutines, files, heap, works, imports int
}

func (h held) String() string {
	return fmt.Sprintf("%d | %d | %d | %d | %d", h.goroutines, h.files, h.heap, h.works, h.imports)
}

func hold(ctx context.Context, s *store.Store) (h held, err error) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	files, _ := os.ReadDir("/proc/self/fd")
	h.goroutines, h.files, h.heap = runtime.NumGoroutine(), len(files), int(m.HeapAlloc>>20)
	err = s.Read(ctx, func(tx *store.Tx) error {
		if h.works, err = tx.CountWorks(); err != nil {
			return err
		}
		imports, err := tx.Imports(archive.Owner, 1_000_000)
		h.imports = len(imports)
		return err
	})
	return h, err
}

// daily is who asks all day.
type daily struct {
	handler                http.Handler
	asked, uploads, failed int
}

func (d *daily) send(r *http.Request) *httptest.ResponseRecorder {
	r.Host = "localhost"
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, r)
	if w.Code >= 500 && w.Code != http.StatusServiceUnavailable {
		d.failed++
	}
	return w
}

func (d *daily) get(from uint32, path string) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	address := netip.AddrFrom4([4]byte{198, byte(from >> 16), byte(from >> 8), byte(from)})
	r.RemoteAddr = netip.AddrPortFrom(address, 4711).String()
	d.send(r)
	d.asked++
}

// bringAndDiscard uploads a story, waits until it is in, and takes it back.
func (d *daily) bringAndDiscard(minute int) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "tale.txt")
	if err != nil {
		return err
	}
	fmt.Fprintf(part, "Tale of minute %d\n\nby tidewrack\n\nThe lantern of minute %d had hung in the window since the first winter, and nobody in the house could say who had lit it.\n", minute, minute)
	form.Close()
	r := httptest.NewRequest(http.MethodPost, "/import", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	at := d.send(r).Header().Get("Location")
	d.send(httptest.NewRequest(http.MethodGet, at+"/events", nil)) // ends when it is in
	if got := d.send(httptest.NewRequest(http.MethodPost, at+"/discard", nil)); at == "" || got.Code != http.StatusSeeOther {
		return fmt.Errorf("upload of minute %d at %q: taking it back was answered %d", minute, at, got.Code)
	}
	d.uploads++
	return nil
}
