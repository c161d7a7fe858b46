package web

import (
	"crypto/rand"
	"net/http"

	"ficstead/internal/jobs"
	"ficstead/internal/web/bring"
	"ficstead/internal/web/monitor"
	"ficstead/internal/web/page"
	"ficstead/internal/web/rescues"
)

// Site is the archive's website. Its fields are set once, before Handler is called.
type Site struct {
	page.Room

	Importer *jobs.Importer // works through what was brought in; nil leaves it until there is one

	Monitor *monitor.Monitor // answers operators; nil is one of the site's own

	PublicURL   string       // where the world reaches it, "" for this machine alone
	Development bool         // opens the gallery
	API         http.Handler // answers /api/v1/, nil if there is none

	Bring   *bring.Pages // these are set by Handler
	Rescues *rescues.Pages

	kept    kept
	fresh   fresh
	started string // as no other program was: another may make other pages of the same
}

// open makes ready what the fields say.
func (s *Site) open() {
	s.kept.bound()
	if s.Monitor == nil {
		s.Monitor = &monitor.Monitor{}
	}
	s.Monitor.Check(s.Checks()...)
	s.started = rand.Text()
	s.Bring = bring.New(&s.Room, s.Importer)
	s.Rescues = rescues.New(&s.Room)
}
