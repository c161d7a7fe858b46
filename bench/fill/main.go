// Command fill writes a synthetic archive into a folder that the program serves:
//
//	go run ./bench/fill -works 1000000 -data /tmp/large
//	ficstead serve --data /tmp/large
//
// Its works have the numbers and tags of bench/synthetic, and of each chapter the
// beginning. The folder must not have an archive yet.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ficstead/bench/synthetic"
	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
)

func main() {
	log.SetFlags(0)
	works := flag.Int("works", 100_000, "how many works")
	seed := flag.Uint64("seed", 42, "the seed")
	data := flag.String("data", "", "the folder of the new archive, or a postgres:// address")
	bytes := flag.Int("bytes", 700, "how much of each chapter")
	flag.Parse()
	if *data == "" {
		log.Fatal("say -data: where the archive is to be")
	}
	start := time.Now()
	if err := fill(context.Background(), *data, synthetic.New(*seed, *works), *bytes); err != nil {
		log.Fatal(err)
	}
	took := time.Since(start)
	fmt.Printf("%d works in %s: %.0f a second\n", *works, took.Round(time.Second), float64(*works)/took.Seconds())
}

// atOnce is how many works, tags or links one transaction adds.
const atOnce = 5000

// filling is an archive on its way into a store.
type filling struct {
	a     *synthetic.Archive
	s     *store.Store
	ids   []archive.TagID // in the store, by ids in a
	next  <-chan made
	batch []made // those of this transaction
}

// made is a work that is ready to be kept, with the ids of its tags in the
// synthetic archive.
type made struct {
	archive.Work
	chapters []archive.Chapter
	tags     []archive.TagID
}

// makeWorks makes all works in order, ahead of who keeps them.
func makeWorks(ctx context.Context, a *synthetic.Archive, bytes int) <-chan made {
	list := make(chan made, 1000)
	go func() {
		defer close(list)
		for i := range a.Works {
			select {
			case list <- work(a, i, bytes):
			case <-ctx.Done():
				return
			}
		}
	}()
	return list
}

func fill(ctx context.Context, data string, a *synthetic.Archive, bytes int) error {
	address := data
	if !strings.Contains(data, "://") {
		if err := os.MkdirAll(data, 0o755); err != nil {
			return err
		}
		address = filepath.Join(data, "ficstead.db")
		if err := os.WriteFile(filepath.Join(data, synthetic.NoteFile), fmt.Appendln(nil, a.Seed, a.Works), 0o644); err != nil {
			return err
		}
	}
	s, err := store.Open(ctx, address)
	if err != nil {
		return err
	}
	defer s.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	f := &filling{a: a, s: s, ids: make([]archive.TagID, a.TagCount()+1), next: makeWorks(ctx, a, bytes)}
	if err := f.pieces(ctx, "works", a.Works, f.take, f.addWork); err != nil {
		return err
	}
	return f.pieces(ctx, "tags", a.TagCount(), func(int) {}, f.relate)
}

// pieces does 0 to n, some in each transaction. Each may be run again, so what
// they need is made ready before.
func (f *filling) pieces(ctx context.Context, what string, n int, ready func(n int), do func(*store.Tx, int) error) error {
	for from := 0; from < n; from += atOnce {
		ready(min(atOnce, n-from))
		err := f.s.Write(ctx, func(tx *store.Tx) error {
			for i := from; i < min(from+atOnce, n); i++ {
				if err := do(tx, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if from/atOnce%10 == 9 {
			log.Printf("%s %d %s", time.Now().Format("15:04:05"), from+atOnce, what)
		}
	}
	return nil
}

// take takes the next works of those that were made.
func (f *filling) take(n int) {
	f.batch = f.batch[:0]
	for range n {
		f.batch = append(f.batch, <-f.next)
	}
}

func (f *filling) addWork(tx *store.Tx, i int) error {
	w := f.batch[i%atOnce]
	if err := tx.AddWork(&w.Work, w.chapters, nil); err != nil {
		return err
	}
	for k, t := range w.Work.Tags {
		f.ids[w.tags[k]] = t.ID
	}
	return nil
}

// id is the id in the store of a tag, which no work may have.
func (f *filling) id(tx *store.Tx, id archive.TagID) (archive.TagID, error) {
	if f.ids[id] == 0 {
		t := f.a.Tag(id)
		t, err := tx.EnsureTag(t.Kind, t.Name)
		if err != nil {
			return 0, err
		}
		f.ids[id] = t.ID
	}
	return f.ids[id], nil
}

// relate puts tag i, counted from 0, in its order: under its canonical tag, its
// metatag, its fandom.
func (f *filling) relate(tx *store.Tx, i int) error {
	id := archive.TagID(i + 1)
	own, err := f.id(tx, id)
	if err != nil {
		return err
	}
	if canonical := f.a.Canonical(id); canonical != id {
		into, err := f.id(tx, canonical)
		if err != nil {
			return err
		}
		return tx.SetCanonical(own, into)
	}
	for _, l := range f.a.LinksOf(id) {
		parent, err := f.id(tx, l.Parent)
		if err != nil {
			return err
		}
		if err := tx.LinkTags(archive.TagLink{Parent: parent, Child: own, Sub: l.Sub}); err != nil {
			return err
		}
	}
	return nil
}

// mostChapters is how many chapters of a work are kept.
const mostChapters = 12

// work is work i in the shape of the store. Its chapters say that they are as
// long as they would be.
func work(a *synthetic.Archive, i, bytes int) made {
	w := a.Work(i)
	kept := archive.Work{
		Keeper: archive.Owner, Visibility: w.Visibility, Title: a.Title(i), Language: w.Language,
		Summary: prose.FromText(a.Summary(i)), Complete: w.Complete, Posted: w.Posted, Updated: w.Updated,
		Kudos: w.Kudos, Hits: w.Hits, Comments: w.Comments, Bookmarks: w.Bookmarks,
	}
	for _, id := range w.Tags {
		kept.Tags = append(kept.Tags, archive.Tag{Kind: a.Kind(id), Name: a.Name(id)})
	}
	for _, id := range w.Creators {
		kept.Creators = append(kept.Creators, archive.Creator{Name: a.Creator(id).Name})
	}
	if w.Series != 0 {
		kept.Series = []archive.Part{{Series: archive.Series{Title: a.SeriesOf(w.Series).Title}, Number: w.Part}}
	}
	n := min(w.Chapters, mostChapters)
	if w.Complete {
		kept.ChaptersPlanned = n
	}
	var chapters []archive.Chapter
	for c := 1; c <= n; c++ {
		text := prose.FromText(string(a.AppendChapter(nil, i, c, bytes)))
		words := w.Words*c/n - w.Words*(c-1)/n
		chapters = append(chapters, archive.Chapter{Number: c, Text: text, Words: max(1, words)})
	}
	return made{kept, chapters, w.Tags}
}
