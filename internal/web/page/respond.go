package page

import (
	"errors"
	"log/slog"
	"net/http"
	"syscall"

	"ficstead/internal/base/errs"
	"ficstead/internal/web/budget"
	"ficstead/internal/web/monitor"
	"ficstead/internal/web/overload"
	"ficstead/internal/web/upload"
)

// HTMLType is the media type of pages.
const HTMLType = "text/html; charset=utf-8"

// Routes are addresses of the site, as patterns of ServeMux, and what answers them.
type Routes map[string]Handler

// A Handler writes a whole answer, or nothing and says why.
type Handler func(http.ResponseWriter, *http.Request) error

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
	{upload.Stopping, http.StatusServiceUnavailable},
	{errs.Busy, http.StatusServiceUnavailable},
	{budget.Spent, http.StatusTooManyRequests},
	{overload.ErrSlow, http.StatusRequestTimeout},
}

// StatusOf maps the kinds of failure to the statuses of HTTP.
func StatusOf(err error) int {
	for _, s := range statuses {
		if errors.Is(err, s.kind) {
			return s.status
		}
	}
	if diskFull(err) {
		return http.StatusInsufficientStorage
	}
	return http.StatusInternalServerError
}

// diskFull recognises what databases and systems say when there is no room
// left. The store passes that on as it is.
func diskFull(err error) bool {
	const sqliteFull, postgresFull = 13, "53100"
	if lite, ok := errors.AsType[interface {
		error
		Code() int
	}](err); ok && lite.Code()&0xff == sqliteFull {
		return true
	}
	postgres, ok := errors.AsType[interface {
		error
		SQLState() string
	}](err)
	return ok && postgres.SQLState() == postgresFull || errors.Is(err, syscall.ENOSPC)
}

// Handle answers with h, and with a page that says why if h fails.
func (room *Room) Handle(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			room.Fail(w, r, err)
		}
	})
}

// Fail is the only place where an error of a page is logged and where one is shown.
func (room *Room) Fail(w http.ResponseWriter, r *http.Request, err error) {
	status := StatusOf(err)
	if status >= http.StatusInternalServerError && r.Context().Err() == nil && !errors.Is(err, errs.Busy) {
		slog.ErrorContext(r.Context(), "request failed", "method", r.Method, "route", monitor.RouteOf(r.Context()), "err", err)
	}
	room.ShowError(w, r, status, err)
}
