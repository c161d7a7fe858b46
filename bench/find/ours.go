package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"ficstead/bench/find/peer"
	"ficstead/bench/synthetic"
	"ficstead/internal/archive"
	"ficstead/internal/index"
	"ficstead/internal/index/vocabulary"
)

// ours is our index, built straight from an archive, without a store.
type ours struct {
	s *index.Snapshot
}

// visitor asks: peers have only what everybody may see.
var visitor archive.Viewer

// built is an index and what it cost, the works themselves not counted.
type built struct {
	*index.Snapshot
	tags, adding, finishing time.Duration
	cpu                     time.Duration // of all processors, for works; making them is not in it
}

// took is the time for works; tags are put in order before.
func (b built) took() time.Duration { return b.adding + b.finishing }

// build makes the index of all of a.
func build(a *synthetic.Archive) built {
	var b built
	start := time.Now()
	words := vocabulary.Build(a.Tags(), a.Links())
	b.tags = time.Since(start)
	builder := index.NewBuilder(words)
	const atOnce = 2000
	docs := make([]index.Doc, 0, atOnce)
	works := make([]synthetic.Work, atOnce)
	for from := 0; from < a.Works; from += atOnce {
		docs = docs[:0]
		for i := from; i < min(from+atOnce, a.Works); i++ {
			w := &works[i-from]
			a.Read(i, w)
			docs = append(docs, doc(a, w))
		}
		begun := cpuTime()
		start = time.Now()
		builder.AddAll(docs)
		b.adding += time.Since(start)
		b.cpu += cpuTime() - begun
	}
	begun := cpuTime()
	start = time.Now()
	b.Snapshot = builder.Done()
	b.finishing = time.Since(start)
	b.cpu += cpuTime() - begun
	return b
}

// cpuTime is what this process has used of all processors.
func cpuTime() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// doc is a work as it is indexed, as long as w is not read anew. It has no summary.
func doc(a *synthetic.Archive, w *synthetic.Work) index.Doc {
	d := index.Doc{
		ID: w.ID, Keeper: w.Keeper, Visibility: w.Visibility, Title: a.Title(w.Index), Language: w.Language, Tags: w.Tags,
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

// keep writes the index into a file, and tells its size.
func (b built) keep(path string) (size int64, took time.Duration, err error) {
	start := time.Now()
	if err := b.WriteFile(path, index.Label{Store: "bench", Generation: 1}); err != nil {
		return 0, 0, err
	}
	took = time.Since(start)
	info, err := os.Stat(path)
	if err != nil {
		return 0, 0, err
	}
	return info.Size(), took, nil
}

// ourContenders are our index, with and without the answers that it stores, both
// opened from a file as a server does.
func ourContenders(a *synthetic.Archive, dir string) ([]*contender, error) {
	progress("building ours")
	b := build(a)
	path := filepath.Join(dir, "ours")
	size, _, err := b.keep(path)
	if err != nil {
		return nil, err
	}
	loaded := peer.Loaded{Name: withStored, Works: a.Works, Took: b.took(), Bytes: size}
	kept, err := index.OpenFile(path)
	if err != nil {
		return nil, err
	}
	plain := peer.Loaded{Name: withoutStored, Works: a.Works}
	return []*contender{{Loaded: loaded, asker: &ours{kept.Snapshot}}, {Loaded: plain, asker: &ours{kept.Plain()}}}, nil
}

// Ask answers as a listing does: total, facets, languages and a page.
func (o *ours) Ask(q *synthetic.Request) (answer peer.Answer, err error) {
	start := time.Now()
	found, err := o.s.Find(context.Background(), visitor, expr(q))
	if err != nil {
		return answer, err
	}
	by, down := order(q)
	found.Page(by, down, (max(1, q.Page)-1)*peer.PerPage, peer.PerPage)
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

// counting is how many works are found, and how long counting their tags takes.
func (o *ours) counting(q *synthetic.Request) (works int, took time.Duration) {
	found, err := o.s.Find(context.Background(), visitor, expr(q))
	if err != nil {
		return 0, 0
	}
	found.Rows()
	start := time.Now()
	found.Counts(peer.PerGroup)
	return found.Total(), time.Since(start)
}
