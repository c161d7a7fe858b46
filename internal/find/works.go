package find

import (
	"cmp"
	"context"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/find/query"
	"ficstead/internal/index"
)

// Works answers q for v. A page beyond the last is a PageError, which is
// NotFound; the answer that comes with it has all but the works of the page.
func (f *Finder) Works(ctx context.Context, v archive.Viewer, q Question) (Answer, error) {
	asked, problems := query.Parse(q.Query)
	asked.Q = query.Simplify(asked.Q)
	a := f.ask(ctx, v, q.Now)
	a.ignored = problems
	filters := a.filters(q, asked)
	found := a.pass(filters)

	answer := Answer{
		Total: int(found.GetCardinality()),
		Tags:  a.named,
		Page:  max(1, q.Page), Per: cmp.Or(max(0, q.Per), pageSizes[0]),
		Generation: a.state.generation,
	}
	answer.Sort, answer.Dir = a.order(q, asked)
	answer.Pages = max(1, (answer.Total+answer.Per-1)/answer.Per)
	answer.Facets = a.facets(found, q)
	answer.Languages = a.languages(found, q)
	if answer.Total == 0 {
		answer.Without = a.without(filters)
	}
	answer.Ignored, answer.DidYouMean = a.ignored, a.didYouMean(answer.Total)
	if err := ctx.Err(); err != nil {
		return Answer{}, err
	}
	if answer.Page > answer.Pages {
		return answer, PageError{answer.Page, answer.Pages}
	}
	answer.IDs = a.page(found, answer, q.Seed)
	return answer, nil
}

// ask begins to answer a question of v. The zero now is the present.
func (f *Finder) ask(ctx context.Context, v archive.Viewer, now time.Time) *asking {
	if now.IsZero() {
		now = time.Now()
	}
	s := f.current.Load()
	return &asking{
		ctx: ctx, state: s, viewer: v, visible: s.Visible(v), now: now,
		named: map[archive.TagID]archive.Tag{},
	}
}

// order decides the order: what the parameters say comes before what the query
// says. What fits best is the usual order if there are words to fit.
func (a *asking) order(q Question, asked query.Query) (Sort, Dir) {
	sort := cmp.Or(q.Sort, asked.Sort, query.Best)
	if _, ok := query.ParseSort(string(sort)); !ok || sort == query.Best && len(a.words) == 0 {
		sort = query.ByUpdated
	}
	return sort, cmp.Or(q.Dir, asked.Dir).Of(sort)
}

// page returns the works on a page of what was found.
func (a *asking) page(found *roaring.Bitmap, answer Answer, seed int64) []archive.WorkID {
	s, down := a.state, answer.Dir == query.Descending
	skip := (answer.Page - 1) * answer.Per
	var rows []uint32
	switch answer.Sort {
	case query.Best:
		fit := a.fit(found)
		rows = s.PageBy(found, func(row uint32) uint32 { return fit[row] }, index.ByColumn(index.Updated), down, skip, answer.Per)
	case query.Random:
		rows = s.PageBy(found, func(row uint32) uint32 { return shuffle(seed, row) }, index.ByColumn(index.Updated), down, skip, answer.Per)
	default:
		rows = s.Page(found, orderOf(answer.Sort), down, skip, answer.Per)
	}
	ids := make([]archive.WorkID, len(rows))
	for i, row := range rows {
		ids[i] = archive.WorkID(row)
	}
	return ids
}

func orderOf(s Sort) index.Order {
	switch s {
	case query.ByPosted:
		return index.ByColumn(index.Posted)
	case query.ByWords:
		return index.ByColumn(index.Words)
	case query.ByKudos:
		return index.ByColumn(index.Kudos)
	case query.ByHits:
		return index.ByColumn(index.Hits)
	case query.ByComments:
		return index.ByColumn(index.Comments)
	case query.ByBookmarks:
		return index.ByColumn(index.Bookmarks)
	case query.ByTitle:
		return index.ByTitle
	case query.ByCreator:
		return index.ByCreator
	}
	return index.ByColumn(index.Updated)
}

// weights say how much it means to find a word in a place.
var weights = map[index.Place]uint32{
	index.InTitle: 8, index.InCreator: 6, index.InTags: 4, index.InSeries: 3, index.InSummary: 2, index.InNotes: 1,
}

// fit returns by row how well works fit what was looked for: for all words the
// weight of the best place that each was found in.
func (a *asking) fit(found *roaring.Bitmap) []uint32 {
	if found.IsEmpty() {
		return nil
	}
	fit := make([]uint32, found.Maximum()+1)
	for _, l := range a.words {
		rest := found
		for _, place := range l.places {
			here := a.state.Words(place, l.terms, rest)
			for it := here.Iterator(); it.HasNext(); {
				fit[it.Next()] += weights[place]
			}
			rest = roaring.AndNot(rest, here)
		}
	}
	return fit
}

// shuffle gives every work a place in the order of a seed: the finaliser of
// SplitMix64, folded to 32 bits.
func shuffle(seed int64, row uint32) uint32 {
	x := uint64(seed)*0x9e3779b97f4a7c15 + uint64(row) + 1
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	x ^= x >> 31
	return uint32(x ^ x>>32)
}
