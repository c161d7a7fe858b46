package find

import (
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/find/query"
	"ficstead/internal/index"
)

// filter is one thing that a question asks for, and the question without it.
type filter struct {
	param, value string
	asks         index.Expr
	without      Question
}

// listFilters lists all that is asked for: works that pass each are the answer.
func (a *asking) listFilters() []filter {
	var list []filter
	add := func(param, value string, e index.Expr, without Question) {
		if e != nil {
			without.Page, without.After = 0, ""
			list = append(list, filter{param, value, e, without})
		}
	}
	a.tagFilters(a.q, add)
	a.setFilters(a.q, add)
	a.queryFilters(a.q, add)
	a.rangeFilters(a.q, add)
	return list
}

type addFilter func(param, value string, e index.Expr, without Question)

func (a *asking) tagFilters(q Question, add addFilter) {
	for i, id := range q.Include {
		without := q
		without.Include = slices.Delete(slices.Clone(q.Include), i, i+1)
		add("include", a.tagName("include", id), index.Tag(id), without)
	}
	if len(q.Any) > 0 {
		without := q
		without.Any = nil
		var names []string
		var sets index.Or
		for _, id := range q.Any {
			names = append(names, a.tagName("any", id))
			sets = append(sets, index.Tag(id))
		}
		add("any", strings.Join(names, ", "), sets, without)
	}
	for i, id := range q.Focus {
		without := q
		without.Focus = slices.Delete(slices.Clone(q.Focus), i, i+1)
		add("focus", a.tagName("focus", id), index.Focus(id), without)
	}
	for i, id := range q.Exclude {
		without := q
		without.Exclude = slices.Delete(slices.Clone(q.Exclude), i, i+1)
		add("exclude", a.tagName("exclude", id), index.Not{Expr: index.Tag(id)}, without)
	}
}

// tagName notes that the question names a tag. Of one that the viewer may not
// know it says that there is none.
func (a *asking) tagName(param string, id archive.TagID) string {
	t, ok := a.state.knownTag(a.seen, id)
	if !ok {
		a.problem(param, "No work here has the tag with the number %d.", id.Public())
		return ""
	}
	a.named[id] = t
	return t.Name
}

func (a *asking) setFilters(q Question, add addFilter) {
	if len(q.Languages) > 0 {
		without := q
		without.Languages = nil
		var names []string
		var sets index.Or
		for _, code := range q.Languages {
			names = append(names, text.LanguageName(code))
			sets = append(sets, index.Language(code))
		}
		add("lang", strings.Join(names, ", "), sets, without)
	}
	if q.Creator != 0 {
		without := q
		without.Creator = 0
		add("creator", "", index.Creator(q.Creator), without)
	}
	if q.Series != 0 {
		without := q
		without.Series = 0
		add("series", "", index.Series(q.Series), without)
	}
	if q.Status != "" {
		without := q
		without.Status = ""
		add("status", q.Status, a.shelf(), without)
	}
	for _, c := range []struct {
		trait query.Trait
		of    func(*Question) *Choice
	}{
		{query.Complete, func(q *Question) *Choice { return &q.Complete }},
		{query.Crossover, func(q *Question) *Choice { return &q.Crossover }},
		{query.OneShip, func(q *Question) *Choice { return &q.OneShip }},
		{query.Restricted, func(q *Question) *Choice { return &q.Restricted }},
	} {
		if choice := *c.of(&q); choice != Either {
			without := q
			*c.of(&without) = Either
			add(c.trait.String(), string(choice), trait(c.trait, choice == Yes), without)
		}
	}
}

// queryFilters makes a filter of each part of the query that must be there.
func (a *asking) queryFilters(q Question, add addFilter) {
	if q.Query == "" {
		return
	}
	parts := []query.Q{a.typed}
	if and, ok := a.typed.(query.And); ok {
		parts = and
	}
	for i, part := range parts {
		without, rest := q, query.And(slices.Delete(slices.Clone(parts), i, i+1))
		without.Query = query.Query{Q: query.Simplify(rest)}.String()
		add("q", part.String(), a.compile(part, true), without)
	}
}

func (a *asking) rangeFilters(q Question, add addFilter) {
	for _, r := range []struct {
		param  string
		column index.Column
		of     func(*Question) *Range
	}{
		{"words", index.WordCount, func(q *Question) *Range { return &q.Words }},
		{"chapters", index.Chapters, func(q *Question) *Range { return &q.Chapters }},
		{"kudos", index.Kudos, func(q *Question) *Range { return &q.Kudos }},
		{"hits", index.Hits, func(q *Question) *Range { return &q.Hits }},
		{"comments", index.Comments, func(q *Question) *Range { return &q.Comments }},
		{"bookmarks", index.Bookmarks, func(q *Question) *Range { return &q.Bookmarks }},
	} {
		if span := *r.of(&q); !span.IsZero() {
			without := q
			*r.of(&without) = Range{}
			add(r.param, span.String(), numbers(r.column, span), without)
		}
	}
	for _, d := range []struct {
		param  string
		column index.Column
		of     func(*Question) *DateRange
	}{
		{"updated", index.Updated, func(q *Question) *DateRange { return &q.Updated }},
		{"posted", index.Posted, func(q *Question) *DateRange { return &q.Posted }},
	} {
		if span := *d.of(&q); !span.IsZero() {
			without := q
			*d.of(&without) = DateRange{}
			add(d.param, span.String(), a.days(d.column, span), without)
		}
	}
}

// asked lists what the filters ask for.
func asked(filters []filter) index.And {
	var parts index.And
	for _, f := range filters {
		parts = append(parts, f.asks)
	}
	return parts
}

// without tells what each filter keeps from being found, for a question that
// finds nothing.
func (a *asking) without() ([]Without, error) {
	parts, cost := asked(a.filters), 0
	for _, e := range parts {
		cost += a.state.Estimate(e)
	}
	totals := make([]int, len(parts))
	err := a.whenLight(cost, func() (err error) {
		totals, err = a.state.Without(a.ctx, a.viewer, parts)
		return err
	})
	var list []Without
	for i, f := range a.filters {
		if err == nil && totals[i] > 0 {
			list = append(list, Without{f.param, f.value, f.without, totals[i]})
		}
	}
	slices.SortStableFunc(list, func(a, b Without) int { return b.Total - a.Total })
	return list, err
}
