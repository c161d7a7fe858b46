package web

import "net/http"

// A route is one address of the site and what answers it.
type route struct {
	pattern string
	handler handler
}

// routes is every address of the site, in one table. Tests ask each of them as
// each kind of viewer.
func (s *Site) routes() []route {
	routes := []route{
		{"GET /{$}", s.showHome},
		{"GET /works", s.listings(everything)},
		{"GET /works.atom", s.listings(everything)},
		{"GET /works.opds", s.listings(everything)},
		{"GET /works.epub", s.listings(everything)},
		{"GET /works/{work}", s.showWork}, // and /works/{work}.epub and its like
		{"GET /works/{work}/chapters/{chapter}", s.keep(s.makeChapter)},
		{"GET /works/{work}/full", s.keep(s.makeFull)},
		{"GET /works/{work}/images/{sum}", s.showImage},
		{"GET /works/{work}/record", s.showRecord},
		{"GET /works/{work}/originals/{sum}", s.showOriginal},
		{"POST /works/{work}/reversions", s.createReversion},
		{"POST /works/{work}/removal", s.createRemoval},

		{"GET /fandoms", s.showFandoms},
		{"GET /tags/{tag}", s.listings(s.tagScope)}, // these too with .atom and its like
		{"GET /creators/{creator}", s.listings(s.creatorScope)},
		{"GET /languages/{language}", s.listings(languageScope)},
		{"GET /series/{series}", s.showSeries},

		{"GET /opds", s.showCatalog},
		{"GET /opds/search.xml", s.showOpenSearch},

		{"GET /help", s.showHelp},
		{"GET /settings", s.showSettings},
		{"POST /settings", s.updateSettings},

		{"GET /-/static/{hash}/{name}", s.showAsset},
		{"GET /robots.txt", s.showRobots},
		{"GET /favicon.ico", s.showIcon},
		{"GET /healthz", s.showHealth},
		{"GET /readyz", s.showReadiness},
	}
	routes = append(routes, s.importRoutes()...)
	if s.Development {
		routes = append(routes, s.galleryRoutes()...)
	}
	return routes
}

// Handler answers every address of the site.
func (s *Site) Handler() http.Handler {
	s.open()
	mux := http.NewServeMux()
	for _, route := range s.routes() {
		mux.Handle(route.pattern, s.handle(route.handler))
	}
	if s.API != nil {
		mux.Handle("/api/v1/", s.API)
	}
	mux.Handle("/", s.handle(s.showNotFound(mux)))
	return s.protect(mux)
}

func (s *Site) handle(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}
