package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"ficstead/torture/site"
	"ficstead/torture/tale"
)

// cyclesOfWorld is after how many kills a new archive is begun: it should have
// history, and reading it whole should stay quick.
const cyclesOfWorld = 25

// A world is one archive, and all that was done to it.
type world struct {
	site.Archive
	where  string
	random *rand.Rand
	shelf  *tale.Shelf
	sum    *tally
	cycle  int
	last   int // acknowledged before this cycle
	names  atomic.Int64
	dumps  []*dump
	backup bool // it can be backed up

	// Of the cycle that runs.
	server   *site.Server
	progress atomic.Int64
	killed   atomic.Bool // the server was
	ending   atomic.Bool // nothing new is begun
	kill     chan struct{}
	killAt   int64 // acknowledgements after which to kill, 0: by time alone
	hands    sync.WaitGroup
	mu       sync.Mutex
	commands map[*site.Process]bool // that run
	cut      map[*site.Process]bool // that were killed
	cutting  bool                   // commands are killed now
}

func newWorld(o options, where string, seed uint64, sum *tally) *world {
	w := &world{
		Archive: site.Archive{Binary: o.binary, Dir: filepath.Join(o.dir, strings.ReplaceAll(where, " ", "-"), "data")},
		where:   where, random: rand.New(rand.NewPCG(seed, 1)), shelf: tale.NewShelf(), sum: sum, backup: true,
	}
	return w
}

// killSQLite kills archives in SQLite.
func killSQLite(ctx context.Context, o options, sum *tally) error {
	return manyWorlds(ctx, o, o.cycles, sum, "world", func(w *world) error { return nil })
}

// manyWorlds runs so many cycles on archives that prepare makes ready, several at once.
func manyWorlds(ctx context.Context, o options, cycles int, sum *tally, name string, prepare func(*world) error) error {
	var all sync.WaitGroup
	var next atomic.Int64
	errs := make([]error, o.workers)
	worlds := (cycles + cyclesOfWorld - 1) / cyclesOfWorld
	for i := range o.workers {
		all.Go(func() {
			for {
				n := int(next.Add(1)) - 1
				if n >= worlds || ctx.Err() != nil || errs[i] != nil || sum.broken() > 0 {
					return
				}
				w := newWorld(o, fmt.Sprintf("%s %d", name, n), o.seed+uint64(n), sum)
				if errs[i] = os.MkdirAll(filepath.Dir(w.Dir), 0o755); errs[i] == nil {
					errs[i] = prepare(w)
				}
				if errs[i] == nil {
					errs[i] = w.run(ctx, min(cyclesOfWorld, cycles-n*cyclesOfWorld), o.verbose)
				}
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// run kills the archive so often, and looks at it thoroughly at the end.
func (w *world) run(ctx context.Context, cycles int, verbose bool) error {
	for w.cycle = 1; w.cycle <= cycles && ctx.Err() == nil; w.cycle++ {
		if err := w.oneCycle(ctx); err != nil {
			return err
		}
		acked := w.shelf.Acked()
		w.sum.cycle(acked - w.last)
		if verbose {
			fmt.Printf("%s, cycle %d: %d acknowledged\n", w.where, w.cycle, acked-w.last)
		}
		w.last = acked
		if w.sum.broken() > 0 {
			return nil
		}
	}
	return w.end(ctx)
}

func (w *world) tell(found ...site.Finding) {
	w.sum.tell(fmt.Sprintf("%s, cycle %d", w.where, w.cycle), found...)
}

func (w *world) unsound(format string, args ...any) {
	w.tell(site.Finding{Kind: site.Unsound, What: fmt.Sprintf(format, args...)})
}

// A blow is what is killed.
type blow int

const (
	both blow = iota
	serverOnly
	commandsOnly
)

// oneCycle starts a server, looks what is there, lets many hands work, and kills.
func (w *world) oneCycle(ctx context.Context) error {
	if err := w.begin(ctx); err != nil {
		if ctx.Err() == nil {
			w.unsound("%v", err)
		}
		return ctx.Err()
	}
	if w.cycle > 1 && w.random.IntN(8) == 0 {
		w.stop(ctx, both) // while it is still recovering
		if err := w.begin(ctx); err != nil {
			w.unsound("after being killed while it recovered: %v", err)
			return nil
		}
	}
	if found := site.Observe(ctx, w.Archive, w.server, w.shelf, w.cycle%10 == 0); len(found) > 0 && ctx.Err() == nil {
		w.tell(found...)
		w.stop(ctx, both)
		return nil
	}
	w.hands.Go(func() { w.visit(rand.New(rand.NewPCG(w.random.Uint64(), 2))) })
	w.hands.Go(func() { w.send(rand.New(rand.NewPCG(w.random.Uint64(), 3))) })
	w.hands.Go(func() { w.command(ctx, rand.New(rand.NewPCG(w.random.Uint64(), 4))) })
	select {
	case <-w.kill:
		time.Sleep(time.Duration(w.random.IntN(2000)) * time.Microsecond)
	case <-time.After(w.moment()):
	case <-ctx.Done():
	}
	blows := []blow{both, both, both, serverOnly, commandsOnly}
	w.stop(ctx, blows[w.random.IntN(len(blows))])
	return ctx.Err()
}

// moment is how long hands work unless progress kills before.
func (w *world) moment() time.Duration {
	if w.killAt > 0 {
		return 5 * time.Second // it should have come to that
	}
	return time.Duration(w.random.ExpFloat64() * float64(120*time.Millisecond))
}

// begin starts the server of a cycle.
func (w *world) begin(ctx context.Context) (err error) {
	w.progress.Store(0)
	w.killed.Store(false)
	w.ending.Store(false)
	w.kill, w.killAt = make(chan struct{}), 0
	if w.random.IntN(2) == 0 {
		w.killAt = 1 + int64(w.random.IntN(10))
	}
	w.mu.Lock()
	w.commands, w.cut, w.cutting = map[*site.Process]bool{}, map[*site.Process]bool{}, false
	w.mu.Unlock()
	w.server, err = w.Serve(ctx)
	return err
}

// stop kills, waits until all hands have noticed, and has the archive checked.
func (w *world) stop(ctx context.Context, what blow) {
	w.ending.Store(true)
	if what != commandsOnly {
		w.killed.Store(true)
		w.server.Kill()
	}
	if what != serverOnly {
		w.mu.Lock()
		w.cutting = true
		for p := range w.commands {
			w.cut[p] = true
			p.Kill()
		}
		w.mu.Unlock()
	}
	w.hands.Wait()
	if what == commandsOnly {
		if err := w.server.Stop(); err != nil {
			w.unsound("the server was told to stop: %v: %s", err, w.server.Complaints())
		}
	} else {
		w.server.Wait()
	}
	if said, err := w.Run("check"); err != nil && ctx.Err() == nil {
		w.unsound("check after a kill: %v%s", err, said)
	}
}

// step notes an acknowledgement, and kills if there were enough.
func (w *world) step() {
	if w.progress.Add(1) == w.killAt {
		close(w.kill)
	}
}

// running reports whether hands should go on.
func (w *world) running() bool { return !w.ending.Load() }

// failed tells an error unless the server was killed, which is the reason for all.
func (w *world) failed(what string, err error) {
	if err != nil && !w.killed.Load() {
		time.Sleep(10 * time.Millisecond) // the flag is set right before the blow
		if !w.killed.Load() {
			w.unsound("%s: %v: %s", what, err, w.server.Complaints())
		}
	}
}

// newName is a story nobody has heard of.
func (w *world) newName() string {
	n := w.names.Add(1)
	return fmt.Sprintf("%c%d", "kpkk"[n%4], n) // most say what their source calls them
}
