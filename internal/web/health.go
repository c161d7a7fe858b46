package web

import (
	"net/http"

	"ficstead/internal/store"
	"ficstead/internal/web/answer"
)

const textType = "text/plain; charset=utf-8"

// showRobots asks robots to stay away: a library at home is nobody's to index.
func (s *Site) showRobots(w http.ResponseWriter, r *http.Request) error {
	return answer.Send(w, r, http.StatusOK, textType, []byte("User-agent: *\nDisallow: /\n"))
}

// showHealth says that the program runs.
func (s *Site) showHealth(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cache-Control", "no-store")
	return answer.Send(w, r, http.StatusOK, textType, []byte("ok\n"))
}

// showReadiness says that the store answers and the index follows it.
func (s *Site) showReadiness(w http.ResponseWriter, r *http.Request) error {
	err := s.Store.Read(r.Context(), func(tx *store.Tx) error {
		_, err := tx.LastChange()
		return err
	})
	if err == nil {
		err = s.Finder.Err()
	}
	w.Header().Set("Cache-Control", "no-store")
	if err != nil {
		return answer.Send(w, r, http.StatusServiceUnavailable, textType, []byte("not ready\n"))
	}
	return answer.Send(w, r, http.StatusOK, textType, []byte("ready\n"))
}
