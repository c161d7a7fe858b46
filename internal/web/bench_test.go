package web

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/web/address"
)

func benchmarkPage(b *testing.B, target func(*house) string) {
	h := newLibrary(b)
	path := target(h)
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host = "localhost"
		r.Header.Set("Test-Person", "1")
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		h.handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}

func BenchmarkChapter(b *testing.B) {
	benchmarkPage(b, func(h *house) string { return address.Chapter(h.works[archive.Public].ID, 1) })
}

func BenchmarkListing(b *testing.B) {
	benchmarkPage(b, func(*house) string { return "/works" })
}

func BenchmarkHome(b *testing.B) {
	benchmarkPage(b, func(*house) string { return "/" })
}
