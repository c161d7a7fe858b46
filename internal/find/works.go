package find

import (
	"cmp"
	"context"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/find/query"
	"ficstead/internal/index"
)

// Works answers q for v. A page beyond the last is a PageError, which is
// NotFound; the answer that comes with it has all but the works of the page.
func (f *Finder) Works(ctx context.Context, v archive.Viewer, q Question) (Answer, error) {
	typed, problems := query.Parse(q.Query)
	typed.Q = query.Simplify(typed.Q)
	a, err := f.ask(ctx, v, q.Now)
	if err != nil {
		return Answer{}, err
	}
	a.ignored = problems
	filters := a.filters(q, typed)
	found, err := a.state.Find(ctx, v, asked(filters))
	if err != nil {
		return Answer{}, err
	}

	answer := Answer{
		Total: found.Total(),
		Tags:  a.named,
		Page:  max(1, q.Page), Per: cmp.Or(max(0, q.Per), pageSizes[0]),
		Generation: a.state.generation,
	}
	answer.Sort, answer.Dir = a.order(q, typed)
	answer.Pages = max(1, (answer.Total+answer.Per-1)/answer.Per)
	answer.Facets = a.facets(found, q)
	answer.Languages = a.languages(found, q)
	if answer.Total == 0 {
		if answer.Without, err = a.without(filters); err != nil {
			return Answer{}, err
		}
	}
	answer.Ignored, answer.DidYouMean = a.ignored, a.didYouMean(answer.Total)
	if answer.Page > answer.Pages {
		return answer, PageError{answer.Page, answer.Pages}
	}
	answer.IDs = found.Page(a.orderOf(answer.Sort, q.Seed), answer.Dir == query.Descending, (answer.Page-1)*answer.Per, answer.Per)
	return answer, nil
}

// ask begins to answer a question of v. The zero now is the present.
func (f *Finder) ask(ctx context.Context, v archive.Viewer, now time.Time) (*asking, error) {
	if now.IsZero() {
		now = time.Now()
	}
	s := f.current.Load()
	seen, err := s.Find(ctx, v, index.All{})
	return &asking{
		ctx: ctx, state: s, viewer: v, seen: seen, now: now,
		named: map[archive.TagID]archive.Tag{},
	}, err
}

// order decides the order: what the parameters say comes before what the query
// says. What fits best is the usual order if there are words to fit.
func (a *asking) order(q Question, typed query.Query) (Sort, Dir) {
	sort := cmp.Or(q.Sort, typed.Sort, query.Best)
	if _, ok := query.ParseSort(string(sort)); !ok || sort == query.Best && len(a.words) == 0 {
		sort = query.ByUpdated
	}
	return sort, cmp.Or(q.Dir, typed.Dir).Of(sort)
}

func (a *asking) orderOf(s Sort, seed int64) index.Order {
	switch s {
	case query.Best:
		return index.Order{By: index.Fitting, Looks: a.words, Weights: weights()}
	case query.Random:
		return index.Order{By: index.Shuffled, Seed: seed}
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
