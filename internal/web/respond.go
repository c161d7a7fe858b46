package web

import (
	"errors"
	"log/slog"
	"net/http"

	"ficstead/internal/base/errs"
)

const htmlType = "text/html; charset=utf-8"

// A handler writes a whole answer, or nothing and says why.
type handler func(http.ResponseWriter, *http.Request) error

// statuses are looked through in order; what matches none is our own fault.
var statuses = []struct {
	kind   error
	status int
}{
	{errs.NotFound, http.StatusNotFound},
	{errs.Invalid, http.StatusUnprocessableEntity},
	{errs.SignIn, http.StatusUnauthorized},
	{errs.Forbidden, http.StatusForbidden},
	{errs.Conflict, http.StatusConflict},
}

// StatusOf maps the kinds of failure to the statuses of HTTP.
func StatusOf(err error) int {
	for _, s := range statuses {
		if errors.Is(err, s.kind) {
			return s.status
		}
	}
	return http.StatusInternalServerError
}

// fail is the only place where an error of a page is logged and where one is shown.
func (s *Site) fail(w http.ResponseWriter, r *http.Request, err error) {
	status := StatusOf(err)
	if status == http.StatusInternalServerError && r.Context().Err() == nil {
		slog.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "err", err)
	}
	s.showError(w, r, status, err)
}
