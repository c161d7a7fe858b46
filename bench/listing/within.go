package main

import (
	"context"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"runtime/pprof"
	"syscall"
	"time"

	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/web"
	"ficstead/internal/web/page"
)

// sink is an answer that nobody reads.
type sink struct {
	header http.Header
	status int
	bytes  int
}

func (s *sink) Header() http.Header { return s.header }

func (s *sink) WriteHeader(status int) { s.status = status }

func (s *sink) Write(b []byte) (int, error) {
	s.bytes += len(b)
	return len(b), nil
}

// within asks the handler of the site for all pages, one after the other, and
// tells what those after the first warm ones cost.
func within(ctx context.Context, s *store.Store, pages []string, warm int, profile, memory string) error {
	finder, err := find.Open(ctx, s, find.Options{})
	if err != nil {
		return err
	}
	site := &web.Site{Room: page.Room{Store: s, Finder: finder}}
	handler := site.Handler()
	statuses := map[int]int{}
	bytes := 0
	ask := func(pages []string) {
		for _, p := range pages {
			r := httptest.NewRequest(http.MethodGet, p, nil)
			r.Host = "localhost"
			r.Header.Set("Accept-Encoding", "gzip")
			w := &sink{header: http.Header{}}
			handler.ServeHTTP(w, r)
			statuses[w.status]++
			bytes += w.bytes
		}
	}
	ask(pages[:warm])
	clear(statuses)
	bytes = 0
	runtime.GC()
	if profile != "" {
		out, err := os.Create(profile)
		if err != nil {
			return err
		}
		defer out.Close()
		if err := pprof.StartCPUProfile(out); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	used, began := processor(), time.Now()
	ask(pages[warm:])
	took, wall := processor()-used, time.Since(began)
	runtime.ReadMemStats(&after)
	n := float64(len(pages) - warm)
	log.Printf("%d pages; statuses %v", len(pages)-warm, statuses)
	shown("processor a page", "%.0f µs", took.Seconds()*1e6/n)
	shown("on the wall", "%.0f µs", wall.Seconds()*1e6/n)
	shown("allocations a page", "%.0f", float64(after.Mallocs-before.Mallocs)/n)
	shown("bytes allocated a page", "%.0f", float64(after.TotalAlloc-before.TotalAlloc)/n)
	if memory != "" {
		out, err := os.Create(memory)
		if err != nil {
			return err
		}
		defer out.Close()
		if err := pprof.Lookup("allocs").WriteTo(out, 0); err != nil {
			return err
		}
	}
	shown("bytes sent a page", "%.0f", float64(bytes)/n)
	return nil
}

// processor is the time that the process has used, in user and system.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		log.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
