package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"ficstead/torture/disk"
	"ficstead/torture/site"
	"ficstead/torture/tale"
	"ficstead/torture/trace"
)

// cutsOfTape is how many cuts are made in what was recorded of one archive.
const cutsOfTape = 50

// A step is something that was asked of the archive, and when it was acknowledged.
type step struct {
	stories []coming
	ack     int // the event that acknowledged it
}

// A tape is what an archive did to its disk.
type tape struct {
	site.Archive
	random *rand.Rand
	shelf  *tale.Shelf
	events []trace.Event
	steps  []step
	syncs  []int // of the write-ahead log, before each receipt of the command line
	names  int
}

// cutPower records what archives do to their disks, cuts the power at many moments,
// and opens what may be left.
func cutPower(ctx context.Context, o options, sum *tally) error {
	if o.cuts == 0 {
		return nil
	}
	if why := trace.Can(); why != "" {
		return o.skip("power cuts", why)
	}
	var all sync.WaitGroup
	var next atomic.Int64
	tapes := (o.cuts + cutsOfTape - 1) / cutsOfTape
	errs := make([]error, o.workers)
	for i := range o.workers {
		all.Go(func() {
			for n := int(next.Add(1)) - 1; n < tapes && errs[i] == nil && ctx.Err() == nil && sum.broken() == 0; n = int(next.Add(1)) - 1 {
				errs[i] = oneTape(ctx, o, sum, n, min(cutsOfTape, o.cuts-n*cutsOfTape))
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

func oneTape(ctx context.Context, o options, sum *tally, n, cuts int) error {
	where := fmt.Sprintf("power %d", n)
	t := &tape{
		Archive: site.Archive{Binary: o.binary, Dir: filepath.Join(o.dir, fmt.Sprintf("power-%d", n), "data")},
		random:  rand.New(rand.NewPCG(o.seed+uint64(n), 9)), shelf: tale.NewShelf(),
	}
	if err := os.MkdirAll(t.Dir, 0o755); err != nil {
		return err
	}
	if err := t.record(ctx); err != nil {
		return err
	}
	sum.tell(where, t.unsynced()...)
	for c := range cuts {
		if ctx.Err() != nil || sum.broken() > 0 {
			return ctx.Err()
		}
		at, shelf := t.choose()
		acked := shelf.Acked()
		found, err := t.cut(ctx, at, shelf, filepath.Join(o.dir, fmt.Sprintf("power-%d", n), fmt.Sprintf("cut-%d", c), "data"))
		if err != nil {
			return err
		}
		sum.tell(fmt.Sprintf("%s, cut %d at event %d of %d", where, c, at, len(t.events)), found...)
		sum.cycle(acked)
	}
	if sum.broken() == 0 {
		return os.RemoveAll(filepath.Dir(t.Dir))
	}
	return nil
}

// record lets an archive work, from the beginning on.
func (t *tape) record(ctx context.Context) error {
	if err := t.importFiles("new", 4); err != nil {
		return err
	}
	if err := t.serve(ctx); err != nil {
		return err
	}
	if err := t.importFiles("updated", 3); err != nil {
		return err
	}
	return t.traced(func(a site.Archive) error {
		_, err := a.Run("reindex")
		return err
	}, func(int, int) {})
}

// traced runs something under the recorder. Then it calls seen for each thing that
// was said, with its number and that of its event.
func (t *tape) traced(run func(site.Archive) error, seen func(number, event int)) error {
	log := filepath.Join(filepath.Dir(t.Dir), fmt.Sprintf("log-%d", len(t.events)))
	a := t.Archive
	a.Under = trace.Under(trace.Plan{Root: t.Dir, Log: log})
	if err := run(a); err != nil {
		return err
	}
	events, err := trace.Read(log)
	if err != nil {
		return err
	}
	first, said := len(t.events), 0
	for i, e := range events {
		if e.Kind == trace.Sync {
			e.Upto += first
		}
		t.events = append(t.events, e)
		if e.Kind == trace.Said && isAnswer(e.Data) {
			seen(said, first+i)
			said++
		}
	}
	return os.Remove(log)
}

// isAnswer reports whether what was said begins an answer of the server, or is a
// receipt.
func isAnswer(data []byte) bool {
	return bytes.HasPrefix(data, []byte("HTTP/1.1 ")) || bytes.HasPrefix(data, []byte(`{"source"`))
}

// importFiles brings in new stories, or newer copies, at the command line.
func (t *tape) importFiles(status string, n int) error {
	var all []coming
	dir, err := os.MkdirTemp(filepath.Dir(t.Dir), "files-")
	if err != nil {
		return err
	}
	for len(all) < n {
		c, ok := t.coming(status)
		if !ok {
			break
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b coming) int { return strings.Compare(a.name, b.name) })
	for _, c := range all {
		if err := os.WriteFile(filepath.Join(dir, c.name+".json"), tale.Record(c.name, c.version), 0o644); err != nil {
			return err
		}
	}
	if len(all) == 0 {
		return nil
	}
	return t.traced(func(a site.Archive) error {
		said, err := a.Run("import", "--json", dir)
		for line := range strings.Lines(said) {
			var got site.Receipt
			if err := json.Unmarshal([]byte(line), &got); err != nil || got.Status != status {
				return fmt.Errorf("import prints %q: %w", line, err)
			}
			c := all[slices.IndexFunc(all, func(c coming) bool { return tale.Title(c.name) == got.Title })]
			t.shelf.Done(c.name, c.next, got.Work)
		}
		return err
	}, func(number, event int) {
		t.steps = append(t.steps, step{[]coming{all[number]}, event})
		t.syncs = append(t.syncs, event)
	})
}

// coming chooses a story that comes in, as new or as a newer copy.
func (t *tape) coming(status string) (coming, bool) {
	if status == "updated" {
		got, ok := t.shelf.Take(t.random.IntN(1000), func(name string, s tale.State) bool { return s.Here() && tale.HasKey(name) })
		if !ok {
			return coming{}, false
		}
		v := newest(got.May[0]) + 1
		return coming{got.Name, v, got.May[0].Brought(v), status}, true
	}
	t.names++
	name := fmt.Sprintf("%c%d", "kkp"[t.names%3], t.names)
	return coming{name, 1, tale.State{}.Brought(1), status}, true
}

// serve lets a server answer a person who does one thing after another.
func (t *tape) serve(ctx context.Context) error {
	var asked []step // by the number of the answer
	return t.traced(func(a site.Archive) error {
		server, err := a.Serve(ctx)
		if err != nil {
			return err
		}
		defer server.Kill()
		for range 10 {
			s, err := t.ask(ctx, server)
			if err != nil {
				return fmt.Errorf("%w: %s", err, server.Complaints())
			}
			s.ack = server.Answers() - 1
			asked = append(asked, s)
			if err := server.Drain(ctx); err != nil {
				return err
			}
			t.identify(server)
		}
		if t.random.IntN(2) == 0 {
			return server.Stop()
		}
		server.Kill()
		server.Wait()
		return nil
	}, func(number, event int) {
		for _, s := range asked {
			if s.ack == number {
				t.steps = append(t.steps, step{s.stories, event})
			}
		}
	})
}

// identify learns the numbers of works.
func (t *tape) identify(server *site.Server) {
	for range 2 { // the list may be a little behind
		listed, err := server.List("")
		for _, l := range listed {
			if name := tale.NameOf(l.Title); err == nil && t.shelf.Tale(name).May[0].Here() {
				t.shelf.Found(name, 0, l.ID)
			}
		}
	}
}

// ask does one thing on the website.
func (t *tape) ask(ctx context.Context, server *site.Server) (step, error) {
	got, ok := t.shelf.Take(t.random.IntN(1000), func(_ string, s tale.State) bool { return s.Here() })
	defer t.shelf.Settle()
	act := t.random.IntN(5)
	if !ok || got.ID == 0 || act < 2 {
		c, _ := t.coming("new")
		a, err := server.Upload("/api/v1/imports", site.File{Name: c.name, Data: tale.Record(c.name, 1)})
		if err == nil && a.Status != http.StatusAccepted {
			err = fmt.Errorf("upload: %d", a.Status)
		}
		t.shelf.Done(c.name, c.next, 0)
		return step{stories: []coming{c}}, err
	}
	now := got.May[0]
	var path string
	var fields []string
	c := coming{name: got.Name}
	switch {
	case act == 2 && len(now.Revisions) > 1:
		path, fields, c.next = "reversions", []string{"revision", "1"}, now.PutBack(1)
	case act == 3:
		path, fields, c.next = "text-search", []string{"out", "yes"}, now.SearchedNot(true)
		if now.Out {
			fields[1], c.next = "no", now.SearchedNot(false)
		}
	default:
		path, fields, c.next = "review", []string{"do", "undo:*"}, now.Decided(!now.Now().Undone)
		if now.Now().Undone {
			fields[1] = "forget"
		}
	}
	a, err := server.Post(fmt.Sprintf("/works/%d/%s", got.ID, path), fields...)
	if err == nil && a.Status != http.StatusSeeOther {
		err = fmt.Errorf("%s: %d %.200s", path, a.Status, a.Body)
	}
	t.shelf.Done(got.Name, c.next, got.ID)
	return step{stories: []coming{c}}, err
}

// wal is what every commit must have synced before it is acknowledged.
const wal = "ficstead.db-wal"

// unsynced wants one sync at least for each receipt, and nothing left to be synced
// when it is printed.
func (t *tape) unsynced() (found []site.Finding) {
	syncs, last := 0, 0
	for _, ack := range t.syncs {
		if n := disk.After(t.events[:ack]).Unsynced(wal); n > 0 {
			found = append(found, site.Finding{Kind: site.Unsound, What: fmt.Sprintf("a receipt was printed before %d writes to %s were synced", n, wal)})
		}
		n := 0
		for _, e := range t.events[last:ack] {
			if e.Kind == trace.Sync && e.Path == wal && !e.Failed {
				n++
			}
		}
		if n == 0 {
			found = append(found, site.Finding{Kind: site.Unsound, What: "a receipt was printed without a sync since the one before"})
		}
		syncs, last = syncs+n, ack
	}
	return found
}

// choose is a moment to cut the power, often right after an acknowledgement, and
// what must be there then.
func (t *tape) choose() (at int, shelf *tale.Shelf) {
	at = t.random.IntN(len(t.events) + 1)
	if t.random.IntN(2) == 0 {
		at = t.steps[t.random.IntN(len(t.steps))].ack + 1
	}
	shelf = tale.NewShelf()
	for _, s := range t.steps {
		if s.ack >= at {
			for _, c := range s.stories {
				shelf.Begin(c.name, c.next)
			}
			break
		}
		for _, c := range s.stories {
			shelf.Done(c.name, c.next, 0)
		}
	}
	return at, shelf
}

// cut opens what may be left after a cut, and compares it with what must be there.
func (t *tape) cut(ctx context.Context, at int, shelf *tale.Shelf, dir string) ([]site.Finding, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if err := disk.After(t.events[:at]).Cut(t.random, dir); err != nil {
		return nil, err
	}
	a := t.Archive
	a.Dir = dir
	var found []site.Finding
	if shelf.Acked() > 0 && t.random.IntN(2) == 0 { // also before anything had a chance to recover
		if said, err := a.Run("check"); err != nil {
			found = append(found, site.Finding{Kind: site.Unsound, What: fmt.Sprintf("check right after the cut: %v%s", err, said)})
		}
	}
	found = append(found, look(ctx, a, shelf)...)
	if said, err := a.Run("check"); err != nil {
		found = append(found, site.Finding{Kind: site.Unsound, What: fmt.Sprintf("check: %v%s", err, said)})
	}
	if len(found) == 0 {
		os.RemoveAll(filepath.Dir(dir))
	}
	return found, nil
}
