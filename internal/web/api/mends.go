package api

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/catalogue"
	"ficstead/internal/reading"
	"ficstead/internal/store"
)

// mend is one thing that was put right in a work, or could be.
type mend struct {
	ID         string  `json:"id" doc:"What it is accepted or undone by. Mends that say exactly the same have the same, and are decided together"`
	Rule       string  `json:"rule" example:"italics"`
	Tier       string  `json:"tier" enum:"A,B,C" doc:"A: provable. B: by evidence in the same text. C: a suggestion, which a person must accept"`
	Chapter    int     `json:"chapter" minimum:"0" doc:"From 1; 0 outside the chapters"`
	At         int     `json:"at" minimum:"0" doc:"Code points from the start of the decoded file"`
	Before     string  `json:"before"`
	After      string  `json:"after"`
	Confidence float64 `json:"confidence" minimum:"0" doc:"To 1"`
	Applied    bool    `json:"applied" doc:"The text is so now"`
	Decided    bool    `json:"decided" doc:"A person said what becomes of it"`
}

// proposal is a value for something that the file of a work does not say.
type proposal struct {
	ID         string  `json:"id"`
	Field      string  `json:"field" example:"title"`
	Value      string  `json:"value"`
	Confidence float64 `json:"confidence" minimum:"0" doc:"To 1"`
	Because    string  `json:"because"`
}

// mendList is all that is to be decided about a work.
type mendList struct {
	Work      int64      `json:"work" minimum:"1"`
	Revision  int        `json:"revision" minimum:"1"`
	Readable  bool       `json:"readable" doc:"A file is kept that can be read again; without one nothing can be decided"`
	Mends     []mend     `json:"mends"`
	Proposals []proposal `json:"proposals" doc:"For its keeper only: those that would change anything, and were not turned down"`
	Lost      []mend     `json:"lost" doc:"For its keeper only: what was decided, and is no longer found in the text"`
}

type mendsAnswer struct{ Body mendList }

func (a *api) listMends(ctx context.Context, in *struct {
	ID   publicID `path:"id"`
	Rule string   `query:"rule" doc:"Of this rule only"`
}) (*mendsAnswer, error) {
	var w archive.Work
	var mends []archive.Mend
	var d archive.Decisions
	var chapters []archive.Chapter
	var files []store.Original
	err := a.site.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if w, err = loadWork(ctx, tx, in.ID); err != nil {
			return err
		}
		if mends, err = tx.Mends(w.ID); err != nil {
			return err
		}
		if d, err = tx.Decisions(w.ID); err != nil {
			return err
		}
		if files, err = catalogue.FilesOf(tx, w); errors.Is(err, errs.Invalid) {
			err = nil // nothing is kept, so nothing can be read
		}
		if err == nil && len(files) > 0 && viewer(ctx).MayChange(w) {
			chapters, err = tx.Chapters(w.ID)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if chapters != nil {
		d.Proposals = a.withArchives(ctx, w, d.Proposals, chapters, files[0].Name)
	}
	told := tellMends(w, mends, d, in.Rule, viewer(ctx).MayChange(w))
	told.Readable = len(files) > 0
	return &mendsAnswer{told}, nil
}

// withArchives adds what the archive proposes to what the file of a work does.
func (a *api) withArchives(ctx context.Context, w archive.Work, known []archive.Proposal, chapters []archive.Chapter, file string) []archive.Proposal {
	all := slices.Clone(known)
	for _, p := range a.reading(ctx).Proposals(ctx, w, chapters, file) {
		if !slices.ContainsFunc(known, func(k archive.Proposal) bool { return k.ID() == p.ID() }) {
			all = append(all, p)
		}
	}
	return all
}

// reading is where works are read again, as whoever asks.
func (a *api) reading(ctx context.Context) reading.Archive {
	return reading.Archive{Store: a.site.Store, Finder: a.site.Finder, Viewer: viewer(ctx)}
}

func tellMends(w archive.Work, mends []archive.Mend, d archive.Decisions, rule string, keeper bool) mendList {
	told := mendList{Work: w.ID.Public(), Revision: w.Revision, Mends: []mend{}, Proposals: []proposal{}, Lost: []mend{}}
	for _, m := range mends {
		if rule == "" || m.Rule == rule {
			told.Mends = append(told.Mends, tellMend(m, d))
		}
	}
	if !keeper {
		return told
	}
	for _, m := range d.Lost(mends) {
		told.Lost = append(told.Lost, tellMend(m, d))
	}
	for _, p := range d.Proposals {
		if catalogue.Fits(p, w) && !slices.Contains(d.Declined, p.ID()) {
			told.Proposals = append(told.Proposals, proposal{p.ID(), p.Field, p.Value, p.Confidence, p.Because})
		}
	}
	return told
}

func tellMend(m archive.Mend, d archive.Decisions) mend {
	return mend{m.ID(), m.Rule, string(d.Proposed(m).Tier()), m.Chapter, m.At, m.Before, m.After, m.Confidence, m.Applied, d.Decided(m)}
}

// change is what a person decides about a work.
type change struct {
	Accept  []string `json:"accept,omitempty" doc:"Ids of mends, rule:NAME for all of a rule, or * for all"`
	Undo    []string `json:"undo,omitempty" doc:"The same, to leave the text as it came"`
	Forget  bool     `json:"forget,omitempty" doc:"First forget all that was decided before, so that the rules decide"`
	Choose  []string `json:"choose,omitempty" doc:"Ids of proposals to make part of the work"`
	Decline []string `json:"decline,omitempty" doc:"Ids of proposals that are not to be made again"`
}

// changed is what came of it.
type changed struct {
	Work     int64  `json:"work" minimum:"1"`
	Revision int    `json:"revision" minimum:"1" doc:"That the work is at now"`
	Changed  bool   `json:"changed" doc:"There is a new revision"`
	Why      string `json:"why" doc:"What was changed, a sentence; empty if nothing was"`
	Undone   int    `json:"undone" minimum:"0"`
	Accepted int    `json:"accepted" minimum:"0"`
	Lost     []mend `json:"lost" doc:"What was decided, and is not found in the text"`
}

type changedAnswer struct{ Body changed }

// acceptChanges registers deciding about mends.
func (a *api) acceptChanges(h huma.API) {
	op := huma.Operation{
		Method: http.MethodPost, Path: Root + "/works/{id}/mends", OperationID: "review-mends", Tags: []string{"Works"},
		Summary: "Accept and undo mends of a work, for its keeper. The file that it came in is read again with all that was decided, and what comes out is a new revision; if nothing is different there is none.",
		Errors: []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict,
			http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusInsufficientStorage},
		SkipValidateParams: true,
	}
	huma.Register(h, op, func(ctx context.Context, in *struct {
		ID   publicID `path:"id"`
		Body change
	}) (*changedAnswer, error) {
		told, err := a.review(ctx, in.ID, in.Body)
		if err != nil {
			return nil, problem(ctx, err)
		}
		return &changedAnswer{told}, nil
	})
}

func (a *api) review(ctx context.Context, id publicID, c change) (changed, error) {
	var w archive.Work
	var d archive.Decisions
	ch := catalogue.Change{Forget: c.Forget, Choices: archive.Choices{}, Accept: c.Choose, Decline: c.Decline}
	for _, key := range c.Accept {
		ch.Choices[key] = true
	}
	for _, key := range c.Undo {
		ch.Choices[key] = false
	}
	err := a.site.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if w, err = loadWork(ctx, tx, id); err != nil {
			return err
		}
		mends, err := tx.Mends(w.ID)
		if err != nil || !viewer(ctx).MayChange(w) {
			return err // which Review says better
		}
		return knows(mends, ch.Choices)
	})
	if err != nil {
		return changed{}, err
	}
	done, err := catalogue.Review(ctx, a.site.Store, viewer(ctx), w.ID, a.reading(ctx).Reader(ctx, w), ch)
	if refusal, ok := errors.AsType[archive.Refusal](err); ok {
		err = errs.Problems{{Field: "work", Message: refusal.Error()}}
	}
	if err == nil {
		err = a.site.Settle(ctx)
	}
	if err == nil {
		err = a.site.Store.Read(ctx, func(tx *store.Tx) error {
			d, err = tx.Decisions(w.ID)
			return err
		})
	}
	if err != nil {
		return changed{}, err
	}
	told := changed{w.ID.Public(), done.Revision, done.Changed, done.Why, done.Undone, done.Accepted, []mend{}}
	for _, m := range done.Lost {
		told.Lost = append(told.Lost, tellMend(m, d))
	}
	return told, nil
}

// knows refuses choices about mends that a work does not have.
func knows(mends []archive.Mend, choices archive.Choices) error {
	known := map[string]bool{"*": true}
	for _, m := range mends {
		known[m.ID()], known["rule:"+m.Rule] = true, true
	}
	var problems errs.Problems
	for _, key := range slices.Sorted(maps.Keys(choices)) {
		if !known[key] {
			what := "No mend of this work has the ID “%s”."
			if strings.HasPrefix(key, "rule:") {
				what = "No mend of this work is by the rule “%s”."
			}
			problems = append(problems, errs.Problem{Field: "accept, undo", Message: fmt.Sprintf(what, strings.TrimPrefix(key, "rule:"))})
		}
	}
	if problems == nil {
		return nil
	}
	return problems
}
