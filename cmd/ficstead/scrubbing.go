package main

import (
	"context"
	"sync"
	"time"

	"ficstead/internal/jobs"
	"ficstead/internal/metrics"
	"ficstead/internal/store"
	"ficstead/internal/web/monitor"
)

// scrubFlags are about checking what is kept of the server's own accord.
type scrubFlags struct {
	CheckEvery time.Duration `help:"How often everything stored is checked in the background; 0 is never." default:"168h" name:"check-every"`
}

// scrub checks what s keeps, in the background, until ctx ends, and lets operators
// see what was found.
func (f scrubFlags) scrub(ctx context.Context, background *sync.WaitGroup, s *store.Store, m *monitor.Monitor) {
	b := &jobs.Scrubber{Store: s, Every: f.CheckEvery, Rest: jobs.Rest}
	m.Check(monitor.Check{Name: "stored", Ask: b.Check, Warns: true})
	m.Metrics.Watch(func(to *metrics.Sample) {
		state, err := b.State(ctx)
		if err != nil || state.Last.Ended.IsZero() {
			return
		}
		to.Gauge("ficstead_scrub_damages", "Damages that the last check of everything stored found.", float64(state.Last.Damages))
		to.Gauge("ficstead_scrub_end_seconds", "When the last check of everything stored ended, in Unix time.", float64(state.Last.Ended.Unix()))
	})
	if f.CheckEvery > 0 {
		background.Go(func() { b.Run(ctx) })
	}
}
