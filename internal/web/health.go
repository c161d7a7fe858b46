package web

import (
	"context"
	"net/http"
	"path"
	"slices"
	"strings"

	"ficstead/internal/store"
	"ficstead/internal/web/answer"
	"ficstead/internal/web/monitor"
)

const textType = "text/plain; charset=utf-8"

// showRobots asks robots to stay away: a library at home is nobody's to index.
func (s *Site) showRobots(w http.ResponseWriter, r *http.Request) error {
	return answer.Send(w, r, http.StatusOK, textType, []byte("User-agent: *\nDisallow: /\n"))
}

// Checks are what must hold for pages to be answered.
func (s *Site) Checks() []monitor.Check {
	return []monitor.Check{
		{Name: "database", Ask: func(ctx context.Context) error {
			return s.Store.Read(ctx, func(tx *store.Tx) error {
				_, err := tx.LastChange()
				return err
			})
		}},
		{Name: "index", Ask: func(context.Context) error { return s.Finder.Err() }},
	}
}

// observed notes which route answers.
func observed(pattern string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		monitor.Note(r.Context(), pattern, classOf(pattern, r.URL.Path))
		h.ServeHTTP(w, r)
	})
}

// classOf is what the counts of requests are parted by.
func classOf(pattern, address string) string {
	method, route, _ := strings.Cut(pattern, " ")
	switch {
	case strings.HasPrefix(pattern, "/api/"):
		return "api"
	case method != http.MethodGet:
		return "writes"
	case strings.HasSuffix(route, "/events"):
		return "events" // open for as long as somebody looks
	case strings.HasSuffix(route, "/images/{sum}"):
		return "pictures"
	case slices.Contains([]string{".epub", ".html", ".md", ".txt"}, path.Ext(address)):
		return "downloads"
	}
	switch route {
	case "/-/static/{hash}/{name}", "/robots.txt", "/favicon.ico", "/opds/search.xml", "/healthz", "/readyz", "/metrics":
		return "free"
	case "/works", "/works.atom", "/works.opds", "/tags/{tag}", "/creators/{creator}", "/languages/{language}", "/fandoms", "/remember",
		"/works/facets", "/tags/{tag}/facets", "/creators/{creator}/facets", "/languages/{language}/facets", "/works/{work}/alike":
		return "lists"
	}
	return "pages"
}
