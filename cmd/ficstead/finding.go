package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/web/api"
)

type findCommand struct {
	JSON  bool     `name:"json" help:"Print one work a line as JSON."`
	Limit int      `help:"How many works to print at most; 0 prints all." default:"20"`
	Query []string `arg:"" optional:"" help:"The question, as in the search box."`
}

// Run prints the works that answer a question.
func (c findCommand) Run(r *run) error {
	s, err := r.openExisting(r.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	ids, answer, err := ask(r, s, strings.Join(c.Query, " "), c.Limit)
	if err != nil {
		return err
	}
	for _, problem := range answer.Ignored {
		fmt.Fprintln(r.err, "note:", problem.Message)
	}
	if !c.JSON {
		fmt.Fprintf(r.err, "%d works\n", answer.Total)
	}
	return s.Read(r.ctx, func(tx *store.Tx) error {
		works, err := tx.Works(ids)
		if err != nil {
			return err
		}
		for _, work := range works {
			if err := c.print(r, work); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c findCommand) print(r *run, w archive.Work) error {
	if c.JSON {
		return json.NewEncoder(r.out).Encode(api.Describe(w))
	}
	names := []string{}
	for _, creator := range w.Creators {
		names = append(names, creator.String())
	}
	_, err := fmt.Fprintf(r.out, "%d  %s by %s (%d words)\n", w.ID.Public(), w.Title, strings.Join(names, ", "), w.Words)
	return err
}

// ask answers a question for the owner, all pages of it up to limit works.
func ask(r *run, s *store.Store, text string, limit int) ([]archive.WorkID, find.Answer, error) {
	o, done, err := r.inside(s, text)
	if err != nil {
		return nil, find.Answer{}, err
	}
	defer done()
	o.Snapshot = r.keptIndex()
	finder, err := find.Open(r.ctx, s, o)
	if err != nil {
		return nil, find.Answer{}, err
	}
	q := find.Question{Query: strings.TrimSpace(strings.ToValidUTF8(text, "")), Per: 100}
	var ids []archive.WorkID
	var first find.Answer
	for page := 1; ; page++ {
		q.Page = page
		answer, err := finder.Works(r.ctx, archive.Viewer{Person: archive.Owner}, q)
		if err != nil {
			return nil, first, err
		}
		if page == 1 {
			first = answer
		}
		ids = append(ids, answer.IDs...)
		if limit > 0 && len(ids) >= limit {
			return ids[:limit], first, nil
		}
		if page >= answer.Pages {
			return ids, first, nil
		}
	}
}

type reindexCommand struct {
	Text bool `help:"Also make the index of the texts of chapters anew, which takes longer."`
}

// Run builds the index anew from the store, keeps it, and says what is in it.
func (c reindexCommand) Run(r *run) error {
	s, err := r.openExisting(r.ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	works, err := r.reindex(s)
	if err != nil {
		return err
	}
	fmt.Fprintf(r.out, "%d works indexed\n", works)
	if !c.Text {
		return nil
	}
	texts, err := r.reindexTexts(s)
	if err == nil {
		fmt.Fprintf(r.out, "%d texts indexed\n", texts)
	}
	return err
}

// reindex builds the index of works anew, and returns how many are in it.
func (r *run) reindex(s *store.Store) (works int, err error) {
	var failed error
	finder, err := find.Reindex(r.ctx, s, find.Options{Snapshot: r.keptIndex(), Tell: func(err error) { failed = err }})
	if err != nil {
		return 0, err
	}
	return finder.Len(), failed // it could not be kept
}

// reindexTexts builds the index of texts anew, and returns how many are in it.
func (r *run) reindexTexts(s *store.Store) (texts int, err error) {
	x, err := r.openTexts(s)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	if err := x.Anew(r.ctx); err != nil {
		return 0, err
	}
	if err := x.CatchUp(r.ctx); err != nil {
		return 0, err
	}
	err = s.Read(r.ctx, func(tx *store.Tx) (err error) { texts, err = tx.CountTexts(); return err })
	return texts, err
}
