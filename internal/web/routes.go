package web

import (
	"maps"
	"net/http"

	"ficstead/internal/web/alike"
	"ficstead/internal/web/copies"
	"ficstead/internal/web/page"
	"ficstead/internal/web/remember"
	"ficstead/internal/web/review"
)

// routes is every address of the site, in one table. Tests ask each of them as
// each kind of viewer.
func (s *Site) routes() page.Routes {
	routes := page.Routes{
		"GET /{$}":                             s.showHome,
		"GET /works":                           s.listings(everything),
		"GET /works.atom":                      s.listings(everything),
		"GET /works.opds":                      s.listings(everything),
		"GET /works.epub":                      s.listings(everything),
		"GET /works/{work}":                    s.showWork, // and /works/{work}.epub and its like
		"GET /works/{work}/chapters/{chapter}": s.keep(s.makeChapter),
		"GET /works/{work}/full":               s.keep(s.makeFull),
		"GET /works/{work}/images/{sum}":       s.showImage,

		"GET /fandoms":              s.showFandoms,
		"GET /tags/{tag}":           s.listings(s.tagScope), // these too with .atom and its like
		"GET /creators/{creator}":   s.listings(s.creatorScope),
		"GET /languages/{language}": s.listings(languageScope),
		"GET /series/{series}":      s.showSeries,

		"GET /works/facets":                s.facets(everything),
		"GET /tags/{tag}/facets":           s.facets(s.tagScope),
		"GET /creators/{creator}/facets":   s.facets(s.creatorScope),
		"GET /languages/{language}/facets": s.facets(languageScope),

		"GET /opds":            s.showCatalog,
		"GET /opds/search.xml": s.showOpenSearch,

		"GET /help":      s.showHelp,
		"GET /settings":  s.showSettings,
		"POST /settings": s.updateSettings,

		"GET /-/static/{hash}/{name}": s.showAsset,
		"GET /robots.txt":             s.showRobots,
		"GET /favicon.ico":            s.showIcon,
		"GET /healthz":                s.Monitor.ShowHealth,
		"GET /readyz":                 s.Monitor.ShowReadiness,
		"GET /metrics":                s.Monitor.ShowMetrics,
	}
	maps.Copy(routes, s.Bring.Routes())
	maps.Copy(routes, review.New(&s.Room).Routes())
	maps.Copy(routes, s.Rescues.Routes())
	maps.Copy(routes, (&copies.Pages{Room: &s.Room}).Routes())
	maps.Copy(routes, (&alike.Pages{Room: &s.Room, Blurb: s.blurb}).Routes())
	maps.Copy(routes, (&remember.Pages{Room: &s.Room}).Routes())
	if s.Development {
		maps.Copy(routes, s.galleryRoutes())
	}
	return routes
}

// Handler answers every address of the site.
func (s *Site) Handler() http.Handler {
	s.open()
	mux := http.NewServeMux()
	for pattern, handler := range s.routes() {
		mux.Handle(pattern, s.measured(pattern, s.Handle(handler)))
	}
	if s.API != nil {
		mux.Handle(apiPattern, s.measured(apiPattern, s.API))
	}
	mux.Handle("/", s.measured("/", s.Handle(s.Rescues.ByAddress(s.NotFound(mux)))))
	return s.protect(s.Rescues.Old(mux, func(old http.Handler) http.Handler { return s.measured("/", old) }))
}
