package web

import (
	"context"
	"net/http"

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
