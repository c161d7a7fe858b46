package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHosts(t *testing.T) {
	h := newHouse(t)
	h.PublicURL = "https://stories.example"
	h.handler = h.Site.Handler()
	for host, want := range map[string]int{
		"localhost": 200, "localhost:8080": 200, "127.0.0.1:8080": 200, "[::1]:8080": 200, "LOCALHOST": 200, "library.localhost": 200,
		"stories.example": 200, "stories.example:443": 200, "stories.example.": 200,
		"evil.example": 421, "evil.example:8080": 421, "localhost.evil.example": 421, "10.0.0.7": 421, "": 421, "127.0.0.1.nip.io": 421,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = host
		if got := h.send(t, r); got.status != want || got.header.Get("Content-Security-Policy") == "" {
			t.Errorf("host %q: %d, want %d", host, got.status, want)
		}
	}
}

// TestOtherSitesChangeNothing asks every route that changes something as a
// page elsewhere would.
func TestOtherSitesChangeNothing(t *testing.T) {
	h := newHouse(t)
	for pattern := range h.routes() {
		method, pattern, _ := strings.Cut(pattern, " ")
		if method == http.MethodGet {
			continue
		}
		target := strings.NewReplacer("{", "", "}", "", "$", "").Replace(pattern)
		for _, site := range []string{"cross-site", "same-site"} {
			r := httptest.NewRequest(method, target, strings.NewReader("theme=dark"))
			r.Host = "localhost"
			r.Header.Set("Sec-Fetch-Site", site)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			if got := h.send(t, r); got.status != http.StatusForbidden || got.header.Get("Set-Cookie") != "" {
				t.Errorf("%s from a %s page: %d, want 403", pattern, site, got.status)
			}
		}
	}
}

func TestPanicIsAPage(t *testing.T) {
	h := newHouse(t)
	handler := h.protect(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("planted") }))
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Host = "localhost"
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	if w.Code != 500 || !strings.Contains(w.Body.String(), "Something broke") || strings.Contains(w.Body.String(), "planted") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestWrongAddresses(t *testing.T) {
	h := newHouse(t)
	for _, c := range []struct {
		method, target string
		want           int
		location       string
	}{
		{"GET", "/nowhere", 404, ""},
		{"GET", "/works/", 301, "/works"},
		{"GET", "/works/?q=tide", 301, "/works?q=tide"},
		{"GET", "//evil.example/", 404, ""},
		{"GET", "/help/", 301, "/help"},
		{"DELETE", "/works", 405, ""},
		{"POST", "/help", 405, ""},
		{"GET", "/-/static/", 404, ""},
		{"GET", "/works/%00", 404, ""},
		{"GET", "/works/1/chapters/1/", 301, "/works/1/chapters/1"},
	} {
		got := h.ask(t, 1, c.method, "http://localhost"+c.target, nil)
		if got.status != c.want && !(c.target == "//evil.example/" && got.status < 500) {
			t.Errorf("%s %s: %d, want %d", c.method, c.target, got.status, c.want)
		}
		if location := got.header.Get("Location"); c.location != "" && location != c.location || strings.HasPrefix(location, "//") || strings.Contains(location, "evil") && !strings.HasPrefix(location, "/") {
			t.Errorf("%s %s leads to %q", c.method, c.target, location)
		}
		if got.status == 405 && got.header.Get("Allow") == "" {
			t.Errorf("%s %s: no Allow", c.method, c.target)
		}
	}
}
