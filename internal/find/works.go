package find

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"ficstead/internal/archive"
	"ficstead/internal/find/query"
	"ficstead/internal/index"
)

// Works answers q for v. A page beyond the last is a PageError, which is
// NotFound; the answer that comes with it has all but the works of the page.
// Answers are shared: nobody may change what is in them.
func (f *Finder) Works(ctx context.Context, v archive.Viewer, q Question) (answer Answer, err error) {
	defer f.guard(&err)()
	a, err := f.ask(ctx, v, q)
	if err != nil {
		return Answer{}, err
	}
	answer, err = cached(ctx, a.state.answers, a.key, a.whole)
	if err != nil {
		return Answer{}, err
	}
	answer = a.dress(answer)
	if answer.Page > answer.Pages && a.q.After == "" {
		return answer, PageError{answer.Page, answer.Pages}
	}
	p, err := cached(ctx, a.state.answers, a.key+a.q.place(answer.Sort, answer.Dir), func() (page, int, error) { return a.page(answer) })
	if err != nil {
		return Answer{}, err
	}
	answer.IDs, answer.Passages = slices.Clone(p.ids), p.passages
	answer.Page, answer.Next, answer.Previous = p.number, p.next, p.previous
	answer.Ignored = merged(answer.Ignored, p.ignored)
	return answer, nil
}

// ask begins to answer a question of v.
func (f *Finder) ask(ctx context.Context, v archive.Viewer, q Question) (*asking, error) {
	a := &asking{ctx: ctx, Finder: f, state: f.current.Load(), viewer: v, named: map[archive.TagID]archive.Tag{}}
	if err := a.state.from.usable(); err != nil {
		return nil, err
	}
	a.q, a.typed, a.problems = q.normal()
	audience, err := a.state.audience(ctx, v)
	a.key = audience + " " + a.q.key()
	if f.inside != nil && a.q.Query != "" {
		a.key += " " + strconv.FormatInt(f.inside.Generation(), 10)
	}
	return a, err
}

// solve finds the works that answer the question, once.
func (a *asking) solve() (*index.Found, error) {
	if a.found != nil || a.err != nil {
		return a.found, a.err
	}
	if a.seen, a.err = a.state.Find(a.ctx, a.viewer, index.All{}); a.err != nil {
		return nil, a.err
	}
	a.filters = a.listFilters()
	a.tellProgress()
	if a.err != nil {
		return nil, a.err
	}
	e := asked(a.filters)
	a.err = a.whenLight(a.state.Estimate(e), func() (err error) {
		a.found, err = a.state.Find(a.ctx, a.viewer, e)
		return err
	})
	return a.found, a.err
}

// whenLight does something of a cost at once if that is light, else in its turn.
func (a *asking) whenLight(cost int, do func() error) error {
	leave, err := a.gate.enter(a.ctx, cost)
	if err != nil {
		return err
	}
	defer leave()
	return do()
}

// countedInTime is how many works have their tags counted in the time in which
// one is looked at otherwise.
const countedInTime = 4

// whole is all of an answer that is the same on each of its pages.
func (a *asking) whole() (answer Answer, bytes int, err error) {
	found, err := a.solve()
	if err != nil {
		return Answer{}, 0, err
	}
	answer = Answer{Total: found.Total(), Tags: a.named, Generation: a.state.generation}
	if answer.Sort = query.ByUpdated; len(a.words) > 0 {
		answer.Sort = query.Best
	}
	err = a.whenLight(found.CountEffort()/countedInTime, func() error {
		answer.Facets, answer.Languages = a.facets(found), a.languages(found)
		return nil
	})
	if err == nil && answer.Total == 0 {
		answer.Without, err = a.without()
	}
	answer.Ignored, answer.DidYouMean = a.ignored, a.didYouMean(answer.Total)
	return answer, answer.size(), err
}

// dress makes of what all pages have in common the answer to this question.
func (a *asking) dress(answer Answer) Answer {
	fits := answer.Sort == query.Best
	answer.Sort = cmp.Or(a.q.Sort, answer.Sort)
	if answer.Sort == query.Best && !fits {
		answer.Sort = query.Loved
	}
	answer.Dir = a.q.Dir.Of(answer.Sort)
	answer.Page, answer.Per = a.q.Page, a.q.Per
	answer.Pages = max(1, (answer.Total+answer.Per-1)/answer.Per)
	answer.Ignored = merged(a.problems, answer.Ignored)
	answer.Without = slices.Clone(answer.Without)
	for i := range answer.Without {
		w := &answer.Without[i].Question
		w.Sort, w.Dir, w.Seed, w.Per, w.Now = a.q.Sort, a.q.Dir, a.q.Seed, a.q.Per, a.q.Now
	}
	return answer
}

// merged lists the problems of both, each once, as many as anybody reads.
func merged(first, second []Problem) []Problem {
	all := first[:len(first):len(first)]
	for _, p := range second {
		if len(all) < maxProblems && !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}

// orderOf is the order in terms of the index.
func (a *asking) orderOf(s Sort) index.Order {
	switch s {
	case query.Best:
		return index.Order{By: index.Fitting, Looks: a.words, Weights: weights()}
	case query.Random:
		return index.Order{By: index.Shuffled, Seed: a.q.Seed}
	case query.Loved:
		return index.Order{By: index.ByLoved}
	case query.ByPosted:
		return index.ByColumn(index.Posted)
	case query.ByWords:
		return index.ByColumn(index.WordCount)
	case query.ByKudos:
		return index.ByColumn(index.Kudos)
	case query.ByHits:
		return index.ByColumn(index.Hits)
	case query.ByComments:
		return index.ByColumn(index.Comments)
	case query.ByBookmarks:
		return index.ByColumn(index.Bookmarks)
	case query.ByTitle:
		return index.Order{By: index.ByTitle}
	case query.ByCreator:
		return index.Order{By: index.ByCreator}
	}
	return index.ByColumn(index.Updated)
}

// weights say how much it means to find a word in a place.
func weights() [index.PlaceCount]uint32 {
	return [...]uint32{index.InTitle: 8, index.InCreator: 6, index.InTags: 4, index.InSeries: 3, index.InSummary: 2, index.InNotes: 1}
}
