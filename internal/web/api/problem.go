package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"ficstead/internal/base/errs"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/web/monitor"
	"ficstead/internal/web/page"
)

// details says what each status means, where the error has no words of its own.
var details = map[int]string{
	http.StatusUnprocessableEntity: "What was sent cannot be used.",
	http.StatusNotFound:            "There is nothing at this address, or it is not yours to see.",
	http.StatusMethodNotAllowed:    "This address does not take that method.",
	http.StatusUnauthorized:        "Sign in first.",
	http.StatusForbidden:           "You may not do this.",
	http.StatusConflict:            "It was changed in the meantime. Read it again and retry.",
	http.StatusServiceUnavailable:  "The program is being stopped. The files that arrived whole are kept and are brought in at the next start; send the rest again then.",
	http.StatusInsufficientStorage: "The disk is full. Nothing more can be kept until there is room; what is in the library is safe.",
	http.StatusInternalServerError: "Something broke on our side. It was logged.",
}

// unreadable is the problem of a question that says nothing to answer.
func unreadable(problems errs.Problems) error {
	p := newProblem(http.StatusBadRequest)
	p.Detail = problems[0].Message
	for _, one := range problems {
		p.Errors = append(p.Errors, &huma.ErrorDetail{Message: one.Message, Location: one.Field})
	}
	return p
}

// problem makes of an error what a program is told. Only the sentences of
// errs.Problems were written for others to read; causes stay in the log.
func problem(ctx context.Context, err error) error {
	var told *huma.ErrorModel
	if err == nil || errors.As(err, &told) {
		return err
	}
	p := newProblem(page.StatusOf(err))
	if errors.Is(err, errs.Busy) {
		p.Detail = "Too much is asked at once. The same question may be answered in a moment; Retry-After says when."
	}
	var beyond find.PageError
	if errors.As(err, &beyond) {
		p.Detail = beyond.Error()
	}
	var problems errs.Problems
	if errors.As(err, &problems) && len(problems) > 0 {
		p.Detail = problems[0].Message
		for _, one := range problems {
			p.Errors = append(p.Errors, &huma.ErrorDetail{Message: one.Message, Location: one.Field})
		}
	}
	if errors.Is(err, store.Damaged) {
		p.Detail = "What is kept of this is damaged, and is not given out. Whoever keeps this library finds out more with “ficstead check”."
	}
	if p.Status == http.StatusInternalServerError {
		p.Instance = "urn:ficstead:request:" + monitor.Reference(ctx)
	}
	if p.Status >= http.StatusInternalServerError && ctx.Err() == nil && !errors.Is(err, errs.Busy) {
		slog.ErrorContext(ctx, "api request failed", "err", err)
	}
	return p
}

func newProblem(status int) *huma.ErrorModel {
	return &huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: details[status]}
}

// refuse writes a problem where huma is not on the way.
func refuse(w http.ResponseWriter, r *http.Request, err error) {
	send(w, problem(r.Context(), err).(*huma.ErrorModel))
}

func send(w http.ResponseWriter, p *huma.ErrorModel) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // who has left needs no answer
}
