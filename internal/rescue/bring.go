package rescue

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/catalogue"
	"ficstead/internal/intake"
	"ficstead/internal/store"
)

// Source is an archive that was opened. Its methods are called by several
// goroutines at once.
type Source interface {
	Rescued() archive.Rescued // all but the stories
	Keys() []string           // of the stories, in order
	Story(key string) (archive.RescuedStory, error)
	Tags() archive.TagRules // what becomes of the archive's own lists
}

// Options are what a person said about a rescue.
type Options struct {
	DryRun    bool // store nothing
	LeaveOut  LeaveOut
	Remapped  bool // what becomes of tags was chosen anew
	BringBack bool // also the works that were removed here since they came
	// Tell is called for each story that is done, with what became of it, in
	// order; never by two at once. Those left out have a receipt without a status.
	Tell func(r archive.Receipt, done, of int)
}

// The bounds of one transaction: enough that committing does not count, and few
// enough that others need not wait and little is lost at a power cut.
const (
	batchStories = 50
	batchBytes   = 8 << 20
	batchTime    = 500 * time.Millisecond
)

// mostFailed is how many stories of a batch may fail before it is no longer
// thought to be their fault.
const mostFailed = 10

// ahead is how many stories are read before the first of them is kept.
const ahead = 64

// Bring brings in an archive for a person. Its stories are restricted, and
// private if they were never approved. A story that cannot be kept is refused on
// its receipt and in the report; an error ends it all, and what was told until
// then is kept.
func Bring(ctx context.Context, s *store.Store, by archive.Viewer, src Source, o Options) (Report, error) {
	began := time.Now()
	rescued := src.Rescued()
	keys := src.Keys()
	key, err := keyOf(rescued, keys)
	if err != nil {
		return Report{}, err
	}
	out := o.LeaveOut.resolve(rescued.People)
	withoutPeople(&rescued, out)
	begin := catalogue.BeginRescue
	if o.DryRun {
		begin = catalogue.ForeseeRescue
	}
	r, err := begin(ctx, s, by, key, rescued, out.lists)
	if err != nil {
		return Report{}, err
	}
	b := &bringing{src: src, rescue: r, options: o, out: out, report: newReport(key, rescued, src.Tags(), o.DryRun)}
	r.Remapped = o.Remapped
	b.report.addsOnly(r.Partial, r.Older)
	if unused := out.unused(keys); len(unused) > 0 {
		b.report.doubt("list of what to leave out", "Lines of the list name nothing in this archive. Check how they are spelled.", unused...)
	}
	if err := b.run(ctx, keys); err != nil {
		return b.report, err
	}
	b.report.Seconds.All = time.Since(began).Seconds()
	err = b.end(ctx, s)
	return b.report, err
}

// keyOf is what an archive is called: what it says, or what the keys of all its
// things begin with, before their last two colons.
func keyOf(a archive.Rescued, stories []string) (string, error) {
	if a.Key != "" && len(stories)+len(a.People) > 0 {
		return a.Key, nil
	}
	any := stories
	for _, p := range a.People {
		any = append(any[:len(any):len(any)], p.Key)
	}
	for _, key := range any {
		for range 2 {
			key = key[:max(strings.LastIndex(key, ":"), 0)]
		}
		if key != "" {
			return key, nil
		}
	}
	return "", archive.Refusal("There are no stories and no people in this archive. Check that it is the right file, and that it is whole.")
}

// bringing is one Bring under way.
type bringing struct {
	src     Source
	rescue  *catalogue.Rescue
	options Options
	out     leftOut
	report  Report
	at      int // stories told
}

// read is a story on its way.
type read struct {
	story   catalogue.Story
	known   store.RescuedWork
	state   state
	err     error
	reading time.Duration
	mending time.Duration
}

type state int

const (
	fresh   state = iota // to be kept
	same                 // nothing new in it
	removed              // was here, and was removed
	left                 // asked to be left out
	broken               // cannot be read
)

// run reads, mends and keeps all stories. Each core takes the next one that
// nobody has; they are kept in order.
func (b *bringing) run(ctx context.Context, keys []string) error {
	ctx, stop := context.WithCancel(ctx)
	slots := make([]chan read, len(keys))
	for i := range slots {
		slots[i] = make(chan read, 1)
	}
	tickets := make(chan int) // numbers of stories that may be read
	free := make(chan struct{}, ahead)
	var all sync.WaitGroup
	defer all.Wait()
	all.Go(func() {
		defer close(tickets)
		for i := range keys {
			select {
			case free <- struct{}{}:
			case <-ctx.Done():
				return
			}
			select {
			case tickets <- i:
			case <-ctx.Done():
				return
			}
		}
	})
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for i := range tickets {
				slots[i] <- b.read(keys[i])
			}
		})
	}
	defer stop() // which comes before Wait
	return b.write(ctx, slots, free)
}

// read reads one story and mends it, unless there is nothing new in it.
func (b *bringing) read(key string) (r read) {
	began := time.Now()
	r.known, _ = b.rescue.Known(key)
	defer func() {
		if fault := recover(); fault != nil {
			r.err, r.state = archive.Refusal(fmt.Sprintf("Reading this story broke something in Ficstead, which is our fault; please report it (%v).", fault)), broken
			r.story.Key = key
		}
	}()
	s, err := b.src.Story(key)
	r.reading = time.Since(began)
	r.story.RescuedStory = s
	r.story.Key = key
	if err != nil {
		r.err, r.state = err, broken
		return r
	}
	if b.out.story(s) {
		r.state = left
		return r
	}
	b.out.reviews(&r.story.RescuedStory)
	r.story.Sum = catalogue.SumOf(r.story.RescuedStory)
	_, known := b.rescue.Known(key)
	switch {
	case known && r.known.Work == 0 && !b.options.BringBack:
		r.state = removed
		return r
	case known && r.known.Work != 0 && r.known.Sum == r.story.Sum:
		r.state = same
		return r
	}
	b.rescue.Settle(&r.story.RescuedStory)
	began = time.Now()
	r.story.RescuedStory, r.err = intake.MendStory(r.story.RescuedStory, nil)
	r.mending = time.Since(began)
	if r.err != nil {
		r.state = broken
	}
	return r
}

// write keeps what was read, in order and in batches.
func (b *bringing) write(ctx context.Context, slots []chan read, free chan struct{}) error {
	var batch []read
	size := 0
	since := time.Now()
	for i, slot := range slots {
		var r read
		select {
		case r = <-slot:
		case <-ctx.Done():
			return ctx.Err()
		}
		<-free
		batch = append(batch, r)
		size += len(r.story.Original)
		full := len(batch) >= batchStories || size >= batchBytes || time.Since(since) >= batchTime
		if full || i == len(slots)-1 {
			if err := b.keep(ctx, batch, len(slots)); err != nil {
				return err
			}
			batch, size, since = nil, 0, time.Now()
		}
	}
	return ctx.Err()
}

// keep keeps a batch and tells what became of it. If the batch fails as a whole
// its stories are kept one by one, so that the fault is told of the one that has it.
func (b *bringing) keep(ctx context.Context, batch []read, of int) error {
	began := time.Now()
	keep := b.rescue.KeepStories
	if b.options.DryRun {
		keep = b.rescue.ForeseeStories
	}
	var stories []catalogue.Story
	for _, r := range batch {
		if r.state == fresh {
			stories = append(stories, r.story)
		}
	}
	receipts, err := keep(ctx, stories)
	if err != nil && len(stories) > 0 {
		receipts = receipts[:0]
		failed := 0
		for _, s := range stories {
			one, err := keep(ctx, []catalogue.Story{s})
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				if failed++; failed == mostFailed || failed == len(stories) && failed > 1 {
					return fmt.Errorf("nothing can be kept: %w", err) // a full disk, not a story
				}
				one = []archive.Receipt{{Source: s.Key, Kind: s.Manuscript.Kind, Status: archive.StatusRefused, Title: s.Manuscript.Title,
					Error: fmt.Sprintf("The archive could not keep this; nothing of it is in. Bring it in again, and check the disk if that fails too (%v).", err)}}
			}
			receipts = append(receipts, one[0])
		}
	}
	b.report.Seconds.Storing += time.Since(began).Seconds()
	for _, r := range batch {
		var receipt archive.Receipt
		if r.state == fresh {
			receipt, receipts = receipts[0], receipts[1:]
		} else {
			receipt = r.receipt()
		}
		b.report.add(r, receipt)
		b.at++
		if b.options.Tell != nil {
			b.options.Tell(receipt, b.at, of)
		}
	}
	return nil
}

// receipt is that of a story that did not come to be kept.
func (r read) receipt() archive.Receipt {
	receipt := archive.Receipt{Source: r.story.Key, Kind: r.story.Manuscript.Kind, Title: r.story.Manuscript.Title, Work: r.known.Work}
	switch r.state {
	case same:
		receipt.Status = archive.StatusSame
	case broken:
		receipt.Status, receipt.Work = archive.StatusRefused, 0
		receipt.Error = sentence(r.err)
	}
	return receipt
}

func sentence(err error) string {
	if errors.Is(err, errs.Invalid) {
		return intake.Sentence(err)
	}
	return fmt.Sprintf("The story could not be read (%v).", err)
}

// end counts what is here by now and keeps the report with it.
func (b *bringing) end(ctx context.Context, s *store.Store) error {
	counts := store.RescueCounts{}
	if !b.options.DryRun {
		if err := b.rescue.End(ctx, nil); err != nil {
			return err
		}
		err := s.Read(ctx, func(tx *store.Tx) (err error) {
			if counts, err = tx.CountRescued(b.rescue.Archive.ID); err != nil {
				return err
			}
			series, err := tx.RescuedSeriesList(b.rescue.Archive.ID)
			b.report.ofSeries = 0
			for _, s := range series {
				b.report.ofSeries += len(s.Reviews)
			}
			return err
		})
		if err != nil {
			return err
		}
		b.report.Rescue = b.rescue.Archive.ID.Public()
	}
	b.report.finish(counts)
	if b.options.DryRun {
		return nil
	}
	return b.rescue.End(ctx, b.report.JSON())
}
