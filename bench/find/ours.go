package main

import (
	"context"
	"slices"
	"time"

	"ficstead/bench/find/peer"
	"ficstead/bench/synthetic"
	"ficstead/internal/archive"
	"ficstead/internal/index"
)

// ours is our index, built straight from an archive, without a store.
type ours struct {
	s *index.Snapshot
}

// visitor asks: peers have only what everybody may see.
var visitor archive.Viewer

// build makes the index of all of a, and tells what it cost without making the
// works themselves.
func build(a *synthetic.Archive) (*ours, time.Duration) {
	var c index.Change
	for t := range a.Tags() {
		c.Tags = append(c.Tags, t)
	}
	links := slices.Collect(a.Links())
	c.Links = &links
	var w synthetic.Work
	for i := range a.Works {
		a.Read(i, &w)
		c.Docs = append(c.Docs, doc(a, &w))
	}
	start := time.Now()
	s := index.New().With(c)
	return &ours{s}, time.Since(start)
}

// doc is a work as it is indexed. It has no summary.
func doc(a *synthetic.Archive, w *synthetic.Work) index.Doc {
	d := index.Doc{
		ID: w.ID, Keeper: w.Keeper, Visibility: w.Visibility, Title: a.Title(w.Index), Language: w.Language,
		Tags: slices.Clone(w.Tags), Focus: slices.Clone(w.Focus),
		Complete: w.Complete, Words: w.Words, Chapters: w.Chapters, Kudos: w.Kudos, Hits: w.Hits,
		Comments: w.Comments, Bookmarks: w.Bookmarks, Updated: w.Updated, Posted: w.Posted,
	}
	for _, id := range w.Creators {
		d.Creators = append(d.Creators, a.Creator(id))
	}
	if w.Series != 0 {
		d.Series = append(d.Series, a.SeriesOf(w.Series))
	}
	return d
}

// Ask answers as a listing does: total, facets, languages and a page.
func (o *ours) Ask(q *synthetic.Request) (answer peer.Answer, err error) {
	start := time.Now()
	found, err := o.s.Find(context.Background(), visitor, expr(q))
	if err != nil {
		return answer, err
	}
	by, down := order(q)
	found.Page(by, down, (q.Page-1)*peer.PerPage, peer.PerPage)
	counts, languages := found.Counts(peer.PerGroup), found.Languages()
	answer.Total = found.Total()
	answer.Took = time.Since(start)
	for _, kind := range archive.Kinds {
		for _, c := range counts[kind] {
			answer.Facets[kind-1] = append(answer.Facets[kind-1], c.N)
		}
	}
	for _, l := range languages {
		answer.Facets[peer.Languages] = append(answer.Facets[peer.Languages], l.N)
	}
	list := answer.Facets[peer.Languages]
	slices.SortFunc(list, func(a, b int) int { return b - a })
	answer.Facets[peer.Languages] = list[:min(len(list), peer.PerGroup)]
	return answer, nil
}
