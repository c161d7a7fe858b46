package web

import (
	"crypto/rand"
	"net/http"

	"ficstead/internal/jobs"
	"ficstead/internal/metrics"
	"ficstead/internal/web/bring"
	"ficstead/internal/web/budget"
	"ficstead/internal/web/guard"
	"ficstead/internal/web/monitor"
	"ficstead/internal/web/page"
	"ficstead/internal/web/rescues"
)

// Site is the archive's website. Its fields are set once, before Handler is called.
type Site struct {
	page.Room

	Importer *jobs.Importer // works through what was brought in; nil leaves it until there is one

	Monitor *monitor.Monitor // answers operators; nil is one of the site's own

	Budgets *budget.Ledger // what each reader may ask for; nil is anything
	Proxies guard.Proxies  // who may say for whom they ask

	PublicURL   string       // where the world reaches it, "" for this machine alone
	Development bool         // opens the gallery
	API         http.Handler // answers /api/v1/, nil if there is none

	Bring   *bring.Pages // these are set by Handler
	Rescues *rescues.Pages

	kept    kept
	gates   gates
	turned  *metrics.Counter // requests that were not let in
	fresh   fresh
	started string // as no other program was: another may make other pages of the same
}

// open makes ready what the fields say.
func (s *Site) open() {
	s.kept.bound()
	s.gates = newGates()
	if s.Monitor == nil {
		s.Monitor = &monitor.Monitor{}
	}
	s.Monitor.Check(s.Checks()...)
	s.turned = s.Monitor.Metrics.Counter("ficstead_turned_away_total", "Requests that were told to come back later: busy is for want of room, budget for asking more than one reader may.", "class", "why")
	s.started = rand.Text()
	s.Bring = bring.New(&s.Room, s.Importer)
	s.Rescues = rescues.New(&s.Room)
}
