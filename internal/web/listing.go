package web

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/answer"
	"ficstead/internal/web/listing"
	"ficstead/internal/web/page"
	"ficstead/internal/web/passages"
	"ficstead/internal/web/words"
)

var listView = page.New[listPage](templates, "works/list")

// What the filter shows dozens of; its template prints them by name.
var _, _ = page.NewStencil[listing.FacetRow](templates, "facet"), page.NewStencil[listing.LanguageRow](templates, "language")

// listPage is works one below the other, beside the filter that chose them.
type listPage struct {
	page.Frame
	listing.Page
	Works []listedWork
	Forms []link        // the same list in other forms
	Bio   template.HTML // of whose works they are
}

// A listedWork is a work in a list, and the places in its text that were asked for.
type listedWork struct{ Blurb, Passages template.HTML }

// A found is a question with its answer and, where they are needed, the works themselves.
type found struct {
	listing.List
	works []archive.Work
}

// showListing answers a question with a page. An address that a form made is
// first tidied, so that each question has one address.
func (s *Site) showListing(w http.ResponseWriter, r *http.Request, sc listing.Scope) error {
	if tidy, changed := listing.Tidy(r.URL.Query()); changed {
		http.Redirect(w, r, address.With(sc.Path, tidy), http.StatusSeeOther)
		return nil
	}
	return s.keepFound(w, r, func(tag string) (*answer.Answer, error) {
		l, err := s.ask(r, sc)
		if err != nil {
			return nil, err
		}
		v := listPage{Page: l.Page(), Forms: l.forms()}
		v.Frame = s.Frame(r, v.Heading, section(sc))
		v.Frame.Query, v.Frame.Feeds = l.Question.Query, l.feeds()
		if v.Works, err = s.listedWorks(r.Context(), s.Viewer(r), l.Answer); err != nil {
			return nil, err
		}
		if sc.Creator != 0 {
			err = s.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
				v.Bio, err = s.Rescues.BioOf(tx, s.Viewer(r), sc.Creator)
				return err
			})
			if err != nil {
				return nil, err
			}
		}
		return listView.KeepQuick(v, tag)
	})
}

// listedWorks shows the works of an answer, of those that v may see: the index may
// be a moment behind the store, so that is asked again. A work is read only if it
// has not been shown since it was last changed.
func (s *Site) listedWorks(ctx context.Context, v archive.Viewer, a find.Answer) (shown []listedWork, err error) {
	err = s.Store.Read(ctx, func(tx *store.Tx) error {
		standings, err := tx.Standings(a.IDs)
		if err != nil {
			return err
		}
		standings = slices.DeleteFunc(standings, func(w store.Standing) bool { return !v.MaySee(w.Keeper, w.Visibility) })
		blurbs, err := s.blurbsOf(tx, standings)
		if err != nil {
			return err
		}
		inside, err := insides(tx, standings, a.Passages)
		shown = make([]listedWork, len(standings))
		for i, w := range standings {
			shown[i] = listedWork{blurbs[i], inside[w.ID]}
		}
		return err
	})
	return shown, err
}

// insides are the places in the texts of works.
func insides(tx *store.Tx, standings []store.Standing, found map[archive.WorkID]find.Passages) (map[archive.WorkID]template.HTML, error) {
	var ids []archive.WorkID
	for _, w := range standings {
		if len(found[w.ID].List) > 0 {
			ids = append(ids, w.ID)
		}
	}
	works, err := tx.Works(ids)
	inside := map[archive.WorkID]template.HTML{}
	for _, w := range works {
		inside[w.ID] = passages.HTML(w, found[w.ID].List, found[w.ID].More)
	}
	return inside, err
}

// list asks the finder, and the store for the works it found.
func (s *Site) list(r *http.Request, sc listing.Scope) (found, error) {
	l, err := s.ask(r, sc)
	if err == nil {
		l.works, err = s.visible(r.Context(), s.Viewer(r), l.Answer.IDs)
	}
	return l, err
}

// ask asks the finder.
func (s *Site) ask(r *http.Request, sc listing.Scope) (found, error) {
	l := found{List: listing.List{Scope: sc}}
	l.Question, l.Problems = find.ParseQuestion(r.URL.Query())
	var cut []find.Problem
	l.Question, cut = listing.Bound(l.Question, listing.MaxQuery)
	l.Problems = append(l.Problems, cut...)
	l.Question = sc.Narrow(l.Question)
	l.Question.Now = s.Now()
	viewer := s.Viewer(r)
	var err error
	l.Answer, err = s.Finder.Works(r.Context(), viewer, l.Question)
	if page, beyond := errors.AsType[find.PageError](err); beyond {
		return l, l.beyond(page)
	}
	if err != nil {
		return l, err
	}
	l.Problems = append(l.Problems, l.Answer.Ignored...)
	l.Typed, l.More = s.findMore(r, viewer)
	return l, nil
}

// visible fetches works for a list. The index may be a moment behind the
// store, so what the viewer may see is asked again.
func (s *Site) visible(ctx context.Context, v archive.Viewer, ids []archive.WorkID) (works []archive.Work, err error) {
	err = s.Store.Read(ctx, func(tx *store.Tx) error {
		works, err = tx.Works(ids)
		return err
	})
	return slices.DeleteFunc(works, func(w archive.Work) bool { return !v.MaySeeWork(w) }), err
}

func (l found) beyond(page find.PageError) error {
	last := l.Question
	last.Page = page.Pages
	first := l.Question
	first.Page = 1
	return told{Err: page, Heading: fmt.Sprintf("There is no page %s", words.Number(page.Page)), Message: page.Error(),
		Links: []link{{Href: l.Scope.Href(first), Label: "First page"}, {Href: l.Scope.Href(last), Label: "Last page"}}}
}

// findMore reads the fields that find tags which are not among the first ten.
func (s *Site) findMore(r *http.Request, v archive.Viewer) (map[archive.Kind]string, map[archive.Kind][]find.Facet) {
	typed, more := map[archive.Kind]string{}, map[archive.Kind][]find.Facet{}
	for _, kind := range archive.Kinds {
		name := strings.TrimSpace(strings.ToValidUTF8(r.URL.Query().Get("find-"+kind.String()), ""))
		if name == "" {
			continue
		}
		typed[kind] = name
		for _, t := range s.Finder.Tags(r.Context(), v, kind, name, listing.Found) {
			more[kind] = append(more[kind], find.Facet{ID: t.ID, Name: t.Name, Count: t.Uses})
		}
	}
	return typed, more
}
